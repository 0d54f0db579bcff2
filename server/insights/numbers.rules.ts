import type { Calendar } from '../shared/calendar.ts';
import type { Columns } from './columns.rules.ts';
import { dayNumber, dayOf, monthsBetween } from './months.rules.ts';
import { COHORT_MONTHS, emptySums, type Question, type Sums, scan, WITHIN } from './pass.rules.ts';
import { gapFigures, sumOfGreatest } from './quantiles.rules.ts';

export type NumbersRange = { from: string; to: string; window: number; calendar: Calendar };

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/** The days on which a shop has orders at all: months far outside of it are not gone through. */
function bounds(chunks: readonly Columns[]): { first: number; last: number } {
  let first = Number.MAX_SAFE_INTEGER;
  let last = -Number.MAX_SAFE_INTEGER;
  for (const { customers, starts, days } of chunks) {
    for (let slot = 0; slot < customers; slot += 1) {
      const begin = starts[slot] as number;
      const end = starts[slot + 1] as number;
      if (end === begin) continue;
      if ((days[begin] as number) < first) first = days[begin] as number;
      if ((days[end - 1] as number) > last) last = days[end - 1] as number;
    }
  }
  return { first, last };
}

/**
 * Every number of a shop's orders for a range of local days, by the definitions of docs/merchants.md. Amounts come in
 * minor units, rates as shares of 1 (CRR in per cent), null where there is nothing to divide by.
 */
export function numbersOf(chunks: readonly Columns[], { from, to, window, calendar }: NumbersRange) {
  const data = bounds(chunks);
  const start = Math.max(dayNumber(from), Math.min(data.first, dayNumber(to)));
  const end = Math.max(start, Math.min(dayNumber(to), data.last));
  const question: Question = {
    from: dayNumber(from),
    to: dayNumber(to),
    window,
    months: monthsBetween(start, end, calendar),
  };
  const sums = emptySums(question);
  for (const columns of chunks) scan(columns, question, sums);
  return { ...totals(sums), ...habits(sums), ...byMonth(sums, question), ...splits(sums) };
}

function totals(sums: Sums) {
  const { range, byCount, spent } = sums;
  const known = sum(byCount);
  const repeat = known - (byCount[1] as number);
  const best = Math.ceil(0.2 * range.buyers);
  return {
    customers: range.buyers,
    customers_to_date: known,
    orders: range.orders,
    revenue: range.revenue,
    net_sales: range.sales,
    aov: ratio(range.revenue, range.orders),
    first_order_date: known === 0 ? null : dayOf(sums.firstDay),
    last_order_date: known === 0 ? null : dayOf(sums.lastDay),
    repeat_customers: repeat,
    repeat_purchase_rate: ratio(repeat, known),
    repeat_purchase_rate_in_range: ratio(range.twice, range.buyers),
    returning_customer_rate: ratio(range.returning, range.buyers),
    orders_per_customer: ratio(range.orders, range.buyers),
    top20pct_customers_revenue_share: ratio(sumOfGreatest(spent, best), range.revenue),
    repeat_customers_revenue_share: ratio(range.loyalRevenue, range.revenue),
    monthly_reorder_share: ratio(range.orders - range.firsts, range.orders),
  };
}

function habits(sums: Sums) {
  const { byCount, firstDays, secondGaps, lastDay } = sums;
  const counts = Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [index === 9 ? '10+' : String(index + 1), byCount[index + 1] as number]),
  );
  const atLeast = (n: number): number => sum(byCount.subarray(n));
  const ladder = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`${n + 1}|${n}`, ratio(atLeast(n + 1), atLeast(n))]));
  return {
    customers_by_order_count: counts,
    p_next_order: ladder,
    days_between_orders: gapFigures(sums.gaps),
    days_first_to_second: gapFigures(sums.firstToSecond),
    repeat_within_days: Object.fromEntries(
      WITHIN.map((days) => [String(days), within(days, firstDays, secondGaps, lastDay)]),
    ),
  };
}

/** Of the customers whose first order lies w days or more before the last day seen: who bought again within w days. */
function within(days: number, firstDays: readonly number[], secondGaps: readonly number[], lastDay: number) {
  let eligible = 0;
  let repeated = 0;
  for (let index = 0; index < firstDays.length; index += 1) {
    if ((firstDays[index] as number) + days > lastDay) continue;
    eligible += 1;
    const gap = secondGaps[index] as number;
    if (gap >= 0 && gap <= days) repeated += 1;
  }
  return { eligible, repeated, rate: ratio(repeated, eligible) };
}

type MonthRow = {
  orders: number;
  revenue: number;
  customers: number;
  new: number;
  returning: number;
  /** Customers existing at the month's start who buy in it ÷ customers existing at its start. */
  return_share: number | null;
  /** The same with "existing" by the window W. */
  return_share_window: number | null;
};

function byMonth(sums: Sums, { from, to, months }: Question) {
  const monthly: Record<string, MonthRow> = {};
  const crr: Record<string, ReturnType<typeof retentionOf>> = {};
  const cohorts: Record<string, ReturnType<typeof cohortOf>> = {};
  const present = running(sums.present);
  const stayed = running(sums.stayed);
  let firstsBefore = sum(sums.byCount) - sum(sums.monthFirsts);
  months.keys.forEach((key, month) => {
    const buyers = sums.monthBuyers[month] as number;
    const fresh = sums.monthFirsts[month] as number;
    monthly[key] = {
      orders: sums.monthOrders[month] as number,
      revenue: sums.monthRevenue[month] as number,
      customers: buyers,
      new: fresh,
      returning: buyers - fresh,
      return_share: ratio(buyers - fresh, firstsBefore),
      return_share_window: ratio(sums.monthBack[month] as number, present[month] as number),
    };
    firstsBefore += fresh;
    const whole = (months.starts[month] as number) >= from && (months.starts[month + 1] as number) - 1 <= to;
    if (whole) crr[key] = retentionOf(present, stayed, sums.newcomers, month);
    if (fresh > 0) cohorts[key] = cohortOf(sums, month, months.keys.length);
  });
  return { monthly, crr, cohorts };
}

function retentionOf(present: number[], stayed: number[], newcomers: Int32Array, month: number) {
  const S = present[month] as number;
  const E = present[month + 1] as number;
  const N = newcomers[month] as number;
  const strict = ratio((stayed[month] as number) * 100, S);
  return { S, E, N, crr: ratio((E - N) * 100, S), crr_strict: strict, churn: strict === null ? null : 100 - strict };
}

function cohortOf(sums: Sums, month: number, months: number) {
  const length = Math.min(COHORT_MONTHS, months - month);
  const at = month * COHORT_MONTHS;
  const active = Array.from(sums.cohortActive.subarray(at, at + length));
  const revenue = Array.from(sums.cohortRevenue.subarray(at, at + length));
  const size = active[0] ?? 0;
  let total = 0;
  const cumulative = revenue.map((value) => {
    total += value;
    return total;
  });
  return { size, active, retention: active.map((count) => count / size), revenue, cumulative_revenue: cumulative };
}

function splits({ channelOrders, channelRevenue }: Sums) {
  const channels: { channel: number; orders: number; revenue: number }[] = [];
  channelOrders.forEach((orders, channel) => {
    if (orders > 0) channels.push({ channel, orders, revenue: channelRevenue[channel] as number });
  });
  return { channels };
}

function running(differences: Int32Array): number[] {
  let total = 0;
  return Array.from(differences, (difference) => {
    total += difference;
    return total;
  });
}

function sum(values: Int32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
