import { and, asc, desc, eq, isNotNull, lte, ne, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import type { Queue } from '../work/leased.engine.ts';
import { importRuns } from './runs.tables.ts';

export type RunRow = typeof importRuns.$inferSelect;

/** The state stands in the text of the query: only so does the planner take the index of what runs. */
const RUNNING = sql`${importRuns.state} = 'running'`;

export async function insertRun({ tx, shop }: Scope, row: Omit<RunRow, 'shopId'>): Promise<void> {
  await tx.insert(importRuns).values({ ...row, shopId: shop.id });
}

/** One run of the shop's, or null. */
export async function findRun(db: Tx, shop: number, id: string): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(importRuns)
    .where(and(eq(importRuns.shopId, shop), eq(importRuns.id, id)));
  return row ?? null;
}

/** The shop's runs, newest first. */
export const listRuns = (db: Tx, shop: number, limit: number): Promise<RunRow[]> =>
  Promise.resolve(
    db.select().from(importRuns).where(eq(importRuns.shopId, shop)).orderBy(desc(importRuns.id)).limit(limit),
  );

/** The shop's run that has not ended, or null: there is one at a time. */
export async function openRun(db: Tx, shop: number): Promise<RunRow | null> {
  const [row] = await db
    .select()
    .from(importRuns)
    .where(and(eq(importRuns.shopId, shop), RUNNING))
    .orderBy(asc(importRuns.heldUntil))
    .limit(1);
  return row ?? null;
}

/** Changes some of a run. */
export async function updateRun(
  { tx, shop }: Pick<Scope, 'tx' | 'shop'>,
  id: string,
  set: Partial<Omit<RunRow, 'shopId' | 'id'>>,
): Promise<void> {
  await tx
    .update(importRuns)
    .set(set)
    .where(and(eq(importRuns.shopId, shop.id), eq(importRuns.id, id)));
}

/** Runs that nobody holds, as the engine takes them up. One that has ended is nobody's, whoever still has it in hand. */
export const runQueue: Queue<RunRow> = {
  leaseOf: ({ id, state, heldBy, attempts }) => ({ id, fence: state === 'running' ? heldBy : null, attempts }),
  due: async (db, shop, now, limit) =>
    db
      .select()
      .from(importRuns)
      .where(and(eq(importRuns.shopId, shop), RUNNING, lte(importRuns.heldUntil, now)))
      .orderBy(asc(importRuns.heldUntil))
      .limit(limit),
  find: findRun,
  hold: (scope, id, { fence, until, attempts }) => updateRun(scope, id, { heldBy: fence, heldUntil: until, attempts }),
  renew: (scope, id, until) => updateRun(scope, id, { heldUntil: until }),
};

/** Shops with a run that is in nobody's hands. */
export async function shopsWithRuns(db: Tx, now: number): Promise<number[]> {
  const rows = await db
    .selectDistinct({ id: importRuns.shopId })
    .from(importRuns)
    .where(and(RUNNING, lte(importRuns.heldUntil, now)));
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Forgets runs of any shop that ended up to an instant. @returns how many */
export async function deleteEndedRuns(tx: Tx, upTo: number): Promise<number> {
  const ended = await tx
    .delete(importRuns)
    .where(and(ne(importRuns.state, 'running'), isNotNull(importRuns.finishedAt), lte(importRuns.finishedAt, upTo)))
    .returning({ id: importRuns.id });
  return ended.length;
}
