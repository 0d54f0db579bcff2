import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import type { ProgramRules } from '../contracts/program.ts';
import { customers } from '../customers/customers.tables.ts';
import { dialect } from '../db/dialect.ts';
import type { World } from '../db/testing.ts';
import { orders } from '../orders/orders.tables.ts';
import { adjustPoints } from '../points/adjust.usecases.ts';
import { settleDue } from '../points/due.usecases.ts';
import { history } from '../points/histories.fixtures.ts';
import { DAY, HOUR, START } from '../points/points.fixtures.ts';
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
import { deliver, newShop, setProgram, sharedWorlds, version, type Word } from '../points/world.fixtures.ts';
import { recordProduct } from '../products/products.usecases.ts';
import { customerTiers, tierPins } from '../program/program.tables.ts';
import { isAppError } from '../shared/errors.ts';
import type { Scope } from '../shops/scope.ts';
import { auditLog } from '../shops/shops.tables.ts';
import { reviewTiers } from './review.usecases.ts';
import { tiers } from './tiers.fixtures.ts';
import { tierMoves, tierRunning } from './tiers.tables.ts';

const numRuns = dialect === 'sqlite' ? 60 : 6;
const worlds = sharedWorlds();
const usual = { ...OPEN_ORDERS };
afterEach(() => void Object.assign(OPEN_ORDERS, usual));
afterAll(() => worlds.close());

type Step =
  | { kind: 'word'; word: Word }
  | { kind: 'reserve'; id: string; amount: number; who: string }
  | { kind: 'redeem' | 'release'; id: string }
  | { kind: 'adjust'; points: number; who: string }
  | { kind: 'product'; id: string; collections: string[] }
  | { kind: 'program'; rules: ProgramRules }
  | { kind: 'jobs' };
type Timed = { at: number; step: Step };

const levels = (scale: number) => [
  { id: 'bronze', name: 'Bronze', threshold: 0 },
  { id: 'silver', name: 'Silver', threshold: 100 * scale, percent: 150, entryBonus: 20 },
  { id: 'gold', name: 'Gold', threshold: 400 * scale, percent: 200, entryBonus: 30 },
];
const SCALES = { earned: 1, spend: 100, orders: 0.02 };

/** Rules of a history, now and then with tiers, and with a multiplier that asks the catalogue. */
const rulesOf = (base: ProgramRules) =>
  fc
    .record({
      metric: fc.constantFrom('earned', 'spend', 'orders'),
      window: fc.constantFrom('lifetime', 'rolling-12-months', 'rolling-12-months', 'calendar-year'),
      graceDays: fc.constantFrom(0, 3),
      tiered: fc.integer({ min: 0, max: 3 }).map((one) => one > 0),
      asks: fc.boolean(),
    })
    .map(({ metric, window, graceDays, tiered, asks }): ProgramRules => {
      const scale = SCALES[metric as keyof typeof SCALES];
      const only = { products: [], vendors: [], types: [], collections: ['c'] };
      const when = base.earning[0]?.when ?? { from: null, until: null, weekdays: [], tiers: [] };
      const asking = { id: 'asks', type: 'multiplier' as const, enabled: true, percent: 300, only, when };
      const earning = asks ? [...base.earning, asking as ProgramRules['earning'][number]] : base.earning;
      return {
        ...base,
        earning,
        ...(tiered ? { tiers: tiers({ metric, window, graceDays, levels: levels(scale) }) } : {}),
      };
    });

const who = fc.constantFrom('101', '102');
const extra: fc.Arbitrary<Timed> = fc
  .record({
    day: fc.nat(120),
    id: fc.constantFrom('s1', 's2', 's3'),
    kind: fc.constantFrom('reserve', 'reserve', 'redeem', 'release', 'adjust', 'product', 'jobs', 'jobs'),
    amount: fc.integer({ min: 1, max: 120 }),
    who,
    given: fc.boolean(),
  })
  .map(({ day, id, kind, amount, who, given }) => {
    const steps: Record<string, Step> = {
      reserve: { kind: 'reserve', id, amount, who },
      redeem: { kind: 'redeem', id },
      release: { kind: 'release', id },
      adjust: { kind: 'adjust', points: given ? amount : -amount, who },
      product: { kind: 'product', id: `p${(amount % 3) + 1}`, collections: given ? ['c'] : [] },
    };
    return { at: START + day * DAY, step: steps[kind] ?? { kind: 'jobs' } };
  });

