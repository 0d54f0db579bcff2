import { and, eq, lte, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { pointsAccounts } from './points.tables.ts';

/** How many customers of the shop have something due by an instant, and since when. */
export async function countDue(db: Tx, shop: number, now: number) {
  const [row] = await db
    .select({ count: sql<number>`count(*)`, oldest: sql<number | null>`min(${pointsAccounts.dueAt})` })
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop), lte(pointsAccounts.dueAt, now)));
  const oldest = row?.oldest ?? null;
  return { waiting: Number(row?.count ?? 0), oldest: oldest === null ? null : Number(oldest) };
}
