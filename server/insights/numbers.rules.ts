import type { Calendar } from '../shared/calendar.ts';
import type { Columns } from './columns.rules.ts';
import { dayNumber, dayOf } from './months.rules.ts';
import { scan, scanAnonymous } from './pass.rules.ts';
import { gapFigures, sumOfGreatest } from './quantiles.rules.ts';
import { COHORT_MONTHS, emptySums, type Question, questionOf, type Sums, WITHIN } from './sums.rules.ts';

export type NumbersRange = {
  from: string;
  to: string;
  window: number;
  calendar: Calendar;
  /** Months without orders are shown up to this day at least; left out: up to the last order. */
  today?: string;
};

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/** A chunk as the numbers read it, with the first and the last day on which it has orders. */
export type Chunk = { number: number; columns: Columns; first: number; last: number };
/** A shop's orders; those without a customer apart. */
export type ShopColumns = { chunks: readonly Chunk[]; anonymous: readonly Chunk[] };

/** Looks a chunk's days up once, when it is read. */
export function chunkOf(number: number, columns: Columns): Chunk {
  let first = Number.MAX_SAFE_INTEGER;
  let last = -Number.MAX_SAFE_INTEGER;
  for (const day of columns.days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { number, columns, first, last };
}

/** The days on which a shop has orders at all, whatever the range. */
function bounds({ chunks, anonymous }: ShopColumns): { first: number; last: number } {
  const all = [...chunks, ...anonymous];
  const first = all.reduce((least, chunk) => Math.min(least, chunk.first), Number.MAX_SAFE_INTEGER);
  const last = all.reduce((most, chunk) => Math.max(most, chunk.last), -Number.MAX_SAFE_INTEGER);
  return { first, last };
}

/**
 * Every number of a shop's orders for a range of local days, by the definitions of docs/merchants.md. Amounts come in
 * minor units, rates as shares of 1 (CRR in per cent), null where there is nothing to divide by.
 */
export function numbersOf(columns: ShopColumns, { from, to, window, calendar, today }: NumbersRange) {
  const days = { from: dayNumber(from), to: dayNumber(to) };
  const { first, last } = bounds(columns);
  const shown = today === undefined || first > last ? last : Math.max(last, dayNumber(today));
  const question = questionOf({ ...days, window, calendar }, { first, last: shown });
  const customers = columns.chunks.reduce((sum, chunk) => sum + chunk.columns.customers, 0);
  const sums = emptySums(question, customers);
  for (const chunk of columns.chunks) scan(chunk.columns, question, sums);
  for (const month of columns.anonymous) scanAnonymous(month.columns, question, sums);
  return { ...totals(sums), ...habits(sums, question), ...byMonth(sums, question), ...splits(sums) };
}

function totals(sums: Sums) {
  const { range, byCount, spent } = sums;
  const known = sum(byCount);
  const repeat = known - (byCount[1] as number);
  const best = Math.ceil(0.2 * range.buyers);
  return {
    customers: range.buyers,
    customers_to_date: known,
    revenue_to_date: sums.revenueToDate,
    orders: range.orders,
    orders_without_customer: range.anonymous,
    revenue: range.revenue,
    net_sales: range.sales,
    aov: ratio(range.revenue, range.orders),
    first_order_date: known === 0 ? null : dayOf(sums.firstDay),
    last_order_date: known === 0 ? null : dayOf(sums.lastDay),
    repeat_customers: repeat,
    repeat_purchase_rate: ratio(repeat, known),
    repeat_purchase_rate_in_range: ratio(range.twice, range.buyers),
    returning_customer_rate: ratio(range.returning, range.buyers),
    orders_per_customer: ratio(range.orders - range.anonymous, range.buyers),
    top20pct_customers_revenue_share: ratio(sumOfGreatest(spent.subarray(0, range.buyers), best), range.revenue),
    repeat_customers_revenue_share: ratio(range.loyalRevenue, range.revenue),
    monthly_reorder_share: ratio(range.orders - range.anonymous - range.firsts, range.orders - range.anonymous),
  };
}

function habits(sums: Sums, question: Question) {
  const { byCount } = sums;
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
    repeat_within_days: Object.fromEntries(WITHIN.map((days, row) => [String(days), within(row, sums, question)])),
  };
}

