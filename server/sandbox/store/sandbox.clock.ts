import type { Clock } from '../../shared/clock.ts';

/** A clock that can be put ahead of the machine's, and goes on from there. */
export type SandboxClock = Clock & {
  /** How far ahead it is, in ms. */
  offset(): number;
  /** Moves ahead to an instant. Never back: what has happened stays in the past. */
  moveTo(instant: number): void;
};

/** The sandbox's time: the machine's, until the time machine moves it ahead. */
export function sandboxClock(real: Clock): SandboxClock {
  let offset = 0;
  return {
    now: () => real.now() + offset,
    offset: () => offset,
    moveTo(instant) {
      offset = Math.max(offset, instant - real.now());
    },
  };
}
