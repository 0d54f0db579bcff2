import { type Clock, systemClock } from '../../shared/clock.ts';
import { readState } from './sandbox.files.ts';

/** A clock that can be put ahead of the machine's, and goes on from there. */
export type SandboxClock = Clock & {
  /** How far ahead it is, in ms. */
  offset(): number;
  /** Moves ahead to an instant. Never back: what has happened stays in the past. */
  moveTo(instant: number): void;
};

/** The sandbox's time: the machine's, and as far ahead as the time machine in this folder has gone. */
export function sandboxClock(folder: string, real: Clock = systemClock): SandboxClock {
  let offset = readState(folder)?.offset ?? 0;
  return {
    now: () => real.now() + offset,
    offset: () => offset,
    moveTo(instant) {
      offset = Math.max(offset, instant - real.now());
    },
  };
}
