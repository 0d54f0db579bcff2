import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Calendar, fromPersian, yearKey } from '../shared/calendar.ts';
import { type DayValue, periodNow, periodsOf, rollingEnd, rollingStart } from './windows.rules.ts';

const calendars = fc.constantFrom<Calendar>('gregory', 'persian');
/** Some twelve years with three leap days in each calendar. */
const someDay = fc.nat(4_400).map((count) => addDays('2019-12-25', count));
const values: fc.Arbitrary<DayValue[]> = fc
  .uniqueArray(someDay, { maxLength: 12 })
  .chain((days) =>
    fc
      .array(fc.integer({ min: 0, max: 500 }), { minLength: days.length, maxLength: days.length })
      .map((sums) => days.sort().map((day, n) => ({ day, value: sums[n] ?? 0 }))),
  );
const run = { seed: 14_040_101, numRuns: 1_000 };

describe('twelve months', () => {
  test('hold a day exactly from that day until it comes round', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -3, max: 372 }), calendars, (day, count, calendar) => {
        const end = addDays(day, count);
        const holds = rollingStart(end, calendar) <= day && day <= end;
        expect(holds).toBe(day <= end && end < rollingEnd(day, calendar));
      }),
      run,
    );
  });

  test.each([
    ['2025-03-15', 'gregory', '2024-03-16', '2026-03-15'],
    // The next year has no 29 February: it comes round on 1 March.
    ['2024-02-29', 'gregory', '2023-03-01', '2025-03-01'],
    ['2025-02-28', 'gregory', '2024-02-29', '2026-02-28'],
    ['2024-02-28', 'gregory', '2023-03-01', '2025-02-28'],
  ] as const)('around %s of the %s calendar', (day, calendar, start, end) => {
    expect([rollingStart(day, calendar), rollingEnd(day, calendar)]).toEqual([start, end]);
  });

  test('of 30 Esfand come round on 1 Farvardin', () => {
    const leap = fromPersian({ year: 1403, month: 12, day: 30 });
    expect(rollingEnd(leap, 'persian')).toBe(fromPersian({ year: 1405, month: 1, day: 1 }));
    const newYear = fromPersian({ year: 1404, month: 1, day: 1 });
    expect(rollingEnd(newYear, 'persian')).toBe(fromPersian({ year: 1405, month: 1, day: 1 }));
  });
});

describe('periods', () => {
  test('of twelve months hold what a look at every day finds', () => {
    fc.assert(
      fc.property(values, calendars, (list, calendar) => {
        for (const { from, to, value, over } of periodsOf(list, 'rolling-12-months', calendar)) {
          const inside = list.filter(({ day }) => day >= rollingStart(to ?? '', calendar) && day <= (to ?? ''));
          expect(value).toBe(inside.reduce((sum, one) => sum + one.value, 0));
          expect([from, over]).toEqual([rollingStart(to ?? '', calendar), rollingEnd(to ?? '', calendar)]);
        }
      }),
      run,
    );
  });

  test('of a year begin and end with it, in the calendar of the shop, and leave nothing out', () => {
    fc.assert(
      fc.property(values, calendars, (list, calendar) => {
        const periods = periodsOf(list, 'calendar-year', calendar);
        const sum = (all: { value: number }[]) => all.reduce((total, { value }) => total + value, 0);
        expect(sum(periods)).toBe(sum(list));
        for (const { from, to, over, value } of periods) {
          expect(yearKey(from ?? '', calendar)).toBe(yearKey(to ?? '', calendar));
          expect(yearKey(addDays(from ?? '', -1), calendar)).not.toBe(yearKey(from ?? '', calendar));
          expect(addDays(to ?? '', 1)).toBe(over);
          expect(value).toBe(sum(list.filter(({ day }) => yearKey(day, calendar) === yearKey(to ?? '', calendar))));
        }
      }),
      run,
    );
  });

  test('part at 1 Farvardin, after a leap year too', () => {
    const eve = fromPersian({ year: 1403, month: 12, day: 30 });
    const list = [eve, addDays(eve, 1)].map((day, n) => ({ day, value: n + 1 }));
    expect(periodsOf(list, 'calendar-year', 'persian')).toEqual([
      { from: '2024-03-20', to: '2025-03-20', value: 1, over: '2025-03-21' },
      { from: '2025-03-21', to: '2026-03-20', value: 2, over: '2026-03-21' },
    ]);
    expect(periodsOf(list, 'calendar-year', 'gregory')).toEqual([
      { from: '2025-01-01', to: '2025-12-31', value: 3, over: '2026-01-01' },
    ]);
  });

  test('of a lifetime are one, without an end', () => {
    expect(periodsOf([{ day: '2001-01-01', value: 3 }], 'lifetime', 'gregory')).toEqual([
      { from: null, to: null, value: 3, over: null },
    ]);
    expect(periodsOf([], 'lifetime', 'gregory')).toMatchObject([{ value: 0 }]);
    expect(periodsOf([], 'rolling-12-months', 'gregory')).toEqual([]);
  });
});

test('what the present period holds so far is told for every window', () => {
  const list = ['2024-06-01', '2025-05-31', '2025-06-01'].map((day) => ({ day, value: 10 }));
  const now = (window: Parameters<typeof periodNow>[1]) => periodNow(list, window, 'gregory', '2025-06-01');
  expect(now('lifetime')).toEqual({ from: null, to: null, value: 30 });
  expect(now('calendar-year')).toEqual({ from: '2025-01-01', to: '2025-06-01', value: 20 });
  expect(now('rolling-12-months')).toEqual({ from: '2024-06-02', to: '2025-06-01', value: 20 });
});
