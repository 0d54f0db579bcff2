import { z } from 'zod';
import { takeIn } from '../../../intake/take-in.usecases.ts';
import { newestCounted, refundedSince } from '../../../orders/recent.usecases.ts';
import { askReread } from '../../../syncs/syncs.usecases.ts';
import { ordersByIds, type Reads } from './lists.ts';
import { takeThings } from './stretches.ts';
import { ASKED } from './walk.rules.ts';

const DAY_MS = 86_400_000;
/** For so long after a refund its order is looked at every night: deleting the refund leaves no trace in the order. */
const REFUNDED_MS = 30 * DAY_MS;
/** For so long after it was placed an order is looked for every night: deleting it for good tells nobody. */
const RECENT_MS = 60 * DAY_MS;
/** Requests for either in one night. */
const MOST_PAGES = 100;
/** Where so many at once are gone, and more than half, it is not the orders that went: a store was emptied or exchanged. */
const SUSPICIOUS = 50;

const isId = (id: string): boolean => /^\d{1,15}$/.test(id);

/** Orders noted in one transaction. */
const BATCH = 50;

/**
 * Orders that a list left out are read one by one: they may lie in the bin, or be gone.
 * @returns false where the shop is no longer installed
 */
async function readAgain({ deps, shop, hold }: Reads, ids: readonly string[]): Promise<boolean> {
  for (let at = 0; at < ids.length; at += BATCH) {
    const stays = await takeIn(hold, [], async (scope) => {
      for (const id of ids.slice(at, at + BATCH)) await askReread(scope, id, scope.now);
    });
    deps.wake(shop.id);
    if (!stays) return false;
  }
  return true;
}

/**
 * Reads orders again whose refunds may have been taken back meanwhile.
 * @returns false where the shop is no longer installed
 * @throws AppError as Store does
 */
export async function checkRefunded(reads: Reads): Promise<boolean> {
  const { deps, shop } = reads;
  const since = deps.clock.now() - REFUNDED_MS;
  let after = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const known = await refundedSince(deps, shop.id, { since, after, limit: ASKED });
    const ids = known.filter(isId);
    if (ids.length > 0) {
      const { items } = await ordersByIds(reads, ids);
      const there = new Set(items.map(({ id }) => String(id)));
      if (!(await takeThings(reads, items, async () => undefined))) return false;
      const missing = ids.filter((id) => !there.has(id));
      if (missing.length > 0 && !(await readAgain(reads, missing))) return false;
    }
    if (known.length < ASKED) return true;
    after = known.at(-1) ?? '';
  }
  return true;
}

const onlyId = z.object({ id: z.coerce.string() });

/** How a look at what is known ended; `emptied`: most of it is not there, and nothing was done about it. */
export type Looked = 'done' | 'left' | 'emptied';

/**
 * Looks whether the recent orders that count here are still at the store, and notes those that are not to be read.
 * @throws AppError as Store does
 */
export async function checkKnown(reads: Reads): Promise<Looked> {
  const { deps, shop, store } = reads;
  const since = deps.clock.now() - RECENT_MS;
  let before: string | null = null;
  const gone: string[] = [];
  let looked = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const known: { id: string; platformId: string; placedAt: number }[] = await newestCounted(
      deps,
      shop.id,
      before,
      ASKED,
    );
    const recent = known.filter(({ platformId, placedAt }) => isId(platformId) && placedAt >= since);
    if (recent.length > 0) {
      const ids = recent.map(({ platformId }) => platformId);
      const query = { include: ids.join(','), status: 'any', per_page: ASKED, _fields: 'id' };
      const { items } = await store.list('orders', onlyId, query);
      const there = new Set(items.map(({ id }) => id));
      gone.push(...ids.filter((id) => !there.has(id)));
      looked += ids.length;
    }
    if (known.length < ASKED || recent.length === 0) break;
    before = known.at(-1)?.id ?? null;
  }
  if (gone.length >= SUSPICIOUS && gone.length * 2 > looked) {
    deps.logger.warn({ shop: shop.id, gone: gone.length, looked }, 'most orders are not at the store; none is removed');
    return 'emptied';
  }
  return gone.length === 0 || (await readAgain(reads, gone)) ? 'done' : 'left';
}
