import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR, START } from '../points/points.fixtures.ts';
import { added, noSums, standingOver } from './sums.rules.ts';
import { terms } from './tiers.fixtures.ts';
import { standingOf } from './tiers.rules.ts';

const levels = [
  { id: 'bronze', name: 'Bronze', threshold: 0 },
  { id: 'silver', name: 'Silver', threshold: 100 },
  { id: 'gold', name: 'Gold', threshold: 250 },
];

const order = fc.record({
  // Many on one day, few in a year.
  placed: fc.oneof(fc.nat(1_500), fc.integer({ min: 700, max: 720 })).map((day) => START + day * DAY + 7 * HOUR),
  paidLater: fc.constantFrom(0, 0, 0, 5, 24 * 3, 24 * 400, -24 * 9).map((hours) => hours * HOUR),
  value: fc.constantFrom(0, 1, 40, 60, 99, 120),
});
const zones = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Tehran');

test('sums of older facts and the newer ones give the level, and until when, that all of them give', () => {
  const told = fc.record({
    orders: fc.array(order, { maxLength: 25 }),
    cuts: fc.tuple(fc.nat(25), fc.nat(25)),
    window: fc.constantFrom('lifetime', 'rolling-12-months', 'calendar-year'),
    calendar: fc.constantFrom<'gregory' | 'persian'>('gregory', 'persian'),
    based: fc.boolean(),
    zone: zones,
    now: fc.nat(1_900).map((day) => START + day * DAY),
    grace: fc.constantFrom(0, 5),
  });
  let answered = 0;
  fc.assert(
    fc.property(told, ({ orders, cuts, window, calendar, based, zone, now, grace }) => {
      const all = [...orders].sort((a, b) => a.placed - b.placed);
      const facts = all.map(({ placed, paidLater, value }) => ({ at: placed + paidLater, value }));
      const of = terms(
        { window, graceDays: grace, levels: based ? levels : levels.slice(1) },
        { calendar, zoneAt: () => zone, now },
      );
      const [first = 0, second = 0] = [...cuts].sort((a, b) => a - b);
      let sums = noSums();
      for (const [from, to] of [
        [0, first],
        [first, second],
      ] as const) {
        const last = all[Math.min(to, all.length) - 1];
        if (last === undefined || from >= all.length) continue;
        // As the app does: what lies too far back has all facts looked at.
        if (standingOver(sums, facts.slice(from, to), of) === null) return;
        sums = JSON.parse(JSON.stringify(added(sums, facts.slice(from, to), last.placed, of)));
      }
      const answer = standingOver(sums, facts.slice(second), of);
      if (answer === null) return;
      answered += 1;
      const { rank, tier, until } = standingOf(facts, of);
      expect(answer).toEqual({ rank, tier, until });
    }),
    { seed: 14_050_910, numRuns: 1_000 },
  );
  expect(answered).toBeGreaterThan(500);
});
