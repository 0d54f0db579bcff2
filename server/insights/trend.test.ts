import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addMonthsInCalendar, monthKey, monthRange } from '../shared/calendar.ts';
import { kpisFrom } from './kpis.rules.ts';
import { calendar, FIRST, type LifeOrder, life, shopOf, window } from './lives.fixtures.ts';
import { dayNumber, dayOf } from './months.rules.ts';
import { type NumbersRange, numbersOf, type ShopColumns } from './numbers.rules.ts';
import { trendFrom } from './trend.rules.ts';

type Asked = { to: string; months: number; window: number; calendar: NumbersRange['calendar']; today: string };
type PointsDays = Parameters<typeof kpisFrom>[2]['pointsDays'];

const NOTHING_SAID = { grossMargin: null, acquisitionCost: null, pointCost: null };
const ORDERS = resolve(import.meta.dirname, '../../../shared/data/cdnow_orders.csv.gz');

/** What kpis says of a range that is a month, under the names of the trend. */
function monthByKpis(shop: ShopColumns, key: string, { to, window, calendar, today }: Asked, pointsDays: PointsDays) {
  const whole = monthRange(key, calendar);
  const days = { from: whole.from, to: whole.to < to ? whole.to : to };
  const numbers = numbersOf(shop, { ...days, window, calendar, today });
  const known = { economics: NOTHING_SAID, pointsDays, sources: new Map<number, string>() };
  const kpis = kpisFrom(numbers, { ...days, window, currency: 'USD' }, known);
  const { orders, revenue, customers, aov, repeat_purchase_rate, returning_customer_rate } = kpis;
  const { repeat_customers_revenue_share, top20pct_customers_revenue_share, points } = kpis;
  const month = kpis.monthly[key];
  return {
    key,
    ...days,
    complete: whole.to <= to && whole.to < today,
    orders,
    revenue,
    customers,
    new: month?.new,
    returning: month?.returning,
    return_share: month?.return_share,
    aov,
    repeat_purchase_rate,
    returning_customer_rate,
    repeat_customers_revenue_share,
    top20pct_customers_revenue_share,
    crr: kpis.crr[key]?.crr ?? null,
    crr_strict: kpis.crr[key]?.crr_strict ?? null,
    median_days_between_orders: kpis.days_between_orders.median,
    points_issued: points.issued,
    points_redeemed: points.redeemed,
  };
}

function expectSame(shop: ShopColumns, asked: Asked, pointsDays: PointsDays = []): void {
  const from = addMonthsInCalendar(asked.to, 1 - asked.months, asked.calendar);
  const numbers = { ...asked, from: dayNumber(from), to: dayNumber(asked.to), today: dayNumber(asked.today) };
  const rows = trendFrom(shop, { ...numbers, currency: 'USD' }, pointsDays);
  expect(rows).toHaveLength(asked.months);
  expect(rows.at(-1)?.key).toBe(monthKey(asked.to, asked.calendar));
  expect(rows).toEqual(rows.map(({ key }) => monthByKpis(shop, key, asked, pointsDays)));
}

const asked: fc.Arbitrary<Asked> = fc
  .record({
    to: fc.integer({ min: -100, max: 1_500 }),
    today: fc.integer({ min: -40, max: 40 }),
    months: fc.integer({ min: 2, max: 36 }),
    window,
    calendar,
  })
  .map(({ to, today, ...rest }) => ({ to: dayOf(FIRST + to), today: dayOf(FIRST + to + today), ...rest }));

test('each month says what kpis says of a range that is this month, whatever the shop’s history', () => {
  const pointsDay = fc.record({
    day: fc.integer({ min: -50, max: 1_000 }),
    issued: fc.nat(900),
    redeemed: fc.nat(900),
  });
  const property = fc.property(
    fc.array(life, { maxLength: 12 }),
    fc.array(life, { maxLength: 1 }),
    fc.array(pointsDay, { maxLength: 9 }),
    asked,
    (lives, [anonymous = []], points, question) => {
      const days = points.map(({ day, ...figures }) => {
        return { day: dayOf(FIRST + day), ...figures, expired: 0, adjusted: 0, remaining: 0 };
      });
      expectSame(shopOf(lives, 5, anonymous), question, days);
    },
  );
  fc.assert(property, { seed: 27, numRuns: 100 });
});

test.skipIf(!existsSync(ORDERS))('the months of the CDNOW orders are those of kpis (skipped: no shared data)', () => {
  const [, ...lines] = gunzipSync(readFileSync(ORDERS)).toString().trim().split('\n');
  const lives = new Map<number, LifeOrder[]>();
  for (const line of lines) {
    const [, id, , at = '', total] = line.split(',');
    const orders = lives.get(Number(id)) ?? [];
    orders.push({ day: dayNumber(at.slice(0, 10)), net: Math.round(Number(total) * 100), channel: 0 });
    lives.set(Number(id), orders);
  }
  for (const orders of lives.values()) orders.sort((a, b) => a.day - b.day);
  const shop = shopOf([...lives.values()], 256);
  const question = { calendar: 'gregory' as const, window: 90, months: 20, today: '2026-01-01' };
  expectSame(shop, { ...question, to: '1998-06-30' });
  expectSame(shop, { ...question, to: '1997-12-10', window: 365, calendar: 'persian' });
});
