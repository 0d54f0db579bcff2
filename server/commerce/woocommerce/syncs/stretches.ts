import { setImmediate as nextTurn } from 'node:timers/promises';
import { readable, takeIn } from '../../../intake/take-in.usecases.ts';
import type { Scope } from '../../../shops/scope.ts';
import type { Change } from '../../commerce.types.ts';
import type { Reads, Thing } from './lists.ts';
import type { Refused } from './walk.ts';

/** Things in one transaction: well under 50 ms with all that follows from them. */
const BATCH = 50;

/** What a batch came to: how many are in, the names of those that could not be used, and the largest id in it. */
export type Batch = { taken: number; refused: string[]; last: number };

/**
 * Takes things in, batch by batch, each in one transaction with what `note` keeps of it: how far the reading is.
 * @returns false where the shop is no longer installed
 */
export async function takeThings(
  { deps, shop, hold }: Reads,
  things: readonly (Thing | Refused)[],
  note: (scope: Scope, batch: Batch) => Promise<void>,
): Promise<boolean> {
  for (let at = 0; at < things.length; at += BATCH) {
    const batch: Batch = { taken: 0, refused: [], last: 0 };
    const changes: Change[][] = [];
    for (const thing of things.slice(at, at + BATCH)) {
      const read = 'read' in thing ? readable(deps, shop.id, String(thing.id), thing.read) : null;
      if (read === null) batch.refused.push(thing.id === null ? '?' : String(thing.id));
      else changes.push(read);
      batch.last = Math.max(batch.last, thing.id ?? 0);
    }
    batch.taken = changes.length;
    if (!(await takeIn(hold, changes, (scope) => note(scope, batch)))) return false;
    // Others' turn: the web server of the same process, other shops.
    await nextTurn();
  }
  return true;
}
