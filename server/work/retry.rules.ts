import { type AppError, isAppError } from '../shared/errors.ts';

/** When failed work is tried again, as data. */
export type RetryPolicy = {
  /** How long to wait after the first, second, … failure, in ms. The last one repeats where `most` allows more. */
  pauses: readonly number[];
  /** Attempts in all; left out: one more than there are pauses. */
  most?: number;
  /** No new attempt is made later than this after the beginning, in ms; left out: only attempts count. */
  withinMs?: number;
  /** Errors of ours that no retry can mend; left out: refusals (`refuses`). */
  hopeless?: (error: AppError) => boolean;
  /** Errors of ours whose message is for the merchant; left out: those with a status below 500. */
  speaks?: (error: AppError) => boolean;
  /** What is said to the merchant of any other error. */
  internal: string;
};

/** `code` and `reason` are for the merchant: what is behind an error that is not ours never shows. */
export type Verdict = { code: string; reason: string } & (
  | { again: true; at: number }
  | { again: false; why: 'hopeless' | 'exhausted' }
);

/** Somebody understood the request and will not have it: the same request fails for ever. */
export const refuses = (error: AppError): boolean => !error.retryable && error.status < 500;

/** How long to wait after so many attempts, in ms. */
export const pauseAfter = ({ pauses }: RetryPolicy, attempts: number): number =>
  pauses[Math.min(Math.max(attempts, 1), pauses.length) - 1] ?? 0;

/**
 * Whether so many attempts were all that a policy allows: for work that is given up when it would be taken up once more, since
 * whoever made its last attempt may have died without a word.
 */
export const isSpent = ({ pauses, most = pauses.length + 1 }: RetryPolicy, attempts: number): boolean =>
  attempts >= most;

const isForMerchants = (error: AppError): boolean => error.status < 500;

/**
 * Whether failed work is tried again, and when.
 * @param made `attempts`: how many were made, the failed one among them; `since`: when the first was due, epoch ms;
 *   `inMs`: the least wait that the other side asked for
 */
export function afterFailure(
  policy: RetryPolicy,
  { attempts, since = 0, inMs = 0 }: { attempts: number; since?: number; inMs?: number },
  error: unknown,
  now: number,
): Verdict {
  const known = isAppError(error) ? error : null;
  const { hopeless = refuses, speaks = isForMerchants } = policy;
  const code = known?.code ?? 'internal';
  const reason = known && speaks(known) ? known.message : policy.internal;
  if (known && hopeless(known)) return { again: false, why: 'hopeless', code, reason };
  const pause = Math.max(pauseAfter(policy, attempts), inMs);
  const late = policy.withinMs !== undefined && now + pause > since + policy.withinMs;
  if (isSpent(policy, attempts) || late) return { again: false, why: 'exhausted', code, reason };
  return { again: true, at: now + pause, code, reason };
}
