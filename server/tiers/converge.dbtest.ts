import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { TierProgram } from '../contracts/tiers.ts';
import { dialect } from '../db/dialect.ts';
import { rowsOf } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import { settleDue } from '../points/due.usecases.ts';
import { END, history } from '../points/histories.fixtures.ts';
import { DAY, START } from '../points/points.fixtures.ts';
import { deliver, faultsOf, newShop, outcome, sharedWorlds, type Word } from '../points/world.fixtures.ts';
import { reviewTiers } from './review.usecases.ts';
import { tiers } from './tiers.fixtures.ts';
import { order, tiered } from './world.fixtures.ts';

const numRuns = dialect === 'sqlite' ? 40 : 6;
const worlds = sharedWorlds();
afterAll(() => worlds.close());

const levels = ({ percent = 100, entryBonus = 0 } = {}) => [
  { id: 'bronze', name: 'Bronze', threshold: 0 },
  { id: 'silver', name: 'Silver', threshold: 100, percent, entryBonus },
  { id: 'gold', name: 'Gold', threshold: 400, percent, entryBonus: entryBonus * 2 },
];

type Batch = { at: number; words: Word[] };

/** Applies batches, each in one transaction at its own instant, after the jobs of that instant. */
async function live(world: World, shopId: number, batches: Batch[]): Promise<void> {
  for (const { at, words } of batches) {
    world.clock.set(at);
    await settleDue(world, shopId, at);
    await reviewTiers(world, shopId, at);
    await world.inShop(shopId, async (scope) => {
      for (const word of words) await deliver(scope, word);
    });
  }
}

/** Some words in another order, some of them twice. */
const shuffled = (words: readonly Word[]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...words], { minLength: words.length }),
      fc.subarray([...words], { maxLength: Math.min(4, words.length) }),
    )
    .map(([all, again]) => [...all, ...again]);

/** Who holds which tier and what it says of them, by a name that two runs share. */
async function holders(world: World, shopId: number) {
  const names = new Map((await rowsOf(world, shopId, 'customers')).map((row) => [row.id, row.platformId ?? row.email]));
  const rows = await rowsOf(world, shopId, 'customer_tiers');
  return rows.map(({ customerId, tier, keptUntil }) => ({ of: String(names.get(customerId)), tier, keptUntil }));
}
const byName = <T extends { of: string }>(list: T[]) => list.sort((a, b) => (a.of < b.of ? -1 : 1));
/** Whoever has no row is where everybody is. */
const raised = async (world: World, shopId: number) =>
  byName((await holders(world, shopId)).filter(({ tier }) => tier !== 'bronze'));

const orders = fc
  .array(
    fc.record({
      dollars: fc.integer({ min: 1, max: 300 }),
      day: fc.nat(500),
      who: fc.constantFrom('101', '102'),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) =>
    list.map(({ dollars, day, who }, index) =>
      order(String(index + 1), dollars, {
        at: START + day * DAY,
        by: { platformId: who, email: `${who}@example.test` },
      }),
    ),
  );
const windows = fc.constantFrom<TierProgram['window']>('lifetime', 'rolling-12-months', 'calendar-year');
const metrics = fc.constantFrom('earned', 'spend', 'orders');

test('orders in any order, with repeats, end in the same tiers, bonuses included', async () => {
  const told = orders.chain((straight) =>
    fc.record({ straight: fc.constant(straight), mixed: shuffled(straight), window: windows, metric: metrics }),
  );
  const property = fc.asyncProperty(told, async ({ straight, mixed, window, metric }) => {
    const world = await worlds.next();
    const scale = { earned: 1, spend: 100, orders: 0.01 }[metric];
    const list = levels({ entryBonus: 7 }).map((one) => ({ ...one, threshold: one.threshold * scale }));
    const rules = tiered({ window, metric, levels: list });
    const now = START + 500 * DAY;
    const ends = [];
    for (const words of [straight, mixed]) {
      const shopId = await newShop(world, { rules });
      await live(
        world,
        shopId,
        words.map((word) => ({ at: now, words: [word] })),
      );
      expect(await faultsOf(world, shopId)).toEqual([]);
      const { lots, accounts } = await outcome(world, shopId);
      ends.push({ lots, accounts, holders: byName(await holders(world, shopId)) });
    }
    expect(ends[1]).toEqual(ends[0]);
  });
  await fc.assert(property, { seed: 14_040_104, numRuns, endOnFailure: true });
}, 60_000);

test('whole histories, refunds, cancellations and merges included, end in the tiers that the points say', async () => {
  const told = history.chain((one) =>
    fc.record({ one: fc.constant(one), mixed: shuffled(one.words.map(({ word }) => word)), hours: fc.nat(60) }),
  );
  const property = fc.asyncProperty(told, async ({ one, mixed, hours }) => {
    const world = await worlds.next();
    const definition = tiers({ window: 'lifetime', graceDays: 3, levels: levels() });
    const rules = { ...one.rules, tiers: definition };
    const later = one.later && { ...one.later, rules: { ...one.later.rules, tiers: definition } };
    const ways = [
      one.words.map(({ at, word }) => ({ at, words: [word] })),
      mixed.map((word, n) => ({ at: START + n * hours * 3_600_000, words: [word] })),
    ];
    const ends = [];
    for (const batches of ways) {
      const shopId = await newShop(world, { rules, later });
      await live(world, shopId, [...batches, { at: END + 5 * DAY, words: [] }]);
      expect(await faultsOf(world, shopId)).toEqual([]);
      const { accounts, lots } = await outcome(world, shopId);
      const tierOf = (points: number) => (points >= 400 ? 'gold' : points >= 100 ? 'silver' : 'bronze');
      const expected = (accounts as { of: string; lifetimeEarned: number }[])
        .map(({ of, lifetimeEarned }) => ({ of, tier: tierOf(lifetimeEarned), keptUntil: null }))
        .filter(({ tier }) => tier !== 'bronze');
      expect(await raised(world, shopId)).toEqual(byName(expected));
      ends.push({ accounts, lots });
    }
    expect(ends[1]).toEqual(ends[0]);
  });
  await fc.assert(property, { seed: 14_040_105, numRuns, endOnFailure: true });
}, 60_000);

test('what is told again once all is told changes nothing, with multipliers and bonuses too', async () => {
  const told = history.chain((one) =>
    fc.record({ one: fc.constant(one), again: shuffled(one.words.map(({ word }) => word)), window: windows }),
  );
  const property = fc.asyncProperty(told, async ({ one, again, window }) => {
    const world = await worlds.next();
    const definition = tiers({ window, graceDays: 3, levels: levels({ percent: 200, entryBonus: 20 }) });
    const shopId = await newShop(world, { rules: { ...one.rules, tiers: definition } });
    await live(
      world,
      shopId,
      one.words.map(({ at, word }) => ({ at, words: [word] })),
    );
    world.clock.set(END);
    await live(world, shopId, [{ at: END, words: [] }]);
    const tables = ['customer_tiers', 'tier_moves', 'tier_pins', 'points_transactions', 'points_lots'];
    const all = () => Promise.all(tables.map((table) => rowsOf(world, shopId, table)));
    const before = await all();
    await live(
      world,
      shopId,
      again.map((word) => ({ at: END, words: [word] })),
    );
    expect(await all()).toEqual(before);
    expect(await faultsOf(world, shopId)).toEqual([]);
  });
  await fc.assert(property, { seed: 14_040_106, numRuns, endOnFailure: true });
}, 60_000);
