import { readable, takeIn } from '../../../intake/take-in.usecases.ts';
import type { Next } from '../../../syncs/run.usecases.ts';
import { nextRereads, rereadDone, rereadFailed } from '../../../syncs/syncs.usecases.ts';
import type { Change } from '../../commerce.types.ts';
import { oneOrder, ordersByIds, type Reads, type Thing } from './lists.ts';

const AT_ONCE = 25;

/**
 * Reads the orders that are noted: those that a delivery only names, and those that the nightly pass wants to look at. One
 * that the store no longer has was deleted, as far as we know when we looked; one that lies in its bin says so itself.
 * @throws AppError as Store does
 */
export async function readNoted(reads: Reads, enough: () => boolean): Promise<Next> {
  const { deps, shop, hold } = reads;
  for (;;) {
    const noted = await nextRereads(deps, shop.id, AT_ONCE);
    if (noted.length === 0) return null;
    // Before the call: whatever comes by webhook from here on is newer.
    const at = deps.clock.now();
    const ids = noted.map(({ orderPlatformId }) => orderPlatformId);
    const { items } = await ordersByIds(reads, ids);
    const there = new Map(items.map((thing) => [String(thing.id), thing]));
    for (const { orderPlatformId: id, since } of noted) {
      const changes = await changesOf(reads, id, there.get(id), at);
      const taken = await takeIn(hold, changes ? [changes] : [], (scope) =>
        changes ? rereadDone(scope, id, since) : rereadFailed(scope, id),
      );
      if (!taken) return null;
    }
    if (enough()) return { inMs: 0 };
  }
}

/** What an order says now; null where it cannot be used. What the list left out is asked for by itself. */
async function changesOf(reads: Reads, id: string, listed: Thing | undefined, at: number): Promise<Change[] | null> {
  const found = listed ?? (await oneOrder(reads, id));
  if (found === 'gone') return [{ kind: 'order-deleted', orderId: id, at }];
  return found && readable(reads.deps, reads.shop.id, id, found.read);
}
