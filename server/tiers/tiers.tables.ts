import { index, instant, json, key, table, text, whole } from '../db/columns.ts';
import type { Sums } from './sums.rules.ts';
import type { Figures, MoveReason } from './tiers.rules.ts';

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
export const tierSums = table(
  'tier_sums',
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
