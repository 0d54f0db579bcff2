import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { foldShop } from '../../insights/fold.usecases.ts';
import { applyChanges } from '../../intake/apply.usecases.ts';
import type { Ids } from '../../shared/ids.ts';
import type { Reactions } from '../../shops/scope.ts';
import { openScope } from '../../shops/scope.usecases.ts';
import type { Word } from './sandbox.kind.ts';

/** Orders in one transaction: a few days of the store, some 40 ms of work. */
const BATCH = 50;

/**
 * Brings the store's past into the app: read as the deliveries it would have sent, each batch at its own time, so that
 * points and members are as old as their orders. What is there already stays as it is: after a crash it goes on.
 */
export async function fillPast(
  { db, ids, reactions }: { db: Database; ids: Ids; reactions: Reactions },
  shopId: number,
  words: readonly Word[],
  now: number,
): Promise<void> {
  for (let from = 0; from < words.length; from += BATCH) {
    const batch = words.slice(from, from + BATCH);
    await db.transaction(
      async (tx) => {
        const scope = await openScope(tx, shopId, batch.at(-1)?.at ?? now, { ids, reactions });
        for (const { changes } of batch) await applyChanges(scope, changes(scope.shop));
      },
      { shop: shopId },
    );
    // Others' turn: whoever asks whether the app is ready.
    await nextTurn();
  }
  await foldShop({ db, ids, reactions }, shopId, now);
}
