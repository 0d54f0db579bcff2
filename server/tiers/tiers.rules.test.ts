import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseLevel, tierPercent } from '../program/levels.rules.ts';
import { addDays, type Calendar, fromPersian, localDay, startOfDay } from '../shared/calendar.ts';
import { terms, tiers } from './tiers.fixtures.ts';
import { better, decide, type Fact, type HeldTier, rankOf, standingOf, type TierTerms } from './tiers.rules.ts';
import { rollingStart } from './windows.rules.ts';

const DAY = 86_400_000;
const at = (day: string, hour = 12): number => Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000;
const fact = (day: string, value: number, hour?: number): Fact => ({ at: at(day, hour), value });
const run = { seed: 14_040_102, numRuns: 500 };

const facts = fc.array(
  fc.record({
    at: fc.nat(900 * 24).map((hours) => at('2024-01-01', hours)),
    value: fc.integer({ min: 0, max: 700 }),
  }),
  { maxLength: 10 },
);
const someTerms: fc.Arbitrary<TierTerms> = fc
  .record({
    window: fc.constantFrom('lifetime', 'rolling-12-months', 'calendar-year'),
    graceDays: fc.constantFrom(0, 1, 30, 400),
    calendar: fc.constantFrom<Calendar>('gregory', 'persian'),
    zone: fc.constantFrom('UTC', 'Asia/Tehran', 'America/New_York'),
    now: fc.nat(1_300 * 24).map((hours) => at('2024-01-01', hours)),
  })
  .map(({ window, graceDays, calendar, zone, now }) =>
    terms({ window, graceDays }, { calendar, now, zoneAt: () => zone }),
  );

