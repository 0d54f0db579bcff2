import { toGregorian, toJalaali } from 'jalaali-js';

/** Local days of the shop, both included. */
export type Range = { from: string; to: string };
export type Preset = 'last7' | 'last30' | 'last90' | 'thisMonth' | 'lastMonth' | 'thisYear' | 'last365';
export const PRESETS: readonly Preset[] = [
  'last7',
  'last30',
  'last90',
  'thisMonth',
  'lastMonth',
  'thisYear',
  'last365',
];

type Calendar = 'gregory' | 'persian';
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYY-MM-DD` some days later. */
export const addDays = (day: string, days: number): string => dayOf(numberOf(day) + days);
export const isDay = (text: string | null): text is string =>
  text !== null && DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
/** Days of a range, both ends among them. */
export const lengthOf = ({ from, to }: Range): number => numberOf(to) - numberOf(from) + 1;

/** First day of the month that a day lies in, some months later, by the shop's calendar. */
function monthStart(day: string, months: number, calendar: Calendar): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const place = calendar === 'persian' ? toJalaali(year, month, date) : { jy: year, jm: month };
  const index = place.jy * 12 + place.jm - 1 + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  if (calendar === 'gregory') return `${y}-${two(m)}-01`;
  const { gy, gm, gd } = toGregorian(y, m, 1);
  return `${gy}-${two(gm)}-${two(gd)}`;
}

/** First day of the year that a day lies in, by the shop's calendar. */
function yearStart(day: string, calendar: Calendar): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  if (calendar === 'gregory') return `${year}-01-01`;
  const { gy, gm, gd } = toGregorian(toJalaali(year, month, date).jy, 1, 1);
  return `${gy}-${two(gm)}-${two(gd)}`;
}

/** The days that a preset means on a day; months and years are those of the shop's calendar. */
export function presetRange(preset: Preset, today: string, calendar: Calendar): Range {
  switch (preset) {
    case 'last7':
      return { from: addDays(today, -6), to: today };
    case 'last30':
      return { from: addDays(today, -29), to: today };
    case 'last90':
      return { from: addDays(today, -89), to: today };
    case 'last365':
      return { from: addDays(today, -364), to: today };
    case 'thisMonth':
      return { from: monthStart(today, 0, calendar), to: today };
    case 'lastMonth':
      return { from: monthStart(today, -1, calendar), to: addDays(monthStart(today, 0, calendar), -1) };
    case 'thisYear':
      return { from: yearStart(today, calendar), to: today };
  }
}

/** As many days, right before. */
export const previousRange = (range: Range): Range => ({
  from: addDays(range.from, -lengthOf(range)),
  to: addDays(range.from, -1),
});
