import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Tx } from '../db/database.ts';
import { countedPages } from '../orders/history.usecases.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { type Channels, channelsOf } from './channels.usecases.ts';
import { writeColumns, writePlaces } from './chunks.usecases.ts';
import { packColumns, readColumns, spliceColumns } from './columns.rules.ts';
import { byChunk, CHUNK, type CountedOrder, chunkMonth, dirtyName, monthOf } from './fold.rules.ts';
import { foldShop } from './fold.usecases.ts';
import {
  addPointsDay,
  allStats,
  deletePointsDays,
  findChunk,
  lastPlace,
  listRevisions,
  markDirty,
  type StatsRow,
  statsOfCustomers,
} from './insights.repository.ts';
import { packCustomers } from './pack.usecases.ts';
import { addPoints, type PointsDays, unpackPoints } from './points-days.rules.ts';
import { nextVersion } from './versions.repository.ts';

type Deps = { db: Database; ids: Ids; reactions: Reactions };

/** Chunks, and chunks' worth of newcomers, written in one transaction: some 30 ms of work. */
const BATCH = 4;

/**
 * Makes a shop's numbers anew from its orders. Orders are read once, outside of any transaction; each chunk is then
 * written in a short one, unless somebody else wrote it meanwhile: then its customers are packed once more. What is kept up
 * to date order by order has to equal the outcome row for row. Memory: some 300 bytes for each order of the shop.
 * @returns customers counted
 */
export async function rebuildNumbers(deps: Deps, shopId: number, now: number): Promise<number> {
  const revisions = await listRevisions(deps.db.read, shopId);
  const seen: Seen = {
    revisions: new Map(revisions.map(({ chunk, revision }) => [chunk, revision])),
    histories: await readHistories(deps, shopId),
  };
  const inTurn = async (work: (scope: Scope) => Promise<void>): Promise<void> => {
    const turn = async (tx: Tx): Promise<void> => {
      const scope = await openScope(tx, shopId, now, deps);
      await work(scope);
      await nextVersion(scope);
    };
    await deps.db.transaction(turn, { shop: shopId });
    // Others' turn: the web server of the same process, other shops.
    await nextTurn();
  };
  const stats = await allStats(deps.db.read, shopId);
  for (const batch of slices([...rowsByChunk(stats)], BATCH)) {
    await inTurn(async (scope) => {
      const channels = await channelsOf(scope);
      for (const [chunk, rows] of batch) await rebuildChunk(scope, channels, seen, chunk, rows);
    });
  }
  const placed = new Set(stats.map(({ customerId }) => customerId));
  const customers = [...seen.histories.keys()].filter((name) => monthOf(name) === null);
  const newcomers = customers.filter((id) => !placed.has(id));
  for (const ids of slices(newcomers, BATCH * CHUNK)) await inTurn((scope) => placeNewcomers(scope, seen, ids));
  await inTurn(addUpPoints);
  await inTurn((scope) => markMonths(scope, seen, revisions));
  await foldShop(deps, shopId, now);
  return customers.length;
}

/** The shop as it was when the rebuild began to read it; orders by customer, or by month without one. */
type Seen = { revisions: Map<number, number>; histories: Map<string, CountedOrder[]> };

async function readHistories({ db }: Deps, shopId: number): Promise<Map<string, CountedOrder[]>> {
  const histories = new Map<string, CountedOrder[]>();
  const one = interner();
  for await (const page of countedPages({ db }, shopId)) {
    for (const order of page) {
      order.day = one(order.day);
      order.source = one(order.source);
      const name = dirtyName(order.customerId, order.day);
      const history = histories.get(name);
      if (order.customerId !== null) order.customerId = history?.[0]?.customerId ?? name;
      if (history) history.push(order);
      else histories.set(name, [order]);
    }
  }
  return histories;
}

/** Gives equal texts as one: a million orders repeat some thousand days, and each copy would be carried along. */
function interner(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, text);
    return text;
  };
}

function rowsByChunk(stats: readonly StatsRow[]): Map<number, StatsRow[]> {
  const chunks = new Map<number, StatsRow[]>();
  for (const row of stats) {
    const chunk = Math.floor(row.place / CHUNK);
    const rows = chunks.get(chunk);
    if (rows) rows.push(row);
    else chunks.set(chunk, [row]);
  }
  return chunks;
}

async function rebuildChunk(scope: Scope, channels: Channels, seen: Seen, chunk: number, rows: readonly StatsRow[]) {
  const written = (await findChunk(scope.tx, scope.shop.id, chunk))?.revision;
  if (written !== seen.revisions.get(chunk)) {
    for (const { customerId } of rows) await markDirty(scope, customerId);
    return;
  }
  const customers = rows.map((known) => {
    const { customerId, place } = known;
    return { customerId, place, known, orders: seen.histories.get(customerId) ?? [] };
  });
  const packed = await packCustomers(scope, channels, customers);
  for (const slots of byChunk(packed).values()) {
    await writeColumns(scope, chunk, () => spliceColumns(readColumns(packColumns([])), slots));
  }
}

/** Gives customers who have none a place; who got one meanwhile was packed with it. */
async function placeNewcomers(scope: Scope, { histories }: Seen, ids: readonly string[]): Promise<void> {
  const placed = new Set((await statsOfCustomers(scope, ids)).map(({ customerId }) => customerId));
  const next = (await lastPlace(scope)) + 1;
  const customers = ids
    .filter((id) => !placed.has(id))
    .map((customerId, index) => {
      return { customerId, place: next + index, known: null, orders: histories.get(customerId) ?? [] };
    });
  await writePlaces(scope, await packCustomers(scope, await channelsOf(scope), customers));
}

/** Months of orders without a customer are packed the usual way. */
async function markMonths(scope: Scope, { histories }: Seen, revisions: { chunk: number }[]): Promise<void> {
  const months = [...histories.keys()].filter((name) => monthOf(name) !== null);
  const packed = revisions.flatMap(({ chunk }) => (chunk < 0 ? [chunkMonth(chunk)] : []));
  for (const name of new Set([...months, ...packed])) await markDirty(scope, name);
}

/** The points of days from what each customer adds. */
async function addUpPoints(scope: Scope): Promise<void> {
  const totals: PointsDays = new Map();
  for (const { points } of await allStats(scope.tx, scope.shop.id)) addPoints(totals, unpackPoints(points), 1);
  await deletePointsDays(scope);
  for (const [day, sums] of totals) await addPointsDay(scope, day, sums);
}

function* slices<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
