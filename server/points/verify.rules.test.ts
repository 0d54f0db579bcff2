import { describe, expect, test } from 'vitest';
import { chainHash, type Draft, inputHash, postingsFor } from './ledger.rules.ts';
import { lot, START } from './points.fixtures.ts';
import type { Lot, LotChange, PostingRow, TransactionRow } from './points.types.ts';
import { balancesOf, type ChainState, emptyChain, joinLots, step } from './verify.rules.ts';

type Entry = { row: TransactionRow; postings: PostingRow[] };

/** A well-made chain of one customer. */
function chainOf(steps: LotChange[][]): Entry[] {
  let hash = emptyChain().hash;
  return steps.map((changes, index) => {
    const seq = index + 1;
    const draft: Draft = {
      customerId: 'c',
      kind: 'earn',
      idempotencyKey: `k${seq}`,
      orderId: null,
      ruleVersion: null,
      reference: null,
      effectiveAt: START,
      postings: postingsFor(changes),
    };
    const { postings, ...fields } = draft;
    const row = { ...fields, shopId: 1, seq, inputHash: inputHash(draft), postedAt: START };
    hash = chainHash(hash, row);
    return {
      row: { ...row, hash },
      postings: postings.map((posting, line) => ({ ...posting, shopId: 1, customerId: 'c', seq, line })),
    };
  });
}

function walk(chain: Entry[]): { state: ChainState; bad: [number, string][] } {
  const state = emptyChain();
  const bad: [number, string][] = [];
  for (const { row, postings } of chain) {
    const reason = step(state, row, postings);
    if (reason !== null) bad.push([row.seq, reason]);
  }
  return { state, bad };
}

const pending = lot('o1', 10, { pending: 10 });
const free = lot('o1', 10, { available: 10 });
const less = lot('o1', 6, { available: 6 });
const debt: Lot = { ...lot('c', 0, { available: -3, redeemed: 3 }), rule: 'debt:' };
const gift: Lot = { ...lot('g', 5, { available: 3, removed: 2 }), rule: 'adjusted:' };
const good = () =>
  chainOf([
    [{ before: null, after: pending }],
    [{ before: pending, after: free }],
    [
      { before: free, after: less },
      { before: null, after: debt },
      { before: null, after: gift },
    ],
  ]);

test('a good chain gives the lots that it was made of', () => {
  const { state, bad } = walk(good());
  expect(bad).toEqual([]);
  expect([...state.lots.values()]).toEqual([less, debt, gift]);
  expect(state).toMatchObject({ seq: 3, hash: good()[2]?.row.hash });
});

describe('a chain in which something was changed', () => {
  const spoilt = (spoil: (chain: Entry[]) => unknown) => {
    const chain = good();
    spoil(chain);
    return walk(chain).bad[0];
  };

  const notHashed = 'the postings do not match the input hash';
  test.each<[string, (chain: Entry[]) => unknown, [number, string]]>([
    ['a transaction is gone', (chain) => chain.splice(1, 1), [3, 'sequence 3 follows 1']],
    ['an amount', ([, two]) => Object.assign(two!.postings[0]!, { amount: -9 }), [2, 'postings sum to 1']],
    ['two accounts', ([one]) => Object.assign(one!.postings[1]!, { account: 'available' }), [1, notHashed]],
    ['a posting is gone', ([, two]) => two!.postings.pop(), [2, 'fewer than two postings']],
    ['two postings are gone', ([, , three]) => three!.postings.splice(0, 2), [3, 'a posting is missing']],
    ['a date', ([one]) => Object.assign(one!.postings[0]!, { expiresAt: START }), [1, notHashed]],
    ['when it was', ([, two]) => Object.assign(two!.row, { effectiveAt: 0 }), [2, 'the hash does not match']],
    ['a hash', ([one]) => Object.assign(one!.row, { hash: '0'.repeat(64) }), [1, 'the hash does not match']],
    ['whose it is', ([one]) => Object.assign(one!.row, { customerId: 'd' }), [1, notHashed]],
  ])('%s', (_name, spoil, expected) => {
    expect(spoilt(spoil)).toEqual(expected);
  });

  test('is not taken for right again further on', () => {
    const chain = good();
    chain[0]!.row.effectiveAt = 0;
    expect(walk(chain).bad.map(([seq]) => seq)).toEqual([1, 2, 3]);
  });
});

test('a lot that changed hands is what all chains say of it, with its last owner’s dates', () => {
  const before = lot('o1', 10, { available: -6, redeemed: 4 });
  const owner = lot('o1', 0, { available: 6, availableAt: START + 1 });
  expect(joinLots([before], owner)).toEqual(lot('o1', 10, { available: 0, redeemed: 4, availableAt: START + 1 }));
});

test('balances are the sums of the lots; only what was earned counts as earned', () => {
  const lots = [lot('a', 10, { pending: 4, available: 1, reserved: 5 }), debt, gift];
  expect(balancesOf(lots)).toEqual({ pending: 4, available: 1 - 3 + 3, reserved: 5, lifetimeEarned: 10 });
});
