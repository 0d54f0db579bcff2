import { Temporal } from 'temporal-polyfill';
import { badRequest } from '../../shared/errors.ts';
import type { SandboxClock } from './sandbox.clock.ts';

/** One kind of work that falls due by the clock. */
export type DueWork = {
  name: string;
  /** The earliest instant at which any of it is due, not after `until`; null: none. */
  next(until: number): Promise<number | null>;
  /** Does what is due at the clock's time. @returns how much it was */
  work(now: number): Promise<number>;
};

export type Ran = { from: number; now: number; stops: number; ran: Record<string, number> };

/** One call goes a year and a day ahead at most: what repeats daily must end. */
const FURTHEST = 366 * 86_400_000;

/**
 * The instant that an order to the time machine means.
 * @throws AppError sandbox.clock when it is no duration, lies in the past or too far ahead
 */
export function destination(now: number, order: { advance?: string | undefined; to?: number | undefined }): number {
  const wrong = (message: string, field: string) => badRequest('sandbox.clock', message, { field });
  const field = order.to === undefined ? 'advance' : 'to';
  let target = order.to ?? Number.NaN;
  if (order.advance !== undefined) {
    try {
      const from = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
      target = from.add(Temporal.Duration.from(order.advance)).epochMilliseconds;
    } catch {
      throw wrong('An ISO 8601 duration is wanted, for example PT1H, P1D or P1M.', field);
    }
  }
  if (target < now) throw wrong('Time does not go back: what happened has happened.', field);
  if (!(target <= now + FURTHEST)) throw wrong('At most a year and a day at once.', field);
  return target;
}

/**
 * Moves the clock to an instant, stopping wherever something falls due on the way and doing it then, as if the time had
 * passed: what a stop brings about can be due at a later one.
 * @param kept called whenever the clock has moved
 */
export async function travel(clock: SandboxClock, works: readonly DueWork[], target: number, kept: () => void) {
  const from = clock.now();
  const ran: Record<string, number> = Object.fromEntries(works.map(({ name }) => [name, 0]));
  let stops = 0;
  for (;;) {
    for (const { name, work } of works) ran[name] = (ran[name] ?? 0) + (await work(clock.now()));
    const next = await earliest(works, clock.now(), target);
    if (next === null) break;
    clock.moveTo(next);
    kept();
    stops += 1;
  }
  if (clock.now() < target) {
    clock.moveTo(target);
    kept();
  }
  return { from, now: clock.now(), stops, ran } satisfies Ran;
}

/** What is due now and was not done just now waits for something else than time. */
async function earliest(works: readonly DueWork[], now: number, target: number): Promise<number | null> {
  const instants: number[] = [];
  for (const { next } of works) {
    const instant = await next(target);
    if (instant !== null && instant > now && instant <= target) instants.push(instant);
  }
  return instants.length === 0 ? null : Math.min(...instants);
}
