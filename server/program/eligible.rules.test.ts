import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineMatch, SpendRule } from '../contracts/program.ts';
import { programRules } from '../contracts/program.ts';
import { DAY, earningLine, earningOrder, HOUR, program, START, spendRule } from '../points/points.fixtures.ts';
import { type Catalogue, type EarningOrder, eligibleAmount, holdsAt, matches, multipliers } from './eligible.rules.ts';

const catalogue: Catalogue = (id) =>
  ({ p1: { collections: ['tea', 'gifts'], type: 'Leaf' }, p2: { collections: [], type: null } })[id];

const ruleOf = (fields: object = {}) => program([spendRule(fields)]).earning[0] as SpendRule;
const eligible = (order: EarningOrder, fields: object = {}) =>
  eligibleAmount(order, ruleOf(fields), catalogue).eligible;

describe('what of an order earns', () => {
  test('goods after discounts, by quantity', () => {
    const lines = [earningLine({ quantity: 3, unitPrice: 1000, discount: 250 }), earningLine({ unitPrice: 1 })];
    expect(eligible(earningOrder({ lines }))).toBe(2751);
  });

  test('tax inside prices is taken out, unless it counts', () => {
    const order = earningOrder({ lines: [earningLine({ unitPrice: 12_000, taxIncluded: 2000 })], tax: 2000 });
    expect(eligible(order)).toBe(10_000);
    expect(eligible(order, { include: { tax: true } })).toBe(12_000);
  });

  test('tax on top of prices counts only when it is included', () => {
    const order = earningOrder({ tax: 900, total: 10_900 });
    expect(eligible(order)).toBe(10_000);
    expect(eligible(order, { include: { tax: true } })).toBe(10_900);
  });

  test('shipping counts only when it is included', () => {
    const order = earningOrder({ shipping: 700 });
    expect(eligible(order)).toBe(10_000);
    expect(eligible(order, { include: { shipping: true } })).toBe(10_700);
  });

  test('gift cards earn nothing', () => {
    const lines = [earningLine({ unitPrice: 5000, giftCard: true }), earningLine({ unitPrice: 300 })];
    expect(eligible(earningOrder({ lines }))).toBe(300);
  });

  test('a discount greater than its line makes it nothing, not less than nothing', () => {
    const lines = [earningLine({ unitPrice: 100, discount: 500 }), earningLine({ unitPrice: 300 })];
    expect(eligible(earningOrder({ lines, total: 300 }))).toBe(300);
  });

  test('an order of nothing earns nothing', () => {
    const order = earningOrder({ lines: [earningLine({ discount: 10_000 })], total: 0, creditPaid: 0 });
    expect(eligible(order)).toBe(0);
    expect(eligible(earningOrder({ lines: [], total: 0 }))).toBe(0);
  });
});

describe('refunds', () => {
  test('of lines lower the line that came back, and no other', () => {
    const lines = [
      earningLine({ quantity: 2, refundedAmount: 10_000 }),
      earningLine({ unitPrice: 500, refundedAmount: 900 }),
    ];
    expect(eligible(earningOrder({ lines }))).toBe(10_000);
  });

  test('of a gift card lower nothing that earns', () => {
    const lines = [earningLine({ giftCard: true, refundedAmount: 10_000 }), earningLine()];
    expect(eligible(earningOrder({ lines }))).toBe(10_000);
  });

  test('of goods take the tax inside their price along', () => {
    const line = earningLine({ quantity: 2, unitPrice: 6000, taxIncluded: 2000 });
    const of = (refundedAmount: number) =>
      eligible(earningOrder({ lines: [{ ...line, refundedAmount }], tax: 2000 }), { include: { tax: true } });
    expect([of(0), of(5000), of(10_000)]).toEqual([12_000, 6000, 0]);
  });

  test('of goods take their part of the tax on top along', () => {
    const of = (refundedAmount: number) =>
      eligible(earningOrder({ lines: [earningLine({ refundedAmount })], tax: 900, total: 10_900 }), {
        include: { tax: true },
      });
    expect([of(0), of(5000), of(10_000)]).toEqual([10_900, 5450, 0]);
  });

  test.each([
    // amount × eligible ÷ total: 5 × 100 ÷ 200 = 2.5
    { plainRefunds: [5], left: 97 },
    { plainRefunds: [4], left: 98 },
    { plainRefunds: [3], left: 98 },
    // Each is rounded by itself: 0.5 and 0.5.
    { plainRefunds: [1, 1], left: 98 },
    { plainRefunds: [200], left: 0 },
    { plainRefunds: [150, 150], left: 0 },
    { plainRefunds: [0, -5], left: 100 },
  ])('without lines ($plainRefunds) lower it by their share, rounded half up', ({ plainRefunds, left }) => {
    const order = earningOrder({ lines: [earningLine({ unitPrice: 100 })], shipping: 100, total: 200, plainRefunds });
    expect(eligible(order)).toBe(left);
  });

  test('both kinds add, and never go below nothing', () => {
    const line = earningLine({ refundedAmount: 6000 });
    expect(eligible(earningOrder({ lines: [line], total: 10_000, plainRefunds: [2500] }))).toBe(1500);
    expect(eligible(earningOrder({ lines: [line], total: 10_000, plainRefunds: [5000] }))).toBe(0);
  });
});

