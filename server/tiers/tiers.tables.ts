import { index, instant, json, key, table, text, whole } from '../db/columns.ts';
import type { Sums } from './running.rules.ts';
import type { Figures, MoveReason } from './tiers.rules.ts';

/** The tier of each customer who ever rose above the base level. No row: the base level, or none. */
export const customerTiers = table(
  'customer_tiers',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    tier: text(),
    /** When the customer came to this tier. */
    since: instant().notNull(),
    /** When the metric reached it, by the orders' own times; null where it was not the metric that gave it. */
    reachedAt: instant(),
    /** The review looks again from here on; null: nothing can be lost by waiting. */
    keptUntil: instant(),
    /** The instant that this row has reached, which a clock that runs behind must not undo. */
    updatedAt: instant().notNull(),
  },
  (t) => [
    key({ columns: [t.shopId, t.customerId] }),
    index('customer_tiers_kept').on(t.shopId, t.keptUntil),
    index('customer_tiers_tier').on(t.shopId, t.tier, t.customerId),
  ],
);

/** Every move with its reason and the figures behind it. */
export const tierMoves = table(
  'tier_moves',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    customerId: text().notNull(),
    fromTier: text(),
    toTier: text(),
    reason: text().notNull().$type<MoveReason>(),
    figures: json<Figures>().notNull(),
    at: instant().notNull(),
    programVersion: whole().notNull(),
    actor: text().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.id] }), index('tier_moves_customer').on(t.shopId, t.customerId)],
);

/**
 * A cache: what a customer's orders up to a place in the order of (placed, platform id) came to by days, and the levels that
 * they reached, under one version of the program. Whatever changes at or before that place deletes the row; without one,
 * all of them are looked at.
 */
export const tierRunning = table(
  'tier_running',
  {
    shopId: whole().notNull(),
    customerId: text().notNull(),
    placedAt: instant().notNull(),
    platformId: text().notNull(),
    terms: text().notNull(),
    version: whole().notNull(),
    sums: json<Sums>().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.customerId] })],
);

/** The tier by which an order earns: the one its customer had when it was first weighed for points; null: none. */
export const tierPins = table(
  'tier_pins',
  { shopId: whole().notNull(), orderId: text().notNull(), tier: text() },
  (t) => [key({ columns: [t.shopId, t.orderId] })],
);
