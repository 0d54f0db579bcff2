import type { RetryPolicy, Verdict } from '../work/retry.rules.ts';

const MINUTE = 60_000;

/**
 * When a delivery that could not be applied is tried again: some 75 minutes in all, then it is parked, as is at once one that
 * no retry can mend. Nothing is ever lost.
 */
export const RETRY: RetryPolicy = {
  pauses: [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE],
  internal: 'Bazgasht could not apply this delivery. It is kept; replay it, or ask your operator to look at the log.',
};

/** What stands in a delivery's row after a failure. */
export function finishAfter(
  delivery: { attempts: number; dueAt: number; customerId: string | null },
  { code: errorCode, reason, ...verdict }: Verdict,
) {
  const state = verdict.again ? ('pending' as const) : ('parked' as const);
  const dueAt = verdict.again ? verdict.at : delivery.dueAt;
  const { attempts, customerId } = delivery;
  return { state, attempts: attempts + 1, dueAt, appliedAt: null, errorCode, reason, customerId };
}
