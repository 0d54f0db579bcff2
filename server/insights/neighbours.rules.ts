import type { Columns } from './columns.rules.ts';

/** Gaps longer than this are counted as this: 30 years. */
export const LONGEST_GAP = 11_000;
const NO_GAP = LONGEST_GAP + 1;

/** No such order: before every day, and after every day. */
export const NEVER_BEFORE = -(2 ** 30);
export const NEVER_AFTER = 2 ** 30;

/** For each order of a chunk the days of the same customer's order before it, after it, and first of all. */
export type Neighbours = {
  before: Int32Array;
  after: Int32Array;
  first: Int32Array;
  /** Days since the order before, LONGEST_GAP at most; NO_GAP without one. */
  gaps: Int32Array;
};

/** Looks each order's neighbours up once, when a chunk is read. */
export function neighboursOf({ customers, orders, starts, days }: Columns): Neighbours {
  const before = new Int32Array(orders);
  const after = new Int32Array(orders);
  const first = new Int32Array(orders);
  const gaps = new Int32Array(orders);
  for (let slot = 0; slot < customers; slot += 1) {
    const begin = starts[slot] as number;
    const end = starts[slot + 1] as number;
    for (let at = begin; at < end; at += 1) {
      before[at] = at === begin ? NEVER_BEFORE : (days[at - 1] as number);
      after[at] = at + 1 === end ? NEVER_AFTER : (days[at + 1] as number);
      first[at] = days[begin] as number;
      gaps[at] = at === begin ? NO_GAP : Math.min(LONGEST_GAP, (days[at] as number) - (before[at] as number));
    }
  }
  return { before, after, first, gaps };
}
