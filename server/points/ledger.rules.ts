import { sha256Hex } from '../shared/canonical.ts';
import {
  type AccountRow,
  isEarned,
  type LedgerAccount,
  type Lot,
  type LotChange,
  type LotState,
  lotName,
  type Posting,
  type TransactionRow,
} from './points.types.ts';

/** What a transaction says, before it has its place in the customer's chain. */
export type Draft = Pick<
  TransactionRow,
  'customerId' | 'idempotencyKey' | 'orderId' | 'ruleVersion' | 'reference' | 'effectiveAt'
> & { kind: TransactionRow['kind']; postings: Posting[] };

/** The head of an empty chain. */
export const GENESIS = '0'.repeat(64);

/** The hash of a transaction's input: what "same key, same input" compares. Fixed order of fields, so canonical. */
export const inputHash = (draft: Omit<Draft, 'idempotencyKey' | 'effectiveAt'>): string =>
  sha256Hex(
    JSON.stringify([
      draft.kind,
      draft.customerId,
      draft.orderId,
      draft.ruleVersion,
      draft.reference,
      draft.postings.map((p) => [p.account, p.lot, p.amount, p.availableAt, p.expiresAt, p.termEndsAt]),
    ]),
  );

/** hash = sha256(previous hash + canonical transaction); the input hash stands for the postings. */
export const chainHash = (previous: string, row: Omit<TransactionRow, 'hash'>): string =>
  sha256Hex(
    previous +
      JSON.stringify([
        row.shopId,
        row.customerId,
        row.seq,
        row.kind,
        row.idempotencyKey,
        row.inputHash,
        row.orderId,
        row.ruleVersion,
        row.reference,
        row.effectiveAt,
        row.postedAt,
      ]),
  );

const HOLDINGS = ['pending', 'available', 'reserved'] as const;

/**
 * The program accounts on the other side of a lot. What a merchant gave by hand comes from `adjusted`, and going back
 * the same way would make a gift and its removal one sum, so such a lot's removals go to `revoked`.
 */
const otherSide = (lot: Lot) => ({
  redeemed: 'redeemed' as const,
  removed: isEarned(lot) ? ('adjusted' as const) : ('revoked' as const),
  expired: 'expired' as const,
});

/** The posting lines that carry lots from one state to another: they sum to zero, lot by lot. */
export function postingsFor(changes: readonly LotChange[]): Posting[] {
  return changes.flatMap(({ before, after }) => {
    const lot = lotName(after);
    const dates = sameDates(before, after)
      ? { availableAt: null, expiresAt: null, termEndsAt: null }
      : { availableAt: after.availableAt, expiresAt: after.expiresAt, termEndsAt: after.termEndsAt };
    const lines: Posting[] = [];
    const line = (account: LedgerAccount, amount: number) => {
      if (amount !== 0) lines.push({ account, lot, amount, availableAt: null, expiresAt: null, termEndsAt: null });
    };
    const granted = after.granted - (before?.granted ?? 0);
    line(isEarned(after) ? (granted > 0 ? 'issued' : 'revoked') : 'adjusted', -granted);
    for (const account of HOLDINGS) line(account, after[account] - (before?.[account] ?? 0));
    const sides = otherSide(after);
    for (const column of ['redeemed', 'removed', 'expired'] as const) {
      line(sides[column], after[column] - (before?.[column] ?? 0));
    }
    // Dates alone can change: the points stay where they are, and lines of nothing carry the new dates.
    if (lines.length === 0 && dates.availableAt !== null)
      lines.push(nothing('available', lot), nothing('pending', lot));
    const first = lines[0];
    if (first) Object.assign(first, dates);
    return lines;
  });
}

/** A line that moves nothing: it carries dates, or says whose a spent lot is. */
export const nothing = (account: LedgerAccount, lot: string): Posting => ({
  account,
  lot,
  amount: 0,
  availableAt: null,
  expiresAt: null,
  termEndsAt: null,
});

const sameDates = (before: Lot | null, after: Lot): boolean =>
  before !== null &&
  before.availableAt === after.availableAt &&
  before.expiresAt === after.expiresAt &&
  before.termEndsAt === after.termEndsAt;

const STATE: readonly (keyof LotState)[] = [
  'granted',
  'pending',
  'available',
  'reserved',
  'redeemed',
  'removed',
  'expired',
  'availableAt',
  'expiresAt',
  'termEndsAt',
];

/** Whether two states of a lot differ in anything. */
export const differs = (a: LotState, b: LotState): boolean => STATE.some((name) => a[name] !== b[name]);

/** The changes that lead from known lots to wanted ones; lots that stay as they are, or that never held anything, drop out. */
export function changesBetween(known: readonly Lot[], wanted: readonly Lot[]): LotChange[] {
  const before = new Map(known.map((lot) => [lotName(lot), lot]));
  return wanted.flatMap((after) => {
    const old = before.get(lotName(after)) ?? null;
    if (old ? !differs(old, after) : isNothing(after)) return [];
    return [{ before: old, after }];
  });
}

const isNothing = (lot: LotState): boolean =>
  lot.granted === 0 && lot.available === 0 && lot.reserved === 0 && lot.redeemed === 0 && lot.removed === 0;

/** What changes of lots do to the customer's balances. */
export function balanceDelta(changes: readonly LotChange[]) {
  const sum = { pending: 0, available: 0, reserved: 0, lifetimeEarned: 0 };
  for (const { before, after } of changes) {
    for (const account of HOLDINGS) sum[account] += after[account] - (before?.[account] ?? 0);
    if (isEarned(after)) sum.lifetimeEarned += after.granted - (before?.granted ?? 0);
  }
  return sum;
}

/** An account that has never been posted to. */
export const emptyAccount = (shopId: number, customerId: string): AccountRow => ({
  shopId,
  customerId,
  pending: 0,
  available: 0,
  reserved: 0,
  lifetimeEarned: 0,
  spends: 0,
  dueAt: null,
  spentAt: null,
  reachedAt: null,
  seq: 0,
  hash: GENESIS,
});
