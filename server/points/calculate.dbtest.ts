import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { sampleOrder, sampleResult } from '../contracts/calculator.ts';
import type { ProgramRules } from '../contracts/program.ts';
import { tierProgram } from '../contracts/tiers.ts';
import { dialect } from '../db/dialect.ts';
import type { World } from '../db/testing.ts';
import { recordProduct } from '../products/products.usecases.ts';
import { allocate } from '../shared/allocate.ts';
import { calculate } from './calculate.usecases.ts';
import { DAY, HOUR, program, START, spendRule } from './points.fixtures.ts';
import { pointsLots } from './points.tables.ts';
import { deliver, newShop, orderLine, orderState, rowsOf, sharedWorlds, version } from './world.fixtures.ts';

const numRuns = dialect === 'sqlite' ? 60 : 8;
const worlds = sharedWorlds();
afterAll(() => worlds.close());

/** Before the program began in shops of tests: such orders count, and earn nothing. */
const BEFORE = Date.UTC(1999, 5, 1);

const match = fc.constantFrom({ products: ['p1'] }, { vendors: ['Vine'] }, { collections: ['c1'] }, { types: ['Tea'] });
const when = fc.record(
  {
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
    from: fc.constantFrom(null, START, START + 10 * DAY),
    tiers: fc.subarray(['base', 'silver']),
  },
  { requiredKeys: [] },
);
const common = { enabled: fc.constantFrom(true, true, true, false), when };
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 2 });
const spend = fc.record({
  ...common,
  type: fc.constant('spend'),
  points: fc.integer({ min: 1, max: 9 }),
  per: fc.integer({ min: 1, max: 777 }),
  rounding: fc.constantFrom('floor', 'nearest', 'ceil'),
  include: fc.record({ tax: fc.boolean(), shipping: fc.boolean() }),
  only: maybe(match),
  except: maybe(match),
  minimum: fc.integer({ min: 0, max: 9_000 }),
  caps: fc.record({ order: maybe(fc.integer({ min: 1, max: 500 })), day: maybe(fc.integer({ min: 1, max: 500 })) }),
});
const fixed = fc.record({ ...common, type: fc.constant('order'), points: fc.nat(50), minimum: fc.nat(9_000) });
const nth = fc.record({ ...common, type: fc.constant('nth'), n: fc.integer({ min: 1, max: 4 }), points: fc.nat(99) });
const multiplier = fc.record({
  ...common,
  type: fc.constant('multiplier'),
  percent: fc.integer({ min: 100, max: 350 }),
  only: maybe(match),
});
const levels = [
  { id: 'base', name: 'Base', threshold: 0, percent: 110 },
  { id: 'silver', name: 'Silver', threshold: 2, percent: 145 },
];
const rules: fc.Arbitrary<ProgramRules> = fc
  .tuple(fc.array(fc.oneof(spend, spend, fixed, nth, multiplier, multiplier), { maxLength: 6 }), fc.boolean())
  .map(([earning, tiered]) => {
    const known = program(earning.map((rule, n) => ({ ...rule, id: `rule-${n}` })));
    const tiers = tierProgram.parse({ enabled: true, metric: 'orders', window: 'lifetime', levels });
    return tiered ? { ...known, tiers } : known;
  });
