import { sql } from 'drizzle-orm';
import { index, instant, key, table, text, whole } from '../db/columns.ts';

/** Everything of a shop as one file, made in the background and kept for a day. */
export const archives = table(
  'archives',
  {
    shopId: whole().notNull(),
    /** Begins the ids of the file's pieces; each attempt has a file of its own. */
    id: text().notNull(),
    state: text().notNull().$type<'running' | 'done' | 'failed'>(),
    heldBy: text(),
    heldUntil: instant().notNull(),
    attempts: whole().notNull(),
    /** Whose pieces they are: of the attempt that was finished. */
    fileId: text(),
    done: whole().notNull(),
    total: whole().notNull(),
    bytes: whole(),
    pieces: whole(),
    reason: text(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    key({ columns: [t.shopId, t.id] }),
    index('archives_open').on(t.heldUntil).where(sql`state = 'running'`),
    index('archives_started').on(t.startedAt),
  ],
);