/** A shop's life with spends and changes of the program: most of it told in order, some late, some twice. */
const life = fc
  .tuple(history, history)
  .chain(([one, other]) =>
    fc.record({
      words: fc.constant([
        ...one.words,
        ...other.words.map(({ at, word }) => ({ at: at + 50 * DAY, word: renamed(word) })),
      ]),
      rules: rulesOf(one.rules),
      later: fc.option(fc.record({ rules: rulesOf(other.rules), day: fc.nat(100) })),
      extras: fc.array(extra, { maxLength: 20 }),
      delays: fc.array(fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 24, 24 * 20, 24 * 60), { minLength: 5, maxLength: 30 }),
      again: fc.array(fc.nat(100), { maxLength: 3 }),
      back: fc.constantFrom(0, 0, 0, 2 * HOUR),
      open: fc.record({ least: fc.nat(2), more: fc.nat(2) }),
    }),
  )
  .map(({ words, extras, later, delays, again, back, ...rest }) => {
    const told: Timed[] = words.map(({ at, word }) => ({ at, step: { kind: 'word', word } }));
    told.push(...again.flatMap((n) => told[n % told.length] ?? []), ...extras);
    if (later) told.push({ at: START + later.day * DAY, step: { kind: 'program', rules: later.rules } });
    const heard = told.map(({ at, step }, n) => ({ at: at + (delays[n % delays.length] ?? 0) * HOUR, step }));
    heard.sort((a, b) => a.at - b.at);
    // A clock that runs behind the one before it.
    return { ...rest, steps: heard.map(({ at, step }, n) => ({ step, at: n % 7 === 6 ? at - back : at })) };
  });

/** The orders of a second history are others than those of the first. */
function renamed(word: Word): Word {
  const name = (id: string) => `${Number(id) + 500}`;
  if (word.kind === 'order') {
    const platformId = name(word.order.platformId);
    return { kind: 'order', order: { ...word.order, platformId, number: `#${platformId}` } };
  }
  if (word.kind === 'refund' || word.kind === 'deleted') return { ...word, orderId: name(word.orderId) };
  return word;
}

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
  if (step.kind === 'program') return String(await setProgram(world, shopId, step.rules, at));
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
    await tx.delete(tierRunning).where(eq(tierRunning.shopId, shopId));
    await tx.update(pointsAccounts).set({ spentAt: null, reachedAt: null }).where(eq(pointsAccounts.shopId, shopId));
  });

const TABLES = [
  pointsLots,
  pointsAccounts,
  pointsTransactions,
  pointsPostings,
  pointsSpends,
  customerTiers,
  tierMoves,
  tierPins,
];
/** Differ between two shops that came to the same; or say how it was worked out. */
const LEFT_OUT = ['shopId', 'id', 'hash', 'inputHash', 'spentAt', 'reachedAt'];

const numbered = (what: string, rows: { id: string }[]): [string, string][] =>
  rows
    .map(({ id }) => id)
    .sort()
    .map((id, n) => [id, `${what} ${n}`]);

/** All that points and tiers came to, posting by posting, under names that two shops share. */
async function outcomeOf(world: World, shopId: number) {
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
  for (const table of TABLES) {
    const rows: Record<string, unknown>[] = await world.db.read.select().from(table).where(eq(table.shopId, shopId));
    const kept = rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !LEFT_OUT.includes(name))),
    );
    all.push(kept.map((row) => named(JSON.stringify(row))).sort());
  }
  return all;
}

test('what is kept of a customer gives, after every step, the very postings, lots and tiers that a replay gives', async () => {
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
      expect(await outcomeOf(world, running), `step ${n}: ${JSON.stringify(timed.step)}`).toEqual(
        await outcomeOf(world, replayed),
      );
    }
    used +=
      (await world.db.read.select().from(tierRunning)).length +
      (await world.db.read.select().from(pointsRunning)).length;
    for (const shopId of [running, replayed]) expect(await verifyLedger(world, shopId)).toMatchObject({ ok: true });
  });
  await fc.assert(property, { seed: 14_050_909, numRuns, endOnFailure: true });
  expect(used, 'something was kept').toBeGreaterThan(numRuns);
}, 120_000);
