import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import { countedAnonymous, countedHistories } from '../orders/history.usecases.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { type Channels, channelsOf } from './channels.usecases.ts';
import { writeColumns, writePlaces } from './chunks.usecases.ts';
import { packColumns } from './columns.rules.ts';
import { type CountedOrder, monthChunk, monthOf, packCustomer } from './fold.rules.ts';
import {
  clearDirty,
  countDirty,
  deleteChunk,
  dirtyNames,
  lastPlace,
  oldestDirty,
  shopsWithDirty,
  statsOfCustomers,
} from './insights.repository.ts';
import { packCustomers } from './pack.usecases.ts';
import { nextVersion } from './versions.repository.ts';

/** Between two times that a shop's numbers are brought up to date because of its deliveries. */
export const FOLD_EVERY_MS = 2_000;

type Deps = { db: Database; ids: Ids; reactions: Reactions };

/** Customers packed in one transaction: some 30 ms of work. */
const BATCH = 500;

/**
 * Packs the orders of customers who have changed into the shop's columns, a batch a transaction, until none is left. What
 * is packed is read anew from the orders, so doing it twice, or after a crash, ends in the same columns.
 * @param enough whether to leave the rest to a later call
 * @returns names worked off: customers, and months of orders without one
 */
export async function foldShop(
  { db, ids, reactions }: Deps,
  shopId: number,
  now: number,
  enough: () => boolean = () => false,
): Promise<number> {
  let done = 0;
  for (;;) {
    if ((await dirtyNames(db.read, shopId, 1)).length === 0) return done;
    done += await db.transaction(async (tx) => foldBatch(await openScope(tx, shopId, now, { ids, reactions })), {
      shop: shopId,
    });
    // Others' turn: the web server of the same process, other shops.
    await nextTurn();
    if (enough()) return done;
  }
}

/**
 * The same, one batch at most, for whoever reads: they wait for no import. The rest is the worker's.
 * @returns the instant (epoch ms) up to which the numbers hold: now, or when the oldest of what is left was noted
 */
export async function foldSome(deps: Deps, shopId: number, now: number): Promise<number> {
  await foldShop(deps, shopId, now, () => true);
  return Math.min(now, (await oldestDirty(deps.db.read, shopId)) ?? now);
}

/** Shops in which anything waits to be packed. */
export const shopsToFold = (db: Database): Promise<number[]> => shopsWithDirty(db.read);

async function foldBatch(scope: Scope): Promise<number> {
  const names = await dirtyNames(scope.tx, scope.shop.id, BATCH);
  if (names.length === 0) return 0;
  const channels = await channelsOf(scope);
  await foldCustomers(
    scope,
    names.filter((name) => monthOf(name) === null),
    channels,
  );
  for (const month of names.flatMap((name) => monthOf(name) ?? [])) await foldMonth(scope, month, channels);
  await clearDirty(scope, names);
  await nextVersion(scope);
  return names.length;
}

async function foldCustomers(scope: Scope, ids: readonly string[], channels: Channels): Promise<void> {
  if (ids.length === 0) return;
  const histories = await historiesOf(scope, ids);
  const known = new Map((await statsOfCustomers(scope, ids)).map((row) => [row.customerId, row]));
  // A place once given is kept for good; newcomers get the next free ones.
  let next = (await lastPlace(scope)) + 1;
  const customers = ids.map((customerId) => {
    const row = known.get(customerId) ?? null;
    return { customerId, known: row, place: row?.place ?? next++, orders: histories.get(customerId) ?? [] };
  });
  await writePlaces(scope, await packCustomers(scope, channels, customers));
}

async function historiesOf(scope: Scope, customers: readonly string[]): Promise<Map<string, CountedOrder[]>> {
  const histories = new Map<string, CountedOrder[]>(customers.map((id) => [id, []]));
  for (const order of await countedHistories(scope, customers)) histories.get(order.customerId ?? '')?.push(order);
  return histories;
}

/** A month's orders without a customer are a chunk of their own, written anew. */
async function foldMonth(scope: Scope, month: string, channels: Channels): Promise<void> {
  const orders = await countedAnonymous(scope, `${month}-01`, `${month}-31`);
  if (orders.length === 0) return deleteChunk(scope, monthChunk(month));
  await channels.learn(orders);
  await writeColumns(scope, monthChunk(month), () => packColumns([packCustomer(orders, null, channels.number)]));
}

/** Customers of the shop who wait to be counted anew. */
export const unfoldedIn = (db: Database, shopId: number): Promise<number> => countDirty(db.read, shopId);
