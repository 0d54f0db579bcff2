import { randomBytes, randomFillSync } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Makes the ids of rows: unique text that sorts by the time it was made. */
export type Ids = { next(): string };

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';
const RANDOM_CHARACTERS = 11;
const POOL_BYTES = RANDOM_CHARACTERS * 1024;

/** Nine base32hex characters hold 45 bits of milliseconds, enough until the year 3084. */
function timeText(ms: number): string {
  let rest = Math.max(0, Math.floor(ms));
  let text = '';
  for (let place = 0; place < 9; place += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/**
 * Ids of 20 lower-case base32hex characters: 9 of milliseconds, so that new rows land at the end of an index, and 11
 * (55 bits) of randomness. Ids of one millisecond have no order among themselves. Random bytes come from a pool,
 * because asking the system for each id would cost more than the rest of it.
 */
export function randomIds(clock: Clock): Ids {
  const pool = new Uint8Array(POOL_BYTES);
  let used = POOL_BYTES;
  let lastMs = Number.NaN;
  let prefix = '';
  return {
    next() {
      const ms = clock.now();
      if (ms !== lastMs) {
        prefix = timeText(ms);
        lastMs = ms;
      }
      if (used === POOL_BYTES) {
        randomFillSync(pool);
        used = 0;
      }
      let text = prefix;
      for (const end = used + RANDOM_CHARACTERS; used < end; used += 1) text += ALPHABET.charAt((pool[used] ?? 0) & 31);
      return text;
    },
  };
}

/** Ids for tests that want to name them: `prefix` followed by 000001, 000002, … */
export function counterIds(prefix = ''): Ids {
  let count = 0;
  return {
    next() {
      count += 1;
      return prefix + String(count).padStart(6, '0');
    },
  };
}

/** A secret that nobody can guess, as base64url text of `bytes` random bytes: for links, states and keys, not for rows. */
export const secretToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');
