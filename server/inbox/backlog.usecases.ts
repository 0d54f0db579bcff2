import type { Database } from '../db/database.ts';
import { countByState, oldestPending } from './inbox.repository.ts';

/** What the inbox holds: deliveries by state, and the oldest that waits in each shop. */
export async function backlog({ db }: { db: Database }) {
  const byState = (await countByState(db.read)).map(({ state, count }) => ({ state, count: Number(count) }));
  const oldest = (await oldestPending(db.read)).map(({ shopId, receivedAt, count }) => ({
    shopId,
    receivedAt: Number(receivedAt),
    count: Number(count),
  }));
  return { byState, oldest };
}
