import type { pointsAccounts, pointsLots, pointsPostings, pointsSpends, pointsTransactions } from './points.tables.ts';

export type LotRow = typeof pointsLots.$inferSelect;
export type AccountRow = typeof pointsAccounts.$inferSelect;
export type SpendRow = typeof pointsSpends.$inferSelect;
export type TransactionRow = typeof pointsTransactions.$inferSelect;
export type PostingRow = typeof pointsPostings.$inferSelect;

/** Customer accounts hold points; program accounts say where points came from and went. */
export type LedgerAccount =
  | 'pending'
  | 'available'
  | 'reserved'
  | 'issued'
  | 'redeemed'
  | 'expired'
  | 'revoked'
  | 'adjusted'
  | 'transferred';

export type TransactionKind =
  | 'earn'
  | 'clawback'
  | 'mature'
  | 'expire'
  | 'reserve'
  | 'redeem'
  | 'release'
  | 'adjust'
  | 'reallocate'
  | 'transfer-out'
  | 'transfer-in';

/** One line of a transaction. A posting with `availableAt` gives its lot both dates. */
export type Posting = {
  account: LedgerAccount;
  lot: string;
  amount: number;
  availableAt: number | null;
  expiresAt: number | null;
  termEndsAt: number | null;
};

/**
 * Where a lot's points are. granted = pending + available + reserved + redeemed + removed + expired; a debt lot has
 * granted 0 and available below zero; an absorbed lot holds what the merchant bears.
 */
export type LotState = {
  granted: number;
  pending: number;
  available: number;
  reserved: number;
  redeemed: number;
  removed: number;
  expired: number;
  availableAt: number;
  expiresAt: number | null;
  /** The expiry that the rule gave; `expiresAt` is later when points came back to an expired lot. */
  termEndsAt: number | null;
};

export type LotName = { source: string; rule: string };
export type Lot = LotName & LotState;
/** How one lot changes; `before` null: it opens. */
export type LotChange = { before: Lot | null; after: Lot };

/** What an order, or a sign-up, should have given under one rule. */
export type Target = LotName & {
  points: number;
  orderId: string | null;
  ruleVersion: number;
  effectiveAt: number;
  availableAt: number;
  expiresAt: number | null;
};

/** The most that one order, under one rule, may give and one reward may cost: sums of many stay exact. */
export const MOST_POINTS = 1_000_000_000;

/** Lots of rules that no merchant wrote: debt, what the merchant bears. Rule ids have no colon. */
export const DEBT = 'debt:';
export const ABSORBED = 'absorbed:';
/** What a merchant gave by hand; its source is the audit row that says who and why. Not earned. */
export const ADJUSTED = 'adjusted:';

/** Begins the key of a transaction that adjusts points by hand, and of one that undoes it; the adjustment's id follows. */
export const ADJUSTS = 'adjust:';
export const REVERSES = 'reverse:';

/** Begins the source of what reaching a tier gave; the rule is the level. Earned, but it carries nobody to a tier. */
export const TIER_BONUS = 'tier:';

/** A lot's name in postings. */
export const lotName = ({ source, rule }: LotName): string => `${source}/${rule}`;
/** The parts of a lot's name. */
export function parseLotName(name: string): LotName {
  const at = name.indexOf('/');
  return { source: name.slice(0, at), rule: name.slice(at + 1) };
}
/** Whether a lot counts as earned: adjustments, imports and debt do not. */
export const isEarned = ({ rule }: LotName): boolean => !rule.includes(':');
