import type { Columns } from './columns.rules.ts';

/** One customer as RFM sees them: days since the last order, orders, net revenue, up to a day. */
export type RfmCustomer = { key: number; recency: number; frequency: number; monetary: number };
export type Scores = { r: Uint8Array; f: Uint8Array; m: Uint8Array };
export type RfmMethod = 'quantile' | 'ntile';

const PARTS = 5;

/** Every customer with an order up to `to` (a whole day number); the snapshot is the day after the last order. */
export function rfmCustomers(chunks: readonly Columns[], to: number): { snapshot: number; customers: RfmCustomer[] } {
  const customers: RfmCustomer[] = [];
  let last = -Number.MAX_SAFE_INTEGER;
  for (const { customers: count, starts, days, nets, keys } of chunks) {
    for (let slot = 0; slot < count; slot += 1) {
      const begin = starts[slot] as number;
      let end = starts[slot + 1] as number;
      while (end > begin && (days[end - 1] as number) > to) end -= 1;
      if (end === begin) continue;
      let monetary = 0;
      for (let at = begin; at < end; at += 1) monetary += nets[at] as number;
      const recency = days[end - 1] as number;
      if (recency > last) last = recency;
      customers.push({ key: keys[slot] as number, recency, frequency: end - begin, monetary });
    }
  }
  const snapshot = last + 1;
  for (const customer of customers) customer.recency = snapshot - customer.recency;
  return { snapshot, customers };
}

/**
 * Scores 1 to 5 of each customer, in the order given.
 * @param cuts of the quantile method, where they are known already
 */
export function rfmScores(customers: readonly RfmCustomer[], method: RfmMethod, cuts?: RfmCuts): Scores {
  return method === 'ntile' ? byNtile(customers) : byQuantile(customers, cuts);
}

/**
 * NTILE(5) as in SQL: recency from longest to shortest (5 is the most recent), frequency and money ascending, ties by the
 * numeric customer id, so classes are equal in size and ties may be split. Customers without one come last, in the order
 * given.
 */
function byNtile(customers: readonly RfmCustomer[]): Scores {
  // Not NaN, which compares as equal to everything: ids next to it would not be sorted either.
  const byKey = sorted(customers.length, (index) => idOrLast(customers[index]?.key));
  const rank = new Int32Array(customers.length);
  byKey.forEach((index, place) => {
    rank[index] = place;
  });
  return {
    r: tiles(customers.length, rank, (index) => -(customers[index]?.recency ?? 0)),
    f: tiles(customers.length, rank, (index) => customers[index]?.frequency ?? 0),
    m: tiles(customers.length, rank, (index) => customers[index]?.monetary ?? 0),
  };
}

const idOrLast = (key = Number.NaN): number => (Number.isNaN(key) ? Number.POSITIVE_INFINITY : key);

function sorted(count: number, value: (index: number) => number): Int32Array {
  const values = Float64Array.from({ length: count }, (_, index) => value(index));
  return Int32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || a - b,
  );
}

function tiles(count: number, rank: Int32Array, value: (index: number) => number): Uint8Array {
  const values = Float64Array.from({ length: count }, (_, index) => value(index));
  const order = Int32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => (values[a] as number) - (values[b] as number) || (rank[a] as number) - (rank[b] as number),
  );
  const scores = new Uint8Array(count);
  // SQL gives the first `count % 5` tiles one row more.
  const size = Math.floor(count / PARTS);
  const larger = count % PARTS;
  let at = 0;
  for (let tile = 1; tile <= PARTS; tile += 1) {
    const end = at + size + (tile <= larger ? 1 : 0);
    for (; at < end; at += 1) scores[order[at] as number] = tile;
  }
  return scores;
}

/**
 * Cuts at the 20, 40, 60 and 80 % quantiles (linear interpolation): frequency and money score 1 + the cuts strictly below
 * the value, recency 6 − that. Ties always share a score, so classes are unequal and some may be empty.
 */
function byQuantile(customers: readonly RfmCustomer[], cuts?: RfmCuts): Scores {
  const { recency, frequency, monetary } = valuesOf(customers);
  const known = cuts ?? {
    recency_days: quantileCuts(sortedCopy(recency)),
    frequency: quantileCuts(sortedCopy(frequency)),
    monetary: quantileCuts(sortedCopy(monetary)),
  };
  return {
    r: scoresOf(recency, known.recency_days).map((score) => 6 - score),
    f: scoresOf(frequency, known.frequency),
    m: scoresOf(monetary, known.monetary),
  };
}

/** What is scored, each by itself: a run of numbers is read some ten times as fast as an object a customer. */
function valuesOf(customers: readonly RfmCustomer[]) {
  const [recency, frequency, monetary] = [0, 1, 2].map(() => new Float64Array(customers.length)) as Three;
  for (let index = 0; index < customers.length; index += 1) {
    const customer = customers[index] as RfmCustomer;
    recency[index] = customer.recency;
    frequency[index] = customer.frequency;
    monetary[index] = customer.monetary;
  }
  return { recency, frequency, monetary };
}

