import { Temporal } from 'temporal-polyfill';
import { gregorianMonthLength } from '../shared/calendar.days.ts';

/** A shop's orders lie in these years; anything else is a slip of the pen. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

const TIME = String.raw`(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?`;
const OFFSET = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${TIME}${OFFSET}$`, 'i');
const SLASHED = new RegExp(String.raw`^(\d{1,2})/(\d{1,2})/(\d{4})${TIME}${OFFSET}$`, 'i');
const DASHED = new RegExp(String.raw`^(\d{1,2})-(\d{1,2})-(\d{4})${TIME}${OFFSET}$`, 'i');

type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number; ms: number };

function exists({ year, month, day, hour, minute, second }: Wall): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return false;
  return day >= 1 && day <= gregorianMonthLength(year, month) && hour < 24 && minute < 60 && second < 60;
}

/** Milliseconds ahead of UTC; null when there is no such offset. */
function offsetMs(text: string): number | null {
  if (/^[a-z]/i.test(text)) return 0;
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(3).replace(':', '') || '0')];
  if (hours > 15 || minutes > 59) return null;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function instantOf(wall: Wall, offset: string | undefined, zone: string): number | null {
  if (!exists(wall)) return null;
  const { year, month, day, hour, minute, second, ms } = wall;
  if (offset !== undefined) {
    const ahead = offsetMs(offset);
    return ahead === null ? null : Date.UTC(year, month - 1, day, hour, minute, second, ms) - ahead;
  }
  const local = new Temporal.PlainDateTime(year, month, day, hour, minute, second, ms);
  return local.toZonedDateTime(zone).epochMilliseconds;
}

const wallOf = (year?: string, month?: string, day?: string, time: readonly (string | undefined)[] = []): Wall => ({
  year: Number(year),
  month: Number(month),
  day: Number(day),
  hour: Number(time[0] ?? 0),
  minute: Number(time[1] ?? 0),
  second: Number(time[2] ?? 0),
  ms: Number((time[3] ?? '0').padEnd(3, '0').slice(0, 3)),
});

/**
 * Epoch milliseconds of a date in a file: `2012-01-01`, `2012-01-01 11:13:25 -0500`, ISO 8601. Without an offset it is
 * wall time in `zone`; a bare date is the start of that day. A time that daylight saving skips moves forward by the gap,
 * of one that comes twice the first is meant. Null for anything else.
 *
 * `php` also reads what PHP makes of dates that a spreadsheet rewrote: 5/16/2018 is month first, 16-05-2018 day first.
 */
export function readInstant(text: string, zone: string, options: { php?: boolean } = {}): number | null {
  const iso = ISO.exec(text);
  if (iso) return instantOf(wallOf(iso[1], iso[2], iso[3], iso.slice(4, 8)), iso[8], zone);
  if (!options.php) return null;
  const slashed = SLASHED.exec(text);
  if (slashed) return instantOf(wallOf(slashed[3], slashed[1], slashed[2], slashed.slice(4, 8)), slashed[8], zone);
  const dashed = DASHED.exec(text);
  return dashed && instantOf(wallOf(dashed[3], dashed[2], dashed[1], dashed.slice(4, 8)), dashed[8], zone);
}
