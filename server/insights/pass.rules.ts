import type { Columns } from './columns.rules.ts';
import { LONGEST_GAP, NEVER_BEFORE, type Neighbours } from './neighbours.rules.ts';
import { shortStays } from './short-window.rules.ts';
import { LONGEST_WITHIN, type Question, returnCell, type Sums } from './sums.rules.ts';

/**
 * Adds a chunk to the sums, in two passes: one over its orders, each of which knows the days of its customer's order
 * before, after and first of all, so that months, cohorts and retention need no look at the others; one over customers.
 */
export function scan(columns: Columns, neighbours: Neighbours, question: Question, sums: Sums): void {
  scanOrders(columns, neighbours, question, sums);
  scanCustomers(columns, question, sums);
  if (question.from > question.months.first) scanPartMonth(columns, neighbours, question, sums);
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

function scanOrders(
  columns: Columns,
  { before, after, first, gaps }: Neighbours,
  question: Question,
  sums: Sums,
): void {
  const { days, nets, sales, channels } = columns;
  const { from, to, low, window, monthOf, leaves, months } = question;
  const { starts, first: origin } = months;
  const width = months.keys.length;
  const { present, stayed, backInMonth, cohortRevenue, cohortActive, gaps: gapCounts } = sums;
  const { channelOrders, channelRevenue, monthOrders, monthRevenue } = sums;
  let netSales = 0;
  for (let at = 0; at < columns.orders; at += 1) {
    const day = days[at] as number;
    if (day < low || day > to) continue;
    const month = monthOf[day - low] as number;
    // The month starts that this order answers for (see `present`): from the next one to the order after it, W at most.
    const unseen = leaves[day - low] as number;
    const next = after[at] as number;
    const leave = next > to ? unseen : Math.min(unseen, monthOf[next - low] as number);
    add(present, month + 1, 1);
    add(present, leave + 1, -1);
    add(stayed, month + 2, 1);
    add(stayed, leave + 1, -1);
    if (day < origin) continue;
    const net = nets[at] as number;
    const previous = before[at] as number;
    const start = starts[month] as number;
    const opens = less(previous, start);
    add(backInMonth, month, opens - less(previous, start - window));
    const age = (first[at] as number) - low;
    const cell = ((monthOf[age & ~(age >> 31)] as number) + 1) * width + month;
    addAmount(cohortRevenue, cell, net);
    add(cohortActive, cell, opens);
    if (day < from) continue;
    const channel = channels[at] as number;
    netSales += sales[at] as number;
    add(channelOrders, channel, 1);
    addAmount(channelRevenue, channel, net);
    add(monthOrders, month, 1);
    addAmount(monthRevenue, month, net);
    add(gapCounts, gaps[at] as number, 1);
  }
  sums.range.sales += netSales;
}

/** The buyers of a month that the range begins in the middle of. */
function scanPartMonth({ orders, days }: Columns, { before, first }: Neighbours, question: Question, sums: Sums): void {
  const { from, to, window, months } = question;
  const [start = 0, end = 0] = months.starts;
  const { part } = sums;
  for (let at = 0; at < orders; at += 1) {
    const day = days[at] as number;
    if (day < from || day >= end || day > to) continue;
    let last = before[at] as number;
    if (last >= from) continue;
    part.buyers += 1;
    if (last === NEVER_BEFORE) part.firsts += 1;
    if ((first[at] as number) >= start) continue;
    part.old += 1;
    // Earlier orders may lie in the month and before the range.
    for (let earlier = at - 2; last >= start; earlier -= 1) last = days[earlier] as number;
    if (last >= start - window) part.back += 1;
  }
}

function scanCustomers({ customers, starts, days, nets }: Columns, question: Question, sums: Sums): void {
  const { from, to, origin } = question;
  for (let slot = 0; slot < customers; slot += 1) {
    const begin = starts[slot] as number;
    // Orders are sorted, and mostly all lie before the end of the range.
    let end = starts[slot + 1] as number;
    while (end > begin && (days[end - 1] as number) > to) end -= 1;
    if (end === begin) continue;
    const first = days[begin] as number;
    const count = end - begin;
    if (first < sums.firstDay) sums.firstDay = first;
    if ((days[end - 1] as number) > sums.lastDay) sums.lastDay = days[end - 1] as number;
    add(sums.byCount, count > 9 ? 10 : count, 1);
    add(sums.firsts, first - origin, 1);
    if (count > 1) second(first, days[begin + 1] as number, question, sums);
    let since = end;
    let revenue = 0;
    while (since > begin && (days[since - 1] as number) >= from) {
      since -= 1;
      revenue += nets[since] as number;
    }
    if (since < end) buyer(sums, { isNew: since === begin, orders: end - since, lifetime: count, revenue });
    let earlier = 0;
    for (let at = begin; at < since; at += 1) earlier += nets[at] as number;
    sums.revenueToDate += revenue + earlier;
  }
}

function second(first: number, day: number, question: Question, sums: Sums): void {
  const gap = day - first;
  if (gap <= LONGEST_WITHIN) add(sums.returns, returnCell(gap, first, question), 1);
  if (day >= question.from) add(sums.firstToSecond, gap > LONGEST_GAP ? LONGEST_GAP : gap, 1);
}

type Buyer = { isNew: boolean; orders: number; lifetime: number; revenue: number };

function buyer({ range, spent }: Sums, { isNew, orders, lifetime, revenue }: Buyer): void {
  range.orders += orders;
  range.revenue += revenue;
  if (isNew) range.firsts += 1;
  if (!isNew || orders > 1) range.returning += 1;
  if (orders > 1) range.twice += 1;
  if (lifetime > 1) range.loyalRevenue += revenue;
  spent[range.buyers] = revenue;
  range.buyers += 1;
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
    addAmount(sums.monthRevenue, month, net);
  }
}
