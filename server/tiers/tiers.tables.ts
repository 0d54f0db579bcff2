import { index, instant, json, key, table, text, whole } from '../db/columns.ts';
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
