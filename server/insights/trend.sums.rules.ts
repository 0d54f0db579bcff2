import type { Calendar } from '../shared/calendar.ts';
import type { Columns } from './columns.rules.ts';
import { type Months, monthsBetween } from './months.rules.ts';
import { LONGEST_GAP } from './sums.rules.ts';

/** Some months and what each day means for them, looked up beforehand. Days are whole numbers. */
export type TrendQuestion = {
  months: Months;
  /** The last day that counts. */
  to: number;
  /** The first day that matters for who is a customer at the first month's start. */
  low: number;
  /** The last month start at which an order of a day still makes a customer, from `low` on. */
  leaves: Int16Array;
};

/** A question about the months from the one of `from` to the one of `to`; `window`: W of customer retention. */
export function trendQuestion(range: { from: number; to: number; window: number; calendar: Calendar }): TrendQuestion {
  const months = monthsBetween(range.from, range.to, range.calendar);
  const low = months.first - range.window;
  const last = months.starts.length - 1;
  const end = months.starts[last] as number;
  // The last month start up to a day; none lies before the first.
  const startUpTo = (day: number): number =>
    day < months.first ? -1 : day < end ? (months.index[day - months.first] as number) : last;
  const leaves = Int16Array.from({ length: end - low }, (_, offset) => startUpTo(low + offset + range.window));
  return { months, to: range.to, low, leaves };
}

/** Sums of each month; where a customer is added to one, it is in that customer's last order in the month. */
export type TrendSums = ReturnType<typeof emptyTrend>;

export function emptyTrend({ months }: TrendQuestion) {
  const count = months.keys.length;
  return {
    /** Customers with an order before the first month, and with two. */
    known: 0,
    repeat: 0,
    orders: new Int32Array(count),
    revenue: new Float64Array(count),
    anonymousOrders: new Int32Array(count),
    anonymousRevenue: new Float64Array(count),
    buyers: new Int32Array(count),
    firsts: new Int32Array(count),
    /** Buyers who bought before the month or twice in it; those whose second order lies in it. */
    returning: new Int32Array(count),
    seconds: new Int32Array(count),
    loyalRevenue: new Float64Array(count),
    spent: months.keys.map(() => growing()),
    gaps: months.keys.map(() => new Int32Array(LONGEST_GAP + 1)),
    /** By month start: customers there by W, as differences between one start and the next. */
    present: new Int32Array(count + 3),
    /** The same for customers there at a month's start and at the next one. */
    stayed: new Int32Array(count + 3),
    /** Newcomers of a month who are still there at its end. */
    newcomers: new Int32Array(count),
  };
}

/** A list of amounts that grows by doubling. */
export type Growing = { values: Float64Array; length: number };
const growing = (): Growing => ({ values: new Float64Array(64), length: 0 });

function push(list: Growing, value: number): void {
  if (list.length === list.values.length) {
    const larger = new Float64Array(list.length * 2);
    larger.set(list.values);
    list.values = larger;
  }
  list.values[list.length] = value;
  list.length += 1;
}

// Two, one for each kind of array: the engine keeps what it learned of a function's arrays for all its callers together.
const add = (array: Int32Array, index: number, amount: number): void => {
  array[index] = (array[index] as number) + amount;
};
const addAmount = (array: Float64Array, index: number, amount: number): void => {
  array[index] = (array[index] as number) + amount;
};

/** Adds every customer of a chunk to the sums of the months. */
export function scanTrend(columns: Columns, question: TrendQuestion, sums: TrendSums): void {
  const { starts, days } = columns;
  for (let slot = 0; slot < columns.customers; slot += 1) {
    const begin = starts[slot] as number;
    let end = starts[slot + 1] as number;
    while (end > begin && (days[end - 1] as number) > question.to) end -= 1;
    let at = end;
    while (at > begin && (days[at - 1] as number) >= question.months.first) at -= 1;
    if (at > begin) sums.known += 1;
    if (at - begin > 1) sums.repeat += 1;
    if (end > begin) scanMonths(columns, { begin, from: at, end }, question, sums);
  }
}

/** A customer's orders: all of them begin at `begin`, those of the months at `from`. */
type Span = { begin: number; from: number; end: number };

/** One customer, month by month. Who is a customer at a month's start is told by the last order of each month before. */
function scanMonths(columns: Columns, { begin, from, end }: Span, question: TrendQuestion, sums: TrendSums): void {
  const { days } = columns;
  const { months, low, leaves } = question;
  let at = from;
  // The month that the orders before `at` lie in; −1 before the first.
  let month = -1;
  // The last month start at which the customer was there so far.
  let there = -2;
  for (;;) {
    const next = at < end ? (months.index[(days[at] as number) - months.first] as number) : -1;
    const last = at > begin ? (days[at - 1] as number) - low : -1;
    if (last >= 0) {
      const until = next === -1 ? (leaves[last] as number) : Math.min(next, leaves[last] as number);
      if (until > month) {
        stay(month + 1, until, there, sums);
        if (month >= 0 && (days[begin] as number) >= (months.starts[month] as number)) add(sums.newcomers, month, 1);
        there = until;
      }
    }
    if (next === -1) return;
    month = next;
    at = scanMonth(columns, { begin, from: at, end }, { month, next: months.starts[month + 1] as number }, sums);
  }
}

/** A customer is there from one month start to another; `before`: the last one at which they were there before. */
function stay(from: number, until: number, before: number, { present, stayed }: TrendSums): void {
  add(present, from, 1);
  add(present, until + 1, -1);
  // By the start that both lie between: there at its begin and at its end.
  const first = before === from - 1 ? from - 1 : from;
  add(stayed, first, 1);
  add(stayed, until, -1);
}

/** Adds a customer's orders in a month. @returns where those of later months begin */
function scanMonth(
  { days, nets }: Columns,
  { begin, from, end }: Span,
  { month, next }: { month: number; next: number },
  sums: TrendSums,
): number {
  const gaps = sums.gaps[month] as Int32Array;
  let revenue = 0;
  let at = from;
  for (; at < end && (days[at] as number) < next; at += 1) {
    revenue += nets[at] as number;
    if (at > begin) add(gaps, Math.min(LONGEST_GAP, (days[at] as number) - (days[at - 1] as number)), 1);
  }
  add(sums.orders, month, at - from);
  addAmount(sums.revenue, month, revenue);
  add(sums.buyers, month, 1);
  if (from === begin) add(sums.firsts, month, 1);
  if (at - begin > 1) {
    add(sums.returning, month, 1);
    addAmount(sums.loyalRevenue, month, revenue);
    if (from - begin < 2) add(sums.seconds, month, 1);
  }
  push(sums.spent[month] as Growing, revenue);
  return at;
}

/** Adds orders without a customer: they are orders and revenue, and nobody's. */
export function scanTrendAnonymous({ days, nets, orders }: Columns, question: TrendQuestion, sums: TrendSums): void {
  const { months, to } = question;
  for (let at = 0; at < orders; at += 1) {
    const day = days[at] as number;
    if (day < months.first || day > to) continue;
    const month = months.index[day - months.first] as number;
    add(sums.anonymousOrders, month, 1);
    addAmount(sums.anonymousRevenue, month, nets[at] as number);
  }
}
