import type { Columns } from './columns.rules.ts';
import type { Months } from './months.rules.ts';

/** What is asked: days as whole numbers, both ends included, and the window W of customer retention in days. */
export type Question = { from: number; to: number; window: number; months: Months };

/** Months after a cohort's first that are followed. */
export const COHORT_MONTHS = 13;
/** "Bought again within so many days." */
export const WITHIN = [30, 60, 90, 180, 365] as const;
/** Gaps longer than this are counted as this: 30 years. */
const LONGEST_GAP = 11_000;
const CHANNELS = 256;

/** Sums of one pass over all customers. Every field adds up over chunks, except the list of revenues, which grows. */
export type Sums = ReturnType<typeof emptySums>;

export const emptySums = ({ months }: Question) => ({
  firstDay: Number.MAX_SAFE_INTEGER,
  lastDay: -Number.MAX_SAFE_INTEGER,
  /** Customers with exactly 1 … 9 and with 10 or more orders up to `to`; index 0 unused. */
  byCount: new Int32Array(11),
  gaps: new Int32Array(LONGEST_GAP + 1),
  firstToSecond: new Int32Array(LONGEST_GAP + 1),
  range: { orders: 0, revenue: 0, sales: 0, buyers: 0, firsts: 0, returning: 0, twice: 0, loyalRevenue: 0 },
  /** Net revenue in the range of each buyer. */
  spent: [] as number[],
  channelOrders: new Int32Array(CHANNELS),
  channelRevenue: new Float64Array(CHANNELS),
  monthOrders: new Int32Array(months.keys.length),
  monthRevenue: new Float64Array(months.keys.length),
  monthBuyers: new Int32Array(months.keys.length),
  monthFirsts: new Int32Array(months.keys.length),
  /** Buyers of the month who were customers by W at its start. */
  monthBack: new Int32Array(months.keys.length),
  cohortActive: new Int32Array(months.keys.length * COHORT_MONTHS),
  cohortRevenue: new Float64Array(months.keys.length * COHORT_MONTHS),
  /** Differences over month starts: customers by W at each, at two in a row, and newcomers still there at the next. */
  present: new Int32Array(months.keys.length + 2),
  stayed: new Int32Array(months.keys.length + 2),
  newcomers: new Int32Array(months.keys.length + 1),
  /** First day of each customer, and the days to the second order (−1 without one). */
  firstDays: [] as number[],
  secondGaps: [] as number[],
});

/** Adds every customer of a chunk to the sums. */
export function scan(columns: Columns, question: Question, sums: Sums): void {
  const { starts } = columns;
  for (let slot = 0; slot < columns.customers; slot += 1) {
    const begin = starts[slot] as number;
    const end = upTo(columns.days, begin, starts[slot + 1] as number, question.to);
    if (end > begin) customer(columns, begin, end, question, sums);
  }
}

/** The end of a customer's orders up to a day; they are sorted and mostly all lie before it. */
function upTo(days: Int32Array, begin: number, end: number, to: number): number {
  let last = end;
  while (last > begin && (days[last - 1] as number) > to) last -= 1;
  return last;
}

function customer(columns: Columns, begin: number, end: number, question: Question, sums: Sums): void {
  const { days } = columns;
  const count = end - begin;
  const first = days[begin] as number;
  const last = days[end - 1] as number;
  if (first < sums.firstDay) sums.firstDay = first;
  if (last > sums.lastDay) sums.lastDay = last;
  const bucket = count > 9 ? 10 : count;
  sums.byCount[bucket] = (sums.byCount[bucket] as number) + 1;
  const gap = count > 1 ? (days[begin + 1] as number) - first : -1;
  sums.firstDays.push(first);
  sums.secondGaps.push(gap);
  if (gap >= 0 && (days[begin + 1] as number) >= question.from) add(sums.firstToSecond, Math.min(gap, LONGEST_GAP));
  inRange(columns, begin, end, question, sums);
  inMonths(columns, begin, end, question, sums);
  retention(days, begin, end, question, sums);
}

const add = (array: Int32Array | Float64Array, index: number, amount = 1): void => {
  array[index] = (array[index] as number) + amount;
};