/** Of the customers whose first order lies w days or more before the last day seen: who bought again within w days. */
function within(row: number, sums: Sums, { origin, span }: Question) {
  const days = WITHIN[row] as number;
  const end = Math.min(span, sums.lastDay - days - origin + 1);
  let eligible = 0;
  let repeated = 0;
  for (let offset = 0; offset < end; offset += 1) {
    eligible += sums.firsts[offset] as number;
    for (let upTo = 0; upTo <= row; upTo += 1) repeated += sums.returns[upTo * span + offset] as number;
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

function byMonth(sums: Sums, question: Question) {
  const { from, to, months } = question;
  const monthly: Record<string, MonthRow> = {};
  const crr: Record<string, ReturnType<typeof retentionOf>> = {};
  const cohorts: Record<string, ReturnType<typeof cohortOf>> = {};
  const present = running(sums.placed.map((orders, start) => orders - (sums.left[start] as number)));
  // By one and the same order at a month's start and at the next one, less one for each order that answers for none.
  const stayed = running(sums.left.map((orders, start) => (sums.placed[start - 1] ?? 0) - orders));
  const buyers = buyersByMonth(sums, question);
  let existing = sum(sums.byCount) - buyers.reduce((total, { born }) => total + born, 0);
  months.keys.forEach((key, month) => {
    const row = buyers[month] as MonthBuyers;
    monthly[key] = {
      orders: row.orders + (sums.anonymousOrders[month] as number),
      revenue: row.revenue + (sums.anonymousRevenue[month] as number),
      customers: row.buyers,
      new: row.firsts,
      returning: row.buyers - row.firsts,
      return_share: ratio(row.old, existing),
      return_share_window: ratio(row.back, present[month] as number),
    };
    existing += row.born;
    if ((months.starts[month] as number) >= from && (months.starts[month + 1] as number) - 1 <= to) {
      crr[key] = retentionOf(sums, question, { month, row, present, stayed });
    }
    if (row.born > 0) cohorts[key] = cohortOf(sums, month, months.keys.length);
  });
  return { monthly, crr, cohorts };
}

/** `born`: customers whose first order lies in the month, be it in the range or not. */
type MonthBuyers = Sums['part'] & { born: number };

function buyersByMonth({ cohortActive, cohortRevenue, placed, backInMonth, part }: Sums, question: Question) {
  const { from, months } = question;
  const width = months.keys.length;
  return months.keys.map((_, month): MonthBuyers => {
    const born = cohortActive[(month + 1) * width + month] as number;
    if (month === 0 && from > months.first) return { ...part, born };
    let buyers = 0;
    let revenue = 0;
    for (let cohort = 0; cohort <= month + 1; cohort += 1) {
      buyers += cohortActive[cohort * width + month] as number;
      revenue += cohortRevenue[cohort * width + month] as number;
    }
    const orders = placed[month + 1] as number;
    return { orders, revenue, buyers, firsts: born, old: buyers - born, back: backInMonth[month] as number, born };
  });
}

type AtMonth = { month: number; row: MonthBuyers; present: number[]; stayed: number[] };

function retentionOf(sums: Sums, { short }: Question, { month, row, present, stayed }: AtMonth) {
  const S = present[month] as number;
  const E = present[month + 1] as number;
  // With W of a month or more, whoever buys in a month is a customer at its end.
  const N = short ? (sums.newcomersShort[month] as number) : row.born;
  const idle = row.orders - row.buyers;
  const both = short ? sums.stayedShort[month] : (stayed[month + 1] as number) + idle + row.back;
  const strict = ratio((both as number) * 100, S);
  return { S, E, N, crr: ratio((E - N) * 100, S), crr_strict: strict, churn: strict === null ? null : 100 - strict };
}

function cohortOf(sums: Sums, month: number, months: number) {
  const from = (month + 1) * months + month;
  const to = from + Math.min(COHORT_MONTHS, months - month);
  const active = Array.from(sums.cohortActive.subarray(from, to));
  const revenue = Array.from(sums.cohortRevenue.subarray(from, to));
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
