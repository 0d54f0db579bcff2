import { z } from 'zod';
import type { RetryPolicy } from '../work/retry.rules.ts';
import { NotSent } from './effects.errors.ts';
import type { Asked, Call, EffectKind, EffectPort, Performed } from './effects.port.ts';
import { fingerprint } from './keys.rules.ts';

export type Note = { to: string; text: string };

/** For tests only: what goes wrong with one request that would do something. */
export type Fault = 'not-sent' | 'lost-before' | 'lost-after' | 'refused';

/** For tests only: the world outside, as a port's requests reach it. */
export type Outside<P> = {
  /** How often it saw this happen. */
  seen(payload: P): number;
  /** What goes wrong with the requests to come, one each. */
  fail(...faults: Fault[]): void;
};

export const RETRY: RetryPolicy = { pauses: [5_000, 30_000, 120_000], internal: 'It could not be done.' };

export const noteKind = (name: string, isState = false): EffectKind<Note> => ({
  name,
  payload: z.strictObject({ to: z.string(), text: z.string() }),
  subjectOf: ({ to }) => ['note', fingerprint(to)],
  isState,
});

type Abilities = { askable: boolean; repeatable: boolean; isState?: boolean };

/** For tests only: a port to a world in memory that takes notes. */
export function notePort(name: string, { askable, repeatable, isState = false }: Abilities) {
  const happened: { key: string; payload: Note }[] = [];
  const faults: Fault[] = [];
  const calls: string[] = [];
  const perform = async ({ key, payload }: Call<Note>): Promise<Performed> => {
    const fault = faults.shift();
    calls.push(`do ${payload.text}`);
    if (fault === 'not-sent') throw new NotSent('notes.busy', 'The other side is busy.');
    if (fault === 'lost-before') throw new Error('socket hang up');
    if (fault === 'refused') return { outcome: 'refused', code: 'notes.refused', reason: 'Nobody takes this.' };
    const known = happened.findIndex((one) => one.key === key);
    if (known < 0 || !repeatable) happened.push({ key, payload });
    if (fault === 'lost-after') throw new Error('socket hang up');
    return { outcome: 'done', answer: { id: happened.length } };
  };
  const ask = async ({ key, payload }: Call<Note>): Promise<Asked> => {
    calls.push(`ask ${payload.text}`);
    const place = happened.findIndex((one) => one.key === key);
    return place < 0 ? { outcome: 'not-done' } : { outcome: 'done', answer: { id: place + 1 } };
  };
  const port: EffectPort<Note> = {
    kind: noteKind(name, isState),
    perform,
    repeatable,
    retry: RETRY,
    mostSeen: 1,
    ...(askable && { ask }),
  };
  const outside: Outside<Note> = {
    seen: (payload) => happened.filter((one) => one.payload.text === payload.text).length,
    fail: (...more) => void faults.push(...more),
  };
  return { port, outside, calls, happened };
}
