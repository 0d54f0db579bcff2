import { describe, expect, it } from 'vitest';
import { readInstant } from './imports.dates.ts';

const utc = (text: string, zone = 'America/New_York', php = false) => {
  const instant = readInstant(text, zone, { php });
  return instant === null ? null : new Date(instant).toISOString();
};

describe('readInstant', () => {
  it.each([
    ['2012-01-01 11:13:25 -0500', '2012-01-01T16:13:25.000Z'],
    ['2012-01-01T11:13:25+03:30', '2012-01-01T07:43:25.000Z'],
    ['2012-01-01T11:13:25.1239Z', '2012-01-01T11:13:25.123Z'],
    ['2012-01-01 11:13 UTC', '2012-01-01T11:13:00.000Z'],
    ['2012-01-01 11:13:25+02', '2012-01-01T09:13:25.000Z'],
  ])('reads %s by its own offset', (text, expected) => {
    expect(utc(text)).toBe(expected);
    expect(utc(text, 'Asia/Tehran')).toBe(expected);
  });

  it.each([
    ['2012-01-15', '2012-01-15T05:00:00.000Z'],
    ['2012-07-15', '2012-07-15T04:00:00.000Z'],
    ['2012-07-15 10:00:00', '2012-07-15T14:00:00.000Z'],
    ['2012-03-11 02:30:00', '2012-03-11T07:30:00.000Z'],
    ['2012-11-04 01:30:00', '2012-11-04T05:30:00.000Z'],
  ])('reads %s as wall time in the shop', (text, expected) => {
    expect(utc(text)).toBe(expected);
  });

  it('starts a day after the hour that daylight saving skips', () => {
    expect(utc('2018-03-22', 'Asia/Tehran')).toBe('2018-03-21T20:30:00.000Z');
  });

  it.each([
    '',
    'yesterday',
    '2012-02-30',
    '2012-13-01',
    '2012-01-01 24:00:00',
    '2012-01-01 10:60',
    '12012-01-01',
    '0001-01-01',
  ])('refuses %s', (text) => expect(utc(text)).toBeNull());

  it('refuses what only PHP would read, unless asked to', () => {
    expect(utc('5/16/2018 07:32:06')).toBeNull();
    expect(utc('5/16/2018 07:32:06', 'UTC', true)).toBe('2018-05-16T07:32:06.000Z');
    expect(utc('16-05-2018 07:32', 'UTC', true)).toBe('2018-05-16T07:32:00.000Z');
    expect(utc('16/05/2018', 'UTC', true)).toBeNull();
    expect(utc('2012-01-01 10:00 +9900', 'UTC', true)).toBeNull();
  });
});
