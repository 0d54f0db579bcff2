import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Numbers that look random and repeat exactly for the same seed: for shuffling and sampling, never for secrets. */
export type Random = {
  /** At least 0 and less than 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  whole(below: number): number;
};

/** A Mersenne Twister. Of the seed, 32 bits count. */
export function seededRandom(seed: number): Random {
  const generator = mersenne(seed);
  return { next: () => uniformFloat64(generator), whole: (below) => uniformInt(generator, 0, below - 1) };
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
