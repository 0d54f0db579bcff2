import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonthsInCalendar,
  daysBetween,
  fromPersian,
  isPersianLeap,
  isValidDay,
  monthKey,
  monthRange,
  nextBirthday,
  toPersian,
  yearKey,
} from './calendar.ts';

// Fixed, so that a run can be repeated.
fc.configureGlobal({ seed: 14_030_101 });

const invalid = expect.objectContaining({ code: 'calendar.invalid', status: 400 });

describe('days', () => {
  test('are added and counted across months, leap years and the epoch', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
    expect(addDays('1970-01-01', -1)).toBe('1969-12-31');
    expect(addDays('2026-01-31', 0)).toBe('2026-01-31');
    expect(daysBetween('1997-01-01', '1998-06-30')).toBe(545);
    expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
  });

  test.each([
    '2026-1-1',
    '2026-13-01',
    '2026-00-10',
    '2026-02-29',
    '2026-04-31',
    '0099-01-01',
    '12026-01-01',
    '',
    '2026-01-01T00:00',
    '۲۰۲۶-۰۱-۰۱',
  ])('%j is no day', (text) => {
    expect(isValidDay(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow(invalid);
    expect(() => toPersian(text)).toThrow(invalid);
  });

  test('end with the years of four digits', () => {
    expect(isValidDay('2024-02-29')).toBe(true);
    expect(() => addDays('9999-12-31', 1)).toThrow(invalid);
    expect(() => addDays('1000-01-01', -1)).toThrow(invalid);
    expect(() => addDays('2026-01-01', Number.NaN)).toThrow(invalid);
  });
});

describe('the Persian calendar', () => {
  const intl = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const byIntl = (day: string) => {
    const parts = new Map(intl.formatToParts(Date.parse(day)).map((part) => [part.type, Number(part.value)]));
    return { year: parts.get('year'), month: parts.get('month'), day: parts.get('day') };
  };
  const first = fromPersian({ year: 1300, month: 1, day: 1 });
  const length = daysBetween(first, fromPersian({ year: 1501, month: 1, day: 1 }));

  test('agrees with Intl from 1300 to 1500, and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: length - 1 }), (offset) => {
        const day = addDays(first, offset);
        expect(toPersian(day)).toEqual(byIntl(day));
        expect(fromPersian(toPersian(day))).toBe(day);
      }),
      { numRuns: 3_000 },
    );
  });

  test('agrees with Intl around every new year', () => {
    for (let year = 1300; year <= 1500; year += 1) {
      const newYear = fromPersian({ year, month: 1, day: 1 });
      const eve = addDays(newYear, -1);
      expect(byIntl(newYear)).toEqual({ year, month: 1, day: 1 });
      expect(byIntl(eve)).toEqual({ year: year - 1, month: 12, day: isPersianLeap(year - 1) ? 30 : 29 });
    }
  });

  test('known dates', () => {
    expect(toPersian('2026-03-21')).toEqual({ year: 1405, month: 1, day: 1 });
    expect(toPersian('1979-02-11')).toEqual({ year: 1357, month: 11, day: 22 });
    expect([1399, 1403, 1404, 1408].map(isPersianLeap)).toEqual([true, true, false, true]);
  });

  test.each([
    { year: 1404, month: 12, day: 30 },
    { year: 1404, month: 7, day: 31 },
    { year: 1404, month: 13, day: 1 },
    { year: 1404, month: 1, day: 0 },
    { year: 1404, month: 1.5, day: 1 },
    { year: 9999, month: 1, day: 1 },
    { year: Number.NaN, month: 1, day: 1 },
  ])('refuses $year/$month/$day', (date) => {
    expect(() => fromPersian(date)).toThrow(invalid);
  });

  test('refuses what its tables do not hold', () => {
    expect(() => toPersian('9000-01-01')).toThrow(invalid);
    expect(() => isPersianLeap(0)).toThrow(invalid);
  });
});

