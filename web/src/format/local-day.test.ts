import { describe, expect, test } from 'vitest';
import { localDay, startOfDay as serverStart } from '../../../server/shared/calendar.ts';
import { dayOfInstant, startOfDay } from './local-day.ts';

const ZONES = ['UTC', 'Asia/Tehran', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Sao_Paulo'];
// Clocks are changed on some of them, in some zones at midnight.
const DAYS = ['2026-03-08', '2026-11-01', '2021-03-22', '2021-09-22', '2018-11-04', '2026-01-01', '2024-02-29'];

describe.each(ZONES)('a local day in %s', (zone) => {
  test.each(DAYS)('%s begins when the server says so', (day) => {
    const start = startOfDay(day, zone);
    expect(start).toBe(serverStart(day, zone));
    expect(dayOfInstant(start, zone)).toBe(day);
    expect(dayOfInstant(start - 1, zone)).toBe(localDay(start - 1, zone));
  });
});
