import type { ProgramRules } from '../contracts/program.ts';
import { index, instant, json, key, table, text, whole } from '../db/columns.ts';

/** The program's versions. A version is never edited: an order earns by the one in force when it was placed. */
export const programVersions = table(
  'program_versions',
  {
    shopId: whole().notNull(),
    version: whole().notNull(),
    effectiveFrom: instant().notNull(),
    createdAt: instant().notNull(),
    actor: text().notNull(),
    rules: json<ProgramRules>().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.version] })],
);

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

/** The tier by which an order earns: the one its customer had when it was first weighed for points; null: none. */
export const tierPins = table(
  'tier_pins',
  { shopId: whole().notNull(), orderId: text().notNull(), tier: text() },
  (t) => [key({ columns: [t.shopId, t.orderId] })],
);