test('what gift cards and store credit paid lowers it by its share', () => {
  expect(eligible(earningOrder({ creditPaid: 2500 }))).toBe(7500);
  expect(eligible(earningOrder({ creditPaid: 10_000 }))).toBe(0);
  expect(eligible(earningOrder({ shipping: 10_000, creditPaid: 10_000 }))).toBe(5000);
});

describe('a rule for some products', () => {
  const none: LineMatch = { products: [], collections: [], vendors: [], types: [] };
  const line = earningLine({ productId: 'p1', vendor: 'Acme' });

  test.each([
    ['product', { products: ['p1'] }, true],
    ['other product', { products: ['p2'] }, false],
    ['vendor', { vendors: ['Acme'] }, true],
    ['other vendor', { vendors: ['acme'] }, false],
    ['collection', { collections: ['other', 'gifts'] }, true],
    ['other collection', { collections: ['other'] }, false],
    ['type', { types: ['Leaf'] }, true],
    ['other type', { types: ['Pot'] }, false],
    ['nothing', {}, false],
  ])('matches by %s', (_name, match, expected) => {
    expect(matches({ ...none, ...match }, line, catalogue)).toBe(expected);
  });

  test('matches no line without a product by collection or type', () => {
    const nameless = earningLine({ productId: null });
    expect(matches({ ...none, collections: ['tea'], types: ['Leaf'] }, nameless, catalogue)).toBe(false);
    const unknown = earningLine({ productId: 'p9' });
    expect(matches({ ...none, types: ['Leaf'] }, unknown, catalogue)).toBe(false);
  });

  test('earns on those lines only, or on all but them', () => {
    const lines = [line, earningLine({ productId: 'p2', unitPrice: 300 })];
    expect(eligible(earningOrder({ lines }), { only: { products: ['p1'] } })).toBe(10_000);
    expect(eligible(earningOrder({ lines }), { except: { products: ['p1'] } })).toBe(300);
    expect(eligible(earningOrder({ lines }), { only: { vendors: ['Acme'] }, except: { types: ['Leaf'] } })).toBe(0);
  });

  test('lets a refund without lines lower its part only by its share', () => {
    const lines = [line, earningLine({ productId: 'p2', unitPrice: 30_000 })];
    const order = earningOrder({ lines, total: 40_000, plainRefunds: [4000] });
    expect(eligible(order, { only: { products: ['p1'] } })).toBe(9000);
  });
});

