import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { dropOldBodies } from './inbox.repository.ts';

/** Bodies of applied deliveries are kept this long, for replaying and for looking things up. */
const KEPT_MS = 30 * 86_400_000;
const PIECE = 200;

/** Drops the bodies of deliveries applied more than 30 days ago. @returns how many */
export async function dropBodies({ db }: { db: Database }, now: number): Promise<number> {
  let dropped = 0;
  for (;;) {
    const piece = await db.transaction((tx) => dropOldBodies(tx, now - KEPT_MS, PIECE));
    dropped += piece;
    if (piece < PIECE) return dropped;
    // Others' turn: on SQLite one piece follows another without a pause.
    await nextTurn();
  }
}
