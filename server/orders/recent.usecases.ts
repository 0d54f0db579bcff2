import type { Database } from '../db/database.ts';
import { countedBefore, refundedAfter } from './recent.repository.ts';

/** Sorts after every id. */
const LAST_ID = 'zzzzzzzz';

/** Orders refunded since an instant, by the platform's ids, a page at a time: the next one begins after the last id. */
export async function refundedSince(
  { db }: { db: Database },
  shopId: number,
  { since, after, limit }: { since: number; after: string; limit: number },
): Promise<string[]> {
  const rows = await refundedAfter(db.read, shopId, after, since, limit);
  return rows.map(({ platformId }) => platformId);
}

/** The counted orders that were taken in last, a page at a time: the next one begins before the last `id`. */
export const newestCounted = ({ db }: { db: Database }, shopId: number, before: string | null, limit: number) =>
  countedBefore(db.read, shopId, before ?? LAST_ID, limit);
