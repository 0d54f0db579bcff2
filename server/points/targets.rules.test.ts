import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EarningOrder } from '../program/eligible.rules.ts';
import { DAY, earningLine, earningOrder, HOUR, program, START, spendRule, terms } from './points.fixtures.ts';
import { byPlaced, signupTargets, type Terms, targetsFor } from './targets.rules.ts';

/** The points of each order, in the order in which they were given. */
const points = (orders: EarningOrder[], given: Terms): Record<string, number> => {
  const sums = Object.fromEntries(orders.map(({ platformId }) => [platformId, 0]));
  for (const target of targetsFor(orders, given)) {
    const id = target.source.replace('o-', '');
    sums[id] = (sums[id] ?? 0) + target.points;
  }
  return sums;
};
const of = (amount: number, fields: Partial<EarningOrder> = {}) =>
  earningOrder({ ...fields, lines: [earningLine({ unitPrice: amount })] });
const pointsOf = (amount: number, rule: object) => points([of(amount)], terms([spendRule(rule)]))['1'];

describe('points for an amount spent', () => {
  test.each([
    ['floor', 199, 1],
    ['floor', 99, 0],
    ['nearest', 149, 1],
    ['nearest', 150, 2],
    ['ceil', 101, 2],
    ['ceil', 0, 0],
  ])('rounded to %s: %i gives %i', (rounding, amount, expected) => {
    expect(pointsOf(amount, { rounding })).toBe(expected);
  });

  test('are rounded once, after the multiplier', () => {
    const given = terms([spendRule(), { id: 'x', type: 'multiplier', percent: 150 }]);
    expect(points([of(199)], given)).toEqual({ 1: 2 });
  });

  test('need the smallest amount', () => {
    expect(pointsOf(4999, { minimum: 5000 })).toBe(0);
    expect(pointsOf(5000, { minimum: 5000 })).toBe(50);
  });

  test('of an absurd amount are the most there is, rather than an error', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    expect(pointsOf(huge, { points: 1_000_000_000, per: 1 })).toBe(1_000_000_000);
    expect(pointsOf(huge, { per: 1_000_000_000_000 })).toBeGreaterThan(0);
    const given = terms([
      { id: 'each', type: 'order', points: 1_000_000_000 },
      { id: 'x', type: 'multiplier', percent: 10_000 },
    ]);
    expect(points([of(huge)], given)).toEqual({ 1: 1_000_000_000 });
  });

  test('a rule that is off, and one out of its time, give nothing', () => {
    expect(pointsOf(10_000, { enabled: false })).toBe(0);
    expect(pointsOf(10_000, { when: { until: START } })).toBe(0);
    expect(pointsOf(10_000, { when: { weekdays: [4] } })).toBe(100);
  });
});

