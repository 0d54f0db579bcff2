const partsOf = new Map<string, Intl.DateTimeFormat>();

function formatFor(zone: string): Intl.DateTimeFormat {
  const made =
    partsOf.get(zone) ??
    new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  partsOf.set(zone, made);
  return made;
}

/** What the clocks of a time zone show at an instant, as if they were in UTC. */
function wallOf(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The local day (`YYYY-MM-DD`) that an instant lies in. */
export const dayOfInstant = (at: number, zone: string): string => new Date(wallOf(at, zone)).toISOString().slice(0, 10);

const HOUR_MS = 3_600_000;

/** The first instant of a local day. */
export function startOfDay(day: string, zone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`);
  const offset = (at: number): number => wallOf(at, zone) - at;
  let at = wanted - offset(wanted);
  at = wanted - offset(at);
  // Where clocks are put forward at midnight the day begins at one.
  return dayOfInstant(at, zone) < day ? at + HOUR_MS : at;
}
