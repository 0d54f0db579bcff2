import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupName } from '../contracts/groups.ts';
import { gapDistributionOf } from './gaps.rules.ts';
import { placesInGroup } from './groups.rules.ts';
import { kpisFrom } from './kpis.rules.ts';
import { calendar, FIRST, type LifeOrder, life, shopOf, window } from './lives.fixtures.ts';
import { dayNumber, dayOf } from './months.rules.ts';
import { type NumbersRange, numbersOf, type ShopColumns } from './numbers.rules.ts';
import { holdsPlace, placesInBoth, placesUpTo } from './places.rules.ts';
import { rfmCounts, rfmCustomers, rfmScores, SEGMENTS } from './rfm.rules.ts';
import { placesInCell, placesInRfm, scoredCustomers } from './segments.rules.ts';
import { channelOf } from './sources.rules.ts';

const SIZE = 5;
const SOURCES = new Map([
  [0, 'web'],
  [1, 'pos'],
  [2, ''],
]);
const EVER = '1000-01-01';

const asked = fc
  .record({
    from: fc.integer({ min: -100, max: 700 }),
    length: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 4_000 })),
    window,
    calendar,
  })
  .map(({ from, length, ...rest }) => ({ from: dayOf(FIRST + from), to: dayOf(FIRST + from + length), ...rest }));

/** Histories, some of whose places are empty: customers whose orders are gone. */
const lives = fc.array(fc.oneof({ weight: 5, arbitrary: life }, fc.constant<LifeOrder[]>([])), { maxLength: 14 });

const askedOf = ({ from, to, calendar: of }: NumbersRange) => ({
  from: dayNumber(from),
  to: dayNumber(to),
  calendar: of,
  sources: SOURCES,
});

/** Members of a group, by a name that the API takes. */
function members(shop: ShopColumns, group: string, range: NumbersRange): number[] {
  expect(groupName.safeParse(group), group).toMatchObject({ success: true });
  return [...placesInGroup(shop.chunks, group, { asked: askedOf(range), size: SIZE })];
}

/** How many members each group has to have, by the numbers. */
function figuresOf(shop: ShopColumns, range: NumbersRange): Record<string, number> {
  const numbers = numbersOf(shop, range);
  const kpis = kpisFrom(
    numbers,
    { ...range, currency: 'USD' },
    {
      economics: { grossMargin: null, acquisitionCost: null, pointCost: null },
      pointsDays: [],
      sources: SOURCES,
    },
  );
  const byCount = Object.entries(kpis.customers_by_order_count);
  const months = Object.entries(kpis.monthly).flatMap(([key, row]) => [
    [`month:${key}`, row.customers],
    [`month:${key}:new`, row.new],
    [`month:${key}:returning`, row.returning],
  ]);
  const cohorts = Object.entries(kpis.cohorts).flatMap(([key, { size, active }]) => [
    [`cohort:${key}`, size],
    ...active.map((count, later) => [`cohort:${key}:${later}`, count]),
  ]);
  const chunks = shop.chunks.map(({ columns }) => columns);
  const gaps = gapDistributionOf(chunks, { from: dayNumber(range.from), to: dayNumber(range.to) });
  const count = (share: number | null): number => Math.round((share ?? 0) * kpis.customers);
  return {
    buyers: kpis.customers,
    ever: kpis.customers_to_date,
    repeat: kpis.repeat_customers,
    returning: count(kpis.returning_customer_rate),
    'repeat-in-range': count(kpis.repeat_purchase_rate_in_range),
    top20: Math.ceil(0.2 * kpis.customers),
    ...Object.fromEntries(byCount.map(([orders, customers]) => [`orders:${orders}`, customers])),
    ...Object.fromEntries([...months, ...cohorts]),
    ...Object.fromEntries(gaps.buckets.map(({ from, to, customers }) => [`gap:${from}-${to ?? ''}`, customers])),
  };
}

