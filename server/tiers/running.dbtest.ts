import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import { customers } from '../customers/customers.tables.ts';
import { dialect } from '../db/dialect.ts';
import type { World } from '../db/testing.ts';
import { orders } from '../orders/orders.tables.ts';
import { adjustPoints } from '../points/adjust.usecases.ts';
import { settleDue } from '../points/due.usecases.ts';
import {
  pointsAccounts,
  pointsLots,
  pointsPostings,
  pointsRunning,
  pointsSpends,
  pointsTransactions,
} from '../points/points.tables.ts';
import { OPEN_ORDERS } from '../points/running.rules.ts';
import { redeemPoints, releasePoints, reservePoints } from '../points/spend.usecases.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { deliver, newShop, setProgram, sharedWorlds, version } from '../points/world.fixtures.ts';
import { recordProduct } from '../products/products.usecases.ts';
import { customerTiers, tierPins } from '../program/program.tables.ts';
import { isAppError } from '../shared/errors.ts';
import type { Scope } from '../shops/scope.ts';
import { auditLog } from '../shops/shops.tables.ts';
import { reviewTiers } from './review.usecases.ts';
import { life, type Step, type Timed } from './running.fixtures.ts';
import { tierMoves, tierSums } from './tiers.tables.ts';

const numRuns = dialect === 'sqlite' ? 40 : 4;
const worlds = sharedWorlds();
const usual = { ...OPEN_ORDERS };
afterEach(() => void Object.assign(OPEN_ORDERS, usual));
afterAll(() => worlds.close());

async function customerOf(world: World, shopId: number, name: string): Promise<string | null> {
  const rows = await world.db.read.select().from(customers).where(eq(customers.shopId, shopId));
  return rows.find(({ platformId }) => platformId === name)?.id ?? null;
}

/** Does one step; what it is refused with is part of what it comes to. */
async function live(world: World, shopId: number, { at, step }: Timed): Promise<string> {
  world.clock.set(at);
  if (step.kind === 'jobs') {
    await settleDue(world, shopId, at);
    await reviewTiers(world, shopId, at);
    return 'done';
  }
  if (step.kind === 'program') return String(await setProgram(world, shopId, step.rules, at - step.back));
  const customerId = 'who' in step ? await customerOf(world, shopId, step.who) : '';
  if (customerId === null) return 'nobody';
  try {
    await world.inShop(shopId, (scope) => act(scope, step, customerId, at));
    return 'done';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

async function act(scope: Scope, step: Step, customerId: string, at: number): Promise<unknown> {
  if (step.kind === 'word') return deliver(scope, step.word);
  if (step.kind === 'reserve') return reservePoints(scope, { id: step.id, customerId, amount: step.amount });
  if (step.kind === 'redeem') return redeemPoints(scope, step.id);
  if (step.kind === 'release') return releasePoints(scope, step.id);
  if (step.kind === 'adjust') return adjustPoints(scope, { customerId, points: step.points, reason: 'r', actor: 'a' });
  if (step.kind !== 'product') return undefined;
  const { id, collections } = step;
  const fields = { title: id, type: null, vendor: null, tags: [], state: 'active', createdAt: at };
  return recordProduct(scope, { ...fields, platformId: id, collections, version: version(at) });
}

/** Nothing is kept: everything is worked out from the orders, the lots and the spends. */
const forget = (world: World, shopId: number) =>
  world.db.transaction(async (tx) => {
    await tx.delete(pointsRunning).where(eq(pointsRunning.shopId, shopId));
    await tx.delete(tierSums).where(eq(tierSums.shopId, shopId));
    await tx.update(pointsAccounts).set({ spentAt: null, reachedAt: null }).where(eq(pointsAccounts.shopId, shopId));
  });

/** Balances, lots and tiers; `seq` of a balance says how often was posted. */
const STATES = [pointsLots, pointsAccounts, customerTiers];
/** How they came about. */
const HISTORIES = [pointsTransactions, pointsPostings, pointsSpends, tierMoves, tierPins];
/** Differ between two shops that came to the same; or say how it was worked out. */
const LEFT_OUT = ['shopId', 'id', 'hash', 'inputHash', 'spentAt', 'reachedAt'];

const numbered = (what: string, rows: { id: string }[]): [string, string][] =>
  rows
    .map(({ id }) => id)
    .sort()
    .map((id, n) => [id, `${what} ${n}`]);

/** What tables hold of a shop, under names that two shops share. */
async function outcomeOf(world: World, shopId: number, tables: readonly (typeof STATES | typeof HISTORIES)[number][]) {
  const people = await world.db.read.select().from(customers).where(eq(customers.shopId, shopId));
  const bought = await world.db.read.select().from(orders).where(eq(orders.shopId, shopId));
  const audited = await world.db.read.select().from(auditLog).where(eq(auditLog.shopId, shopId));
  const names = new Map<string, string>([
    // Ids are given out alike in both: the n-th customer of one is the n-th of the other.
    ...numbered('customer', people),
    ...numbered('audit', audited),
    ...bought.map(({ id, platformId }): [string, string] => [id, `order ${platformId}`]),
  ]);
  const named = (text: string) => text.replaceAll(/[0-9A-Za-z-]{8,}/g, (part) => names.get(part) ?? part);
  const all = [];
  for (const table of tables) {
    const rows: Record<string, unknown>[] = await world.db.read.select().from(table).where(eq(table.shopId, shopId));
    const kept = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !LEFT_OUT.includes(name))),
    );
    all.push(kept.map((row) => named(JSON.stringify(row))).sort());
  }
  return all;
}

test('what is kept of a customer gives, after every step, the very lots and tiers, and in the end the very postings, that a replay gives', async () => {
  let used = 0;
  const property = fc.asyncProperty(life, async ({ rules, steps, open }) => {
    const world = await worlds.next();
    const [running, replayed] = [await newShop(world, { rules }), await newShop(world, { rules })];
    for (const [n, timed] of steps.entries()) {
      Object.assign(OPEN_ORDERS, { least: open.least, most: open.least + open.more });
      const said = await live(world, running, timed);
      Object.assign(OPEN_ORDERS, { least: 0, most: Number.MAX_SAFE_INTEGER });
      await forget(world, replayed);
      expect(await live(world, replayed, timed), `step ${n}`).toBe(said);
      expect(await outcomeOf(world, running, STATES), `step ${n}`).toEqual(await outcomeOf(world, replayed, STATES));
    }
    expect(await outcomeOf(world, running, HISTORIES)).toEqual(await outcomeOf(world, replayed, HISTORIES));
    used +=
      (await world.db.read.select().from(tierSums)).length + (await world.db.read.select().from(pointsRunning)).length;
    for (const shopId of [running, replayed]) expect(await verifyLedger(world, shopId)).toMatchObject({ ok: true });
  });
  await fc.assert(property, { seed: 14_050_909, numRuns, endOnFailure: true });
  expect(used, 'something was kept').toBeGreaterThan(numRuns);
}, 120_000);
