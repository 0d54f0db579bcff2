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
export function quantilesOf(counts: Int32Array, n: number, shares: readonly number[]): (number | null)[] {
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

/**
 * The sum of the k greatest values: what the best customers spent. Selects rather than sorts (Hoare's quickselect), in a
 * copy of the values.
 */
export function sumOfGreatest(given: Float64Array, k: number): number {
  const values = given.slice();
  const cut = values.length - Math.min(k, values.length);
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] as number;
    const [left, right] = partition(values, low, high, pivot);
    if (cut <= right) high = right;
    else if (cut >= left) low = left;
    else break;
  }
  let sum = 0;
  for (let at = cut; at < values.length; at += 1) sum += values[at] as number;
  return sum;
}

/** Puts what is less than the pivot before what is greater; returns where the greater begin and the lesser end. */
function partition(values: Float64Array, low: number, high: number, pivot: number): [number, number] {
  let left = low;
  let right = high;
  while (left <= right) {
    while ((values[left] as number) < pivot) left += 1;
    while ((values[right] as number) > pivot) right -= 1;
    if (left > right) break;
    const value = values[left] as number;
    values[left] = values[right] as number;
    values[right] = value;
    left += 1;
    right -= 1;
  }
  return [left, right];
}
