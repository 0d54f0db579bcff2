import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths, isValidZone, localDateTime, localDay, startOfDay } from './calendar.ts';

// Fixed, so that a run can be repeated.
fc.configureGlobal({ seed: 14_030_101 });

const TEHRAN = 'Asia/Tehran';
const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';
const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const invalid = expect.objectContaining({ code: 'calendar.invalid' });
const clock = (instant: number, zone: string) => {
  const { day, hour, minute } = localDateTime(instant, zone);
  return `${day} ${hour}:${String(minute).padStart(2, '0')}`;
};

describe('localDay', () => {
  test.each([
    ['2026-07-01T20:29:59.999Z', TEHRAN, '2026-07-01'],
    ['2026-07-01T20:30:00Z', TEHRAN, '2026-07-02'], // no daylight saving since 2022
    ['2021-07-01T19:29:59Z', TEHRAN, '2021-07-01'],
    ['2021-07-01T19:30:00Z', TEHRAN, '2021-07-02'], // with it before
    ['2021-03-21T20:29:59Z', TEHRAN, '2021-03-21'], // the evening that it began
    ['2021-03-21T20:30:00Z', TEHRAN, '2021-03-22'],
    ['1997-01-01T04:59:59Z', NEW_YORK, '1996-12-31'],
    ['1997-01-01T05:00:00Z', NEW_YORK, '1997-01-01'],
    ['1997-07-01T04:00:00Z', NEW_YORK, '1997-07-01'],
    ['2026-01-01T12:59:00Z', LORD_HOWE, '2026-01-01'],
    ['2026-01-01T13:00:00Z', LORD_HOWE, '2026-01-02'], // +11 in summer
    ['2026-07-01T13:29:00Z', LORD_HOWE, '2026-07-01'],
    ['2026-07-01T13:30:00Z', LORD_HOWE, '2026-07-02'], // +10:30 in winter
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31'],
    ['1965-03-04T22:00:00Z', TEHRAN, '1965-03-05'],
    ['2026-01-01T20:30:00Z', '+03:30', '2026-01-02'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(localDay(at(instant), zone)).toBe(day);
  });

  test('agrees with Intl, whatever the zone and the instant', () => {
    const zones = [
      TEHRAN,
      NEW_YORK,
      LORD_HOWE,
      'UTC',
      'Africa/Casablanca',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'America/Sao_Paulo',
    ];
    const formats = new Map(
      zones.map((zone) => [
        zone,
        new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
      ]),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: at('1940-01-01'), max: at('2040-01-01') }),
        fc.constantFrom(...zones),
        (instant, zone) => {
          const { day, hour, minute, second } = localDateTime(instant, zone);
          const time = [hour, minute, second].map((part) => String(part).padStart(2, '0')).join(':');
          expect(`${day} ${time}`).toBe(formats.get(zone)?.format(instant));
          expect(localDay(instant, zone)).toBe(day);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('agrees with Intl on each quarter of an hour of days on which the clocks change', () => {
    const changes = [
      [NEW_YORK, '2026-03-08'],
      [NEW_YORK, '2026-11-01'],
      [LORD_HOWE, '2026-04-04'],
      [LORD_HOWE, '2026-10-03'],
      [TEHRAN, '2021-09-21'],
    ] as const;
    for (const [zone, day] of changes) {
      const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
      for (let quarter = 0; quarter < 96; quarter += 1) {
        const instant = at(day) + (quarter * HOUR) / 4;
        expect(clock(instant, zone).replace(/ (\d):/, ' 0$1:')).toBe(format.format(instant));
      }
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Date.UTC(10_000, 1, 1), Date.UTC(999, 11, 1)])(
    'refuses %s',
    (instant) => {
      expect(() => localDay(instant, 'UTC')).toThrow(invalid);
    },
  );

  test('refuses a zone that does not exist', () => {
    expect(() => localDay(0, 'Mars/Olympus')).toThrow(invalid);
    expect(() => localDay(0, '')).toThrow(invalid);
  });
});

test('localDateTime names the weekday and fills in the parts', () => {
  expect(localDateTime(at('2026-07-28T06:07:08.999Z'), TEHRAN)).toEqual({
    day: '2026-07-28',
    hour: 9,
    minute: 37,
    second: 8,
    weekday: 2,
  });
  expect(localDateTime(0, 'UTC').weekday).toBe(4);
  expect(localDateTime(-1, 'UTC')).toEqual({ day: '1969-12-31', hour: 23, minute: 59, second: 59, weekday: 3 });
  expect(localDateTime(at('2026-08-02T12:00:00Z'), 'UTC').weekday).toBe(7);
});

describe('startOfDay', () => {
  test('is midnight, or the end of the gap that skips it', () => {
    expect(startOfDay('2026-07-01', TEHRAN)).toBe(at('2026-06-30T20:30:00Z'));
    expect(startOfDay('2021-03-22', TEHRAN)).toBe(at('2021-03-21T20:30:00Z')); // 00:00 did not exist: 01:00 +04:30
    expect(clock(startOfDay('2021-03-22', TEHRAN), TEHRAN)).toBe('2021-03-22 1:00');
    expect(startOfDay('2026-03-08', NEW_YORK)).toBe(at('2026-03-08T05:00:00Z'));
    expect(startOfDay('1965-01-01', 'UTC')).toBe(at('1965-01-01'));
    expect(() => startOfDay('2026-02-30', 'UTC')).toThrow(invalid);
    expect(() => startOfDay('2026-02-20', 'Mars/Olympus')).toThrow(invalid);
  });

  test('days are 23, 24 or 25 hours long, or half an hour off on Lord Howe', () => {
    const hours = (day: string, next: string, zone: string) => (startOfDay(next, zone) - startOfDay(day, zone)) / HOUR;
    expect(hours('2026-03-08', '2026-03-09', NEW_YORK)).toBe(23);
    expect(hours('2026-11-01', '2026-11-02', NEW_YORK)).toBe(25);
    expect(hours('2026-03-21', '2026-03-22', TEHRAN)).toBe(24);
    expect(hours('2026-10-04', '2026-10-05', LORD_HOWE)).toBe(23.5);
    expect(hours('2026-04-05', '2026-04-06', LORD_HOWE)).toBe(24.5);
  });

  test('is the first instant of its day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('1950-01-01'), max: at('2040-01-01') }),
        fc.constantFrom(TEHRAN, NEW_YORK, LORD_HOWE),
        (instant, zone) => {
          const day = localDay(instant, zone);
          const start = startOfDay(day, zone);
          expect(start).toBeLessThanOrEqual(instant);
          expect(localDay(start, zone)).toBe(day);
        },
      ),
    );
  });
});

describe('addMonths', () => {
  test('keeps the local time and clamps to the end of the month', () => {
    expect(addMonths(at('2026-01-31T15:00:00Z'), 1, NEW_YORK)).toBe(at('2026-02-28T15:00:00Z'));
    expect(addMonths(at('2026-02-15T15:00:00Z'), 1, NEW_YORK)).toBe(at('2026-03-15T14:00:00Z'));
    expect(addMonths(at('2026-03-15T14:00:00Z'), -1, NEW_YORK)).toBe(at('2026-02-15T15:00:00Z'));
    expect(addMonths(at('2024-02-29T00:00:00Z'), 12, 'UTC')).toBe(at('2025-02-28T00:00:00Z'));
    expect(addMonths(1_234, 0, TEHRAN)).toBe(1_234);
  });

  test('counts the local month, not that of UTC', () => {
    // 31 January 00:30 in Tehran is still the 30th in UTC.
    expect(clock(addMonths(at('2026-01-30T21:00:00Z'), 1, TEHRAN), TEHRAN)).toBe('2026-02-28 0:30');
  });

  test('moves a skipped time forward by the gap', () => {
    expect(clock(addMonths(at('2026-02-08T07:30:00Z'), 1, NEW_YORK), NEW_YORK)).toBe('2026-03-08 3:30');
  });
});

test('isValidZone', () => {
  expect([TEHRAN, 'UTC', '+03:30', 'Europe/Sofia'].map(isValidZone)).toEqual([true, true, true, true]);
  expect(['', 'Mars/Olympus', 'GMT+3', ' UTC', '2026-01-01T00:00[UTC]'].map(isValidZone)).toEqual(Array(5).fill(false));
});
