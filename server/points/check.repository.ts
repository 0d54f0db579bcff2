import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { dialect } from '../db/dialect.ts';
import { pointsChecks, pointsPostings, pointsTransactions } from './points.tables.ts';

/** Remembers how the newest verification of a shop's ledger ended. */
export async function putCheck(tx: Tx, row: typeof pointsChecks.$inferSelect): Promise<void> {
  const { shopId: _shop, ...rest } = row;
  await tx.insert(pointsChecks).values(row).onConflictDoUpdate({ target: pointsChecks.shopId, set: rest });
}

/** The newest verification of every shop that was ever verified. */
export const listChecks = (db: Tx) =>
  db.select({ shopId: pointsChecks.shopId, at: pointsChecks.at, ok: pointsChecks.ok }).from(pointsChecks);

/**
 * Rows of the ledger without counting them. SQLite numbers rows one by one and the ledger never loses one, so the newest
 * number is the count; PostgreSQL keeps an estimate.
 */
export async function ledgerSize(db: Tx): Promise<{ transactions: number; postings: number }> {
  const size = async (table: typeof pointsTransactions | typeof pointsPostings, name: string): Promise<number> => {
    const rows: { size: unknown }[] =
      dialect === 'postgres'
        ? await db
            .select({ size: sql`n_live_tup` as SQL<unknown> })
            .from(sql`pg_stat_user_tables`)
            .where(sql`relname = ${name}`)
        : await db.select({ size: sql`max(rowid)` as SQL<unknown> }).from(table);
    return Number(rows[0]?.size ?? 0);
  };
  return {
    transactions: await size(pointsTransactions, 'points_transactions'),
    postings: await size(pointsPostings, 'points_postings'),
  };
}
