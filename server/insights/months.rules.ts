import { LRUCache } from 'lru-cache';
import { addDays, type Calendar, daysBetween, monthKey, monthRange } from '../shared/calendar.ts';

const EPOCH = '1970-01-01';

/** Days as numbers, each worked out once: a shop's orders lie on some thousands of them. */
const known = new LRUCache<string, number>({ max: 50_000 });

/** A local day as a whole number, and back. */
export function dayNumber(day: string): number {
  const found = known.get(day);
  if (found !== undefined) return found;
  const number = daysBetween(EPOCH, day);
  known.set(day, number);
  return number;
}
export const dayOf = (number: number): string => addDays(EPOCH, number);

/** The months of a shop's calendar between two days, with the index of the month that each day lies in. */
export type Months = {
  keys: string[];
  /** First day of each month, and of the one after the last, as whole numbers. */
  starts: Int32Array;
  /** Month index of day `first + i`. */
  index: Int32Array;
  first: number;
};

/** Months from the one that holds `from` to the one that holds `to`, both days as whole numbers. */
export function monthsBetween(from: number, to: number, calendar: Calendar): Months {
  const keys: string[] = [];
  const starts: number[] = [];
  for (let day = from; day <= to; ) {
    const key = monthKey(dayOf(day), calendar);
    const range = monthRange(key, calendar);
    keys.push(key);
    starts.push(dayNumber(range.from));
    day = dayNumber(range.to) + 1;
    if (day > to) starts.push(day);
  }
  const first = starts[0] ?? from;
  const index = new Int32Array(Math.max(0, (starts.at(-1) ?? from) - first));
  for (let month = 0; month < keys.length; month += 1) {
    index.fill(month, (starts[month] ?? 0) - first, (starts[month + 1] ?? 0) - first);
  }
  return { keys, starts: Int32Array.from(starts), index, first };
}
