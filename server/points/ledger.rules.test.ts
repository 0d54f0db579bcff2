import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  balanceDelta,
  chainHash,
  changesBetween,
  type Draft,
  differs,
  emptyAccount,
  GENESIS,
  inputHash,
  postingsFor,
} from './ledger.rules.ts';
import { DAY, lot, START } from './points.fixtures.ts';
import { ABSORBED, DEBT, isEarned, type Lot, lotName, parseLotName } from './points.types.ts';

const plain = { availableAt: null, expiresAt: null, termEndsAt: null };
const lines = (before: Lot | null, after: Lot) =>
  postingsFor([{ before, after }]).map(({ account, amount }) => [account, amount]);

describe('the postings of a change', () => {
  test('a grant comes from what was issued and gives its lot the dates', () => {
    const after = lot('o1', 10, { available: 10, termEndsAt: START + DAY });
    expect(postingsFor([{ before: null, after }])).toEqual([
      {
        account: 'issued',
        lot: 'o1/spend',
        amount: -10,
        availableAt: START,
        expiresAt: START + DAY,
        termEndsAt: START + DAY,
      },
      { account: 'available', lot: 'o1/spend', amount: 10, ...plain },
    ]);
  });

  test('maturing, reserving and redeeming move points between accounts, and say no dates', () => {
    const pending = lot('o1', 10, { pending: 10 });
    const free = lot('o1', 10, { available: 10 });
    const held = lot('o1', 10, { available: 4, reserved: 6 });
    const spent = lot('o1', 10, { available: 4, redeemed: 6 });
    expect(lines(pending, free)).toEqual([
      ['pending', -10],
      ['available', 10],
    ]);
    expect(lines(free, held)).toEqual([
      ['available', -6],
      ['reserved', 6],
    ]);
    expect(lines(held, spent)).toEqual([
      ['reserved', -6],
      ['redeemed', 6],
    ]);
    expect(postingsFor([{ before: held, after: spent }])[0]).toMatchObject(plain);
  });

  test('a clawback goes to what was revoked; of the expired part from there', () => {
    expect(lines(lot('o1', 10, { available: 10 }), lot('o1', 4, { available: 4 }))).toEqual([
      ['revoked', 6],
      ['available', -6],
    ]);
    expect(lines(lot('o1', 10, { expired: 10 }), lot('o1', 4, { expired: 4 }))).toEqual([
      ['revoked', 6],
      ['expired', -6],
    ]);
  });

  test('what was taken off by hand goes to adjusted, of a lot given by hand to revoked', () => {
    const given = { ...lot('x', 10, { available: 10 }), rule: 'adjusted:' };
    expect(lines(null, given)[0]).toEqual(['adjusted', -10]);
    expect(lines(given, { ...given, available: 7, removed: 3 })).toEqual([
      ['available', -3],
      ['revoked', 3],
    ]);
    const earned = lot('o1', 10, { available: 10 });
    expect(lines(earned, { ...earned, available: 7, removed: 3 })).toEqual([
      ['available', -3],
      ['adjusted', 3],
    ]);
  });

  test('debt is a lot of its own; what the merchant bears is adjusted', () => {
    const debt = { ...lot('c', 0, { available: -5, redeemed: 5 }), rule: DEBT };
    expect(lines(null, debt)).toEqual([
      ['available', -5],
      ['redeemed', 5],
    ]);
    const borne = { ...lot('c', 5, { redeemed: 5 }), rule: ABSORBED };
    expect(lines(null, borne)).toEqual([
      ['adjusted', -5],
      ['redeemed', 5],
    ]);
  });

  test('new dates alone are carried by lines of nothing', () => {
    const before = lot('o1', 10, { available: 10 });
    const after = { ...before, expiresAt: START + DAY };
    expect(postingsFor([{ before, after }])).toEqual([
      { ...plain, account: 'available', lot: 'o1/spend', amount: 0, availableAt: START, expiresAt: START + DAY },
      { ...plain, account: 'pending', lot: 'o1/spend', amount: 0 },
    ]);
    expect(postingsFor([{ before, after: before }])).toEqual([]);
  });

  test('sum to zero lot by lot, and move the balances by what they say', () => {
    const part = fc.nat(1000);
    const state = fc.record({
      pending: part,
      available: fc.integer({ min: -1000, max: 1000 }),
      reserved: part,
      redeemed: part,
      removed: part,
      expired: part,
      availableAt: part,
      expiresAt: fc.option(part),
      rule: fc.constantFrom('spend', 'nth', DEBT, ABSORBED, 'adjusted:'),
    });
    const made = (
      source: string,
      { rule, ...parts }: Parameters<Parameters<typeof state.map>[0]>[0],
      as = rule,
    ): Lot => {
      const { pending, available, reserved, redeemed, removed, expired } = parts;
      const granted = pending + available + reserved + redeemed + removed + expired;
      return { ...lot(source, granted), ...parts, rule: as };
    };
    const change = fc.tuple(fc.option(state), state);
    const property = fc.property(fc.array(change, { maxLength: 4 }), (pairs) => {
      const changes = pairs.map(([before, after], index) => ({
        before: before ? made(`o${index}`, before, after.rule) : null,
        after: made(`o${index}`, after),
      }));
      const delta = balanceDelta(changes);
      const sums = new Map<string, number>();
      const accounts: Record<string, number> = { pending: 0, available: 0, reserved: 0 };
      let earned = 0;
      for (const posting of postingsFor(changes)) {
        sums.set(posting.lot, (sums.get(posting.lot) ?? 0) + posting.amount);
        accounts[posting.account] = (accounts[posting.account] ?? 0) + posting.amount;
        const { account } = posting;
        if (isEarned(parseLotName(posting.lot)) && (account === 'issued' || account === 'revoked'))
          earned -= posting.amount;
      }
      expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
      const { pending, available, reserved } = accounts;
      expect({ pending, available, reserved, lifetimeEarned: earned }).toEqual(delta);
    });
    fc.assert(property, { seed: 14_030_101, numRuns: 300 });
  });
});

