import { describe, expect, test } from 'vitest';
import { AppError } from '../shared/errors.ts';
import { afterFailure, isSpent, pauseAfter, type RetryPolicy, refuses } from './retry.rules.ts';

const POLICY: RetryPolicy = { pauses: [10, 20, 40], internal: 'Something went wrong here.' };
const NOW = 1_000;
const error = (status: number, retryable: boolean) => new AppError('test.error', 'No.', { status, retryable });
const verdictOf = (attempts: number, what: unknown, policy = POLICY, made = {}) =>
  afterFailure(policy, { attempts, ...made }, what, NOW);

describe('an error', () => {
  test.each([
    [409, false, false],
    [499, false, false],
    [500, false, true],
    [409, true, true],
    [503, true, true],
  ])('of status %i, retryable %s, is tried again: %s', (status, retryable, again) => {
    expect(refuses(error(status, retryable))).toBe(!again);
    expect(verdictOf(1, error(status, retryable)).again).toBe(again);
  });

  test('that is no retry’s to mend says so at once', () => {
    expect(verdictOf(1, error(409, false))).toEqual({
      again: false,
      why: 'hopeless',
      code: 'test.error',
      reason: 'No.',
    });
  });

  test('that is not ours, or not for merchants, is told in other words', () => {
    expect(verdictOf(1, new Error('secret'))).toMatchObject({ code: 'internal', reason: POLICY.internal });
    expect(verdictOf(1, error(500, true))).toMatchObject({ code: 'test.error', reason: POLICY.internal });
    expect(verdictOf(1, error(500, true), { ...POLICY, speaks: () => true })).toMatchObject({ reason: 'No.' });
  });

  test('is hopeless as the policy has it', () => {
    const policy = { ...POLICY, hopeless: ({ code }: AppError) => code === 'test.error' };
    expect(verdictOf(1, error(503, true), policy)).toMatchObject({ again: false, why: 'hopeless' });
    expect(verdictOf(1, new Error('x'), policy)).toMatchObject({ again: true });
  });
});

describe('pauses', () => {
  test('grow, and then it is over', () => {
    const next = (attempts: number) => verdictOf(attempts, new Error('x'));
    expect([1, 2, 3].map(next)).toMatchObject([{ at: 1_010 }, { at: 1_020 }, { at: 1_040 }]);
    expect(next(4)).toMatchObject({ again: false, why: 'exhausted' });
    expect([3, 4, 5].map((attempts) => isSpent(POLICY, attempts))).toEqual([false, true, true]);
  });

  test('repeat the last one where more attempts are allowed', () => {
    const policy = { ...POLICY, most: 6 };
    expect(verdictOf(5, new Error('x'), policy)).toMatchObject({ again: true, at: 1_040 });
    expect(verdictOf(6, new Error('x'), policy)).toMatchObject({ again: false });
    expect([0, 1, 3, 9].map((attempts) => pauseAfter(policy, attempts))).toEqual([10, 10, 40, 40]);
    expect(pauseAfter({ pauses: [], internal: '' }, 1)).toBe(0);
  });

  test('are as long as the other side asks for, and end with the time that there is', () => {
    const policy = { ...POLICY, withinMs: 100 };
    expect(verdictOf(1, new Error('x'), policy, { since: 950, inMs: 15 })).toMatchObject({ again: true, at: 1_015 });
    expect(verdictOf(1, new Error('x'), policy, { since: 950, inMs: 50 })).toMatchObject({ again: true, at: 1_050 });
    expect(verdictOf(1, new Error('x'), policy, { since: 950, inMs: 51 })).toMatchObject({ again: false });
  });
});
