/**
 * The neutral facts that every platform's deliveries, files and answers are turned into. Amounts are integers in the
 * minor unit of the shop's currency, instants epoch milliseconds, ids text.
 */

/** A verified delivery as the inbox keeps it. */
export type Delivery = {
  topic: string;
  body: Buffer;
  /** The platform's own time for the delivery, or when it was received. */
  triggeredAt: number;
  receivedAt: number;
};

/** What a parser may know of the shop. */
export type ShopContext = { currency: string; timeZone: string; country: string | null };

export type FinancialState =
  | 'pending'
  | 'authorized'
  | 'partially_paid'
  | 'paid'
  | 'partially_refunded'
  | 'refunded'
  | 'voided';

/** Orders full payloads of the same thing: the newest by (updatedAt, triggeredAt, progress, bodyHash) wins. */
export type Version = { updatedAt: number; triggeredAt: number; bodyHash: string };

/** Who a fact speaks of. `platformId` is null for a guest. E-mail and phone are normalised. */
export type Contact = { platformId: string | null; email: string | null; phone: string | null };

export type CustomerState = Contact & {
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  country: string | null;
  note: string | null;
  registeredAt: number | null;
};

export type OrderLine = {
  platformId: string;
  productId: string | null;
  variantId: string | null;
  sku: string | null;
  title: string;
  vendor: string | null;
  quantity: number;
  unitPrice: number;
  /** All discounts on the line, order-level ones allocated to it included. */
  discount: number;
  /** Tax that is inside the price; 0 where prices exclude tax. */
  taxIncluded: number;
  giftCard: boolean;
};

export type Refund = {
  platformId: string;
  at: number;
  /** Money given back. */
  amount: number;
  /** Goods given back or taken out of the order; `amount` after discounts, without tax. Empty: a plain amount. */
  lines: { lineId: string; quantity: number; amount: number }[];
  /** With lines: the part of the amount that they do not explain. */
  plain?: number;
};

/** A full order payload. */
export type OrderState = {
  platformId: string;
  number: string;
  /** Null when the order carries no contact at all. */
  customer: (CustomerState & { version: Version }) | null;
  placedAt: number;
  paidAt: number | null;
  cancelledAt: number | null;
  financial: FinancialState;
  test: boolean;
  currency: string;
  /** Everything the customer owes: goods, shipping, tax, tips, after discounts and edits, before refunds. */
  total: number;
  shipping: number;
  /** Tax on goods and shipping, inside or on top of prices. */
  tax: number;
  discount: number;
  /** The part that gift cards and store credit paid. */
  creditPaid: number;
  source: string;
  checkoutToken: string | null;
  discountCodes: string[];
  fulfilledAt: number | null;
  lines: OrderLine[];
  refunds: Refund[];
  /** The shopper ticked "keep me informed" at checkout. */
  acceptsMarketing: boolean;
  version: Version;
};

export type CartLine = {
  productId: string | null;
  variantId: string | null;
  title: string;
  quantity: number;
  unitPrice: number;
};

export type CartState = {
  token: string;
  cartToken: string | null;
  customer: CustomerState | null;
  email: string | null;
  phone: string | null;
  lines: CartLine[];
  currency: string;
  total: number;
  recoveryUrl: string | null;
  createdAt: number;
  completedAt: number | null;
  version: Version;
};

export type Channel = 'email' | 'sms' | 'push';
export type ConsentState = 'subscribed' | 'unsubscribed' | 'unknown';
export type Consent = { channel: Channel; state: ConsentState; at: number; source: string; evidence: string | null };

export type ProductState = {
  platformId: string;
  title: string;
  type: string | null;
  vendor: string | null;
  tags: string[];
  /** Ids of the groups it is in, where the platform tells with the product. */
  collections?: string[];
  state: string;
  createdAt: number;
  version: Version;
};

/** A discount code on the platform; never whom it is restricted to. */
export type CouponState = {
  platformId: string;
  /** Lower case. */
  code: string;
  /** As the platform names it. */
  state: string;
  usageCount: number;
  /** Null: without a limit. */
  usageLimit: number | null;
  expiresAt: number | null;
  /** Whether Bazgasht made it. */
  ours: boolean;
  version: Version;
};

/** What one delivery says. */
export type Change =
  | { kind: 'order'; order: OrderState }
  | { kind: 'order-deleted'; orderId: string; at: number }
  /** Not placed, or no more: of no interest where the order is not known. */
  | { kind: 'order-unplaced'; orderId: string; version: Version }
  /** A mere difference: the order is to be read again. */
  | { kind: 'order-edited'; orderId: string; editId: string; at: number }
  | { kind: 'refund'; orderId: string; refund: Refund }
  /** The platform had the order at that instant. `onlyIfDeleted`: of no interest unless a deletion is known. */
  | { kind: 'order-restored'; orderId: string; at: number; onlyIfDeleted: boolean }
  /** Something happened to the order: it is to be read again where the platform can be asked. */
  | { kind: 'order-reread'; orderId: string; at: number }
  /** What a refund, which full payloads list by its amount only, gave back; whether it stands is theirs to say. */
  | { kind: 'refund-detail'; orderId: string; refund: Refund }
  | {
      kind: 'fulfilment';
      orderId: string;
      fulfilmentId: string;
      /** Newest wins by this time. */
      at: number;
      fulfilledAt: number | null;
      deliveredAt: number | null;
    }
  | { kind: 'cart'; cart: CartState }
  | { kind: 'cart-deleted'; token: string; at: number }
  | { kind: 'customer'; customer: CustomerState; version: Version }
  | { kind: 'customer-deleted'; platformId: string; at: number }
  | { kind: 'customers-merged'; kept: string; gone: string; at: number }
  | { kind: 'consent'; contact: Contact; consent: Consent }
  | { kind: 'tags'; platformId: string; tags: string[]; present: boolean; at: number }
  | { kind: 'product'; product: ProductState }
  | { kind: 'product-deleted'; platformId: string; at: number }
  | { kind: 'coupon'; coupon: CouponState }
  | { kind: 'coupon-deleted'; platformId: string; at: number }
  | { kind: 'uninstalled'; at: number }
  | { kind: 'scopes'; scopes: string[]; at: number }
  | {
      kind: 'shop';
      name: string | null;
      currency: string | null;
      timeZone: string | null;
      locale: string | null;
      country: string | null;
      at: number;
    }
  | { kind: 'data-request'; requestId: string | null; contact: Contact; orderIds: string[] }
  | { kind: 'redact-customer'; contact: Contact; orderIds: string[] }
  | { kind: 'redact-shop' }
  /** Kept and answered, with nothing to do; the reason is a sentence for the merchant. */
  | { kind: 'ignored'; reason: string };