const sample = fc.record({
  lines: fc.array(
    fc.record({
      product: fc.constantFrom(null, 'p1', 'p2', 'unknown'),
      quantity: fc.integer({ min: 1, max: 4 }),
      unitPrice: fc.nat(9_999),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  discount: fc.oneof(fc.constant(0), fc.nat(4_000)),
  shipping: fc.nat(900),
  tax: fc.nat(900),
  nth: fc.integer({ min: 1, max: 4 }),
});
type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

const VENDORS: Record<string, string> = { p1: 'Vine', p2: 'Oak' };

async function shopWith(world: World, given: ProgramRules): Promise<number> {
  const shopId = await newShop(world, { rules: given });
  await world.inShop(shopId, async (scope) => {
    for (const [platformId, vendor] of Object.entries(VENDORS)) {
      const [type, collections] = platformId === 'p1' ? ['Tea', ['c1']] : ['Cup', ['c2']];
      await recordProduct(scope, {
        platformId,
        title: platformId,
        type: String(type),
        vendor,
        tags: [],
        state: 'active',
        createdAt: START,
        version: version(START),
        collections: collections as string[],
      });
    }
  });
  return shopId;
}

/** Places the order that the sample is of, and those before it. @returns the points it was given */
async function place(world: World, shopId: number, { lines, discount, shipping, tax, nth: which }: Sample) {
  const worths = lines.map(({ quantity, unitPrice }) => quantity * unitPrice);
  const goods = worths.reduce((sum, worth) => sum + worth, 0);
  const shares = allocate(Math.min(discount, goods), worths);
  const at = world.clock.now();
  await world.inShop(shopId, async (scope) => {
    for (let n = 1; n < which; n += 1) {
      await deliver(scope, { kind: 'order', order: orderState({ platformId: String(n), at: BEFORE + n * HOUR }) });
    }
    const order = orderState({
      platformId: '99',
      at,
      shipping,
      tax,
      total: goods - Math.min(discount, goods) + shipping + tax,
      lines: lines.map(({ product, quantity, unitPrice }, n) =>
        orderLine({
          platformId: `l${n}`,
          productId: product,
          vendor: VENDORS[product ?? ''] ?? null,
          quantity,
          unitPrice,
          discount: shares[n] ?? 0,
        }),
      ),
    });
    await deliver(scope, { kind: 'order', order });
  });
  return (await rowsOf(world, shopId, pointsLots))
    .filter(({ availableAt, granted }) => availableAt >= at && granted > 0)
    .reduce((sum, { granted }) => sum + granted, 0);
}

const ask = async (world: World, shopId: number, body: object) => {
  const shop = await world.inShop(shopId, async (scope) => scope.shop);
  return sampleResult.parse(await calculate(world, shop, sampleOrder.parse(body)));
};

describe('a sample order', () => {
  test(
    'earns what the same order earns when it is placed, by rules in force and by rules to try',
    () =>
      fc.assert(
        fc.asyncProperty(rules, sample, fc.nat(14), async (given, tried, days) => {
          const world = await worlds.next();
          const other = await shopWith(world, program([]));
          const shopId = await shopWith(world, given);
          world.clock.set(START + days * DAY + 5 * HOUR);
          const tier = given.tiers && tried.nth > 2 ? 'silver' : null;
          const said = await ask(world, shopId, { ...tried, tier });
          expect(await ask(world, other, { ...tried, tier, rules: given })).toEqual(said);
          expect(await place(world, shopId, tried)).toBe(said.points);
          expect(said.parts.reduce((sum, { earned }) => sum + earned, 0)).toBe(said.points);
          const { percent = 100, whole: all = true } = said.multiplier ?? {};
          expect(Math.max(...said.lines)).toBe(percent);
          const uncapped = given.earning.every(
            (rule) => rule.type !== 'spend' || Object.values(rule.caps).every((cap) => cap === null),
          );
          if (!all || !uncapped) return;
          // Each rule rounds for itself, before the multiplier and with it.
          for (const { points, earned } of said.parts)
            expect(Math.abs(earned - (points * percent) / 100)).toBeLessThanOrEqual(1 + percent / 100);
        }),
        { numRuns },
      ),
    240_000,
  );

  test('has its parts, the multiplier that applied and what each line earns by', async () => {
    const world = await worlds.next();
    const shopId = await shopWith(
      world,
      program([
        spendRule({ minimum: 1_000 }),
        { id: 'thanks', type: 'order', points: 10 },
        { id: 'second', type: 'nth', n: 2, points: 100 },
        { id: 'hello', type: 'signup', points: 50 },
        { id: 'off', type: 'order', points: 7, enabled: false },
        { id: 'double', type: 'multiplier', percent: 200, when: { weekdays: [6, 7] } },
        { id: 'tea', type: 'multiplier', percent: 300, only: { types: ['Tea'] } },
      ]),
    );
    const lines = [{ unitPrice: 5_000 }, { unitPrice: 2_550, quantity: 2 }];
    expect(await ask(world, shopId, { lines, nth: 2, discount: 100, shipping: 500, on: '2026-01-08' })).toEqual({
      points: 210,
      eligible: 10_000,
      placedAt: START + 7 * DAY + 12 * HOUR,
      multiplier: null,
      lines: [100, 100],
      parts: [
        { rule: 'spend', type: 'spend', points: 100, earned: 100, eligible: 10_000 },
        { rule: 'thanks', type: 'order', points: 10, earned: 10, eligible: 10_000 },
        { rule: 'second', type: 'nth', points: 100, earned: 100, eligible: null },
      ],
    });
    expect(await ask(world, shopId, { lines, on: '2026-01-10' })).toMatchObject({
      points: 222,
      multiplier: { rule: 'double', percent: 200, whole: true },
      lines: [200, 200],
      parts: [
        { points: 101, earned: 202 },
        { points: 10, earned: 20 },
        { points: 0, earned: 0 },
      ],
    });
    const tea = [
      { product: 'p1', unitPrice: 1_000 },
      { product: 'p2', unitPrice: 1_000 },
    ];
    expect(await ask(world, shopId, { lines: tea, on: '2026-01-08' })).toMatchObject({
      points: 50,
      multiplier: { rule: 'tea', percent: 300, whole: false },
      lines: [300, 100],
    });
    expect(await ask(world, shopId, { lines: [{ unitPrice: 999 }], on: '2026-01-08' })).toMatchObject({
      points: 10,
      parts: [{ points: 0, eligible: 999 }, { points: 10 }, {}],
    });
  });

  test('takes a tier’s multiplier, and earns nothing before the program began', async () => {
    const world = await worlds.next();
    const tiers = tierProgram.parse({ enabled: true, levels });
    const shopId = await shopWith(world, { ...program([spendRule()]), tiers });
    const lines = [{ unitPrice: 10_000 }];
    expect(await ask(world, shopId, { lines, tier: 'silver' })).toMatchObject({
      points: 145,
      multiplier: { rule: 'tier:silver', percent: 145, whole: true },
    });
    expect(await ask(world, shopId, { lines })).toMatchObject({ points: 110, multiplier: { rule: 'tier:base' } });
    const off = { ...program([spendRule()]), tiers: { ...tiers, enabled: false } };
    expect(await ask(world, shopId, { lines, tier: 'silver', rules: off })).toMatchObject({
      points: 100,
      multiplier: null,
    });
    expect(await ask(world, shopId, { lines, on: '1999-12-31' })).toMatchObject({ points: 0 });
    await expect(ask(world, shopId, { lines, on: '2026-02-30' })).rejects.toMatchObject({
      code: 'api.day',
      status: 400,
    });
  });

  test('of an absurd size is answered all the same', async () => {
    const world = await worlds.next();
    const shopId = await shopWith(world, program([spendRule()]));
    const line = { unitPrice: 1_000_000_000_000, quantity: 10_000 };
    const said = await ask(world, shopId, {
      lines: Array.from({ length: 50 }, () => line),
      nth: 1_000,
      tax: 5,
      discount: 7,
    });
    expect(said).toMatchObject({ points: 1_000_000_000, eligible: Number.MAX_SAFE_INTEGER });
  });
});
