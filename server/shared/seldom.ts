/** Between two lines about the same thing. */
const EVERY_MS = 30_000;

/**
 * Says a thing at most twice a minute, each time with how often it happened since: while a database is away, every request
 * and every timer meets the same error. `now` in milliseconds, from any clock that only goes forward.
 */
export function seldom<Facts extends object>(
  say: (facts: Facts & { times: number }) => void,
  now: () => number = () => performance.now(),
): (facts: Facts) => void {
  let times = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (facts) => {
    times += 1;
    if (now() - last < EVERY_MS) return;
    last = now();
    say({ ...facts, times });
    times = 0;
  };
}
