import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { countDue } from './due.repository.ts';
import { dueAccounts, shopsWithDue } from './points.repository.ts';
import { accountOf, bringUpToDate } from './post.usecases.ts';

/** Customers brought up to date in one transaction: some 5 ms of work, well under what others may wait. */
const BATCH = 50;

/**
 * Matures pending lots and expires lots that have come due in one shop, a batch a transaction. Idempotent: a second run
 * finds nothing.
 * @param enough asked between batches: whether to leave the rest for later
 * @returns how many customers were brought up to date
 */
export async function settleDue(
  { db, ids, reactions }: { db: Database; ids: Ids; reactions: Reactions },
  shopId: number,
  now: number,
  enough = () => false,
): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await dueAccounts(db.read, shopId, now, BATCH);
    if (due.length === 0) return done;
    await db.transaction(
      async (tx) => {
        const scope = await openScope(tx, shopId, now, { ids, reactions });
        for (const { customerId } of due) await bringUpToDate(scope, await accountOf(scope, customerId));
      },
      { shop: shopId },
    );
    done += due.length;
    // Others' turn: on SQLite one batch follows another without a pause.
    await nextTurn();
    if (enough()) return done;
  }
}

/** Shops in which lots have come due. */
export async function shopsDue(db: Database, now: number): Promise<number[]> {
  return (await shopsWithDue(db.read, now)).map(({ shopId }) => shopId);
}

/** When lots of the shop come due first, not after an instant; null: none does. */
export async function nextDue(db: Database, shopId: number, until: number): Promise<number | null> {
  return (await dueAccounts(db.read, shopId, until, 1))[0]?.dueAt ?? null;
}

/** Customers of the shop whose points wait to be brought up to date, and since when. */
export const dueIn = (db: Database, shopId: number, now: number) => countDue(db.read, shopId, now);
