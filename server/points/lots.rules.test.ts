import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, earliestDue, nextDue, presentOf, restingState, type Spend } from './lots.rules.ts';
import { DAY, lot, START, spend } from './points.fixtures.ts';
import { ABSORBED, DEBT, type Lot } from './points.types.ts';

const LATER = START + 1000 * DAY;
type Options = { now?: number; policy?: 'debt' | 'absorb' };

/** What becomes of each lot, without what is nothing. */
function become(lots: Lot[], spends: Spend[], { now = LATER, policy = 'debt' }: Options = {}) {
  const result = allocate(lots, spends, { now, owner: 'c', policyAt: () => policy });
  return Object.fromEntries(
    result.map(({ source, rule, pending, available, reserved, redeemed, removed, expired }) => [
      rule === 'spend' ? source : rule,
      Object.fromEntries(
        Object.entries({ pending, available, reserved, redeemed, removed, expired }).filter(([, value]) => value !== 0),
      ),
    ]),
  );
}

describe('a lot that nothing was spent of', () => {
  const dated = { granted: 10, availableAt: START, expiresAt: START + DAY };
  test.each([
    [START - 1, 'pending'],
    [START, 'available'],
    [START + DAY - 1, 'available'],
    [START + DAY, 'expired'],
  ] as const)('at %i is %s', (now, where) => {
    expect(restingState(dated, now)).toMatchObject({ pending: 0, available: 0, expired: 0, [where]: 10 });
  });

  test('never expires when its hold outlasts its expiry', () => {
    const held = { ...dated, expiresAt: START - DAY };
    expect(restingState(held, LATER)).toMatchObject({ available: 10, expired: 0 });
    expect(nextDue(lot('a', 10, { ...held, available: 10 }))).toBeNull();
  });

  test('is due when it matures, then when it expires, then never', () => {
    const dates = { availableAt: START, expiresAt: START + DAY };
    expect(nextDue(lot('a', 5, { ...dates, pending: 5 }))).toBe(START);
    expect(nextDue(lot('a', 5, { ...dates, available: 5 }))).toBe(START + DAY);
    expect(nextDue(lot('a', 5, { ...dates, redeemed: 5 }))).toBeNull();
    expect(nextDue(lot('a', 5, { available: 5 }))).toBeNull();
    expect(earliestDue([lot('a', 1, { ...dates, available: 1 }), lot('b', 1, { pending: 1 })])).toBe(START);
    expect(earliestDue([])).toBeNull();
  });
});

describe('which lot pays', () => {
  const until = (name: string, days: number | null) =>
    lot(name, 10, { termEndsAt: days === null ? null : START + days * DAY });

  test('the one that expires first, one without an end last', () => {
    const lots = [until('never', null), until('late', 20), until('soon', 10)];
    expect(become(lots, [spend('x', 15, START)], { now: START })).toEqual({
      soon: { redeemed: 10 },
      late: { redeemed: 5, available: 5 },
      never: { available: 10 },
    });
  });

  test('of equal expiry the older, of equal dates by rule and size', () => {
    const lots = [lot('new', 10, { availableAt: START + 1 }), lot('big', 10), lot('small', 4), lot('bonus', 20)];
    lots[3] = { ...lots[3]!, rule: 'another' };
    expect(become(lots, [spend('x', 26, START + 1)])).toEqual({
      another: { redeemed: 20 },
      small: { redeemed: 4 },
      big: { redeemed: 2, available: 8 },
      new: { available: 10 },
    });
  });

  test('none that is still held', () => {
    const lots = [lot('held', 10, { availableAt: START + DAY }), lot('free', 10)];
    expect(become(lots, [spend('x', 10, START)], { now: START })).toEqual({
      held: { pending: 10 },
      free: { redeemed: 10 },
    });
  });

  test('a reward that waits is reserved, an adjustment is removed', () => {
    const spends = [spend('a', 3, START, { state: 'reserved' }), spend('b', 2, START, { kind: 'adjustment' })];
    expect(become([lot('a', 10)], spends)).toEqual({ a: { reserved: 3, removed: 2, available: 5 } });
  });

  test('a lot that matures in the instant of the spend pays, one that expires in it does not', () => {
    const lots = [lot('ends', 10, { availableAt: START - DAY, termEndsAt: START }), lot('begins', 10)];
    expect(become(lots, [spend('x', 10, START)])).toEqual({ ends: { expired: 10 }, begins: { redeemed: 10 } });
  });

  test('what was not spent expires on its day', () => {
    const lots = [until('soon', 10)];
    const spends = [spend('x', 4, START)];
    expect(become(lots, spends, { now: START + 10 * DAY - 1 })).toEqual({ soon: { redeemed: 4, available: 6 } });
    expect(become(lots, spends, { now: START + 10 * DAY })).toEqual({ soon: { redeemed: 4, expired: 6 } });
  });
});