function inRange(columns: Columns, begin: number, end: number, { from }: Question, sums: Sums): void {
  const { days, nets, sales, channels } = columns;
  const { range } = sums;
  let orders = 0;
  let revenue = 0;
  for (let at = end - 1; at >= begin; at -= 1) {
    const day = days[at] as number;
    if (day < from) break;
    const net = nets[at] as number;
    const channel = channels[at] as number;
    orders += 1;
    revenue += net;
    range.sales += sales[at] as number;
    add(sums.channelOrders, channel);
    add(sums.channelRevenue, channel, net);
    if (at > begin) add(sums.gaps, Math.min(day - (days[at - 1] as number), LONGEST_GAP));
  }
  if (orders === 0) return;
  const isNew = (days[begin] as number) >= from;
  range.orders += orders;
  range.revenue += revenue;
  range.buyers += 1;
  if (isNew) range.firsts += 1;
  if (!isNew || orders > 1) range.returning += 1;
  if (orders > 1) range.twice += 1;
  if (end - begin > 1) range.loyalRevenue += revenue;
  sums.spent.push(revenue);
}

function inMonths(columns: Columns, begin: number, end: number, question: Question, sums: Sums): void {
  const { days, nets } = columns;
  const { months, window } = question;
  const { index, first: origin } = months;
  const first = days[begin] as number;
  const cohort = first < origin ? -1 : (index[first - origin] as number);
  if (cohort >= 0) add(sums.monthFirsts, cohort);
  let seen = -1;
  for (let at = begin; at < end; at += 1) {
    const day = days[at] as number;
    if (day < origin) continue;
    const month = index[day - origin] as number;
    const net = nets[at] as number;
    add(sums.monthOrders, month);
    add(sums.monthRevenue, month, net);
    const after = cohort < 0 ? COHORT_MONTHS : month - cohort;
    const cell = cohort * COHORT_MONTHS + after;
    if (after < COHORT_MONTHS) add(sums.cohortRevenue, cell, net);
    if (month === seen) continue;
    seen = month;
    add(sums.monthBuyers, month);
    if (after < COHORT_MONTHS) add(sums.cohortActive, cell);
    if (at > begin && (days[at - 1] as number) >= (months.starts[month] as number) - window) add(sums.monthBack, month);
  }
}

/**
 * A customer is "there" at a month's start t with an order in [t − W, t). Each order makes them so from the next month
 * start on until W is over or the next order takes over; runs that touch are one stay.
 */
function retention(days: Int32Array, begin: number, end: number, { months, window }: Question, sums: Sums): void {
  const { starts } = months;
  const boundaries = starts.length;
  let low = -1;
  let high = -2;
  for (let at = begin; at < end; at += 1) {
    const day = days[at] as number;
    const from = firstAfter(day, months);
    const until = lastUpTo(day + window, months, boundaries);
    if (until < from) continue;
    if (from <= high + 1 && low >= 0) {
      high = Math.max(high, until);
      continue;
    }
    stay(low, high, sums);
    low = from;
    high = until;
  }
  stay(low, high, sums);
  newcomer(days, begin, end, months, window, sums);
}

function stay(low: number, high: number, sums: Sums): void {
  if (low < 0 || high < low) return;
  add(sums.present, low);
  add(sums.present, high + 1, -1);
  if (high === low) return;
  add(sums.stayed, low);
  add(sums.stayed, high, -1);
}

/** Whether a customer new in a month is still there at its end. */
function newcomer(days: Int32Array, begin: number, end: number, months: Months, window: number, sums: Sums): void {
  const first = days[begin] as number;
  if (first < months.first) return;
  const month = months.index[first - months.first] as number;
  const next = months.starts[month + 1] as number;
  let at = begin;
  while (at + 1 < end && (days[at + 1] as number) < next) at += 1;
  if ((days[at] as number) >= next - window) add(sums.newcomers, month);
}

/** The first month start after a day. */
function firstAfter(day: number, months: Months): number {
  if (day < months.first) return 0;
  return (months.index[day - months.first] as number) + 1;
}

/** The last month start up to a day; −1 for none. */
function lastUpTo(day: number, months: Months, boundaries: number): number {
  if (day < months.first) return -1;
  const offset = day - months.first;
  return offset < months.index.length ? (months.index[offset] as number) : boundaries - 1;
}
