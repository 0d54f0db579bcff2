import { flag, index, instant, key, table, text, whole } from '../db/columns.ts';

/** The discount codes of a shop's platform, as far as they were told. Nothing here says whom a code is for. */
export const coupons = table(
  'coupons',
  {
    shopId: whole().notNull(),
    platformId: text().notNull(),
    /** Lower case. */
    code: text().notNull(),
    /** As the platform names it. */
    state: text().notNull(),
    usageCount: whole().notNull(),
    usageLimit: whole(),
    expiresAt: instant(),
    /** Whether Bazgasht made it. */
    ours: flag().notNull(),
    updatedAt: instant().notNull(),
    triggeredAt: instant().notNull(),
    bodyHash: text().notNull(),
    /** When the platform put it away; what was told of it later brings it back. */
    deletedAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.platformId] }), index('coupons_code').on(t.shopId, t.code)],
);
