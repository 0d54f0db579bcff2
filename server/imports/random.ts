/** Numbers that look random and repeat exactly for the same seed: for shuffling and sampling, never for secrets. */
export type Random = {
  /** At least 0 and less than 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  whole(below: number): number;
};

/** Tommy Ettinger's mulberry32: 32 bits of state, which is plenty for test traffic. Of the seed, 32 bits count. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { next, whole: (below) => Math.floor(next() * below) };
}

/** Shuffles in place (Fisher and Yates) and returns the same array. */
export function shuffled<T>(items: T[], random: Random): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = random.whole(last + 1);
    const [a, b] = [items[last] as T, items[other] as T];
    items[last] = b;
    items[other] = a;
  }
  return items;
}
