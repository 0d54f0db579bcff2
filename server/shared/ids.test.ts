import { describe, expect, test } from 'vitest';
import { testClock } from './clock.ts';
import { counterIds, randomIds, secretToken } from './ids.ts';

describe('randomIds', () => {
  test('makes 20 base32hex characters, none twice, over several refills of the pool', () => {
    const ids = randomIds(testClock());
    const made = Array.from({ length: 5_000 }, () => ids.next());
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => /^[0-9a-v]{20}$/.test(id))).toBe(true);
  });

  test('sorts by time', () => {
    const clock = testClock(0);
    const ids = randomIds(clock);
    const made = [0, 1, 30, 1, 1_000, 86_400_000, 2 ** 40].map((step) => {
      clock.advance(step);
      return step === 0 ? '' : ids.next();
    });
    expect(made.toSorted()).toEqual(made);
  });

  test('spells the millisecond in its first nine characters', () => {
    const ms = Date.UTC(2026, 6, 28);
    const id = randomIds(testClock(ms)).next();
    expect(Number.parseInt(id.slice(0, 9), 32)).toBe(ms);
    expect(randomIds(testClock(-1)).next().slice(0, 9)).toBe('000000000');
  });

  test('every random character takes every value', () => {
    const ids = randomIds(testClock());
    const seen = Array.from({ length: 11 }, () => new Set<string>());
    for (let count = 0; count < 3_000; count += 1) {
      const id = ids.next();
      seen.forEach((values, place) => {
        values.add(id.charAt(9 + place));
      });
    }
    expect(seen.map((values) => values.size)).toEqual(Array(11).fill(32));
  });
});

test('counterIds are readable and their own', () => {
  const ids = counterIds('order-');
  expect([ids.next(), ids.next()]).toEqual(['order-000001', 'order-000002']);
  expect(counterIds().next()).toBe('000001');
});

test('secretToken is base64url of as many bytes as asked', () => {
  expect(secretToken()).toMatch(/^[\w-]{43}$/);
  expect(secretToken(16)).toMatch(/^[\w-]{22}$/);
  expect(secretToken()).not.toBe(secretToken());
});
