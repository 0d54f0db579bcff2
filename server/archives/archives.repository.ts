import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import type { Queue } from '../work/leased.engine.ts';
import { archives } from './archives.tables.ts';

export type ArchiveRow = typeof archives.$inferSelect;

/** The state stands in the text of the query: only so does the planner take the index of what runs. */
const RUNNING = sql`${archives.state} = 'running'`;

export async function insertArchive({ tx, shop }: Scope, row: Omit<ArchiveRow, 'shopId'>): Promise<void> {
  await tx.insert(archives).values({ ...row, shopId: shop.id });
}

/** One archive of the shop's, or null. */
export async function findArchive(db: Tx, shop: number, id: string): Promise<ArchiveRow | null> {
  const [row] = await db
    .select()
    .from(archives)
    .where(and(eq(archives.shopId, shop), eq(archives.id, id)));
  return row ?? null;
}

/** The shop's archives, newest first. */
export const listArchives = (db: Tx, shop: number, limit: number): Promise<ArchiveRow[]> =>
  Promise.resolve(db.select().from(archives).where(eq(archives.shopId, shop)).orderBy(desc(archives.id)).limit(limit));

/** The shop's archive that is being made, or null: there is one at a time. */
export async function openArchive(db: Tx, shop: number): Promise<ArchiveRow | null> {
  const [row] = await db
    .select()
    .from(archives)
    .where(and(eq(archives.shopId, shop), RUNNING))
    .orderBy(asc(archives.heldUntil))
    .limit(1);
  return row ?? null;
}

/** Changes some of an archive. */
export async function updateArchive(
  { tx, shop }: Pick<Scope, 'tx' | 'shop'>,
  id: string,
  set: Partial<Omit<ArchiveRow, 'shopId' | 'id'>>,
): Promise<void> {
  await tx
    .update(archives)
    .set(set)
    .where(and(eq(archives.shopId, shop.id), eq(archives.id, id)));
}

/** Archives that nobody makes, as the engine takes them up. */
export const archiveQueue: Queue<ArchiveRow> = {
  leaseOf: ({ id, state, heldBy, attempts }) => ({ id, fence: state === 'running' ? heldBy : null, attempts }),
  due: async (db, shop, now, limit) =>
    db
      .select()
      .from(archives)
      .where(and(eq(archives.shopId, shop), RUNNING, lte(archives.heldUntil, now)))
      .orderBy(asc(archives.heldUntil))
      .limit(limit),
  find: findArchive,
  hold: (scope, id, { fence, until, attempts }) =>
    updateArchive(scope, id, { heldBy: fence, heldUntil: until, attempts }),
  renew: (scope, id, until) => updateArchive(scope, id, { heldUntil: until }),
};

/** Shops with an archive to make that is in nobody's hands. */
export async function shopsWithArchives(db: Tx, now: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ id: archives.shopId })
    .from(archives)
    .where(and(RUNNING, lte(archives.heldUntil, now)));
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** An archive of any shop that was asked for up to an instant, or null. */
export async function findOldArchive(db: Tx, upTo: number): Promise<ArchiveRow | null> {
  const [row] = await db
    .select()
    .from(archives)
    .where(lte(archives.startedAt, upTo))
    .orderBy(asc(archives.startedAt))
    .limit(1);
  return row ?? null;
}

export async function deleteArchive(tx: Tx, shop: number, id: string): Promise<void> {
  await tx.delete(archives).where(and(eq(archives.shopId, shop), eq(archives.id, id)));
}
