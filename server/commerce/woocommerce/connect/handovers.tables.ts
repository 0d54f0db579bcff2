import { index, instant, table, text, whole } from '../../../db/columns.ts';

/**
 * A store's owner who was sent to their store to approve: the store sends its keys without saying whose they are, so the
 * one-time token says it. It belongs to no shop, since the shop may not exist yet. All instants are real time.
 */
export const wooHandovers = table(
  'woo_handovers',
  {
    /** SHA-256 of the token: who reads the database cannot connect with it. */
    tokenHash: text().primaryKey(),
    storeUrl: text().notNull(),
    /** In which language its owner was spoken to. */
    locale: text().notNull().$type<'en' | 'fa'>(),
    state: text().notNull().$type<'open' | 'connected'>(),
    /** Keys that came and did not do. */
    failures: whole().notNull(),
    /** Why the last of them did not, as the code of an error. */
    outcome: text(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [index('woo_handovers_expires').on(t.expiresAt)],
);
