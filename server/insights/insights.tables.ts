import { key, table, text, whole } from '../db/columns.ts';

/** One customer's counted orders, in sum. Days are local to the shop. */
export const customerStats = table(
  'customer_stats',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    orders: whole().notNull(),
    revenue: whole().notNull(),
    firstDay: text().notNull(),
    lastDay: text().notNull(),
    /** (placed, id) of the newest counted order: tells an append from an insertion. */
    lastAt: whole().notNull(),
    lastOrderId: text().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId] })],
);

/** Counted orders of one local day, and how many customers made their first and second order on it. */
export const insightDays = table(
  'insight_days',
  {
    shopId: whole().notNull(),
    day: text().notNull(),
    orders: whole().notNull(),
    revenue: whole().notNull(),
    firsts: whole().notNull(),
    seconds: whole().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.day] })],
);

/**
 * Orders of `day` whose customer's order before it was on `previousDay` ('' for none): the buyers of any range are the
 * orders in it whose previous day lies before it.
 */
export const insightReturns = table(
  'insight_returns',
  {
    shopId: whole().notNull(),
    day: text().notNull(),
    previousDay: text().notNull(),
    orders: whole().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.day, t.previousDay] })],
);
