import type { Refused } from './writing.port.ts';

/** What a code takes off an order: `amount` in minor units, `percent` above 0 and up to 100. More kinds come with rewards. */
export type DiscountValue = { kind: 'amount'; amount: number } | { kind: 'percent'; percent: number };

/** A discount code as it is to be on the platform. Amounts in minor units of `currency`, which is the shop's; instants in epoch ms. */
export type Discount = {
  /** As customers type it; case does not matter. */
  code: string;
  /** Which of our things it is for, an id of ours: by it a code is known as our own. Never a person's data. */
  mark: string;
  /** What the merchant and customers read. */
  title: string;
  value: DiscountValue;
  currency: string;
  /** What the goods have to come to; null: anything. */
  minimum: number | null;
  /** How often it may be used in all; each customer uses it once. Null: no limit. */
  limit: number | null;
  /** Who alone may use it, as the platform knows them: Shopify by id, WooCommerce by e-mail. Null: whoever has the code. */
  customer: { platformId: string | null; email: string | null } | null;
  /** WooCommerce knows no beginning: owe the effect not before. */
  startsAt: number;
  expiresAt: number | null;
  /** With which other discounts it may be used; WooCommerce knows only all or none. */
  combinesWith: { order: boolean; product: boolean; shipping: boolean };
};

/** A code as the platform has it. */
export type KnownDiscount = {
  /** The platform's own. */
  id: string;
  /** Null: somebody else's. */
  mark: string | null;
  /** Whether it can be used by now, or later: not ended. */
  isOn: boolean;
  /** How often it was used; Shopify counts some time later. */
  uses: number;
  expiresAt: number | null;
  isForSome: boolean;
};

/** `known`: it was there already, with our mark. `taken`: the code is somebody else's. */
export type Made = { outcome: 'created' | 'known'; id: string } | { outcome: 'taken' } | Refused;

/** The discount codes of one shop's platform. Every call is ended by its signal. Throws NotSent where surely nothing was done; else nobody knows. */
export type Discounts = {
  create(discount: Discount, signal: AbortSignal): Promise<Made>;
  /** Null: nobody has this code. */
  find(code: string, signal: AbortSignal): Promise<KnownDiscount | null>;
  /** Ends a code of ours; it stays there, with what it was used for. `unknown`: it is not there, or is not ours. */
  disable(
    which: Pick<Discount, 'code' | 'mark'>,
    signal: AbortSignal,
  ): Promise<{ outcome: 'disabled' | 'unknown' } | Refused>;
};
