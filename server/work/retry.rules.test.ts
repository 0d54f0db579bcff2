import { describe, expect, test } from 'vitest';
import { AppError, badRequest } from '../shared/errors.ts';
import { afterFailure, isSpent, pauseAfter, type RetryPolicy, refuses } from './retry.rules.ts';

const MINUTE = 60_000;
const policy: RetryPolicy = {
  pauses: [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE],
  internal: 'Ask your operator.',
};
const passing = new AppError('x.away', 'It is away.', { retryable: true, status: 503 });
const judged = (attempts: number, error: unknown = passing, over: Partial<RetryPolicy> = {}, more = {}) =>
  afterFailure({ ...policy, ...over }, { attempts, ...more }, error, 1_000);

describe('what failed', () => {
  test('is tried again with growing pauses, then not any more', () => {
    const waits = [1, 2, 3, 4, 5].map((attempts) => {
      const verdict = judged(attempts);
      return verdict.again ? verdict.at - 1_000 : null;
    });
    expect(waits).toEqual(policy.pauses);
    expect(judged(6)).toMatchObject({ again: false, why: 'exhausted' });
  });

  test('is tried more often than there are pauses where the policy says so: the last one repeats', () => {
    expect(judged(29, passing, { most: 30 })).toMatchObject({ again: true, at: 1_000 + 60 * MINUTE });
    expect(judged(30, passing, { most: 30 })).toMatchObject({ again: false });
    expect(judged(3, passing, { most: 3 })).toMatchObject({ again: false });
  });

  test('is not tried again after a while, nor sooner than the other side asked', () => {
    expect(judged(1, passing, { withinMs: 10_000 }, { since: 0 })).toMatchObject({ again: true });
    expect(judged(1, passing, { withinMs: 5_999 }, { since: 0 })).toMatchObject({ again: false, why: 'exhausted' });
    expect(judged(1, passing, {}, { inMs: 7_000 })).toMatchObject({ again: true, at: 8_000 });
    expect(judged(1, passing, {}, { inMs: 7 })).toMatchObject({ again: true, at: 6_000 });
  });

  test('and no retry can mend ends at once', () => {
    expect(judged(1, badRequest('x.wrong', 'It is wrong.'))).toEqual({
      again: false,
      why: 'hopeless',
      code: 'x.wrong',
      reason: 'It is wrong.',
    });
    expect(judged(1, new AppError('x.busy', 'Busy.', { status: 429, retryable: true }))).toMatchObject({ again: true });
    expect(judged(1, new AppError('x.broken', 'Broken.'))).toMatchObject({ again: true });
    const never = { hopeless: () => false };
    expect(judged(1, badRequest('x.wrong', 'It is wrong.'), never)).toMatchObject({ again: true });
  });

  test('says nothing of the inside to a merchant', () => {
    expect(judged(1, new Error('SELECT secret'))).toMatchObject({ code: 'internal', reason: 'Ask your operator.' });
    expect(judged(1, passing)).toMatchObject({ code: 'x.away', reason: 'Ask your operator.' });
    expect(judged(1, passing, { speaks: () => true })).toMatchObject({ code: 'x.away', reason: 'It is away.' });
  });
});

test.each([
  [409, false, true],
  [499, false, true],
  [500, false, false],
  [409, true, false],
  [503, true, false],
])('an answer of status %i, retryable %s, is a refusal: %s', (status, retryable, refused) => {
  expect(refuses(new AppError('x.error', 'No.', { status, retryable }))).toBe(refused);
});

describe('what is counted when it is taken up', () => {
  test('is spent with the last attempt that its policy allows', () => {
    expect([5, 6, 7].map((attempts) => isSpent(policy, attempts))).toEqual([false, true, true]);
    expect([2, 3].map((attempts) => isSpent({ ...policy, most: 3 }, attempts))).toEqual([false, true]);
  });

  test('waits as long as after its first attempt where it got on since, and as after the last of all at most', () => {
    expect([0, 1, 2, 5, 99].map((attempts) => pauseAfter(policy, attempts))).toEqual([
      5_000,
      5_000,
      30_000,
      60 * MINUTE,
      60 * MINUTE,
    ]);
    expect(pauseAfter({ pauses: [], internal: '' }, 1)).toBe(0);
  });
});