type Three = [Float64Array, Float64Array, Float64Array];

/** 1 + the cuts strictly below each value. */
function scoresOf(values: Float64Array, [a, b, c, d]: Cuts): Uint8Array {
  const scores = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    scores[index] = 1 + (a < value ? 1 : 0) + (b < value ? 1 : 0) + (c < value ? 1 : 0) + (d < value ? 1 : 0);
  }
  return scores;
}

type Cuts = [number, number, number, number];
/** Where the classes of the quantile method begin. */
export type RfmCuts = { recency_days: Cuts; frequency: Cuts; monetary: Cuts };

/** Days and orders are small whole numbers: these are counted instead of compared. */
const MOST_COUNTED = 65_536;

function sortedCopy(values: Float64Array): Float64Array {
  const counts = new Int32Array(MOST_COUNTED);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!(value >= 0 && value < MOST_COUNTED && Number.isInteger(value))) return values.slice().sort();
    counts[value] = (counts[value] as number) + 1;
  }
  const sorted = new Float64Array(values.length);
  let at = 0;
  for (let value = 0; at < sorted.length; value += 1) {
    const end = at + (counts[value] as number);
    sorted.fill(value, at, end);
    at = end;
  }
  return sorted;
}

/** The 20, 40, 60 and 80 % quantiles (type 7) of sorted values. */
export const quantileCuts = (sorted: Float64Array): Cuts =>
  [0.2, 0.4, 0.6, 0.8].map((share) => quantileOf(sorted, share)) as Cuts;

/** A type-7 quantile of sorted values. */
function quantileOf(values: Float64Array, share: number): number {
  const place = (values.length - 1) * share;
  const low = Math.floor(place);
  const lower = values[low] ?? 0;
  return lower + ((values[Math.min(low + 1, values.length - 1)] ?? 0) - lower) * (place - low);
}

/** The cuts of the quantile method, and what the middle customer is like. Money in minor units. */
export function rfmThresholds(customers: readonly RfmCustomer[]) {
  const { recency, frequency, monetary } = valuesOf(customers);
  const byMoney = sortedCopy(monetary);
  const thresholds: RfmCuts = {
    recency_days: quantileCuts(sortedCopy(recency)),
    frequency: quantileCuts(sortedCopy(frequency)),
    monetary: quantileCuts(byMoney),
  };
  return {
    thresholds,
    mean_recency_days: customers.length === 0 ? null : recency.reduce((sum, days) => sum + days, 0) / customers.length,
    median_monetary: customers.length === 0 ? null : quantileOf(byMoney, 0.5),
  };
}

/** The ten named segments, by recency and frequency score. */
export const SEGMENTS = [
  'champions',
  'loyal_customers',
  'potential_loyalists',
  'new_customers',
  'promising',
  'need_attention',
  'about_to_sleep',
  'cant_lose',
  'at_risk',
  'hibernating',
] as const;
export type Segment = (typeof SEGMENTS)[number];

/** The segment of a recency and a frequency score. */
export function segmentOf(r: number, f: number): Segment {
  if (r <= 2) return f <= 2 ? 'hibernating' : f <= 4 ? 'at_risk' : 'cant_lose';
  if (r === 3) return f <= 2 ? 'about_to_sleep' : f === 3 ? 'need_attention' : 'loyal_customers';
  if (r === 4) return f === 1 ? 'promising' : f <= 3 ? 'potential_loyalists' : 'loyal_customers';
  return f === 1 ? 'new_customers' : f <= 3 ? 'potential_loyalists' : 'champions';
}

/** How many customers have each score, stand in each segment, and have each pair of scores. */
export function rfmCounts({ r, f, m }: Scores) {
  const grid = gridOf(r, f);
  const segments: Record<string, number> = {};
  for (const { segment, customers } of grid) {
    if (customers > 0) segments[segment] = (segments[segment] ?? 0) + customers;
  }
  const all = (score: number): number =>
    r.reduce((sum, recency, at) => sum + (recency === score && f[at] === score && m[at] === score ? 1 : 0), 0);
  return { r: tally(r), f: tally(f), m: tally(m), segments, score_555: all(5), score_111: all(1), grid };
}

function tally(scores: Uint8Array): Record<string, number> {
  const counts = new Int32Array(PARTS + 1);
  for (const score of scores) counts[score] = (counts[score] as number) + 1;
  return Object.fromEntries(Array.from(counts.subarray(1), (count, at) => [String(at + 1), count]));
}

/** Customers by recency and frequency score, every pair of them, with the segment that it belongs to. */
function gridOf(recency: Uint8Array, frequency: Uint8Array) {
  const cells = new Int32Array(PARTS * PARTS);
  recency.forEach((score, index) => {
    const cell = (score - 1) * PARTS + (frequency[index] as number) - 1;
    cells[cell] = (cells[cell] as number) + 1;
  });
  return Array.from(cells, (customers, cell) => {
    const [r, f] = [Math.floor(cell / PARTS) + 1, (cell % PARTS) + 1];
    return { r, f, customers, segment: segmentOf(r, f) };
  });
}
