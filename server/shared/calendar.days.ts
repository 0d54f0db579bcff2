import { LRUCache } from 'lru-cache';
import { AppError } from './errors.ts';

/** The calendar in which a shop names its months and years. */
export type Calendar = 'gregory' | 'persian';

export const DAY_MS = 86_400_000;

/** Days have years of four digits, so that they sort as text and no year is taken for one of the last century. */
const FIRST_DAY = Date.UTC(1000, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY_MS;

/** Days seen lately, so that making the text of a day costs one look-up; two years of orders need 730 of them. */
const texts = new LRUCache<number, string>({ max: 50_000 });

/** 400: what was given is no day, month, year, instant or zone; `reason` says which. */
export const invalidDate = (reason: string) => new AppError('calendar.invalid', reason, { status: 400 });

/** The text of a day counted from 1970-01-01; throws `calendar.invalid` outside the years 1000 to 9999. */
export function dayText(number: number): string {
  const known = texts.get(number);
  if (known !== undefined) return known;
  if (!Number.isInteger(number) || number < FIRST_DAY || number > LAST_DAY)
    throw invalidDate('A date must lie between the years 1000 and 9999.');
  const text = new Date(number * DAY_MS).toISOString().slice(0, 10);
  texts.set(number, text);
  return text;
}

/** A Gregorian date as the number of days since 1970-01-01. Days and months beyond the end carry over. */
export const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY_MS;

/** Year, month (1–12) and day of a day's text; throws `calendar.invalid` when it is not a day. */
export function dayParts(day: string): { year: number; month: number; day: number } {
  if (!isValidDay(day)) throw invalidDate('A date must be written YYYY-MM-DD.');
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) };
}

function numberOf(day: string): number {
  const parts = dayParts(day);
  return dayNumber(parts.year, parts.month, parts.day);
}

/** Whether the text is a day that exists, `YYYY-MM-DD`, in the years 1000 to 9999. */
export function isValidDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  return month >= 1 && month <= 12 && day >= 1 && day <= gregorianMonthLength(year, month);
}

/** Days of a Gregorian month (1–12). */
export const gregorianMonthLength = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The day `count` days later, or earlier for a negative count. */
export const addDays = (day: string, count: number): string => dayText(numberOf(day) + count);

/** The first day on which something can lie that happened at an instant or later, in whatever zone. */
export const firstDayFrom = (instant: number): string =>
  dayText(Math.min(LAST_DAY, Math.max(FIRST_DAY, Math.floor(instant / DAY_MS) - 1)));

/** Days from `from` to `to`: 1 from a day to the next, negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number => numberOf(to) - numberOf(from);
