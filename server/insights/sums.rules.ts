import type { Calendar } from '../shared/calendar.ts';
import { type Months, monthsBetween } from './months.rules.ts';

/** Months after a cohort's first that are followed. */
export const COHORT_MONTHS = 13;
/** "Bought again within so many days." */
export const WITHIN = [30, 60, 90, 180, 365] as const;
export const LONGEST_WITHIN = 365;
/** Gaps longer than this are counted as this: 30 years. */
export const LONGEST_GAP = 11_000;
const LONGEST_MONTH = 31;
const CHANNELS = 256;

/** What is asked, with what each day means for it looked up beforehand. Days are whole numbers, both ends included. */
export type Question = {
  from: number;
  to: number;
  /** W of customer retention, in days. */
  window: number;
  /** W is so short that a buyer of a month may not be a customer at its end. */
  short: boolean;
  months: Months;
  /** The first day that matters at all: W before the first month. The tables below begin there. */
  low: number;
  /** The shop's first order, and the days from it to the last one up to `to`: where customers' first orders lie. */
  origin: number;
  span: number;
  /** The month that a day lies in; −1 before the first. */
  monthOf: Int16Array;
  /** The last month start at which an order of a day still makes a customer. */
  leaves: Int16Array;
  /** The first day of an order that makes a customer at the start of each month. */
  backFrom: Int32Array;
};

/**
 * A question about the days `from` … `to`.
 * @param data the days on which the shop has orders at all: months far outside are not gone through
 */
export function questionOf(
  range: { from: number; to: number; window: number; calendar: Calendar },
  data: { first: number; last: number },
): Question {
  const start = Math.max(range.from, Math.min(data.first, range.to));
  const end = Math.max(start, Math.min(range.to, data.last));
  const months = monthsBetween(start, end, range.calendar);
  const low = months.first - range.window;
  const length = Math.max(0, (months.starts.at(-1) ?? months.first) - low);
  const monthOf = new Int16Array(length).fill(-1);
  monthOf.set(months.index, months.first - low);
  const lastStart = months.starts.length - 1;
  const upTo = (day: number): number => (day - low < length ? (monthOf[day - low] as number) : lastStart);
  return {
    from: range.from,
    to: range.to,
    window: range.window,
    months,
    low,
    monthOf,
    short: range.window < LONGEST_MONTH,
    origin: Math.min(data.first, range.to),
    span: Math.max(0, Math.min(range.to, data.last) - data.first + 1),
    backFrom: months.starts.map((start) => start - range.window),
    leaves: Int16Array.from(monthOf, (_, offset) => upTo(low + offset + range.window)),
  };
}

/** The cell of `returns` for a second order after `gap` days: a row for each of WITHIN, a column for each first day. */
export function returnCell(gap: number, first: number, { origin, span }: Question): number {
  const row = gap <= 90 ? (gap <= 30 ? 0 : gap <= 60 ? 1 : 2) : gap <= 180 ? 3 : 4;
  return row * span + first - origin;
}

/** Sums of one pass over all customers; lists have room for every customer. */
export type Sums = ReturnType<typeof emptySums>;

export const emptySums = ({ months, span }: Question, customers: number) => ({
  firstDay: Number.MAX_SAFE_INTEGER,
  lastDay: -Number.MAX_SAFE_INTEGER,
  /** Net revenue of customers up to `to`. */
  revenueToDate: 0,
  /** Customers with exactly 1 … 9 and with 10 or more orders up to `to`; index 0 unused. */
  byCount: new Int32Array(11),
  gaps: new Int32Array(LONGEST_GAP + 1),
  firstToSecond: new Int32Array(LONGEST_GAP + 1),
  range: {
    orders: 0,
    anonymous: 0,
    revenue: 0,
    sales: 0,
    buyers: 0,
    firsts: 0,
    returning: 0,
    twice: 0,
    loyalRevenue: 0,
  },
  /** Net revenue in the range of each buyer. */
  spent: new Float64Array(customers),
  channelOrders: new Int32Array(CHANNELS),
  channelRevenue: new Float64Array(CHANNELS),
  /** Orders without a customer, of the range, by month. */
  anonymousOrders: new Int32Array(months.keys.length),
  anonymousRevenue: new Float64Array(months.keys.length),
  /** Month of the first order (0: before the first month) × month, whole months. */
  cohortActive: new Int32Array((months.keys.length + 1) * months.keys.length),
  cohortRevenue: new Float64Array((months.keys.length + 1) * months.keys.length),
  /** A month that the range begins in the middle of: its orders; its buyers, new ones, customers before it, and by W. */
  part: { orders: 0, revenue: 0, buyers: 0, firsts: 0, old: 0, back: 0 },
  /**
   * A customer is "there" at a month's start t with an order in [t − W, t). Each order answers for the month starts from
   * itself to the order after it, and for W at most. Orders by the first month start they could answer for (0: from
   * before the first month), and by the one after the last that they do answer for.
   */
  placed: new Int32Array(months.keys.length + 2),
  left: new Int32Array(months.keys.length + 2),
  /** Customers by W at a month's start who bought in the month. */
  backInMonth: new Int32Array(months.keys.length),
  /** With a short window: customers there at both ends of a month, and newcomers still there at its end. */
  stayedShort: new Int32Array(months.keys.length),
  newcomersShort: new Int32Array(months.keys.length),
  /** Customers by the day of their first order, and those who came back within WITHIN days (see returnCell). */
  firsts: new Int32Array(span),
  returns: new Int32Array(span * WITHIN.length),
});
