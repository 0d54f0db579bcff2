import { type Calendar, dayNumber, dayParts, dayText, gregorianMonthLength, invalidDate } from './calendar.days.ts';
import { fromPersian, persianMonthLength, toPersian } from './calendar.persian.ts';

/** A birthday in the calendar it was given in, and in which it recurs. */
export type Birthday = { month: number; day: number; calendar: Calendar };

type Parts = { year: number; month: number; day: number };

const partsIn = (day: string, calendar: Calendar): Parts => (calendar === 'persian' ? toPersian(day) : dayParts(day));

/** The day of a date in its calendar; a day beyond the end of its month becomes the last one. */
function clampedDay({ year, month, day }: Parts, calendar: Calendar): string {
  if (calendar === 'persian') return fromPersian({ year, month, day: Math.min(day, persianMonthLength(year, month)) });
  return dayText(dayNumber(year, month, Math.min(day, gregorianMonthLength(year, month))));
}

const keyOf = (year: number, month: number) => `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;

/** The month of a day, `YYYY-MM`, in the shop's calendar: 2026-03-21 is `2026-03` or `1405-01`. */
export function monthKey(day: string, calendar: Calendar): string {
  const { year, month } = partsIn(day, calendar);
  return keyOf(year, month);
}

/** The year of a day, `YYYY`, in the shop's calendar. */
export const yearKey = (day: string, calendar: Calendar): string => monthKey(day, calendar).slice(0, 4);

/** First and last day, inclusive, of a month named by monthKey; throws `calendar.invalid` for any other text. */
export function monthRange(key: string, calendar: Calendar): { from: string; to: string } {
  const [year, month] = [Number(key.slice(0, 4)), Number(key.slice(5))];
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(key)) throw invalidDate('A month must be written YYYY-MM.');
  return { from: clampedDay({ year, month, day: 1 }, calendar), to: clampedDay({ year, month, day: 31 }, calendar) };
}

/** The same date `count` months later in that calendar (earlier if negative), or the last day of a shorter month. */
export function addMonthsInCalendar(day: string, count: number, calendar: Calendar): string {
  const parts = partsIn(day, calendar);
  const months = parts.year * 12 + parts.month - 1 + count;
  return clampedDay(
    { year: Math.floor(months / 12), month: (((months % 12) + 12) % 12) + 1, day: parts.day },
    calendar,
  );
}

/**
 * The first day after `afterDay`, not that day itself, on which the birthday is kept. It recurs in its own calendar; in
 * years without its date it is kept on the last day of that month: 29 February on the 28th, 30 Esfand on the 29th.
 */
export function nextBirthday({ month, day, calendar }: Birthday, afterDay: string): string {
  if (!Number.isInteger(month) || !Number.isInteger(day) || month < 1 || month > 12 || day < 1 || day > 31)
    throw invalidDate('A birthday needs a month from 1 to 12 and a day from 1 to 31.');
  const { year } = partsIn(afterDay, calendar);
  const thisYear = clampedDay({ year, month, day }, calendar);
  return thisYear > afterDay ? thisYear : clampedDay({ year: year + 1, month, day }, calendar);
}
