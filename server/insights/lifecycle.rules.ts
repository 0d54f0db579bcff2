import type { Columns } from './columns.rules.ts';
import { quantilesOf } from './quantiles.rules.ts';
import { LONGEST_GAP } from './sums.rules.ts';

/** The stages of a customer's life, in the order in which they are tried; the first that fits is taken. */
export const STAGES = ['lead', 'lost', 'loyal', 'at_risk', 'new', 'active'] as const;
export type Stage = (typeof STAGES)[number];

/** Days of silence after which a customer is at risk, and lost. */
export type Silence = { atRisk: number; lost: number };

/** Orders from which on a customer is loyal. */
const LOYAL = 4;

/** Silences for a shop whose customers have not come back yet: a quarter and a year. */
const UNKNOWN: Silence = { atRisk: 90, lost: 365 };

/** What the shop's own gaps say: P50 and P90 of the days between orders up to a day (a whole day number). */
export function silenceOf(chunks: readonly Columns[], to: number): Silence {
  const gaps = new Int32Array(LONGEST_GAP + 1);
  let n = 0;
  for (const { customers, starts, days } of chunks) {
    for (let slot = 0; slot < customers; slot += 1) {
      for (let at = (starts[slot] as number) + 1; at < (starts[slot + 1] as number); at += 1) {
        if ((days[at] as number) > to) break;
        const gap = Math.min(LONGEST_GAP, (days[at] as number) - (days[at - 1] as number));
        gaps[gap] = (gaps[gap] as number) + 1;
        n += 1;
      }
    }
  }
  const [atRisk, lost] = quantilesOf(gaps, n, [0.5, 0.9]);
  return { atRisk: atRisk ?? UNKNOWN.atRisk, lost: lost ?? UNKNOWN.lost };
}

/** The stage of a customer with so many orders, the last of them so many days ago. */
export function stageOf(customer: { orders: number; silent: number; topTier: boolean }, silence: Silence): Stage {
  const { orders, silent, topTier } = customer;
  if (orders === 0) return 'lead';
  if (silent > silence.lost) return 'lost';
  if (orders >= LOYAL || topTier) return 'loyal';
  if (silent > silence.atRisk) return 'at_risk';
  return orders === 1 ? 'new' : 'active';
}

/**
 * How many customers with orders stand in each stage on a day.
 * @param topTier places of customers in the top tier, as `chunk × size + slot`
 */
export function stageCounts(
  chunks: readonly { number: number; columns: Columns }[],
  { to, silence, topTier, size }: { to: number; silence: Silence; topTier: ReadonlySet<number>; size: number },
): Record<Stage, number> {
  const counts = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;
  for (const { number, columns } of chunks) {
    const { customers, starts, days } = columns;
    for (let slot = 0; slot < customers; slot += 1) {
      const begin = starts[slot] as number;
      let end = starts[slot + 1] as number;
      while (end > begin && (days[end - 1] as number) > to) end -= 1;
      if (end === begin) continue;
      const silent = to - (days[end - 1] as number);
      const customer = { orders: end - begin, silent, topTier: topTier.has(number * size + slot) };
      counts[stageOf(customer, silence)] += 1;
    }
  }
  return counts;
}
