import type { Change, Delivery, ShopContext } from './commerce.types.ts';

/** Why a request is not a delivery of ours. */
export type Refusal = { ok: false; status: 401 | 404; reason: string };

/** A delivery whose signature was checked. `deliveryId` is what makes it the same as an earlier one. */
export type Verified = { ok: true; domain: string; topic: string; deliveryId: string; triggeredAt: number | null };

/** One e-commerce platform, as far as its deliveries go. */
export type Commerce = {
  /**
   * Reads a stored delivery. Pure: same bytes, same changes.
   * @throws DeliveryRefused when it can never be applied: the message tells the merchant why.
   */
  read(delivery: Delivery, shop: ShopContext): Change[];
};
