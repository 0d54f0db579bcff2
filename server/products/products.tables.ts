import { instant, json, key, table, text, whole } from '../db/columns.ts';

/** The shop's catalogue, as far as rules and messages need it. */
export const products = table(
  'products',
  {
    shopId: whole().notNull(),
    platformId: text().notNull(),
    title: text().notNull(),
    type: text(),
    vendor: text(),
    tags: json<string[]>().notNull(),
    collections: json<string[]>().notNull(),
    state: text().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    triggeredAt: instant().notNull(),
    bodyHash: text().notNull(),
    deletedAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.platformId] })],
);
