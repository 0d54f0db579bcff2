import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS, dayParts, dayText, invalidDate } from './calendar.days.ts';

/** Wall-clock time in a zone; `weekday` is 1 for Monday to 7 for Sunday. */
export type LocalDateTime = { day: string; hour: number; minute: number; second: number; weekday: number };

/** Instants of the years that days can name. */
const FIRST_INSTANT = Date.UTC(1000, 0, 1);
const LAST_INSTANT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

type Zone = { name: string; number: number };
/** IANA names fewer than 600 zones, but spells them in any case. */
const zones = new LRUCache<string, Zone>({ max: 1_000 });
let numbered = 0;

/** By zone and UTC day: some decades of days in each of a dozen zones. One cache for all, since each reserves its room. */
const offsets = new LRUCache<number, number>({ max: 100_000 });
/** More than there are days between the first instant and the last. */
const DAYS = 4_000_000;

/** Whether the app can keep local time by that name: an IANA zone, or a fixed offset such as +03:30. */
export function isValidZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone !== '';
  } catch {
    return false;
  }
}

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (!isValidZone(name)) throw invalidDate('The time zone must be an IANA name such as Asia/Tehran.');
  numbered += 1;
  const zone = { name, number: numbered };
  zones.set(name, zone);
  return zone;
}

const zoned = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

const exactOffset = (instant: number, zone: Zone) => zoned(instant, zone.name).offsetNanoseconds / 1e6;

/**
 * Milliseconds that the zone is ahead of UTC. Kept per UTC day, because it changes on two days a year and asking for it
 * costs microseconds; the days on which it changes are kept as NaN and asked anew for each instant.
 */
function offsetAt(instant: number, zone: Zone): number {
  const utcDay = Math.floor(instant / DAY_MS);
  const key = zone.number * DAYS + utcDay;
  let offset = offsets.get(key);
  if (offset === undefined) {
    if (!(instant >= FIRST_INSTANT && instant <= LAST_INSTANT)) throw invalidDate('The instant is out of range.');
    offset = exactOffset(utcDay * DAY_MS, zone);
    if (exactOffset((utcDay + 1) * DAY_MS - 1, zone) !== offset) offset = Number.NaN;
    offsets.set(key, offset);
  }
  return Number.isNaN(offset) ? exactOffset(Math.floor(instant), zone) : offset;
}

/** The Gregorian day `YYYY-MM-DD` on the wall of that zone at an instant. Called for every order: fast once warm. */
export function localDay(instant: number, zone: string): string {
  return dayText(Math.floor((instant + offsetAt(instant, zoneOf(zone))) / DAY_MS));
}

/** Day, time and weekday on the wall of that zone at an instant. */
export function localDateTime(instant: number, zone: string): LocalDateTime {
  const local = Math.floor(instant + offsetAt(instant, zoneOf(zone)));
  const number = Math.floor(local / DAY_MS);
  const seconds = Math.floor((local - number * DAY_MS) / 1000);
  return {
    day: dayText(number),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    // 1970-01-01 was a Thursday.
    weekday: ((((number + 3) % 7) + 7) % 7) + 1,
  };
}

/** The first instant of a local day: after the gap where daylight saving time skips midnight. */
export function startOfDay(day: string, zone: string): number {
  const { year, month, day: date } = dayParts(day);
  return new Temporal.PlainDate(year, month, date).toZonedDateTime({ timeZone: zoneOf(zone).name }).epochMilliseconds;
}

/**
 * The instant `count` calendar months later (earlier if negative) at the same local time: 31 January plus one month is
 * the last day of February. A time that daylight saving skips moves forward by the gap.
 */
export function addMonths(instant: number, count: number, zone: string): number {
  return zoned(instant, zoneOf(zone).name).add({ months: count }).epochMilliseconds;
}
