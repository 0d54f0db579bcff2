import type { TierProgram } from '../contracts/tiers.ts';
import { addDays, addMonthsInCalendar, type Calendar, monthRange, yearKey } from '../shared/calendar.ts';

/** What one day added to the metric. */
export type DayValue = { day: string; value: number };

/** A stretch of local days and what the metric comes to in it; null: without a bound. */
export type Period = {
  from: string | null;
  to: string | null;
  value: number;
  /** The first day on which the period has passed, before any grace; null: never. */
  over: string | null;
};

/** The first day of the twelve months that end with a day: the day after the same date a year before. */
export const rollingStart = (day: string, calendar: Calendar): string =>
  addDays(addMonthsInCalendar(day, -12, calendar), 1);

/**
 * The first day whose twelve months do not hold `day` any more: the same date a year later. A date that the next year does
 * not have comes round the day after: 29 February on 1 March, 30 Esfand on 1 Farvardin.
 */
export function rollingEnd(day: string, calendar: Calendar): string {
  const round = addMonthsInCalendar(day, 12, calendar);
  return rollingStart(round, calendar) > day ? round : addDays(round, 1);
}

/** First day of a year and of the next one, in the shop's calendar. */
function yearOf(key: string, calendar: Calendar): { from: string; next: string } {
  const next = String(Number(key) + 1).padStart(4, '0');
  return { from: monthRange(`${key}-01`, calendar).from, next: monthRange(`${next}-01`, calendar).from };
}

/**
 * Every period in which the metric can have reached a level: all time, each calendar year with something in it, or the
 * twelve months up to each day that added something. Between such days twelve months only lose, so no other matters.
 * @param values one entry a day, by day
 * @param since of the twelve months up to a day, only those to be told that end on this day or later
 */
export function periodsOf(
  values: readonly DayValue[],
  window: TierProgram['window'],
  calendar: Calendar,
  since = '',
): Period[] {
  if (window === 'lifetime') {
    return [{ from: null, to: null, value: values.reduce((sum, { value }) => sum + value, 0), over: null }];
  }
  return window === 'calendar-year' ? years(values, calendar) : rolling(values, calendar, since);
}

/** The period that a day lies in, with what it holds so far. */
export function periodNow(
  values: readonly DayValue[],
  window: TierProgram['window'],
  calendar: Calendar,
  day: string,
): Omit<Period, 'over'> {
  const starts = { lifetime: () => null, 'rolling-12-months': () => rollingStart(day, calendar) };
  const from = window === 'calendar-year' ? yearOf(yearKey(day, calendar), calendar).from : starts[window]();
  const inside = values.filter((one) => from === null || one.day >= from);
  return { from, to: from === null ? null : day, value: inside.reduce((sum, { value }) => sum + value, 0) };
}

function years(values: readonly DayValue[], calendar: Calendar): Period[] {
  const sums = new Map<string, number>();
  for (const { day, value } of values) {
    const key = yearKey(day, calendar);
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return [...sums].map(([key, value]) => {
    const { from, next } = yearOf(key, calendar);
    return { from, to: addDays(next, -1), value, over: next };
  });
}

function rolling(values: readonly DayValue[], calendar: Calendar, since: string): Period[] {
  let sum = 0;
  let first = 0;
  return values.flatMap(({ day, value }) => {
    sum += value;
    if (day < since) return [];
    const from = rollingStart(day, calendar);
    for (let old = values[first]; old && old.day < from; old = values[first]) {
      sum -= old.value;
      first += 1;
    }
    return [{ from, to: day, value: sum, over: rollingEnd(day, calendar) }];
  });
}
