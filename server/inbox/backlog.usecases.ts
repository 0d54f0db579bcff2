import type { Database } from '../db/database.ts';
import { countOpen, oldestPending } from './inbox.repository.ts';

/** What is open in the inbox: how many deliveries wait and are parked, and the oldest that waits in each shop. */
export async function backlog({ db }: { db: Database }) {
  const byState = await countOpen(db.read);
  const oldest = (await oldestPending(db.read)).map(({ shopId, receivedAt, count }) => ({
    shopId,
    receivedAt: Number(receivedAt),
    count: Number(count),
  }));
  return { byState, oldest };
}
