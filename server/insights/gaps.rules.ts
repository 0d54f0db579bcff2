import type { Columns } from './columns.rules.ts';
import { quantilesOf } from './quantiles.rules.ts';
import { LONGEST_GAP } from './sums.rules.ts';

/** Classes of days between two orders, both ends included; null: and longer. */
const CLASSES: readonly (readonly [from: number, to: number | null])[] = [
  [0, 7],
  [8, 14],
  [15, 30],
  [31, 60],
  [61, 90],
  [91, 180],
  [181, 365],
  [366, null],
];

/**
 * How the days between two orders of a customer are spread, of the gaps that end in the range (whole day numbers): the
 * gaps of `days_between_orders`, by class, with the customers who have one in it.
 */
export function gapDistributionOf(chunks: readonly Columns[], { from, to }: { from: number; to: number }) {
  const counts = new Int32Array(LONGEST_GAP + 1);
  const customers = new Int32Array(CLASSES.length);
  for (const { customers: slots, starts, days } of chunks) {
    for (let slot = 0; slot < slots; slot += 1) {
      let seen = 0;
      for (let at = (starts[slot + 1] as number) - 1; at > (starts[slot] as number); at -= 1) {
        const day = days[at] as number;
        if (day > to) continue;
        if (day < from) break;
        const gap = Math.min(LONGEST_GAP, day - (days[at - 1] as number));
        counts[gap] = (counts[gap] as number) + 1;
        seen |= 1 << classOf(gap);
      }
      if (seen === 0) continue;
      for (let row = 0; row < customers.length; row += 1)
        customers[row] = (customers[row] as number) + ((seen >> row) & 1);
    }
  }
  return figuresOf(counts, customers);
}

function classOf(gap: number): number {
  let row = 0;
  while (gap > (CLASSES[row]?.[1] ?? LONGEST_GAP)) row += 1;
  return row;
}

function figuresOf(counts: Int32Array, customers: Int32Array) {
  let n = 0;
  let sum = 0;
  counts.forEach((count, gap) => {
    n += count;
    sum += count * gap;
  });
  const [p50 = null, p90 = null] = quantilesOf(counts, n, [0.5, 0.9]);
  const buckets = CLASSES.map(([from, to], row) => ({
    from,
    to,
    gaps: counts.subarray(from, to === null ? undefined : to + 1).reduce((total, count) => total + count, 0),
    customers: customers[row] as number,
  }));
  return { n, mean: n === 0 ? null : sum / n, p50, p90, buckets };
}