test('each group has as many members as the number that it stands behind says', () => {
  const property = fc.property(lives, asked, (histories, range) => {
    const shop = shopOf(histories, SIZE);
    const expected = figuresOf(shop, range);
    const found = Object.keys(expected).map((group) => [group, members(shop, group, range).length]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
  fc.assert(property, { seed: 28, numRuns: 100 });
});

test('members are those of whom the definition is true, by place', () => {
  const property = fc.property(lives, asked, fc.constantFrom(0, 1, 2, 255), (histories, range, channel) => {
    const shop = shopOf(histories, SIZE);
    const [from, to] = [dayNumber(range.from), dayNumber(range.to)];
    const where = (fits: (inside: LifeOrder[], upTo: LifeOrder[]) => boolean) =>
      histories.flatMap((orders, place) => {
        const upTo = orders.filter(({ day }) => day <= to);
        const inside = upTo.filter(({ day }) => day >= from);
        return fits(inside, upTo) ? [place] : [];
      });
    const source = SOURCES.get(channel) ?? 'other';
    const sourceOf = (order: LifeOrder) => SOURCES.get(order.channel) ?? 'other';
    const fresh = where((inside, upTo) => inside.length > 0 && inside.length === upTo.length);
    expect(members(shop, 'new', range)).toEqual(fresh);
    expect(members(shop, `source:${source}`, range)).toEqual(
      where((inside) => inside.some((o) => sourceOf(o) === source)),
    );
    const name = channelOf(source);
    const sold = where((inside) => inside.some((order) => channelOf(sourceOf(order)) === name));
    expect(members(shop, `channel:${name}`, range)).toEqual(sold);
  });
  fc.assert(property, { seed: 29, numRuns: 100 });
});

test('the best fifth has the share of revenue that kpis gives it', () => {
  const property = fc.property(lives, asked, (histories, range) => {
    const shop = shopOf(histories, SIZE);
    const { revenue, top20pct_customers_revenue_share: share } = numbersOf(shop, range);
    const spent = members(shop, 'top20', range).map((place) => {
      const inside = histories[place]?.filter(({ day }) => day >= dayNumber(range.from) && day <= dayNumber(range.to));
      return (inside ?? []).reduce((sum, { net }) => sum + net, 0);
    });
    expect(spent.reduce((sum, amount) => sum + amount, 0)).toBeCloseTo((share ?? 0) * revenue, 4);
  });
  fc.assert(property, { seed: 30, numRuns: 100 });
});

test('scores and segments have the customers that their counts say, each of them in one', () => {
  const property = fc.property(lives, fc.integer({ min: -10, max: 3_000 }), (histories, days) => {
    const shop = shopOf(histories, SIZE);
    const to = FIRST + days;
    const columns = shop.chunks.map((chunk) => chunk.columns);
    const { grid, segments } = rfmCounts(rfmScores(rfmCustomers(columns, to).customers, 'quantile'));
    const scored = scoredCustomers(shop.chunks, { to, size: SIZE });
    const cells = grid.map((cell) => [...placesInCell(scored, cell)]);
    expect(cells.map(({ length }) => length)).toEqual(grid.map(({ customers }) => customers));
    expect(cells.flat().sort((a, b) => a - b)).toEqual([
      ...placesInGroup(shop.chunks, 'ever', { asked: { ...askedOf({ ...ANY, to: dayOf(to) }) }, size: SIZE }),
    ]);
    for (const segment of SEGMENTS) {
      expect([segment, placesInRfm(scored, segment).length]).toEqual([segment, segments[segment] ?? 0]);
    }
  });
  fc.assert(property, { seed: 31, numRuns: 100 });
});

const ANY = { from: EVER, window: 365, calendar: 'gregory' as const };

test('every pair of scores stands in the grid with its segment, once', () => {
  const { grid } = rfmCounts({ r: Uint8Array.of(5, 5, 1), f: Uint8Array.of(5, 5, 2), m: Uint8Array.of(1, 2, 3) });
  expect(new Set(grid.map(({ r, f }) => `${r}-${f}`)).size).toBe(25);
  expect(grid.filter(({ customers }) => customers > 0)).toEqual([
    { r: 1, f: 2, customers: 1, segment: 'hibernating' },
    { r: 5, f: 5, customers: 2, segment: 'champions' },
  ]);
});

test('a month without a range is whole; the month of a range is its part in it', () => {
  const order = (day: string): LifeOrder => ({ day: dayNumber(day), net: 100, channel: 0 });
  const shop = shopOf([[order('2026-03-05')], [order('2026-03-05'), order('2026-03-20')], [order('2026-03-21')]], SIZE);
  const march = (from: string) => members(shop, 'month:2026-03', { ...ANY, from, to: '2026-03-20' });
  expect(march(EVER)).toEqual([0, 1]);
  expect(march('2026-03-10')).toEqual([1]);
  const persian = { ...ANY, to: '2026-03-31', calendar: 'persian' as const };
  expect(members(shop, 'cohort:1404-12', persian)).toEqual([0, 1]);
  expect(members(shop, 'cohort:1404-12:1', persian)).toEqual([]);
  expect(members(shop, 'month:1405-01:new', persian)).toEqual([2]);
});

test('the spread of gaps is that of the days between orders', () => {
  const property = fc.property(lives, asked, (histories, range) => {
    const shop = shopOf(histories, SIZE);
    const { n, mean, median } = numbersOf(shop, range).days_between_orders;
    const chunks = shop.chunks.map(({ columns }) => columns);
    const spread = gapDistributionOf(chunks, { from: dayNumber(range.from), to: dayNumber(range.to) });
    expect([spread.n, spread.mean, spread.p50]).toEqual([n, mean, median]);
    expect(spread.buckets.reduce((sum, { gaps }) => sum + gaps, 0)).toBe(n);
    expect(spread.buckets.every(({ customers, gaps }) => customers <= gaps)).toBe(true);
  });
  fc.assert(property, { seed: 32, numRuns: 100 });
});

test('gaps of every length fall into one class, with half and nine tenths of them below', () => {
  const days = [0, 7, 7, 8, 14, 15, 30, 31, 60, 61, 90, 91, 180, 181, 365, 366, 12_000];
  let day = FIRST;
  const orders = [{ day, net: 1, channel: 0 }];
  for (const gap of days) {
    day += gap;
    orders.push({ day, net: 1, channel: 0 });
  }
  const [{ columns } = { columns: null }] = shopOf([orders], SIZE).chunks;
  const { buckets, p50, p90 } = gapDistributionOf(columns ? [columns] : [], { from: FIRST, to: day });
  expect(buckets.map(({ gaps }) => gaps)).toEqual([3, 2, 2, 2, 2, 2, 2, 2]);
  expect(buckets.map(({ customers }) => customers)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  expect([p50, p90]).toEqual([60, 365 + 0.4]);
});

test('places of two lists are those of both', () => {
  const list = fc.uniqueArray(fc.nat(40)).map((places) => places.sort((a, b) => a - b));
  const property = fc.property(list, list, fc.nat(41), (one, other, place) => {
    const [first, second] = [Int32Array.from(one), Int32Array.from(other)];
    expect([...placesInBoth(first, second)]).toEqual(one.filter((each) => other.includes(each)));
    expect(holdsPlace(first, place)).toBe(one.includes(place));
    expect(placesUpTo(first, place)).toBe(one.filter((each) => each <= place).length);
  });
  fc.assert(property, { seed: 33, numRuns: 100 });
});

test.each([
  'best',
  'orders:',
  'orders:1000',
  'cohort:2026-13',
  'cohort:2026-03:x',
  'gap:7',
  'rfm-score:0-5',
  'channel:',
  '',
])('%j is no group', (name) => {
  expect(groupName.safeParse(name).success).toBe(false);
});
