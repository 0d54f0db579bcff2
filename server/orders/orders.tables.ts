import type { FinancialState } from '../commerce/commerce.types.ts';
import { flag, index, instant, json, key, table, text, whole } from '../db/columns.ts';

/** The order as its newest full payload and all facts known so far say it is. Amounts in minor units. */
export const orders = table(
  'orders',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    /** The platform's id; `number:…` for a row imported from a file that carries none. */
    platformId: text().notNull(),
    number: text().notNull(),
    customerId: text(),
    placedAt: instant().notNull(),
    /** Local day of `placedAt` in the zone in force when the row was first written. */
    placedDay: text().notNull(),
    paidAt: instant(),
    cancelledAt: instant(),
    deleted: flag().notNull(),
    financial: text().notNull().$type<FinancialState>(),
    /** Does it count in numbers, tiers and points? See `counts` in orders.rules.ts. */
    counts: flag().notNull(),
    test: flag().notNull(),
    currency: text().notNull(),
    total: whole().notNull(),
    refunded: whole().notNull(),
    /** What of each refund no lines explain: it lowers the eligible amount by its share of the total. */
    plainRefunds: json<number[]>().notNull(),
    shipping: whole().notNull(),
    tax: whole().notNull(),
    discount: whole().notNull(),
    /** What gift cards and store credit paid: earns nothing. */
    creditPaid: whole().notNull(),
    /** Total less refunds, zero when the order does not count. */
    net: whole().notNull(),
    source: text().notNull(),
    checkoutToken: text(),
    discountCodes: json<string[]>().notNull(),
    fulfilledAt: instant(),
    deliveredAt: instant(),
    /** False for imported history, whatever mentions the order later. */
    earns: flag().notNull(),
    importId: text(),
    /** An `orders/edited` newer than the full payload: to be read again from the platform. */
    rereadSince: instant(),
    updatedAt: instant().notNull(),
    triggeredAt: instant().notNull(),
    progress: text().notNull(),
    bodyHash: text().notNull(),
  },
  (t) => [
    key({ columns: [t.shopId, t.id] }),
    index('orders_platform').on(t.shopId, t.platformId),
    index('orders_number').on(t.shopId, t.number),
    index('orders_customer').on(t.shopId, t.customerId, t.placedAt),
  ],
);

export const orderLines = table(
  'order_lines',
  {
    shopId: whole().notNull(),
    orderId: text().notNull(),
    line: whole().notNull(),
    platformId: text().notNull(),
    productId: text(),
    variantId: text(),
    sku: text(),
    title: text().notNull(),
    vendor: text(),
    quantity: whole().notNull(),
    unitPrice: whole().notNull(),
    discount: whole().notNull(),
    /** Tax inside the price, to be taken out of what earns; 0 where prices exclude tax. */
    taxIncluded: whole().notNull(),
    giftCard: flag().notNull(),
    refundedQuantity: whole().notNull(),
    refundedAmount: whole().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.orderId, t.line] })],
);

/** Partial deliveries about an order, each with its own time; a later full payload absorbs them. */
export const orderFacts = table(
  'order_facts',
  {
    shopId: whole().notNull(),
    /** The platform's order id: facts may come before their order. */
    orderPlatformId: text().notNull(),
    kind: text().notNull().$type<'refund' | 'refund-detail' | 'deleted' | 'restored' | 'fulfilment' | 'edited'>(),
    factId: text().notNull(),
    at: instant().notNull(),
    /** Listed by the full payload in force. */
    inFull: flag().notNull(),
    /** Arrived as a delivery of its own. */
    asFact: flag().notNull(),
    data: json<unknown>(),
  },
  (t) => [key({ columns: [t.shopId, t.orderPlatformId, t.kind, t.factId] })],
);
