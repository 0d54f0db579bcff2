import { sql } from 'drizzle-orm';
import { flag, index, instant, json, key, table, text, unique, whole } from '../db/columns.ts';
import type { Why } from './effects.port.ts';

/**
 * What is owed to the world, written with its reason. The row stays for good, so that its key is never used twice; what it says
 * (payload, answer, subject) is emptied by erasure, and some time after the end.
 */
export const effects = table(
  'effects',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    kind: text().notNull(),
    /** Names the occasion: made of ids alone. */
    key: text().notNull(),
    /** The object in the world on which effects go in order; null: forgotten. */
    subject: text(),
    /** Its place among those of the subject. */
    place: whole().notNull(),
    /** A newer one on the same subject makes it needless. */
    isState: flag().notNull(),
    payload: json<unknown>(),
    customerId: text(),
    ownerKind: text(),
    ownerId: text(),
    state: text().notNull().$type<'queued' | 'doing' | 'done' | 'failed' | 'doubtful' | 'withdrawn'>(),
    /** Whether it has happened, as far as is known: `restored`, by a time that the backup knows nothing of; `yes`, a person says so. */
    happened: text().notNull().$type<'no' | 'maybe' | 'restored' | 'yes'>(),
    attempts: whole().notNull(),
    notBefore: instant().notNull(),
    /** When somebody has to look at it: due, or, while it is being done, the end of the lease. Null: ended, or another goes first. */
    dueAt: instant(),
    /** The claim that holds it. */
    fence: text(),
    /** The code of what keeps all of its kind in the shop; `reason` is the sentence. */
    waits: text(),
    /** Its reason has gone while it was under way. */
    unwanted: json<Why>(),
    answer: json<unknown>(),
    errorCode: text(),
    /** A sentence for the merchant. */
    reason: text(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    key({ columns: [t.shopId, t.id] }),
    unique('effects_key').on(t.shopId, t.key),
    index('effects_due').on(t.shopId, t.dueAt).where(sql`due_at is not null`),
    index('effects_due_shops').on(t.dueAt).where(sql`due_at is not null`),
    index('effects_subject').on(t.shopId, t.subject, t.place).where(sql`subject is not null`),
    index('effects_state').on(t.shopId, t.state, t.id),
    index('effects_open').on(t.state).where(sql`state in ('queued', 'doing', 'failed', 'doubtful')`),
    index('effects_waits').on(t.shopId, t.waits).where(sql`waits is not null`),
    index('effects_customer').on(t.shopId, t.customerId).where(sql`customer_id is not null`),
    index('effects_owner').on(t.shopId, t.ownerKind, t.ownerId).where(sql`owner_id is not null`),
    index('effects_ended').on(t.finishedAt).where(sql`subject is not null`),
  ],
);
