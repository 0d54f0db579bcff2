import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testClock } from '../../shared/clock.ts';
import { sandboxClock } from './sandbox.clock.ts';
import { type DueWork, destination, travel } from './sandbox.machine.ts';

const START = Date.UTC(2026, 0, 31);

/** Work that falls due at some instants; `brings` says what a piece of it makes due later. */
function workAt(instants: number[], brings: (at: number) => number[] = () => []) {
  const open = [...instants];
  const done: { due: number; at: number }[] = [];
  const work: DueWork = {
    name: 'work',
    next: async (until) => {
      const due = open.filter((at) => at <= until);
      return due.length === 0 ? null : Math.min(...due);
    },
    work: async (now) => {
      const due = open.filter((at) => at <= now);
      for (const at of due) {
        open.splice(open.indexOf(at), 1);
        done.push({ due: at, at: now });
        open.push(...brings(at));
      }
      return due.length;
    },
  };
  return { work, done, open };
}

test('everything due on the way is done at its own instant, in order; what is due later stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 1000 })),
      fc.integer({ min: 0, max: 1000 }),
      async (offsets, far) => {
        const clock = sandboxClock(testClock(START));
        const { work, done, open } = workAt(offsets.map((offset) => START + offset));
        const { ran, now } = await travel(clock, [work], START + far, () => undefined);
        const wanted = offsets.filter((offset) => offset <= far).sort((a, b) => a - b);
        expect(done.map(({ at }) => at - START)).toEqual(wanted);
        expect(done.every(({ due, at }) => due === at)).toBe(true);
        expect([ran.work, now, clock.now(), open.length]).toEqual([
          ...[wanted.length, START + far, START + far, offsets.length - wanted.length],
        ]);
      },
    ),
  );
});

test('what a stop brings about is done on the same journey, and each stop is kept', async () => {
  const clock = sandboxClock(testClock(START));
  const { work, done } = workAt([START + 10], (at) => (at < START + 40 ? [at + 10] : []));
  const kept: number[] = [];
  const { stops } = await travel(clock, [work], START + 100, () => kept.push(clock.offset()));
  expect(done.map(({ at }) => at - START)).toEqual([10, 20, 30, 40]);
  expect([stops, kept]).toEqual([4, [10, 20, 30, 40, 100]]);
});

test('work that stays due without being done does not hold the clock', async () => {
  const clock = sandboxClock(testClock(START));
  const stuck: DueWork = { name: 'stuck', next: async () => START, work: async () => 0 };
  const { work, done } = workAt([START + 5]);
  await travel(clock, [stuck, work], START + 10, () => undefined);
  expect([done.length, clock.now()]).toEqual([1, START + 10]);
});

test.each([
  [{ advance: 'PT1H' }, START + 3_600_000],
  [{ advance: 'P1D' }, START + 86_400_000],
  [{ advance: 'P1M' }, Date.UTC(2026, 1, 28)],
  [{ to: START + 7 }, START + 7],
  [{ to: START }, START],
])('%j leads to %i', (order, target) => {
  expect(destination(START, order)).toBe(target);
});

test.each([{ to: START - 1 }, { advance: '-PT1S' }, { advance: 'soon' }, { advance: 'P400D' }])(
  '%j is refused',
  (order) => {
    expect(() => destination(START, order)).toThrow(expect.objectContaining({ code: 'sandbox.clock', status: 400 }));
  },
);
