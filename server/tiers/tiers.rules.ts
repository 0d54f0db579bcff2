import type { TierLevel, TierProgram } from '../contracts/tiers.ts';
import { baseLevel } from '../program/levels.rules.ts';
import { addDays, type Calendar, localDay, startOfDay } from '../shared/calendar.ts';
import { type DayValue, type Period, periodNow, periodsOf } from './windows.rules.ts';

/** One thing that adds to the metric, at the instant at which its order was paid (else placed). */
export type Fact = { at: number; value: number };

/** What tiers depend on besides the facts. */
export type TierTerms = {
  tiers: TierProgram;
  calendar: Calendar;
  zoneAt: (instant: number) => string;
  now: number;
};

/** The figures behind a move: what the metric came to between two local days, and what it had to reach. */
export type Figures = {
  metric: TierProgram['metric'];
  window: TierProgram['window'];
  value: number;
  threshold: number;
  from: string | null;
  to: string | null;
};

/** The level that the metric gives now. Rank −1: none; `until` null: for ever. */
export type Standing = {
  rank: number;
  tier: string | null;
  until: number | null;
  reachedAt: number | null;
  figures: Figures;
};

/** What a customer holds. */
export type HeldTier = { tier: string | null; keptUntil: number | null };

/** A level's place among the levels. Who holds none, or one that is gone, ranks with those who never moved. */
export function rankOf(tiers: TierProgram, tier: string | null): number {
  const rank = tiers.levels.findIndex(({ id }) => id === tier);
  return rank >= 0 ? rank : baseLevel(tiers) ? 0 : -1;
}

/**
 * The levels on the way up from one to another, this one left out, that one included: who takes two steps at once gets the
 * bonus of both, as whoever takes them one by one does.
 */
export const levelsPassed = (tiers: TierProgram, from: string | null, to: string | null): TierLevel[] =>
  tiers.levels.slice(rankOf(tiers, from) + 1, rankOf(tiers, to) + 1);

/** The highest level that a metric reaches; −1: none. */
export const rankFor = (levels: readonly TierLevel[], value: number): number =>
  levels.findLastIndex(({ threshold }) => threshold <= value);

/** What facts come to on each local day, by day. */
export function byDay(facts: readonly Fact[], zoneAt: TierTerms['zoneAt']): DayValue[] {
  const days = new Map<string, number>();
  for (const { at, value } of facts) {
    const day = localDay(at, zoneAt(at));
    days.set(day, (days.get(day) ?? 0) + value);
  }
  return [...days].map(([day, value]) => ({ day, value })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** What the metric comes to in the period that today lies in. */
export function metricNow(facts: readonly Fact[], { tiers, calendar, zoneAt, now }: TierTerms): number {
  const today = localDay(now, zoneAt(now));
  return periodNow(byDay(facts, zoneAt), tiers.window, calendar, today).value;
}

/** The instant at which a day and the grace after it begin. */
export function endOf(over: string, { tiers, zoneAt }: TierTerms): number {
  const day = addDays(over, tiers.graceDays);
  return startOfDay(day, zoneAt(Date.parse(day)));
}

/** Until when whoever falls now is kept: the end of today, and the grace. */
const graceEnd = (terms: TierTerms): number => endOf(addDays(localDay(terms.now, terms.zoneAt(terms.now)), 1), terms);

/**
 * The level that a customer's facts give: the highest that any period reached which is not over, grace included; among
 * those the longest kept. A pure function of facts, definition and instant: the order in which things were heard of has
 * no part in it.
 */
export function standingOf(facts: readonly Fact[], terms: TierTerms): Standing {
  const { tiers, calendar, zoneAt, now } = terms;
  const base = baseLevel(tiers) ? 0 : -1;
  const values = byDay(facts, zoneAt);
  const ranked = periodsOf(values, tiers.window, calendar)
    .map((period) => ({ period, rank: rankFor(tiers.levels, period.value) }))
    .filter(({ rank }) => rank > base)
    .sort((a, b) => b.rank - a.rank || ((a.period.over ?? '') > (b.period.over ?? '') ? -1 : 1));
  for (const { period, rank } of ranked) {
    const until = period.over === null ? null : endOf(period.over, terms);
    if (until === null || until > now) return standingIn(period, rank, until, facts, terms);
  }
  const period = periodNow(values, tiers.window, calendar, localDay(now, zoneAt(now)));
  return standingIn(period, base, null, [], terms);
}

function standingIn(
  { from, to, value }: Omit<Period, 'over'>,
  rank: number,
  until: number | null,
  facts: readonly Fact[],
  { tiers, zoneAt }: TierTerms,
): Standing {
  const { id = null, threshold = 0 } = tiers.levels[rank] ?? {};
  const figures = { metric: tiers.metric, window: tiers.window, value, threshold, from, to };
  let sum = 0;
  const crossing = [...facts]
    .sort((a, b) => a.at - b.at)
    .find((fact) => {
      const day = localDay(fact.at, zoneAt(fact.at));
      if ((from !== null && day < from) || (to !== null && day > to)) return false;
      sum += fact.value;
      return sum >= threshold;
    });
  return { rank, tier: id, until, reachedAt: crossing?.at ?? null, figures };
}

/** Why a customer's tier changed. */
export type MoveReason = 'reached' | 'lapsed' | 'merged' | 'level-removed';

/**
 * What becomes of a customer's tier: up at once; down only by a review, and only when the level is no longer kept. A
 * promise that was made stays: a refund or a new definition shortens nothing, except that what was for ever ends after
 * the grace when the metric no longer carries it.
 * @returns null when everything stays as it is
 */
export function decide(
  held: HeldTier | null,
  standing: Pick<Standing, 'rank' | 'tier' | 'until'>,
  terms: TierTerms,
  reviewing: boolean,
): (HeldTier & { reason: MoveReason | null }) | null {
  const { tier = null, keptUntil = null } = held ?? {};
  const rank = rankOf(terms.tiers, tier);
  const gone = tier !== null && !terms.tiers.levels.some(({ id }) => id === tier);
  const moved = { tier: standing.tier, keptUntil: standing.until };
  if (gone) return { ...moved, reason: 'level-removed' };
  if (standing.rank > rank) return { ...moved, reason: 'reached' };
  if (standing.rank === rank) {
    const kept = keptLonger(keptUntil, standing.until);
    return kept === keptUntil ? null : { tier: standing.tier, keptUntil: kept, reason: null };
  }
  if (reviewing && keptUntil !== null && keptUntil <= terms.now) return { ...moved, reason: 'lapsed' };
  return keptUntil === null ? { tier, keptUntil: graceEnd(terms), reason: null } : null;
}

/** For ever is what the standing says, never what was said before: the window may have been another one then. */
const keptLonger = (held: number | null, standing: number | null): number | null =>
  standing === null || held === null ? standing : Math.max(held, standing);

/** Of two holdings of one person the better: the higher level, then the longer kept. */
export function better(tiers: TierProgram, a: HeldTier, b: HeldTier): HeldTier {
  const byRank = rankOf(tiers, a.tier) - rankOf(tiers, b.tier);
  const last = ({ keptUntil }: HeldTier) => keptUntil ?? Number.MAX_SAFE_INTEGER;
  return (byRank || last(a) - last(b)) >= 0 ? a : b;
}
