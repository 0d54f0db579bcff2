import { Temporal } from 'temporal-polyfill';
import { localDateTime, startOfDay } from '../../shared/calendar.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** An instant as the store's clock shows it: `2026-11-22T02:59:09`, without an offset. */
export function localTime(instant: number, timeZone: string): string {
  const { day, hour, minute, second } = localDateTime(instant, timeZone);
  return `${day}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** The same in UTC. */
export const gmtTime = (instant: number): string => localTime(instant, 'UTC');

/** An instant under a name and, with `_gmt`, in UTC. */
export const dates = (name: string, instant: number | null, timeZone: string) => ({
  [name]: instant === null ? null : localTime(instant, timeZone),
  [`${name}_gmt`]: instant === null ? null : gmtTime(instant),
});

/** What a local time means; a day alone is its first second. Null: it is none. */
export function instantOfLocal(text: string, timeZone: string): number | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return startOfDay(text, timeZone);
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return null;
  }
}

const OFFSET = /(Z|[+-]\d\d:?\d\d)$/i;

/**
 * Which instants a bound such as `modified_after` lets through. WordPress compares wall times as text: the UTC ones with
 * `dates_are_gmt`, else the store's own; and a bound with an offset is turned into the store's own time in either case,
 * so that the two together are wrong by the store's offset. The bound itself is not let through. Null: it is no date.
 */
export function boundOf(
  text: string,
  { after, gmt, timeZone }: { after: boolean; gmt: boolean; timeZone: string },
): ((instant: number) => boolean) | null {
  const instant = Date.parse(OFFSET.test(text) ? text : `${text}Z`);
  if (Number.isNaN(instant)) return null;
  const bound = OFFSET.test(text) ? localTime(instant, timeZone) : gmtTime(instant);
  const column = (at: number): string => (gmt ? gmtTime(at) : localTime(at, timeZone));
  return after ? (at) => column(at) > bound : (at) => column(at) < bound;
}
