import type { Change, Delivery, ShopContext } from './commerce.types.ts';

/** Why a request is not a delivery of ours. */
export type Refusal = { ok: false; status: 401 | 404; reason: string };

/** A delivery whose signature was checked. `deliveryId` is what makes it the same as an earlier one; null: it never is. */
export type Verified = { ok: true; topic: string; deliveryId: string | null; triggeredAt: number | null };

/** A platform's question whether anybody is there: to be answered, with nothing to keep. */
export type Ping = { ok: true; ping: true };

/** One e-commerce platform, as far as its deliveries go. */
export type Commerce = {
  /**
   * Reads a stored delivery. Pure: same bytes, same changes.
   * @throws DeliveryRefused when it can never be applied: the message tells the merchant why.
   */
  read(delivery: Delivery, shop: ShopContext): Change[];
};
