import { baseLevel } from '../program/levels.rules.ts';
import { firstDayFrom, yearKey } from '../shared/calendar.ts';
import { byDay, endOf, type Fact, rankFor, type Standing, type TierTerms } from './tiers.rules.ts';
import { type DayValue, periodsOf, rollingStart } from './windows.rules.ts';

/** What a customer's older facts came to: as much of it as newer ones can still give a level with. Plain. */
export type Sums = {
  /** Twelve months that end before this day are done with; newer facts lie on it or later. */
  open: string;
  /** What days added that can still count; of a calendar year, and of all time, a single one stands for all. */
  days: [day: string, value: number][];
  /** Of each level: the last day on which twelve months that reached it, and are done with, have passed. */
  best: (string | null)[];
};

/** Nothing so far. */
export const noSums = (): Sums => ({ open: '', days: [], best: [] });

type Terms = Pick<TierTerms, 'tiers' | 'calendar' | 'zoneAt'>;

/**
 * Adds facts to sums.
 * @param placedAt no fact that is not in the sums yet is of an order that was placed before
 */
export function added(sums: Sums, facts: readonly Fact[], placedAt: number, terms: Terms): Sums {
  const { tiers, calendar } = terms;
  const values = together(sums, facts, terms);
  if (tiers.window !== 'rolling-12-months') return { ...noSums(), days: inOne(values, terms) };
  const open = firstDayFrom(placedAt);
  const best = tiers.levels.map((_, rank) => sums.best[rank] ?? null);
  for (const { to, value, over } of periodsOf(values, tiers.window, calendar, sums.open)) {
    const rank = rankFor(tiers.levels, value);
    if (rank < 0 || to === null || over === null || to >= open) continue;
    if (over > (best[rank] ?? '')) best[rank] = over;
  }
  const from = rollingStart(open, calendar);
  return { open, best, days: values.filter(({ day }) => day >= from).map(({ day, value }) => [day, value]) };
}

/** Sums and facts as one entry a day, by day. */
function together(sums: Sums, facts: readonly Fact[], { zoneAt }: Terms): DayValue[] {
  const newer = byDay(facts, zoneAt);
  const older = new Map(sums.days);
  const fresh = newer.filter(({ day }) => !older.has(day));
  for (const { day, value } of newer) if (older.has(day)) older.set(day, (older.get(day) ?? 0) + value);
  const values = [...older].map(([day, value]) => ({ day, value }));
  return [...values, ...fresh].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** One entry for all days of a calendar year, or of all time. */
function inOne(values: readonly DayValue[], { tiers, calendar }: Terms): Sums['days'] {
  const sums = new Map<string, [day: string, value: number]>();
  for (const { day, value } of values) {
    const key = tiers.window === 'lifetime' ? '' : yearKey(day, calendar);
    const known = sums.get(key);
    if (known) known[1] += value;
    else sums.set(key, [day, value]);
  }
  return [...sums.values()];
}

/**
 * The level of `standingOf`, and until when, by sums and newer facts.
 * @returns null where a newer fact lies further back than sums allow: all facts are to be looked at
 */
export function standingOver(
  sums: Sums,
  facts: readonly Fact[],
  terms: TierTerms,
): Pick<Standing, 'rank' | 'tier' | 'until'> | null {
  const { tiers, calendar, zoneAt, now } = terms;
  if (byDay(facts, zoneAt).some(({ day }) => day < sums.open)) return null;
  const base = baseLevel(tiers) ? 0 : -1;
  const periods = periodsOf(together(sums, facts, terms), tiers.window, calendar, sums.open);
  const reached = [
    ...periods.map(({ value, over }) => ({ rank: rankFor(tiers.levels, value), over })),
    ...sums.best.flatMap((over, rank) => (over === null ? [] : [{ rank, over }])),
  ];
  reached.sort((a, b) => b.rank - a.rank || ((a.over ?? '') > (b.over ?? '') ? -1 : 1));
  for (const { rank, over } of reached) {
    if (rank <= base) break;
    const until = over === null ? null : endOf(over, terms);
    if (until === null || until > now) return { rank, tier: tiers.levels[rank]?.id ?? null, until };
  }
  return { rank: base, tier: tiers.levels[base]?.id ?? null, until: null };
}
