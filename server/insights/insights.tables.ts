import { bytes, instant, key, table, text, unique, whole } from '../db/columns.ts';

/** One customer's counted orders, in sum, and the place of their orders in the columns. Days are local to the shop. */
export const customerStats = table(
  'customer_stats',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    /** Place in the shop's columns, given once and kept: `chunk × 256 + slot`. */
    place: whole().notNull(),
    orders: whole().notNull(),
    revenue: whole().notNull(),
    firstDay: text(),
    lastDay: text(),
    /** What this customer adds to `insight_points`, as text (points-days.rules.ts). */
    points: text().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId] }), unique('customer_stats_place').on(t.shopId, t.place)],
);

/**
 * The counted orders of 256 customers, packed side by side (columns.rules.ts): every number of the shop is one pass over
 * these. Negative chunks hold a month's orders without a customer.
 */
export const insightChunks = table(
  'insight_chunks',
  {
    shopId: whole().notNull(),
    chunk: whole().notNull(),
    /** Counts the times it was written: tells a reader whether what it has in memory is still true. */
    revision: whole().notNull(),
    columns: bytes().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.chunk] })],
);

/** Customers whose orders have changed since they were last packed; `month:YYYY-MM` for orders without a customer. */
export const insightDirty = table(
  'insight_dirty',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    /** When it was noted first. */
    notedAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId] })],
);

/** Grows whenever anything that numbers are made of was written: tells a reader whether an answer is still true. */
export const insightVersions = table(
  'insight_versions',
  { shopId: whole().notNull(), version: whole().notNull() },
  (t) => [key({ columns: [t.shopId] })],
);

/** The shop's sales channels, by the number under which the columns know them. */
export const insightChannels = table(
  'insight_channels',
  { shopId: whole().notNull(), channel: whole().notNull(), name: text().notNull() },
  (t) => [key({ columns: [t.shopId, t.channel] })],
);

/** Points of a local day: what was issued, redeemed, expired and adjusted on it, and what is left of its lots. */
export const insightPoints = table(
  'insight_points',
  {
    shopId: whole().notNull(),
    day: text().notNull(),
    issued: whole().notNull(),
    redeemed: whole().notNull(),
    expired: whole().notNull(),
    adjusted: whole().notNull(),
    remaining: whole().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.day] })],
);

/** What only the merchant knows, for unit economics; null until given. */
export const shopEconomics = table('shop_economics', {
  shopId: whole().primaryKey(),
  /** Gross margin in hundredths of a per cent. */
  grossMargin: whole(),
  /** What winning a customer costs, in minor units. */
  acquisitionCost: whole(),
  /** What a point costs when it is redeemed, in thousandths of a minor unit. */
  pointCost: whole(),
});