describe('multipliers', () => {
  const weighted = (earning: object[], order: EarningOrder, fields: object = {}) => {
    const rules = program([spendRule(fields), ...earning]);
    return eligibleAmount(order, ruleOf(fields), catalogue, multipliers(rules, order, 'UTC', catalogue)).weighted;
  };
  const double = { id: 'double', type: 'multiplier', percent: 200 };
  const leaf = { id: 'leaf', type: 'multiplier', percent: 300, only: { types: ['Leaf'] } };

  test('the highest of all that apply wins, line by line; they do not stack', () => {
    const lines = [earningLine({ productId: 'p1' }), earningLine({ productId: 'p2' })];
    expect(weighted([double, leaf], earningOrder({ lines }))).toBe(10_000 * 300 + 10_000 * 200);
    expect(weighted([leaf], earningOrder({ lines }))).toBe(10_000 * 300 + 10_000 * 100);
    expect(weighted([], earningOrder({ lines }))).toBe(20_000 * 100);
  });

  test('of the whole order count for shipping and tax too, where those earn', () => {
    const order = earningOrder({ shipping: 500, tax: 100, total: 10_600 });
    expect(weighted([double], order, { include: { shipping: true, tax: true } })).toBe(10_600 * 200);
    expect(weighted([leaf], order, { include: { shipping: true } })).toBe(10_000 * 300 + 500 * 100);
  });

  test('do not hold when off or out of their time', () => {
    const order = earningOrder();
    expect(weighted([{ ...double, enabled: false }], order)).toBe(10_000 * 100);
    expect(weighted([{ ...double, when: { from: START + 1 } }], order)).toBe(10_000 * 100);
    expect(weighted([{ ...double, when: { from: START, until: START + 1 } }], order)).toBe(10_000 * 200);
  });

  test('of a tier are one among them: the highest wins, for every line', () => {
    const levels = [{ id: 'gold', name: 'Gold', threshold: 5, percent: 250 }];
    const percents = (earning: object[], tier: string | null, enabled = true) => {
      const rules = programRules.parse({ earning, tiers: { enabled, levels } });
      const { ofOrder, ofLine } = multipliers(rules, earningOrder(), 'UTC', catalogue, tier);
      return [ofOrder, ofLine(earningLine({ productId: 'p1' })), ofLine(earningLine({ productId: 'p2' }))];
    };
    expect(percents([double, leaf], 'gold')).toEqual([250, 300, 250]);
    expect(percents([double, leaf], null)).toEqual([200, 300, 200]);
    expect(percents([{ ...double, percent: 400 }], 'gold')).toEqual([400, 400, 400]);
    expect(percents([double], 'gold', false)).toEqual([200, 200, 200]);
    const ofMembers = { ...double, when: { tiers: ['gold'] } };
    expect([percents([ofMembers], 'tin')[0], percents([{ ...ofMembers, percent: 500 }], 'gold')[0]]).toEqual([
      100, 500,
    ]);
  });

  test('what refunds without lines take away is taken from all lines alike', () => {
    const lines = [earningLine({ productId: 'p1' }), earningLine({ productId: 'p2' })];
    expect(weighted([leaf], earningOrder({ lines, plainRefunds: [10_000] }))).toBe((10_000 * 300 + 10_000 * 100) / 2);
  });
});

describe('the time of a rule', () => {
  const when = (fields: object) => ({ from: null, until: null, weekdays: [], ...fields });
  const SATURDAY = START + 2 * DAY;

  test('runs from its first instant to just before its last', () => {
    const window = when({ from: START, until: START + DAY });
    expect([START - 1, START, START + DAY - 1, START + DAY].map((at) => holdsAt(window, at, 'UTC'))).toEqual([
      ...[false, true, true, false],
    ]);
  });

  test('goes by the weekday of the shop, not of UTC', () => {
    const weekend = when({ weekdays: [6, 7] });
    expect(holdsAt(weekend, SATURDAY, 'UTC')).toBe(true);
    expect(holdsAt(weekend, SATURDAY, 'America/New_York')).toBe(false);
    expect(holdsAt(weekend, SATURDAY - 3 * HOUR, 'Asia/Tehran')).toBe(true);
    expect(holdsAt(weekend, SATURDAY - 4 * HOUR, 'Asia/Tehran')).toBe(false);
  });
});

test('whatever an order says, what earns is a whole number from nothing to what it was worth', () => {
  const amount = fc.oneof(fc.nat(100_000), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
  const line = fc.record({
    quantity: fc.integer({ min: 0, max: 1000 }),
    unitPrice: amount,
    discount: amount,
    taxIncluded: amount,
    refundedAmount: amount,
    giftCard: fc.boolean(),
  });
  const order = fc.record({
    total: amount,
    shipping: amount,
    tax: amount,
    creditPaid: amount,
    plainRefunds: fc.array(amount, { maxLength: 3 }),
    lines: fc.array(line, { maxLength: 3 }),
  });
  const property = fc.property(order, fc.boolean(), fc.boolean(), (fields, tax, shipping) => {
    const lines = fields.lines.map((one) => earningLine(one));
    const result = eligibleAmount(
      earningOrder({ ...fields, lines }),
      ruleOf({ include: { tax, shipping } }),
      catalogue,
    );
    const plain = earningOrder({
      ...fields,
      plainRefunds: [],
      creditPaid: 0,
      lines: lines.map((one) => ({ ...one, refundedAmount: 0 })),
    });
    const most = eligibleAmount(plain, ruleOf({ include: { tax, shipping } }), catalogue);
    for (const name of ['eligible', 'weighted'] as const) {
      expect(Number.isSafeInteger(result[name])).toBe(true);
      expect(result[name]).toBeGreaterThanOrEqual(0);
      expect(result[name]).toBeLessThanOrEqual(most[name]);
    }
  });
  fc.assert(property, { seed: 14_030_101, numRuns: 300 });
});
