import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NotSent } from './effects.errors.ts';
import { RETRY } from './effects.fixtures.ts';
import type { Asked, Performed } from './effects.port.ts';
import {
  type Ability,
  afterAsking,
  afterDeath,
  afterPerforming,
  type Change,
  type Facts,
  nextStep,
  SUPERSEDED,
} from './effects.rules.ts';

const LIMIT = 200;
const done = { ok: true, result: { outcome: 'done' } } as const;
const lost = { ok: false, error: new Error('lost') } as const;

/** What the world and the machine do to one attempt. */
const event = fc.constantFrom(
  'fine',
  'fine',
  'not-sent',
  'lost-before',
  'lost-after',
  'refused',
  'dies-before',
  'dies-after',
);
const able = fc.record({ askable: fc.boolean(), repeatable: fc.boolean() });

/** Plays one effect to its end. @returns how often the world saw it, and how it ended */
function play({ askable, repeatable }: { askable: boolean; repeatable: boolean }, events: string[], gone: number) {
  const port: Ability = { askable, repeatable, retry: RETRY, settleMs: 30_000 };
  let row: Facts = { happened: 'no', payload: {}, unwanted: null, attempts: 0, notBefore: 0 };
  let seen = 0;
  let now = 0;
  const happen = (): void => {
    seen = repeatable ? 1 : seen + 1;
  };
  const attempt = (): Change | 'death' => {
    const what = events.shift() ?? 'fine';
    const step = nextStep(row, port);
    if ('to' in step) return step;
    row = { ...row, attempts: row.attempts + 1 };
    if (what === 'dies-before') return 'death';
    if (step.do === 'ask') {
      const result: Asked = { outcome: seen > 0 ? 'done' : 'not-done' };
      if (what === 'dies-after') return 'death';
      return afterAsking(row, port, what.startsWith('lost') ? lost : { ok: true, result }, now);
    }
    if (what === 'not-sent')
      return afterPerforming(row, port, { ok: false, error: new NotSent('x.away', 'Away.') }, now);
    if (what === 'lost-before') return afterPerforming(row, port, lost, now);
    const result: Performed = { outcome: 'refused', code: 'x.no', reason: 'No.' };
    if (what === 'refused') return afterPerforming(row, port, { ok: true, result }, now);
    happen();
    if (what === 'dies-after') return 'death';
    return afterPerforming(row, port, what === 'lost-after' ? lost : done, now);
  };
  for (let times = 0; times < LIMIT; times += 1) {
    if (times === gone) row = { ...row, unwanted: { code: 'x.gone', reason: 'Gone.' } };
    const change = attempt();
    if (change === 'death') {
      row = { ...row, happened: afterDeath(row.happened) };
      now += 90_000;
    } else if (change.to === 'queued') {
      row = { ...row, happened: change.happened, attempts: change.attempts };
      now = Math.max(now, change.at);
    } else return { seen, end: change.to === 'doubtful' ? 'doubtful' : change.ended.state };
  }
  return { seen, end: 'endless' };
}

describe('an effect', () => {
  test('is seen once at most, and its end is true, whatever breaks', () => {
    const gone = fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 6 }));
    fc.assert(
      fc.property(able, fc.array(event, { maxLength: 12 }), gone, (port, events, when) => {
        const { seen, end } = play(port, [...events], when);
        expect(seen).toBeLessThanOrEqual(1);
        expect(end).not.toBe('endless');
        if (end === 'done') expect(seen).toBe(1);
        // A refusal of a repeated call is the provider's own word on it; of all others nothing has happened.
        if (end === 'withdrawn' || (end === 'failed' && !port.repeatable)) expect(seen).toBe(0);
        if (end === 'doubtful' && port.askable) expect(events.some((what) => /lost|dies/.test(what))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what is due', () => {
  const row: Facts = { happened: 'no', payload: {}, unwanted: null, attempts: 0, notBefore: 0 };
  const both = { askable: true, repeatable: true };
  test.each([
    [{}, both, { do: 'perform' }],
    [{ happened: 'maybe' }, both, { do: 'ask' }],
    [{ happened: 'restored' }, both, { do: 'ask' }],
    [{ happened: 'maybe' }, { askable: false, repeatable: true }, { do: 'perform' }],
    [{ happened: 'restored' }, { askable: false, repeatable: true }, { to: 'doubtful' }],
    [{ happened: 'maybe' }, { askable: false, repeatable: false }, { to: 'doubtful' }],
    [{ happened: 'yes' }, both, { to: 'ended', ended: { state: 'done' } }],
    [{ happened: 'yes', payload: null }, both, { to: 'ended', ended: { state: 'done' } }],
    [{ payload: null }, both, { to: 'ended', ended: { state: 'withdrawn', code: 'effects.forgotten' } }],
    [{ happened: 'maybe', payload: null }, both, { to: 'ended', ended: { state: 'withdrawn' } }],
    [{ unwanted: { code: 'x', reason: 'X.' } }, both, { to: 'ended', ended: { state: 'withdrawn', code: 'x' } }],
    [{ happened: 'maybe', unwanted: { code: 'x', reason: 'X.' } }, both, { do: 'ask' }],
    [
      { happened: 'maybe', unwanted: { code: 'x', reason: 'X.' } },
      { askable: false, repeatable: true },
      { to: 'doubtful' },
    ],
    [{ happened: 'maybe', unwanted: SUPERSEDED }, both, { to: 'ended', ended: { state: 'withdrawn' } }],
  ])('%j by a port that is %j', (over, port, expected) => {
    expect(nextStep({ ...row, ...over } as Facts, port)).toMatchObject(expected);
  });
});

describe('what an attempt comes to', () => {
  const port: Ability = { askable: true, repeatable: false, retry: RETRY, settleMs: 30_000 };
  const row: Facts = { happened: 'no', payload: {}, unwanted: null, attempts: 1, notBefore: 0 };
  const away = { ok: false, error: new NotSent('x.away', 'Away.', { inMs: 9_000 }) } as const;
  const notDone = { ok: true, result: { outcome: 'not-done' } } as const;

  test('no sooner than the other side asked', () => {
    expect(afterPerforming(row, port, away, 1_000)).toMatchObject({ to: 'queued', at: 10_000, attempts: 1 });
  });

  test('nothing is tried again for a reason that has gone', () => {
    const unwanted = { code: 'x.gone', reason: 'Gone.' };
    const change = afterPerforming({ ...row, unwanted }, port, away, 0);
    expect(change).toMatchObject({ to: 'ended', ended: { state: 'withdrawn', code: 'x.gone' } });
  });

  test('a question is no attempt', () => {
    const asked = { ...row, happened: 'maybe' as const, attempts: 2 };
    expect(afterAsking(asked, port, notDone, 7)).toMatchObject({ to: 'queued', at: 7, happened: 'no', attempts: 1 });
    const last = { ...asked, attempts: RETRY.pauses.length + 2 };
    expect(afterAsking(last, port, notDone, 7)).toMatchObject({ to: 'ended', ended: { state: 'failed' } });
    const before = { ...asked, attempts: RETRY.pauses.length + 1 };
    expect(afterAsking(before, port, notDone, 7)).toMatchObject({ to: 'queued' });
  });
});
