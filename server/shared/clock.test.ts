import { expect, test } from 'vitest';
import { systemClock, testClock } from './clock.ts';

test('a test clock stands still until it is moved', () => {
  const clock = testClock(1_000);
  expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
  expect(clock.advance(500)).toBe(1_500);
  expect(clock.set(-5)).toBe(-5);
  expect(clock.now()).toBe(-5);
  expect(testClock().now()).toBe(Date.UTC(2026, 0, 1));
});

test('the system clock gives whole milliseconds that do not run backwards', () => {
  const first = systemClock.now();
  expect(Number.isSafeInteger(first)).toBe(true);
  expect(systemClock.now()).toBeGreaterThanOrEqual(first);
});