describe('the level that the facts give', () => {
  test('is the same in whatever order they were heard of', () => {
    fc.assert(
      fc.property(facts, someTerms, fc.infiniteStream(fc.nat()), (list, given, dice) => {
        const mixed = list
          .map((one) => ({ one, key: dice.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const { reachedAt: _any, ...standing } = standingOf(mixed, given);
        expect(standingOf(list, given)).toMatchObject(standing);
      }),
      run,
    );
  });

  test('never falls by more, and is kept for some time to come', () => {
    fc.assert(
      fc.property(facts, facts, someTerms, (list, more, given) => {
        const standing = standingOf(list, given);
        expect(standingOf([...list, ...more], given).rank).toBeGreaterThanOrEqual(standing.rank);
        if (standing.until !== null) expect(standing.until).toBeGreaterThan(given.now);
        if (standing.rank > 0) expect(standing.figures.value).toBeGreaterThanOrEqual(standing.figures.threshold);
      }),
      run,
    );
  });

  test('of twelve months is what a look at every day of the last year finds', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 900 }), (list, offset) => {
        const today = addDays('2024-01-01', offset);
        const past = list.filter((one) => localDay(one.at, 'UTC') <= today);
        const sumTo = (day: string) =>
          past
            .filter((one) => localDay(one.at, 'UTC') <= day && localDay(one.at, 'UTC') >= rollingStart(day, 'gregory'))
            .reduce((sum, { value }) => sum + value, 0);
        // Reached on a day that the twelve months up to now still hold.
        let best = 0;
        for (let day = rollingStart(today, 'gregory'); day <= today; day = addDays(day, 1)) {
          if (past.some((one) => localDay(one.at, 'UTC') === day)) best = Math.max(best, sumTo(day));
        }
        const expected = best >= 1000 ? 'gold' : best >= 300 ? 'silver' : 'bronze';
        expect(standingOf(past, terms({}, { now: at(today) })).tier).toBe(expected);
      }),
      { seed: 14_040_103, numRuns: 60 },
    );
  });

  test.each([
    ['rolling-12-months', '2025-06-01', '2026-06-01'],
    ['rolling-12-months', '2024-02-29', '2025-03-01'],
    ['calendar-year', '2025-06-01', '2026-01-01'],
    ['calendar-year', '2025-12-31', '2026-01-01'],
  ])('by %s, reached on %s, is kept until %s and the grace after', (window, day, end) => {
    const until = (graceDays: number) => standingOf([fact(day, 300)], terms({ window, graceDays }, { now: at(day) }));
    expect(until(0)).toMatchObject({ tier: 'silver', until: at(end, 0), reachedAt: at(day) });
    expect(until(10)).toMatchObject({ until: at(end, 0) + 10 * DAY });
  });

  test.each(['rolling-12-months', 'calendar-year'])('by %s was reached by what the period holds alone', (window) => {
    const before = fact('2024-05-01', 200);
    const within = [fact('2025-06-01', 200), fact('2025-07-01', 100)];
    const standing = standingOf([before, ...within], terms({ window }, { now: at('2025-07-01') }));
    expect(standing).toMatchObject({ tier: 'silver', reachedAt: at('2025-07-01'), figures: { value: 300 } });
  });

  test('by the Persian year changes with Nowruz in Tehran, where summer time skipped midnight', () => {
    const zone = { calendar: 'persian', zoneAt: () => 'Asia/Tehran' } as const;
    const paidAt = startOfDay(fromPersian({ year: 1401, month: 1, day: 1 }), 'Asia/Tehran') - 1;
    const of1400 = [{ at: paidAt, value: 300 }];
    const given = (graceDays: number) => terms({ window: 'calendar-year', graceDays }, { ...zone, now: paidAt });
    expect(standingOf(of1400, given(0))).toMatchObject({ tier: 'silver', until: paidAt + 1 });
    // 2 Farvardin 1401 began at one o'clock: 23 hours later, not 24.
    expect(standingOf(of1400, given(1)).until).toBe(Date.parse('2022-03-21T20:30:00Z'));
    const of1401 = [{ at: paidAt + 1, value: 300 }];
    expect(standingOf([...of1400, ...of1401], given(0)).figures).toMatchObject({ from: '2022-03-21', value: 300 });
  });

  test('sums by the local day of the zone in force, whatever the zone is today', () => {
    // The shop moved from New York to Tehran in between: the first order is of 2024 there, the second of 2025.
    const moved = Date.parse('2025-06-01T00:00:00Z');
    const zoneAt = (instant: number) => (instant < moved ? 'America/New_York' : 'Asia/Tehran');
    const first = { at: Date.parse('2025-01-01T03:00:00Z'), value: 200 };
    const second = { at: Date.parse('2025-12-31T19:00:00Z'), value: 200 };
    const given = terms({ window: 'calendar-year' }, { zoneAt, now: Date.parse('2025-12-31T12:00:00Z') });
    expect(standingOf([first, second], given)).toMatchObject({ tier: 'bronze' });
    const stayed = { ...given, zoneAt: () => 'UTC' };
    expect(standingOf([first, second], stayed)).toMatchObject({ tier: 'silver', until: at('2026-01-01', 0) });
  });

  test('for a period that is over counts nothing, within the grace it does', () => {
    const late = [fact('2025-11-01', 1000)];
    const given = (graceDays: number) => terms({ window: 'calendar-year', graceDays }, { now: at('2026-01-20') });
    expect(standingOf(late, given(0))).toMatchObject({ tier: 'bronze', until: null, figures: { value: 0 } });
    expect(standingOf(late, given(30))).toMatchObject({ tier: 'gold', until: at('2026-01-31', 0) });
  });

  test('is the higher of two that are both kept, and the lower one once the higher is over', () => {
    const list = [fact('2025-01-10', 1000), fact('2025-09-01', 100)];
    expect(standingOf(list, terms({}, { now: at('2025-10-01') }))).toMatchObject({ tier: 'gold' });
    const gone = standingOf([fact('2025-01-10', 700), fact('2025-09-01', 300)], terms({}, { now: at('2026-01-11') }));
    expect(gone).toMatchObject({ tier: 'gold', until: at('2026-09-01', 0) });
  });

  test('is none below the first threshold where there is no base level', () => {
    const levels = [{ id: 'silver', name: 'Silver', threshold: 300 }];
    expect(standingOf([fact('2025-01-01', 299)], terms({ levels }, { now: at('2025-01-02') }))).toMatchObject({
      rank: -1,
      tier: null,
      until: null,
    });
    expect(baseLevel(tiers({ levels }))).toBeNull();
  });
});