describe('the changes between two states', () => {
  const known = [lot('a', 10, { available: 10 }), lot('b', 5, { available: 5 })];

  test('are of the lots that differ, and of new ones', () => {
    const wanted = [known[0]!, lot('b', 5, { redeemed: 5 }), lot('c', 1, { pending: 1 })];
    expect(changesBetween(known, wanted)).toEqual([
      { before: known[1], after: wanted[1] },
      { before: null, after: wanted[2] },
    ]);
  });

  test('leave out new lots that never held anything', () => {
    expect(changesBetween([], [{ ...lot('c', 0), rule: DEBT }])).toEqual([]);
    expect(changesBetween([], [{ ...lot('c', 0, { available: -1, reserved: 1 }), rule: DEBT }])).toHaveLength(1);
  });

  test.each(['granted', 'available', 'removed', 'availableAt', 'expiresAt', 'termEndsAt'] as const)(
    'see a difference in %s',
    (name) => {
      expect(differs(known[0]!, { ...known[0]! })).toBe(false);
      expect(differs(known[0]!, { ...known[0]!, [name]: 1 })).toBe(true);
    },
  );
});

describe('the hash chain', () => {
  const draft: Draft = {
    customerId: 'c1',
    kind: 'earn',
    idempotencyKey: 'earn:o1:c1:1',
    orderId: 'o1',
    ruleVersion: 2,
    reference: null,
    effectiveAt: START,
    postings: postingsFor([{ before: null, after: lot('o1', 10, { available: 10, termEndsAt: START + DAY }) }]),
  };
  const { postings: _postings, ...fields } = draft;
  const row = { ...fields, shopId: 7, seq: 1, inputHash: inputHash(draft), postedAt: START + 1 };

  // What these say is stored in every ledger: a change of them makes all ledgers fail their verification.
  test('is what it has always been', () => {
    expect(inputHash(draft)).toBe('b19074b823136639dee52cb52ab4eea2a4e8b2d1c311dcc2c2efbc81cba7cf9b');
    expect(chainHash(GENESIS, row)).toBe('6bca670b5d869deb675a891acd6b9db588597c869c54cc00ecfd5c16f497ea73');
    expect(GENESIS).toHaveLength(64);
  });

  test('differs with everything that a transaction says', () => {
    const changed = [
      ...[{ shopId: 8 }, { customerId: 'c2' }, { seq: 2 }, { kind: 'adjust' }, { idempotencyKey: 'k' }],
      ...[
        { inputHash: 'h' },
        { orderId: null },
        { ruleVersion: 3 },
        { reference: 'r' },
        { effectiveAt: 0 },
        { postedAt: 0 },
      ],
    ];
    const hashes = changed.map((change) => chainHash(GENESIS, { ...row, ...change }));
    expect(new Set([...hashes, chainHash(GENESIS, row), chainHash('1', row)]).size).toBe(changed.length + 2);
  });

  test('of the input differs with everything in it, but not with when it was posted', () => {
    const [first, ...rest] = draft.postings;
    const changed: Draft[] = [
      ...[{ kind: 'adjust' }, { customerId: 'c2' }, { orderId: null }, { ruleVersion: null }, { reference: 'r' }],
      ...[{ account: 'adjusted' as const }, { lot: 'x/y' }, { amount: 1 }, { availableAt: 0 }, { expiresAt: 0 }].map(
        (change) => ({ postings: [{ ...first!, ...change }, ...rest] }),
      ),
      { postings: [{ ...first!, termEndsAt: null }, ...rest] },
      { postings: draft.postings.toReversed() },
    ].map((change) => ({ ...draft, ...change }));
    expect(new Set([inputHash(draft), ...changed.map(inputHash)]).size).toBe(changed.length + 1);
    expect(inputHash({ ...draft, effectiveAt: 0, idempotencyKey: 'k' } as Draft)).toBe(inputHash(draft));
  });
});

test('a lot’s name can be taken apart again', () => {
  expect(parseLotName(lotName({ source: 'o1', rule: 'spend' }))).toEqual({ source: 'o1', rule: 'spend' });
  expect(parseLotName(lotName({ source: 'c', rule: DEBT }))).toEqual({ source: 'c', rule: DEBT });
});

test('an account begins with nothing, before the first hash', () => {
  expect(emptyAccount(7, 'c')).toMatchObject({ shopId: 7, customerId: 'c', available: 0, seq: 0, hash: GENESIS });
});
