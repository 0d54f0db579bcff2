import type { Columns } from './columns.rules.ts';
import { shortStays } from './short-window.rules.ts';
import { LONGEST_GAP, LONGEST_WITHIN, type Question, returnCell, type Sums } from './sums.rules.ts';

/** Adds every customer of a chunk to the sums. */
export function scan(columns: Columns, question: Question, sums: Sums): void {
  const { starts, days } = columns;
  for (let slot = 0; slot < columns.customers; slot += 1) {
    const begin = starts[slot] as number;
    // Orders are sorted, and mostly all lie before the end of the range.
    let end = starts[slot + 1] as number;
    while (end > begin && (days[end - 1] as number) > question.to) end -= 1;
    if (end > begin) scanCustomer(columns, begin, end, question, sums);
  }
  if (question.from > question.months.first) scanPartMonth(columns, question, sums);
  if (question.short) shortStays(columns, question, sums);
}

// Two, one for each kind of array: the engine keeps what it learned of a function's arrays for all its callers together.
const add = (array: Int32Array, index: number, amount: number): void => {
  array[index] = (array[index] as number) + amount;
};
const addAmount = (array: Float64Array, index: number, amount: number): void => {
  array[index] = (array[index] as number) + amount;
};

/** 1 where a < b, else 0, without a branch: what the processor cannot guess costs more than all the sums of an order. */
const less = (a: number, b: number): number => (a - b) >>> 31;

function scanCustomer(columns: Columns, begin: number, end: number, question: Question, sums: Sums): void {
  const { days, nets } = columns;
  const { from, low, origin } = question;
  const count = end - begin;
  const first = days[begin] as number;
  const last = days[end - 1] as number;
  if (first < sums.firstDay) sums.firstDay = first;
  if (last > sums.lastDay) sums.lastDay = last;
  add(sums.byCount, count > 9 ? 10 : count, 1);
  add(sums.firsts, first - origin, 1);
  if (count > 1) second(first, days[begin + 1] as number, question, sums);
  let at = begin;
  let before = 0;
  for (; at < end && (days[at] as number) < low; at += 1) before += nets[at] as number;
  const old = at;
  for (; at < end && (days[at] as number) < from; at += 1) before += nets[at] as number;
  sums.revenueToDate += before;
  if (old < end) months(columns, begin, old, end, question, sums);
  if (at < end) inRange(columns, begin, at, end, sums);
}

function second(first: number, day: number, question: Question, sums: Sums): void {
  const gap = day - first;
  if (gap <= LONGEST_WITHIN) add(sums.returns, returnCell(gap, first, question), 1);
  if (day >= question.from) add(sums.firstToSecond, gap > LONGEST_GAP ? LONGEST_GAP : gap, 1);
}

/** What orders from `at` on say of months, cohorts and retention, be they in the range or before it. */
function months({ days, nets }: Columns, begin: number, from: number, end: number, question: Question, sums: Sums) {
  const { low, monthOf, leaves, backFrom } = question;
  const { placed, left, backInMonth, cohortRevenue, cohortActive } = sums;
  const width = question.months.keys.length;
  const row = ((begin < from ? -1 : (monthOf[(days[begin] as number) - low] as number)) + 1) * width;
  let previous = from > begin ? (days[from - 1] as number) : NEVER;
  let previousMonth = -1;
  let day = days[from] as number;
  let month = monthOf[day - low] as number;
  for (let at = from; at < end; at += 1) {
    // The month starts that this order answers for: from the next one to the order after it, and for W at most.
    let leave = leaves[day - low] as number;
    const net = nets[at] as number;
    add(placed, month + 1, 1);
    if (month >= 0) {
      const opens = less(previousMonth, month);
      add(backInMonth, month, opens - less(previous, backFrom[month] as number) * opens);
      addAmount(cohortRevenue, row + month, net);
      add(cohortActive, row + month, opens);
    }
    previous = day;
    previousMonth = month;
    if (at + 1 < end) {
      day = days[at + 1] as number;
      month = monthOf[day - low] as number;
      leave = Math.min(leave, month);
    }
    add(left, leave + 1, 1);
  }
}

/** Before every day. */
const NEVER = -(2 ** 30);

function inRange(columns: Columns, begin: number, from: number, end: number, sums: Sums): void {
  const { days, nets, sales, channels } = columns;
  const { channelOrders, channelRevenue, gaps } = sums;
  let revenue = 0;
  let netSales = 0;
  let day = from > begin ? (days[from - 1] as number) : NEVER;
  for (let at = from; at < end; at += 1) {
    const net = nets[at] as number;
    const channel = channels[at] as number;
    const gap = (days[at] as number) - day;
    day = days[at] as number;
    revenue += net;
    netSales += sales[at] as number;
    add(channelOrders, channel, 1);
    addAmount(channelRevenue, channel, net);
    if (at > begin) add(gaps, gap > LONGEST_GAP ? LONGEST_GAP : gap, 1);
  }
  const { range } = sums;
  const orders = end - from;
  range.sales += netSales;
  range.orders += orders;
  range.revenue += revenue;
  sums.revenueToDate += revenue;
  if (from === begin) range.firsts += 1;
  if (from > begin || orders > 1) range.returning += 1;
  if (orders > 1) range.twice += 1;
  if (end - begin > 1) range.loyalRevenue += revenue;
  sums.spent[range.buyers] = revenue;
  range.buyers += 1;
}

/** Orders and buyers of a month that the range begins in the middle of. */
function scanPartMonth(columns: Columns, { from, to, window, months }: Question, { part }: Sums): void {
  const { customers, starts, days, nets } = columns;
  const [start = 0, next = 0] = months.starts;
  const end = Math.min(next - 1, to);
  for (let slot = 0; slot < customers; slot += 1) {
    const begin = starts[slot] as number;
    const stop = starts[slot + 1] as number;
    let at = begin;
    while (at < stop && (days[at] as number) < from) at += 1;
    if (at === stop || (days[at] as number) > end) continue;
    part.buyers += 1;
    if (at === begin) part.firsts += 1;
    // Earlier orders may lie in the month and before the range.
    let last = at - 1;
    while (last >= begin && (days[last] as number) >= start) last -= 1;
    if (last >= begin) {
      part.old += 1;
      if ((days[last] as number) >= start - window) part.back += 1;
    }
    for (; at < stop && (days[at] as number) <= end; at += 1) {
      part.orders += 1;
      part.revenue += nets[at] as number;
    }
  }
}

/** Adds orders without a customer: they are orders and revenue, and nobody's. */
export function scanAnonymous(columns: Columns, { from, to, low, monthOf }: Question, sums: Sums): void {
  const { days, nets, sales, channels } = columns;
  for (let at = 0; at < columns.orders; at += 1) {
    const day = days[at] as number;
    if (day < from || day > to) continue;
    const net = nets[at] as number;
    const month = monthOf[day - low] as number;
    const channel = channels[at] as number;
    sums.range.orders += 1;
    sums.range.anonymous += 1;
    sums.range.revenue += net;
    sums.range.sales += sales[at] as number;
    add(sums.channelOrders, channel, 1);
    addAmount(sums.channelRevenue, channel, net);
    add(sums.anonymousOrders, month, 1);
    addAmount(sums.anonymousRevenue, month, net);
  }
}
