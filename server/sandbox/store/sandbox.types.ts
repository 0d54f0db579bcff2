import type { OrderState, Refund } from '../../commerce/commerce.types.ts';

/**
 * All that leaves the process for Shopify goes through `fetch`; here it is answered inside of the process. The same shape
 * as the real platform's.
 */
export type SandboxPlatform = {
  apiKey: string;
  apiSecret: string;
  scopes: string[];
  appUrl: string;
  fetch: typeof fetch;
};

/** An account in the store. Guests have none: their contact is on their orders only. */
export type SandboxCustomer = {
  id: string;
  email: string;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  createdAt: number;
  updatedAt: number;
  marketing: boolean;
  marketingAt: number | null;
  /** `YYYY-MM-DD`, on Shopify in the metafield facts.birth_date. */
  birthday: string | null;
  /** Left out: none. */
  tags?: string[];
};

/** An order as the store keeps it: the neutral state, from which payloads and GraphQL answers are made. */
export type SandboxOrder = OrderState;

export type SandboxLine = { product: string; quantity: number };

export type SandboxCheckout = {
  token: string;
  email: string | null;
  phone: string | null;
  marketing: boolean;
  lines: SandboxLine[];
  createdAt: number;
  updatedAt: number;
  completedAt: number | null;
  orderId: string | null;
};

/** A webhook that is owed: the bytes stay the same however often it is sent. */
export type SandboxDelivery = {
  id: string;
  topic: string;
  /** Empty where the platform makes it only when it is sent. */
  body: string;
  triggeredAt: number;
  /** The subscription and the thing that a body made later is about: owed at most once at a time. */
  about?: { hook: number; id: string };
};

/** What happened in the store; each platform has webhooks of its own for it. */
export type Happening =
  | { kind: 'account'; customer: SandboxCustomer; isNew: boolean }
  | { kind: 'consent'; customer: SandboxCustomer }
  /** Tags that were put on, or taken off. */
  | { kind: 'tags'; customer: SandboxCustomer; tags: string[]; present: boolean }
  | { kind: 'checkout'; checkout: SandboxCheckout; customer: SandboxCustomer | undefined }
  | { kind: 'placed'; order: SandboxOrder }
  | { kind: 'paid'; order: SandboxOrder }
  | { kind: 'cancelled'; order: SandboxOrder }
  | { kind: 'refunded'; order: SandboxOrder; refund: Refund }
  /** Something of which one platform only tells: the topic as it writes it, and which thing. */
  | { kind: 'resource'; topic: string; id: string }
  /** Somebody made it up: the topic as the platform writes it. */
  | { kind: 'announced'; topic: string; body: unknown };

/** The webhooks that the store owes for what happened at an instant. */
export type Tell = (happening: Happening, at: number) => SandboxDelivery[];

/** A webhook subscription that the app has made by the API. */
export type SandboxSubscription = { id: string; topic: string; uri: string; createdAt: number };

/** What somebody set on a WooCommerce order by hand. */
export type OrderNote = {
  order: string;
  status?: 'pending' | 'on-hold' | 'processing' | 'failed' | 'checkout-draft' | 'trash';
  cashOnDelivery?: boolean;
};

/** What only Shopify keeps of a discount code. */
export type ShopifyDiscount = {
  /** The code as it was written; it is found in any case. */
  code: string;
  title: string;
  tags: string[];
  startsAt: number;
  /** Ids of the accounts that alone may use it; none: everybody. */
  customers: string[];
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
};

/** A discount code, its fields as WooCommerce's API names them; amounts are decimal text. */
export type WooCoupon = {
  id: number;
  code: string;
  amount: string;
  discount_type: string;
  description: string;
  individual_use: boolean;
  free_shipping: boolean;
  minimum_amount: string;
  usage_limit: number | null;
  usage_limit_per_user: number | null;
  email_restrictions: string[] | Record<string, string>;
  /** What whoever made it wrote down with it; coupons of older journals have none. */
  meta_data?: { id: number; key: string; value: unknown }[];
  shopify?: ShopifyDiscount;
  /** Who used it, by account or e-mail: once for each time. */
  used_by: string[];
  createdAt: number;
  updatedAt: number;
  expiresAt: number | null;
};

/** One step of the store, as its journal keeps it: what is now, and what is owed for it. */
export type SandboxStep = {
  customer?: SandboxCustomer;
  order?: SandboxOrder;
  checkout?: SandboxCheckout;
  deliveries?: SandboxDelivery[];
  note?: OrderNote;
  coupon?: WooCoupon;
  /** The code of a coupon that is gone. */
  dropped?: string;
  /** What was deleted for good, as in `order/7`. */
  gone?: string;
  /** A webhook that the app has taken in. */
  acknowledged?: string;
};