describe('caps', () => {
  const capped = (caps: object) => terms([spendRule({ caps })]);

  test('of an order', () => {
    expect(points([of(10_000)], capped({ order: 30 }))).toEqual({ 1: 30 });
  });

  test('of a day are used up by its earlier orders, local day by local day', () => {
    const orders = [
      of(4000, { platformId: '1' }),
      of(4000, { platformId: '2', placedAt: START + HOUR }),
      of(4000, { platformId: '3', placedAt: START + 2 * HOUR }),
      of(4000, { platformId: '4', placedAt: START + DAY }),
    ];
    expect(points(orders, capped({ day: 50 }))).toEqual({ 1: 40, 2: 10, 3: 0, 4: 40 });
  });

  test('of a lifetime go by when orders were placed, whatever order they are told in', () => {
    const orders = [of(9000, { platformId: '1', placedAt: START + DAY }), of(9000, { platformId: '2' })];
    expect(points(orders, capped({ lifetime: 100 }))).toEqual({ 2: 90, 1: 10 });
    expect(points(orders.toReversed(), capped({ lifetime: 100 }))).toEqual({ 2: 90, 1: 10 });
  });

  test('at the same instant go by the platform’s id, as the number it is', () => {
    const orders = [of(9000, { platformId: '10' }), of(9000, { platformId: '9' })];
    expect(points(orders, capped({ lifetime: 100 }))).toEqual({ 9: 90, 10: 10 });
  });

  test('are not used up by orders that do not count, and come free again when one is cancelled', () => {
    const later = of(9000, { platformId: '2', placedAt: START + DAY });
    const given = capped({ lifetime: 100 });
    expect(points([of(9000), later], given)).toEqual({ 1: 90, 2: 10 });
    expect(points([of(9000, { counts: false }), later], given)).toEqual({ 1: 0, 2: 90 });
  });

  test('of one rule leave another alone', () => {
    const given = terms([spendRule({ caps: { lifetime: 10 } }), spendRule({ id: 'other' })]);
    expect(points([of(9000)], given)).toEqual({ 1: 100 });
  });

  test('lowered by a later version never ask for points back', () => {
    const versions = [
      program([spendRule({ caps: { lifetime: 100 } })]),
      program([spendRule({ caps: { lifetime: 20 } })]),
    ];
    const given = terms([], {
      versionAt: (at) => ({ version: at < START + DAY ? 1 : 2, rules: versions[at < START + DAY ? 0 : 1]! }),
    });
    const orders = [of(9000), of(9000, { platformId: '2', placedAt: START + DAY })];
    expect(points(orders, given)).toEqual({ 1: 90, 2: 0 });
  });

  test('give each order the same however the orders are listed, and never more than the cap', () => {
    const order = fc.record({ amount: fc.nat(9000), at: fc.nat(5), id: fc.nat(200) });
    const orders = fc.uniqueArray(order, { minLength: 1, maxLength: 6, selector: ({ id }) => id });
    const property = fc.property(orders, fc.nat(100), fc.nat(200), (some, day, lifetime) => {
      const made = some.map(({ amount, at, id }) =>
        of(amount, { platformId: String(id), placedAt: START + at * 12 * HOUR }),
      );
      const given = capped({ day, lifetime });
      const sums = points(made, given);
      expect(points(made.toReversed(), given)).toEqual(sums);
      expect(Object.values(sums).reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(lifetime);
    });
    fc.assert(property, { seed: 14_030_101, numRuns: 200 });
  });
});

describe('the n-th purchase', () => {
  const second = terms([{ id: 'second', type: 'nth', n: 2, points: 100 }]);
  const three = ['1', '2', '3'].map((platformId, day) => of(1000, { platformId, placedAt: START + day * DAY }));

  test('gets the bonus, no other does', () => {
    expect(points(three, second)).toEqual({ 1: 0, 2: 100, 3: 0 });
  });

  test('is another one when an earlier order turns up', () => {
    const earlier = of(1000, { platformId: '9', placedAt: START - DAY });
    expect(points([...three, earlier], second)).toEqual({ 9: 0, 1: 100, 2: 0, 3: 0 });
  });

  test('is another one when an earlier order is cancelled', () => {
    const cancelled = three.map((order, index) => ({ ...order, counts: index !== 0 }));
    expect(points(cancelled, second)).toEqual({ 1: 0, 2: 0, 3: 100 });
  });

  test('counts imported history without rewarding it', () => {
    const imported = three.map((order, index) => ({ ...order, earns: index !== 0 }));
    expect(points(imported, second)).toEqual({ 1: 0, 2: 100, 3: 0 });
    const rewarded = three.map((order, index) => ({ ...order, earns: index !== 1 }));
    expect(points(rewarded, second)).toEqual({ 1: 0, 2: 0, 3: 0 });
  });
});

describe('which rules an order earns by', () => {
  const versions: Terms['versionAt'] = (at) =>
    at < START + DAY
      ? { version: 1, rules: program([spendRule()]) }
      : { version: 2, rules: program([spendRule({ points: 5 }), { id: 'each', type: 'order', points: 7 }]) };

  test('the version in force when it was placed, whenever it was paid', () => {
    const orders = [of(1000, { paidAt: START + 9 * DAY }), of(1000, { platformId: '2', placedAt: START + DAY })];
    expect(points(orders, terms([], { versionAt: versions }))).toEqual({ 1: 10, 2: 57 });
    expect(targetsFor(orders, terms([], { versionAt: versions })).map((one) => one.ruleVersion)).toEqual([1, 2, 2]);
  });

  test('nothing for what was placed before the program began, was imported, or does not count', () => {
    const given = terms([spendRule()], { programStart: START });
    const orders = [
      of(1000, { placedAt: START - 1, paidAt: START + DAY }),
      of(1000, { platformId: '2', earns: false }),
      of(1000, { platformId: '3', counts: false }),
      of(1000, { platformId: '4' }),
    ];
    expect(points(orders, given)).toEqual({ 1: 0, 2: 0, 3: 0, 4: 10 });
  });

  test('without any version, nothing', () => {
    expect(targetsFor([of(1000)], terms([], { versionAt: () => null }))).toEqual([]);
  });

  test('additive rules add; a fixed bonus is multiplied by the order’s multiplier only, rounded down', () => {
    const given = terms([
      spendRule(),
      { id: 'each', type: 'order', points: 5 },
      { id: 'x', type: 'multiplier', percent: 150 },
      { id: 'tea', type: 'multiplier', percent: 300, only: { products: ['p1'] } },
    ]);
    expect(points([of(1000)], given)).toEqual({ 1: 30 + 7 });
  });

  test('a fixed bonus needs its smallest amount of goods left', () => {
    const given = terms([{ id: 'each', type: 'order', points: 5, minimum: 1000 }]);
    expect(points([of(1000)], given)).toEqual({ 1: 5 });
    expect(points([of(1000, { plainRefunds: [1] })], given)).toEqual({ 1: 0 });
  });
});

describe('the dates of a lot', () => {
  const dates = (order: EarningOrder, rule: object, zone = 'UTC') => {
    const [target] = targetsFor([order], terms([spendRule(rule)], { zoneAt: () => zone }));
    return target && { availableAt: target.availableAt, expiresAt: target.expiresAt };
  };

  test('count from when the order was paid', () => {
    const order = of(1000, { placedAt: START, paidAt: START + 3 * DAY });
    expect(dates(order, { holdDays: 14, expiryMonths: 1 })).toEqual({
      availableAt: START + 17 * DAY,
      expiresAt: Date.UTC(2026, 1, 4),
    });
  });

  test('count from when it was placed while it is not paid', () => {
    expect(dates(of(1000, { paidAt: null }), {})).toEqual({ availableAt: START, expiresAt: null });
  });

  test('keep the local time of day over a change of the clocks', () => {
    const paidAt = Date.UTC(2026, 1, 15, 12);
    expect(dates(of(1000, { paidAt }), { expiryMonths: 2 }, 'Europe/Berlin')).toEqual({
      availableAt: paidAt,
      expiresAt: Date.UTC(2026, 3, 15, 11),
    });
  });
});

describe('the sign-up bonus', () => {
  const bonus = { id: 'signup', type: 'signup', points: 50, holdDays: 2 };
  const customer = { id: 'c', registeredAt: START };

  test('is for an account, from the instant it was opened', () => {
    expect(signupTargets(customer, terms([spendRule(), bonus]))).toEqual([
      {
        source: 'c',
        rule: 'signup',
        points: 50,
        orderId: null,
        ruleVersion: 1,
        effectiveAt: START,
        availableAt: START + 2 * DAY,
        expiresAt: null,
      },
    ]);
    expect(signupTargets({ id: 'c', registeredAt: null }, terms([bonus]))).toEqual([]);
  });

  test.each([
    ['off', { enabled: false }, 0],
    ['over', { when: { until: START } }, 0],
    ['on', { when: { from: START } }, 50],
  ])('that is %s', (_name, fields, expected) => {
    expect(signupTargets(customer, terms([{ ...bonus, ...fields }])).map((one) => one.points)).toEqual([expected]);
  });

  test('of accounts from before the program is nothing', () => {
    expect(signupTargets(customer, terms([bonus], { programStart: START + 1 })).map((one) => one.points)).toEqual([0]);
  });

  test('of several rules adds up, an earlier one that is off does not hide the next', () => {
    const rules = [
      { ...bonus, enabled: false },
      { ...bonus, id: 'spring', points: 20 },
      { ...bonus, id: 'extra' },
    ];
    expect(signupTargets(customer, terms(rules)).map((one) => one.points)).toEqual([0, 20, 50]);
  });
});

test('orders are put in order by when they were placed, then by number', () => {
  const ids = (at: number, ...names: string[]) => names.map((platformId) => ({ placedAt: at, platformId }));
  const all = [...ids(1, '9', '10', 'a', 'b'), ...ids(0, '99')];
  expect(all.sort(byPlaced).map((one) => one.platformId)).toEqual(['99', '9', 'a', 'b', '10']);
  expect(byPlaced({ placedAt: 1, platformId: 'x' }, { placedAt: 1, platformId: 'x' })).toBe(0);
});
