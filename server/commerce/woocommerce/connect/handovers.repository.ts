import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/database.ts';
import { wooHandovers } from './handovers.tables.ts';

export type Handover = typeof wooHandovers.$inferSelect;

export async function insertHandover(tx: Tx, row: Handover): Promise<void> {
  await tx.insert(wooHandovers).values(row);
}

/** The handover of a token's hash, or null. */
export async function findHandover(db: Tx, tokenHash: string): Promise<Handover | null> {
  const [row] = await db.select().from(wooHandovers).where(eq(wooHandovers.tokenHash, tokenHash));
  return row ?? null;
}

/** Uses a handover up. @returns false where it is over, or was used: of two at once one alone has it */
export async function closeHandover(tx: Tx, tokenHash: string, now: number): Promise<boolean> {
  const closed = await tx
    .update(wooHandovers)
    .set({ state: 'connected', outcome: null })
    .where(and(eq(wooHandovers.tokenHash, tokenHash), eq(wooHandovers.state, 'open'), gt(wooHandovers.expiresAt, now)))
    .returning({ tokenHash: wooHandovers.tokenHash });
  return closed.length === 1;
}

/** Keys came that did not do; one that was used meanwhile stays as it is. */
export async function countFailure(tx: Tx, tokenHash: string, outcome: string): Promise<void> {
  await tx
    .update(wooHandovers)
    .set({ outcome, failures: sql`${wooHandovers.failures} + 1` })
    .where(and(eq(wooHandovers.tokenHash, tokenHash), eq(wooHandovers.state, 'open')));
}

/** Drops handovers that ended before an instant, some at a time. @returns how many */
export async function dropHandovers(tx: Tx, before: number, limit: number): Promise<number> {
  const piece = await tx
    .select({ tokenHash: wooHandovers.tokenHash })
    .from(wooHandovers)
    .where(lt(wooHandovers.expiresAt, before))
    .limit(limit);
  const hashes = piece.map(({ tokenHash }) => tokenHash);
  if (hashes.length > 0) await tx.delete(wooHandovers).where(inArray(wooHandovers.tokenHash, hashes));
  return hashes.length;
}
