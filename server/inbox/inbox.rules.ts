import { isAppError } from '../shared/errors.ts';

const MINUTE = 60_000;
/** How long after each failed attempt the next one is made; after the last the delivery is parked. */
const BACKOFF = [5_000, 30_000, 2 * MINUTE, 10 * MINUTE, 60 * MINUTE];

/** What a failure is called towards a merchant when it is not one of ours. */
const INTERNAL =
  'Bazgasht could not apply this delivery. It is kept; replay it, or ask your operator to look at the log.';

/**
 * What becomes of a delivery whose application failed: an error that no retry can mend parks it at once, any other is
 * tried again with growing pauses (some 75 minutes in all), then parked. Nothing is ever lost.
 */
export function afterFailure(delivery: { attempts: number; dueAt: number }, error: unknown, now: number) {
  const attempts = delivery.attempts + 1;
  const known = isAppError(error);
  const hopeless = known && !error.retryable && error.status < 500;
  const pause = BACKOFF[attempts - 1];
  const errorCode = known ? error.code : 'internal';
  const reason = known && error.status < 500 ? error.message : INTERNAL;
  if (hopeless || pause === undefined) {
    return { state: 'parked' as const, attempts, dueAt: delivery.dueAt, appliedAt: null, errorCode, reason };
  }
  return { state: 'pending' as const, attempts, dueAt: now + pause, appliedAt: null, errorCode, reason };
}