describe('a customer', () => {
  const now = at('2025-06-01', 0);
  const later = now + 100 * DAY;
  const given = terms({ graceDays: 10 }, { now });
  const lifetime = terms({ window: 'lifetime', graceDays: 10 }, { now });
  const none: Fact[] = [];
  const some = [fact('2025-05-31', 300)];
  const much = [fact('2025-05-31', 1000)];
  const until = at('2026-05-31', 0) + 10 * DAY;
  const silver = (keptUntil: number | null): HeldTier => ({ tier: 'silver', keptUntil });
  const becomes = (held: HeldTier | null, list: Fact[], how: TierTerms = given, reviewing = false) =>
    decide(held, standingOf(list, how), how, reviewing);

  test.each<[string, ReturnType<typeof decide>, ReturnType<typeof decide>]>([
    ['goes up at once', becomes(null, some), { tier: 'silver', keptUntil: until, reason: 'reached' }],
    ['goes up two at once', becomes(null, much), { tier: 'gold', keptUntil: until, reason: 'reached' }],
    ['below every threshold has no row', becomes(null, none), null],
    ['keeps what was promised longer', becomes(silver(until + 1), some), null],
    ['is kept longer by more', becomes(silver(now), some), { ...silver(until), reason: null }],
    ['does not go down before a review', becomes(silver(now - 1), none), null],
    ['does not go down before the time', becomes(silver(now + 1), none, given, true), null],
    [
      'goes down by a review',
      becomes(silver(now), none, given, true),
      { tier: 'bronze', keptUntil: null, reason: 'lapsed' },
    ],
    [
      'of a level that is gone goes where the metric is',
      becomes({ tier: 'tin', keptUntil: later }, some),
      {
        tier: 'silver',
        keptUntil: until,
        reason: 'level-removed',
      },
    ],
    ['keeps a lifetime level for ever', becomes(silver(null), some, lifetime), null],
    [
      'loses it after the grace when the metric falls',
      becomes(silver(null), none, lifetime),
      {
        ...silver(now + 11 * DAY),
        reason: null,
      },
    ],
    ['is not asked twice', becomes(silver(later), none, lifetime), null],
    [
      'has it for ever again when the metric comes back',
      becomes(silver(later), some, lifetime),
      {
        ...silver(null),
        reason: null,
      },
    ],
    [
      'of a lifetime level is kept for the period where twelve months count now',
      becomes(silver(null), some),
      {
        ...silver(until),
        reason: null,
      },
    ],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected);
  });

  test('ends where a second look changes nothing', () => {
    fc.assert(
      fc.property(
        facts,
        someTerms,
        fc.option(
          fc.record({
            tier: fc.constantFrom(null, 'bronze', 'silver', 'gold', 'tin'),
            keptUntil: fc.option(fc.nat(1_500).map((days) => at('2024-01-01') + days * DAY)),
          }),
        ),
        fc.boolean(),
        (list, how, held, reviewing) => {
          const standing = standingOf(list, how);
          const first = decide(held, standing, how, reviewing);
          const second = decide(first ?? held, standing, how, reviewing);
          expect(second).toBeNull();
          const [before, then] = [held, first ?? held].map((one) => rankOf(how.tiers, one?.tier ?? null));
          if (!reviewing && held?.tier !== 'tin') expect(then).toBeGreaterThanOrEqual(before ?? 0);
          // A review leaves nobody behind who is due: otherwise it would come back for ever.
          const due = reviewing ? ((first ?? held)?.keptUntil ?? null) : null;
          if (due !== null) expect(due).toBeGreaterThan(how.now);
        },
      ),
      { ...run, numRuns: 2_000 },
    );
  });

  test('who was two people has the better of both', () => {
    const gold: HeldTier = { tier: 'gold', keptUntil: now };
    expect(better(given.tiers, silver(later), gold)).toBe(gold);
    expect(better(given.tiers, silver(later), silver(null))).toEqual(silver(null));
    expect(better(given.tiers, silver(later), { tier: null, keptUntil: null })).toEqual(silver(later));
  });
});

test('a tier multiplies only where it is on and there', () => {
  expect([tierPercent(tiers(), 'gold'), tierPercent(tiers(), 'tin'), tierPercent(tiers(), null)]).toEqual([
    200, 100, 100,
  ]);
  expect([tierPercent(tiers({ enabled: false }), 'gold'), tierPercent(undefined, 'gold')]).toEqual([100, 100]);
});
