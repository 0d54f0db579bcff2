import type { Random } from '../../shared/random.ts';

/**
 * The draws that a store's past is made of: Tommy Ettinger's mulberry32. By hand, and not of `shared/random.ts`, because a
 * store keeps nothing of its past but makes it anew at each start: with another generator every store that exists would
 * wake up with another past than the one that the app recorded.
 */
export function pastRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return { next, whole: (below) => Math.floor(next() * below) };
}
