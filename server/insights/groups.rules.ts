import { addMonthsInCalendar, type Calendar, monthKey, monthRange } from '../shared/calendar.ts';
import type { Columns } from './columns.rules.ts';
import { dayNumber } from './months.rules.ts';
import { channelOf } from './sources.rules.ts';

/** What a group is of: days as whole numbers, both included. */
export type GroupAsked = {
  from: number;
  to: number;
  calendar: Calendar;
  /** The shop's sources by the number under which the columns know them. */
  sources: ReadonlyMap<number, string>;
};

/** The orders of one customer: `begin` … `end` − 1 are those up to the group's last day, at least one. */
type Orders = { columns: Columns; begin: number; end: number };
/** Whether a customer is a member. */
type Test = (orders: Orders) => boolean;
/** By the first order in the range and the orders behind its end; one that begins behind it has none in it. */
type RangeTest = (range: { before: number; inside: number }) => boolean;

type Numbered = { number: number; columns: Columns };

const RANGE_GROUPS: Record<string, RangeTest> = {
  buyers: ({ inside }) => inside > 0,
  new: ({ before, inside }) => inside > 0 && before === 0,
  returning: ({ before, inside }) => inside > 0 && before + inside > 1,
  'repeat-in-range': ({ inside }) => inside > 1,
};
/** Of a month: who was there before is no newcomer, however often they bought in it. */
const MONTH_GROUPS: Record<string, RangeTest> = {
  all: ({ inside }) => inside > 0,
  new: ({ before, inside }) => inside > 0 && before === 0,
  returning: ({ before, inside }) => inside > 0 && before > 0,
};

/** Orders before a range of days and in it. */
function within({ columns: { days }, begin, end }: Orders, from: number, to: number) {
  let stop = end;
  while (stop > begin && (days[stop - 1] as number) > to) stop -= 1;
  let start = stop;
  while (start > begin && (days[start - 1] as number) >= from) start -= 1;
  return { before: start - begin, inside: stop - start };
}

/**
 * Places of the members of a group (contracts/groups.ts), ascending as the chunks are; `size` slots stand in a chunk. Groups
 * that are told by more than orders are none of these.
 */
export function placesInGroup(
  chunks: readonly Numbered[],
  group: string,
  { asked, size }: { asked: GroupAsked; size: number },
): Int32Array {
  if (group === 'top20') return best(chunks, asked, size);
  const test = testOf(group, asked);
  const places: number[] = [];
  eachCustomer(chunks, asked.to, size, (orders, place) => {
    if (test(orders)) places.push(place);
  });
  return Int32Array.from(places);
}

/** Calls back for every customer with an order up to a day. */
function eachCustomer(
  chunks: readonly Numbered[],
  to: number,
  size: number,
  tell: (orders: Orders, place: number) => void,
): void {
  for (const { number, columns } of chunks) {
    const { customers, starts, days } = columns;
    for (let slot = 0; slot < customers; slot += 1) {
      const begin = starts[slot] as number;
      let end = starts[slot + 1] as number;
      while (end > begin && (days[end - 1] as number) > to) end -= 1;
      if (end > begin) tell({ columns, begin, end }, number * size + slot);
    }
  }
}

/** How the members of a group are told. */
function testOf(group: string, asked: GroupAsked): Test {
  const { from, to } = asked;
  const ofRange = RANGE_GROUPS[group];
  if (ofRange) return (orders) => ofRange(within(orders, from, to));
  const [kind = '', first = '', second] = group.split(':');
  if (kind === 'ever') return () => true;
  if (kind === 'repeat') return ({ begin, end }) => end - begin > 1;
  if (kind === 'orders') return countTest(first);
  if (kind === 'cohort') return cohortTest(first, second, asked);
  if (kind === 'month') return monthTest(first, second, asked);
  if (kind === 'gap') return gapTest(first, asked);
  return soldBy(kind === 'channel' ? 'channel' : 'source', group.slice(kind.length + 1), asked);
}

function countTest(text: string): Test {
  const least = Number.parseInt(text, 10);
  const most = text.endsWith('+') ? Number.MAX_SAFE_INTEGER : least;
  return ({ begin, end }) => end - begin >= least && end - begin <= most;
}

/** The days of a month, or of the one so many months after it, as whole numbers. */
function daysOf(month: string, calendar: Calendar, later = 0): { from: number; to: number } {
  const key = monthKey(addMonthsInCalendar(monthRange(month, calendar).from, later, calendar), calendar);
  const { from, to } = monthRange(key, calendar);
  return { from: dayNumber(from), to: dayNumber(to) };
}

function cohortTest(month: string, later: string | undefined, { calendar }: GroupAsked): Test {
  const born = daysOf(month, calendar);
  const again = daysOf(month, calendar, later === undefined ? 0 : Number(later));
  return (orders) => {
    const first = orders.columns.days[orders.begin] as number;
    return first >= born.from && first <= born.to && within(orders, again.from, again.to).inside > 0;
  };
}

function monthTest(month: string, who: string | undefined, { from, to, calendar }: GroupAsked): Test {
  const days = daysOf(month, calendar);
  const test = MONTH_GROUPS[who ?? 'all'] as RangeTest;
  return (orders) => test(within(orders, Math.max(from, days.from), Math.min(to, days.to)));
}

function gapTest(text: string, { from }: GroupAsked): Test {
  const [least = '', most = ''] = text.split('-');
  const range = { least: Number(least), most: most === '' ? Number.MAX_SAFE_INTEGER : Number(most) };
  return ({ columns: { days }, begin, end }) => {
    for (let at = end - 1; at > begin && (days[at] as number) >= from; at -= 1) {
      const gap = (days[at] as number) - (days[at - 1] as number);
      if (gap >= range.least && gap <= range.most) return true;
    }
    return false;
  };
}

/** Who bought in the range by a channel, or by a source as the platform names it. */
function soldBy(kind: 'channel' | 'source', name: string, { from, sources }: GroupAsked): Test {
  const wanted = Uint8Array.from({ length: 256 }, (_, number) => {
    const source = sources.get(number) ?? 'other';
    return (kind === 'source' ? source : channelOf(source)) === name ? 1 : 0;
  });
  return ({ columns: { days, channels }, begin, end }) => {
    for (let at = end - 1; at >= begin && (days[at] as number) >= from; at -= 1) {
      if (wanted[channels[at] as number] === 1) return true;
    }
    return false;
  };
}

/** The fifth of the buyers of the range who spent most in it, rounded up; of equal ones, whoever was known first. */
function best(chunks: readonly Numbered[], { from, to }: GroupAsked, size: number): Int32Array {
  const places: number[] = [];
  const spent: number[] = [];
  eachCustomer(chunks, to, size, ({ columns, begin, end }, place) => {
    let revenue = 0;
    let at = end - 1;
    for (; at >= begin && (columns.days[at] as number) >= from; at -= 1) revenue += columns.nets[at] as number;
    if (at === end - 1) return;
    places.push(place);
    spent.push(revenue);
  });
  const count = Math.ceil(0.2 * places.length);
  const least = Float64Array.from(spent).sort()[places.length - count] ?? 0;
  let equal = count - spent.filter((revenue) => revenue > least).length;
  const isBest = (revenue: number): boolean => {
    if (revenue === least) equal -= 1;
    return revenue > least || (revenue === least && equal >= 0);
  };
  return Int32Array.from(places.filter((_, at) => isBest(spent[at] as number)));
}
