/**
 * What can become known about a shop that others go by. A fact carries plain shapes of its own, so that whoever tells it and
 * whoever goes by it know nothing of each other. Add a kind when something tells it.
 */

/** A line of an order as it stands. Amounts in minor units. */
export type OrderLineSeen = {
  productId: string | null;
  variantId: string | null;
  vendor: string | null;
  quantity: number;
  unitPrice: number;
  discount: number;
  taxIncluded: number;
  giftCard: boolean;
  refundedQuantity: number;
  refundedAmount: number;
};

/** An order as all that is known of it says it is. Amounts in minor units, instants in epoch ms. */
export type OrderSeen = {
  id: string;
  platformId: string;
  customerId: string | null;
  placedAt: number;
  /** Local day of `placedAt`. */
  placedDay: string;
  paidAt: number | null;
  /** Does it count in numbers, tiers and points? */
  counts: boolean;
  /** False for history that came from a file. */
  earns: boolean;
  total: number;
  net: number;
  shipping: number;
  tax: number;
  creditPaid: number;
  /** What of each refund no lines explain. */
  plainRefunds: number[];
  source: string;
  checkoutToken: string | null;
  discountCodes: string[];
  lines: OrderLineSeen[];
};

/** A checkout that was begun. */
export type CartSeen = {
  token: string;
  customerId: string | null;
  activityAt: number;
  completedAt: number | null;
  deletedAt: number | null;
};

/** A product of the catalogue. */
export type ProductSeen = {
  platformId: string;
  type: string | null;
  vendor: string | null;
  collections: string[];
  state: string;
  deletedAt: number | null;
};

type Change<Thing> = { before: Thing | null; after: Thing };

/** What each kind of fact carries. */
export type Facts = {
  'order-changed': Change<OrderSeen>;
  'cart-changed': Change<CartSeen>;
  'product-changed': Change<ProductSeen>;
  /** A customer's postings have grown; `customerId` also where only caches were put right. */
  'points-moved': { customerId: string };
  'tier-moved': { customerId: string; from: string | null; to: string | null };
  'consent-changed': { customerId: string; channel: string; before: string | null; after: string };
  /** Tags of a customer were changed here; what the platform says of them is not told. */
  'tags-changed': { customerId: string; changes: { tag: string; present: boolean; at: number }[] };
  /** It is known when a customer opened their account; told by every payload that says so. */
  'account-opened': { customerId: string };
  /** A customer of whom only an e-mail or a phone was known has an account on the platform. */
  'account-linked': { customerId: string };
  /** Two customers are one: `gone` is part of `kept` from here on. */
  'customer-merged': { kept: string; gone: string };
  /** A person asked to be forgotten; `customerId` is one of the rows that they were. */
  'customer-erased': { customerId: string };
  /** Another time zone is in force from an instant on. */
  'zone-changed': { from: number };
  /** The shop was installed, or its platform says which scopes are granted. */
  'access-granted': { scopes: readonly string[] };
};

export type FactKind = keyof Facts;
export type Fact = { [Kind in FactKind]: { kind: Kind } & Facts[Kind] }[FactKind];

/** What one kind of fact leads to. Runs in the transaction that told it. */
export type Reaction<Scope, Kind extends FactKind> = (scope: Scope, fact: Facts[Kind]) => Promise<unknown>;

/** What every kind of fact leads to, in order. A kind that is missing does not compile. */
export type ReactionsIn<Scope> = { readonly [Kind in FactKind]: readonly Reaction<Scope, Kind>[] };
