import { monthKey, monthRange } from '../shared/calendar.ts';
import { dayNumber, dayOf } from './months.rules.ts';
import type { NumbersRange } from './numbers.rules.ts';

/** For tests only: one customer's orders, by day. */
export type Life = readonly { day: number; net: number }[];

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);
const total = (orders: Life): number => orders.reduce((sum, { net }) => sum + net, 0);

/** Type-7 quantile, as written in textbooks. */
function quantile(sorted: readonly number[], share: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] as number;
  const high = sorted[Math.ceil(place)] as number;
  return low + (high - low) * (place - Math.floor(place));
}

function gapFigures(gaps: number[]) {
  const sorted = [...gaps].sort((a, b) => a - b);
  return {
    n: gaps.length,
    mean: ratio(
      gaps.reduce((sum, gap) => sum + gap, 0),
      gaps.length,
    ),
    median: quantile(sorted, 0.5),
    p25: quantile(sorted, 0.25),
    p75: quantile(sorted, 0.75),
    zero_days: gaps.filter((gap) => gap === 0).length,
  };
}

/**
 * For tests only: the numbers straight from their definitions, one at a time, with no thought of speed. What `numbersOf`
 * says in one pass has to equal it.
 */
export function numbersByDefinition(lives: readonly Life[], { from, to, window, calendar }: NumbersRange) {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const known = lives.map((life) => life.filter(({ day }) => day <= last)).filter((life) => life.length > 0);
  const inRange = (life: Life): Life => life.filter(({ day }) => day >= first);
  const buyers = known.filter((life) => inRange(life).length > 0);
  const gapsOf = (life: Life) =>
    life.flatMap(({ day }, at) => (at > 0 && day >= first ? [day - (life[at - 1]?.day ?? 0)] : []));
  const spent = buyers.map((life) => total(inRange(life))).sort((a, b) => b - a);
  const revenue = spent.reduce((sum, value) => sum + value, 0);
  const orders = buyers.reduce((sum, life) => sum + inRange(life).length, 0);
  const end = Math.max(...known.map((life) => life.at(-1)?.day ?? 0));
  const best = spent.slice(0, Math.ceil(0.2 * buyers.length)).reduce((sum, value) => sum + value, 0);
  const twice = buyers.filter((life) => inRange(life).length > 1);
  const back = buyers.filter((life) => inRange(life).length > 1 || (life[0]?.day ?? 0) < first);
  const loyal = buyers.filter((life) => life.length > 1).reduce((sum, life) => sum + total(inRange(life)), 0);
  return {
    customers: buyers.length,
    customers_to_date: known.length,
    orders,
    revenue,
    revenue_to_date: known.reduce((sum, life) => sum + total(life), 0),
    repeat_purchase_rate: ratio(known.filter((life) => life.length > 1).length, known.length),
    repeat_purchase_rate_in_range: ratio(twice.length, buyers.length),
    returning_customer_rate: ratio(back.length, buyers.length),
    top20pct_customers_revenue_share: ratio(best, revenue),
    repeat_customers_revenue_share: ratio(loyal, revenue),
    days_between_orders: gapFigures(known.flatMap(gapsOf)),
    days_first_to_second: gapFigures(known.flatMap((life) => gapsOf(life.slice(0, 2)))),
    repeat_within_days: Object.fromEntries(
      [30, 60, 90, 180, 365].map((days) => {
        const eligible = known.filter((life) => (life[0]?.day ?? 0) + days <= end);
        const repeated = eligible.filter((life) => (life[1]?.day ?? Infinity) - (life[0]?.day ?? 0) <= days);
        const rate = ratio(repeated.length, eligible.length);
        return [String(days), { eligible: eligible.length, repeated: repeated.length, rate }];
      }),
    ),
    ...byMonth(known, { first, last, window, calendar, data: lives.flatMap((life) => life.map(({ day }) => day)) }),
  };
}

/** `data`: every day with an order, those after the range too; months go no further than they do. */
type Asked = { first: number; last: number; window: number; calendar: NumbersRange['calendar']; data: number[] };

function byMonth(known: readonly Life[], { first, last, window, calendar, data }: Asked) {
  const monthly: Record<string, unknown> = {};
  const crr: Record<string, unknown> = {};
  const cohorts: Record<string, unknown> = {};
  const start = Math.max(first, Math.min(...data));
  const end = Math.min(last, Math.max(...data));
  const there = (life: Life, t: number): boolean => life.some(({ day }) => day < t && day >= t - window);
  for (let day = start; day <= Math.max(start, end); ) {
    const key = monthKey(dayOf(day), calendar);
    const range = monthRange(key, calendar);
    const [begin, next] = [dayNumber(range.from), dayNumber(range.to) + 1];
    const bought = (life: Life, low: number): Life => life.filter((order) => order.day >= low && order.day < next);
    const inMonth = known.filter((life) => bought(life, Math.max(begin, first)).length > 0);
    const existing = known.filter((life) => (life[0]?.day ?? 0) < begin);
    const fresh = inMonth.filter((life) => (life[0]?.day ?? 0) >= Math.max(begin, first)).length;
    const was = known.filter((life) => there(life, begin));
    const is = known.filter((life) => there(life, next));
    const share = (of: readonly Life[]) => ratio(of.filter((life) => inMonth.includes(life)).length, of.length);
    monthly[key] = {
      orders: inMonth.reduce((sum, life) => sum + bought(life, Math.max(begin, first)).length, 0),
      revenue: inMonth.reduce((sum, life) => sum + total(bought(life, Math.max(begin, first))), 0),
      customers: inMonth.length,
      new: fresh,
      returning: inMonth.length - fresh,
      return_share: share(existing),
      return_share_window: share(was),
    };
    if (begin >= first && next - 1 <= last) {
      const [S, E] = [was.length, is.length];
      const N = is.filter((life) => (life[0]?.day ?? 0) >= begin).length;
      const strict = ratio(was.filter((life) => is.includes(life)).length * 100, S);
      const churn = strict === null ? null : 100 - strict;
      crr[key] = { S, E, N, crr: ratio((E - N) * 100, S), crr_strict: strict, churn };
    }
    const born = known.filter((life) => (life[0]?.day ?? 0) >= begin && (life[0]?.day ?? 0) < next);
    if (born.length > 0) cohorts[key] = cohort(born, begin, Math.min(last, end), calendar);
    day = next;
  }
  return { monthly, crr, cohorts };
}

function cohort(born: readonly Life[], begin: number, last: number, calendar: Asked['calendar']) {
  const active: number[] = [];
  const revenue: number[] = [];
  for (let day = begin; day <= last && active.length < 13; ) {
    const range = monthRange(monthKey(dayOf(day), calendar), calendar);
    const next = dayNumber(range.to) + 1;
    const from = day;
    const orders = born.map((life) => life.filter((order) => order.day >= from && order.day < next));
    active.push(orders.filter((life) => life.length > 0).length);
    revenue.push(orders.reduce((sum, life) => sum + total(life), 0));
    day = next;
  }
  return { size: born.length, active, retention: active.map((count) => count / born.length), revenue };
}
