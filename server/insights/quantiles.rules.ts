/** Mean, median and quartiles of whole days, from how often each occurred. Quantiles interpolate linearly (type 7). */
export type GapFigures = {
  n: number;
  mean: number | null;
  median: number | null;
  p25: number | null;
  p75: number | null;
  /** Same-day orders, included. */
  zero_days: number;
};

export function gapFigures(counts: Int32Array): GapFigures {
  let n = 0;
  let sum = 0;
  for (let gap = 0; gap < counts.length; gap += 1) {
    n += counts[gap] as number;
    sum += gap * (counts[gap] as number);
  }
  const [p25, median, p75] = quantilesOf(counts, n, [0.25, 0.5, 0.75]);
  const none = n === 0;
  return {
    n,
    mean: none ? null : sum / n,
    median: median ?? null,
    p25: p25 ?? null,
    p75: p75 ?? null,
    zero_days: counts[0] ?? 0,
  };
}

/** Type-7 quantiles of a histogram, shares ascending; null without values. */
function quantilesOf(counts: Int32Array, n: number, shares: readonly number[]): (number | null)[] {
  if (n === 0) return shares.map(() => null);
  return shares.map((share) => {
    const place = (n - 1) * share;
    const low = Math.floor(place);
    const lower = valueAt(counts, low);
    const upper = place === low ? lower : valueAt(counts, low + 1);
    return lower + (upper - lower) * (place - low);
  });
}

/** The value at a rank, 0-based. */
function valueAt(counts: Int32Array, rank: number): number {
  let seen = 0;
  for (let value = 0; value < counts.length; value += 1) {
    seen += counts[value] as number;
    if (seen > rank) return value;
  }
  return counts.length - 1;
}

/** The sum of the k greatest values: what the best customers spent. */
export function sumOfGreatest(values: readonly number[], k: number): number {
  const sorted = Float64Array.from(values).sort();
  let sum = 0;
  for (let at = Math.max(0, sorted.length - k); at < sorted.length; at += 1) sum += sorted[at] as number;
  return sum;
}
