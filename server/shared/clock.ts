/** Time as everything else sees it: passed in, so that tests and the sandbox can move it. `now()` is epoch milliseconds. */
export type Clock = { now(): number };

/** The machine's time. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved. */
export type TestClock = Clock & {
  /** Moves by `ms` milliseconds and returns the new time. */
  advance(ms: number): number;
  /** Jumps to an epoch instant, backwards too, and returns it. */
  set(ms: number): number;
};

/** A clock for tests, standing at `start` (epoch ms; 2026-01-01T00:00Z when left out). */
export function testClock(start: number = Date.UTC(2026, 0, 1)): TestClock {
  let instant = start;
  return {
    now: () => instant,
    advance(ms) {
      instant += ms;
      return instant;
    },
    set(ms) {
      instant = ms;
      return instant;
    },
  };
}