describe('a clawback of what was spent', () => {
  const spent = [spend('x', 10, START)];

  test('takes what is left of the order’s own lot first', () => {
    expect(become([lot('a', 12)], spent)).toEqual({ a: { redeemed: 10, available: 2 } });
    expect(become([lot('a', 10)], spent)).toEqual({ a: { redeemed: 10 } });
  });

  test('then other lots of the time pay', () => {
    expect(become([lot('a', 4), lot('b', 20)], spent)).toEqual({
      a: { redeemed: 4 },
      b: { redeemed: 6, available: 14 },
    });
  });

  test('then it is a debt', () => {
    expect(become([lot('a', 4)], spent)).toEqual({ a: { redeemed: 4 }, [DEBT]: { redeemed: 6, available: -6 } });
  });

  test('which later grants fill first', () => {
    const lots = [
      lot('a', 0),
      lot('b', 7, { availableAt: START + DAY }),
      lot('c', 7, { availableAt: START + 2 * DAY }),
    ];
    expect(become(lots, spent)).toEqual({ a: {}, b: { redeemed: 7 }, c: { redeemed: 3, available: 4 } });
  });

  test('and the debts of earlier purchases before those of later ones', () => {
    const spends = [spend('late', 5, START + 1, { state: 'reserved' }), spend('early', 5, START)];
    const lots = [lot('b', 6, { availableAt: START + DAY })];
    expect(become(lots, spends)).toEqual({ b: { redeemed: 5, reserved: 1 }, [DEBT]: { reserved: 4, available: -4 } });
  });

  test('of the part that has expired takes nothing from the customer', () => {
    const ends = { termEndsAt: START + DAY };
    expect(become([lot('a', 30, ends), lot('b', 5)], spent)).toEqual({
      a: { redeemed: 10, expired: 20 },
      b: { available: 5 },
    });
    expect(become([lot('a', 15, ends), lot('b', 5)], spent)).toEqual({
      a: { redeemed: 10, expired: 5 },
      b: { available: 5 },
    });
  });

  test('an old debt lot is emptied when the debt is paid', () => {
    const debt = { ...lot('c', 0), rule: DEBT, available: -9, redeemed: 9 };
    expect(become([lot('a', 10), debt], spent)).toEqual({ a: { redeemed: 10 }, [DEBT]: {} });
  });

  test('is borne by the merchant where the program says so, and no grant pays for it', () => {
    const lots = [lot('a', 4), lot('b', 7, { availableAt: START + DAY })];
    const result = allocate(lots, spent, { now: LATER, owner: 'c', policyAt: () => 'absorb' });
    expect(result.find(({ rule }) => rule === ABSORBED)).toMatchObject({ source: 'c', granted: 6, redeemed: 6 });
    expect(become(lots, spent, { policy: 'absorb' })).toMatchObject({ a: { redeemed: 4 }, b: { available: 7 } });
  });

  test('goes by the word of the program when the points were spent', () => {
    const spends = [spend('x', 10, START), spend('y', 10, START + DAY)];
    const policyAt = (at: number) => (at < START + DAY ? 'debt' : 'absorb');
    const result = allocate([], spends, { now: LATER, owner: 'c', policyAt });
    expect(result.map(({ rule, available, redeemed }) => [rule, available, redeemed]).sort()).toEqual([
      [ABSORBED, 0, 10],
      [DEBT, -10, 10],
    ]);
  });
});