describe('months', () => {
  test('have keys in the calendar of the shop', () => {
    expect([monthKey('2026-03-20', 'gregory'), yearKey('2026-03-20', 'gregory')]).toEqual(['2026-03', '2026']);
    expect([monthKey('2026-03-20', 'persian'), yearKey('2026-03-20', 'persian')]).toEqual(['1404-12', '1404']);
    expect(monthKey('2026-03-21', 'persian')).toBe('1405-01');
  });

  test('have a first and a last day', () => {
    expect(monthRange('2024-02', 'gregory')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
    expect(monthRange('1403-12', 'persian')).toEqual({ from: '2025-02-19', to: '2025-03-20' });
    expect(monthRange('1404-12', 'persian')).toEqual({ from: '2026-02-20', to: '2026-03-20' });
    for (const key of ['2024-13', '2024-2', '2024', '', '2024-02-01'])
      expect(() => monthRange(key, 'gregory')).toThrow(invalid);
  });

  test('follow one another without gap or overlap', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60_000 }),
        fc.constantFrom('gregory' as const, 'persian' as const),
        (offset, calendar) => {
          const day = addDays('1930-01-01', offset);
          const { from, to } = monthRange(monthKey(day, calendar), calendar);
          expect(from <= day && day <= to).toBe(true);
          expect(monthKey(addDays(to, 1), calendar)).not.toBe(monthKey(day, calendar));
          expect(monthRange(monthKey(addDays(to, 1), calendar), calendar).from).toBe(addDays(to, 1));
        },
      ),
    );
  });

  test('are added to a date, clamped to the end of a shorter month', () => {
    expect(addMonthsInCalendar('2026-01-31', 1, 'gregory')).toBe('2026-02-28');
    expect(addMonthsInCalendar('2026-01-31', -2, 'gregory')).toBe('2025-11-30');
    expect(addMonthsInCalendar('2024-02-29', 12, 'gregory')).toBe('2025-02-28');
    const end = fromPersian({ year: 1404, month: 6, day: 31 });
    expect(toPersian(addMonthsInCalendar(end, 1, 'persian'))).toEqual({ year: 1404, month: 7, day: 30 });
    expect(toPersian(addMonthsInCalendar(end, 6, 'persian'))).toEqual({ year: 1404, month: 12, day: 29 });
    expect(toPersian(addMonthsInCalendar(end, -6, 'persian'))).toEqual({ year: 1403, month: 12, day: 30 });
  });
});

describe('nextBirthday', () => {
  test('is after the given day, never on it', () => {
    const birthday = { month: 5, day: 20, calendar: 'gregory' } as const;
    expect(nextBirthday(birthday, '2026-05-19')).toBe('2026-05-20');
    expect(nextBirthday(birthday, '2026-05-20')).toBe('2027-05-20');
    expect(nextBirthday(birthday, '2026-12-31')).toBe('2027-05-20');
  });

  test('keeps 29 February on the 28th in common years', () => {
    const birthday = { month: 2, day: 29, calendar: 'gregory' } as const;
    expect(nextBirthday(birthday, '2026-01-01')).toBe('2026-02-28');
    expect(nextBirthday(birthday, '2028-02-28')).toBe('2028-02-29');
    expect(nextBirthday(birthday, '2028-02-29')).toBe('2029-02-28');
  });

  test('keeps a Persian birthday in the Persian calendar', () => {
    const farvardin = { month: 1, day: 15, calendar: 'persian' } as const;
    expect(nextBirthday(farvardin, '2024-01-01')).toBe('2024-04-03');
    expect(nextBirthday(farvardin, '2026-01-01')).toBe('2026-04-04');
    const esfand = { month: 12, day: 30, calendar: 'persian' } as const;
    expect(nextBirthday(esfand, '2025-01-01')).toBe('2025-03-20'); // 30 Esfand 1403
    expect(nextBirthday(esfand, '2025-03-20')).toBe('2026-03-20'); // 29 Esfand 1404
  });

  test.each([
    { month: 0, day: 1 },
    { month: 13, day: 1 },
    { month: 1, day: 0 },
    { month: 1, day: 32 },
    { month: 1.5, day: 1 },
  ])('refuses month $month, day $day', (date) => {
    expect(() => nextBirthday({ ...date, calendar: 'gregory' }, '2026-01-01')).toThrow(invalid);
  });
});
