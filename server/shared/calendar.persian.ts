import { isLeapJalaaliYear, isValidJalaaliDate, jalaaliMonthLength, toGregorian, toJalaali } from 'jalaali-js';
import { dayNumber, dayParts, dayText, invalidDate } from './calendar.days.ts';

/** A date of the Solar Hijri calendar; month 1 is Farvardin, 12 is Esfand. */
export type PersianDate = { year: number; month: number; day: number };

/** The years for which the leap years are tabled; days before the year 1000 end it earlier in practice. */
const MAX_YEAR = 3177;

function checkYear(year: number): void {
  if (!Number.isInteger(year) || year < 1 || year > MAX_YEAR) throw invalidDate('The Persian year is out of range.');
}

/** The Persian date of a Gregorian day; throws `calendar.invalid` for text that is not a day. */
export function toPersian(day: string): PersianDate {
  const parts = dayParts(day);
  // The last tabled year ends in March 3798.
  if (parts.year > MAX_YEAR + 620) throw invalidDate('The date is out of the range of the Persian calendar.');
  const { jy, jm, jd } = toJalaali(parts.year, parts.month, parts.day);
  return { year: jy, month: jm, day: jd };
}

/** The Gregorian day of a Persian date; throws `calendar.invalid` when there is no such date. */
export function fromPersian({ year, month, day }: PersianDate): string {
  checkYear(year);
  if (![month, day].every(Number.isInteger) || !isValidJalaaliDate(year, month, day))
    throw invalidDate('There is no such date in the Persian calendar.');
  const { gy, gm, gd } = toGregorian(year, month, day);
  return dayText(dayNumber(gy, gm, gd));
}

/** Whether Esfand of that Persian year has 30 days. */
export function isPersianLeap(year: number): boolean {
  checkYear(year);
  return isLeapJalaaliYear(year);
}

/** Days of a Persian month (1–12). */
export function persianMonthLength(year: number, month: number): number {
  checkYear(year);
  return jalaaliMonthLength(year, month);
}