describe('points given back', () => {
  const release = (at: number, from = START) => spend('x', 10, from, { state: 'released', settledAt: at });

  test('return to their own lots', () => {
    const lots = [lot('a', 6, { termEndsAt: START + 9 * DAY }), lot('b', 6)];
    expect(become(lots, [release(START + DAY)], { now: START + DAY })).toEqual({
      a: { available: 6 },
      b: { available: 6 },
    });
  });

  test('to a lot that has expired can be spent for 30 days', () => {
    const lots = [lot('a', 15, { termEndsAt: START + DAY })];
    const back = START + 5 * DAY;
    expect(become(lots, [release(back)], { now: back })).toEqual({ a: { expired: 5, available: 10 } });
    const [open] = allocate(lots, [release(back)], { now: back, owner: 'c', policyAt: () => 'debt' });
    expect(open).toMatchObject({ expiresAt: back + 30 * DAY, termEndsAt: START + DAY });
    const spends = [release(back), spend('y', 10, back + 29 * DAY)];
    expect(become(lots, spends)).toEqual({ a: { expired: 5, redeemed: 10 } });
    expect(become(lots, [release(back)], { now: back + 30 * DAY })).toEqual({ a: { expired: 15 } });
  });

  test('within the term of the lot get no more time', () => {
    const lots = [lot('a', 10, { termEndsAt: START + 2 * DAY })];
    expect(become(lots, [release(START + DAY)], { now: START + 2 * DAY })).toEqual({ a: { expired: 10 } });
  });

  test('pay an open debt first', () => {
    const spends = [release(START + DAY), spend('y', 4, START + 1)];
    expect(become([lot('a', 10)], spends)).toEqual({ a: { redeemed: 4, available: 6 } });
  });

  test('that the merchant had borne are gone with the purchase', () => {
    const lots = [lot('a', 4)];
    expect(become(lots, [release(START + DAY)], { policy: 'absorb' })).toEqual({ a: { available: 4 }, [ABSORBED]: {} });
  });

  test.each(['debt', 'absorb'] as const)('are there for a purchase of the same instant (%s)', (policy) => {
    const spends = [release(START + DAY), spend('y', 10, START + DAY)];
    expect(become([lot('a', 10)], spends, { policy })).toEqual({ a: { redeemed: 10 } });
  });

  test.each([
    ['in the instant of the purchase', START],
    ['by a clock that ran behind', START - 1],
  ])('%s are back', (_name, settledAt) => {
    expect(become([lot('a', 10)], [release(settledAt)])).toEqual({ a: { available: 10 } });
  });
});

describe('the present of a customer', () => {
  test('is the clock’s, unless something dated later has happened', () => {
    expect(presentOf(START, [], [])).toBe(START);
    expect(presentOf(START, [lot('a', 5, { availableAt: START + 1, pending: 5 })], [])).toBe(START);
    expect(presentOf(START, [lot('a', 5, { availableAt: START + 1, available: 5 })], [])).toBe(START + 1);
    expect(presentOf(START, [lot('a', 5, { termEndsAt: START + 2, expired: 5 })], [])).toBe(START + 2);
    expect(presentOf(START, [], [spend('x', 1, START + 3)])).toBe(START + 3);
    expect(presentOf(START, [], [spend('x', 1, START, { state: 'released', settledAt: START + 4 })])).toBe(START + 4);
  });

  test('is not put off by the days of grace of a lot', () => {
    const graced = lot('a', 5, { termEndsAt: START - DAY, expired: 2, available: 3, availableAt: START - 2 * DAY });
    expect(presentOf(START, [{ ...graced, expiresAt: START + 20 * DAY }], [])).toBe(START);
  });
});

