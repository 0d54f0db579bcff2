import type { Database } from '../db/database.ts';
import { countOpen, oldestPending, openOf } from './inbox.repository.ts';

/** What is open in the inbox: how many deliveries wait and are parked, and in each shop the oldest that waits, oldest first. */
export async function backlog({ db }: { db: Database }) {
  const byState = await countOpen(db.read);
  const oldest = (await oldestPending(db.read))
    .map(({ shopId, receivedAt, count }) => ({ shopId, receivedAt: Number(receivedAt), count: Number(count) }))
    .sort((a, b) => a.receivedAt - b.receivedAt || a.shopId - b.shopId);
  return { byState, oldest };
}

/** What is open in the inbox of one shop: how many deliveries wait, since when (epoch ms), and how many are parked. */
export const backlogOf = ({ db }: { db: Database }, shopId: number) => openOf(db.read, shopId);
