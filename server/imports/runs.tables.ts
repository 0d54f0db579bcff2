import { sql } from 'drizzle-orm';
import { flag, index, instant, json, key, table, text, whole } from '../db/columns.ts';

/** A file of orders that is worked on in the background, or was: how far it is, and what came of it. */
export const importRuns = table(
  'import_runs',
  {
    shopId: whole().notNull(),
    /** Also the id of the file's pieces and of the import to which its orders point. */
    id: text().notNull(),
    file: text().notNull(),
    format: text().notNull().$type<'shopify-csv' | 'woocommerce-csv' | 'simple-csv'>(),
    earns: flag().notNull(),
    dryRun: flag().notNull(),
    state: text().notNull().$type<'running' | 'done' | 'failed'>(),
    /** Whose hands it is in; nobody else takes it before `heldUntil`. */
    heldBy: text(),
    heldUntil: instant().notNull(),
    /** How often it was taken up without getting on. */
    attempts: whole().notNull(),
    /** Of the text, uncompressed; and how much of it was read. */
    totalBytes: whole().notNull(),
    bytes: whole().notNull(),
    /** Orders and refused rows that are done: where it goes on. */
    position: whole().notNull(),
    rows: whole().notNull(),
    orders: whole().notNull(),
    created: whole().notNull(),
    unchanged: whole().notNull(),
    refused: whole().notNull(),
    /** The first of them. */
    refusals: json<{ line: number; reason: string }[]>().notNull(),
    errorCode: text(),
    /** A sentence for the merchant. */
    reason: text(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    key({ columns: [t.shopId, t.id] }),
    index('import_runs_open').on(t.heldUntil).where(sql`state = 'running'`),
    index('import_runs_ended').on(t.finishedAt),
  ],
);