describe('whatever was earned and spent', () => {
  const day = fc.nat(30).map((days) => START + days * DAY);
  const lots = fc.uniqueArray(
    fc.record({
      id: fc.nat(20),
      granted: fc.nat(50),
      availableAt: day,
      termEndsAt: fc.option(fc.nat(40).map((days) => START + days * DAY)),
    }),
    { maxLength: 6, selector: ({ id }) => id },
  );
  const spends = fc.uniqueArray(
    fc.record({
      id: fc.nat(20),
      amount: fc.integer({ min: 1, max: 60 }),
      at: day,
      after: fc.nat(50),
      state: fc.constantFrom('reserved' as const, 'redeemed' as const, 'released' as const),
      kind: fc.constantFrom('redemption' as const, 'adjustment' as const),
    }),
    { maxLength: 6, selector: ({ id }) => id },
  );
  const life = fc.record({
    lots,
    spends,
    policy: fc.constantFrom('debt' as const, 'absorb' as const),
    now: fc.nat(120).map((days) => START + days * DAY),
  });
  type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;
  const made = ({ lots: ofLots, spends: ofSpends }: Pick<Of<typeof life>, 'lots' | 'spends'>, now: number) => ({
    lots: ofLots.map(({ id, granted, ...dates }) => lot(`o${id}`, granted, dates)),
    spends: ofSpends
      .filter(({ at }) => at <= now)
      .map(({ id, amount, at, after: days, state, kind }) => {
        const settledAt = state === 'reserved' ? null : Math.min(now, at + days * DAY);
        return spend(`s${id}`, amount, at, { state, kind, settledAt });
      }),
  });
  const options = { seed: 14_030_101, numRuns: 500 };

  test('every point of a lot is somewhere, and every point spent was paid or is owed', () => {
    const property = fc.property(life, ({ now, policy, ...rest }) => {
      const given = made(rest, now);
      const result = allocate(given.lots, given.spends, { now, owner: 'c', policyAt: () => policy });
      const total = { reserved: 0, redeemed: 0, removed: 0 };
      for (const one of result) {
        const { granted, pending, available, reserved, redeemed, removed, expired } = one;
        expect(pending + available + reserved + redeemed + removed + expired).toBe(granted);
        if (one.rule !== DEBT) expect(Math.min(pending, available, reserved, redeemed, removed, expired)).toBe(0);
        total.reserved += reserved;
        total.redeemed += redeemed;
        total.removed += removed;
      }
      const sum = (test: (one: Spend) => boolean) =>
        given.spends.filter(test).reduce((points, { amount }) => points + amount, 0);
      expect(total).toEqual({
        reserved: sum(({ state }) => state === 'reserved'),
        redeemed: sum(({ state, kind }) => state === 'redeemed' && kind === 'redemption'),
        removed: sum(({ state, kind }) => state === 'redeemed' && kind === 'adjustment'),
      });
      const debt = result.find(({ rule }) => rule === DEBT);
      const free = result.some(({ rule, available }) => rule !== DEBT && available > 0);
      expect(debt !== undefined && debt.available < 0 && free, 'nobody owes points and has some').toBe(false);
    });
    fc.assert(property, options);
  });

  test('it does not matter in which order it is told, nor what the lots looked like before', () => {
    const property = fc.property(life, ({ now, policy, ...rest }) => {
      const given = made(rest, now);
      const run = (ofLots: Lot[], ofSpends: Spend[]) =>
        allocate(ofLots, ofSpends, { now, owner: 'c', policyAt: () => policy }).sort((a, b) =>
          a.source + a.rule < b.source + b.rule ? -1 : 1,
        );
      const first = run(given.lots, given.spends);
      expect(run(given.lots.toReversed(), given.spends.toReversed())).toEqual(first);
      expect(run(first, given.spends)).toEqual(first);
    });
    fc.assert(property, options);
  });

  test('without any spend it is what the dates alone say', () => {
    const property = fc.property(life, ({ now, policy, ...rest }) => {
      const given = made(rest, now);
      const result = allocate(given.lots, [], { now, owner: 'c', policyAt: () => policy });
      expect(result).toEqual(given.lots.map((one) => ({ ...one, ...restingState(one, now) })));
    });
    fc.assert(property, options);
  });
});
