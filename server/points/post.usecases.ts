import { clawbackPolicy } from '../program/program.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import {
  balanceDelta,
  chainHash,
  changesBetween,
  type Draft,
  emptyAccount,
  inputHash,
  postingsFor,
} from './ledger.rules.ts';
import { allocate, earliestDue, nextDue, presentOf, restingState, spentUntil } from './lots.rules.ts';
import {
  appendTransaction,
  findAccount,
  lotsOfCustomer,
  putAccount,
  putLot,
  spendsOfCustomer,
} from './points.repository.ts';
import type { AccountRow, Lot, LotChange, TransactionKind } from './points.types.ts';

/** What one operation does, apart from the lots. */
export type Operation = {
  customerId: string;
  kind: TransactionKind;
  /** Unique in the shop; left out: derived from the customer's sequence number. */
  key?: string;
  orderId?: string | null;
  ruleVersion?: number | null;
  reference?: string | null;
  effectiveAt: number;
};

/** The customer's account, as it is or as it begins. */
export async function accountOf(scope: Scope, customerId: string): Promise<AccountRow> {
  return (await findAccount(scope, customerId)) ?? emptyAccount(scope.shop.id, customerId);
}

/** How far a customer's spends and lots have got, once somebody has looked at all of them. */
type Reach = Pick<AccountRow, 'spentAt' | 'reachedAt'>;

/**
 * Posts one transaction that carries lots to a new state and moves balances, chain and due date along. Nothing to change:
 * nothing posted.
 * @returns the account afterwards
 */
async function post(
  scope: Scope,
  account: AccountRow,
  operation: Operation,
  changes: LotChange[],
  reach: Reach = { spentAt: account.spentAt, reachedAt: account.seq === 0 ? scope.now : account.reachedAt },
): Promise<AccountRow> {
  const postings = postingsFor(changes);
  if (postings.length === 0) return account;
  const { customerId } = operation;
  const seq = account.seq + 1;
  const draft: Draft = {
    customerId,
    kind: operation.kind,
    idempotencyKey: operation.key ?? `${operation.kind}:${operation.orderId ?? ''}:${customerId}:${seq}`,
    orderId: operation.orderId ?? null,
    ruleVersion: operation.ruleVersion ?? null,
    reference: operation.reference ?? null,
    effectiveAt: operation.effectiveAt,
    postings,
  };
  const { postings: _postings, ...fields } = draft;
  const row = { ...fields, shopId: scope.shop.id, seq, inputHash: inputHash(draft), postedAt: scope.now };
  const hash = chainHash(account.hash, row);
  await appendTransaction(
    scope,
    { ...row, hash },
    postings.map((posting, line) => ({ ...posting, customerId, seq, line })),
  );
  for (const { before, after } of changes) await putLot(scope, customerId, after, before !== null);
  const delta = balanceDelta(changes);
  const next: AccountRow = {
    ...account,
    pending: account.pending + delta.pending,
    available: account.available + delta.available,
    reserved: account.reserved + delta.reserved,
    lifetimeEarned: account.lifetimeEarned + delta.lifetimeEarned,
    dueAt: await dueAfter(scope, account, changes),
    spentAt: reach.spentAt,
    reachedAt: reach.reachedAt === null ? null : Math.max(reach.reachedAt, scope.now),
    seq,
    hash,
  };
  await putAccount(scope, next, account.seq > 0);
  await scope.tell({ kind: 'points-moved', customerId });
  return next;
}

/** The account's next due instant: only when the lot that was due next has changed do all lots have to be looked at. */
async function dueAfter(scope: Scope, account: AccountRow, changes: LotChange[]): Promise<number | null> {
  const touched = changes.some(({ before }) => before !== null && nextDue(before) === account.dueAt);
  if (account.dueAt !== null && touched) return earliestDue(await lotsOfCustomer(scope, account.customerId));
  const fresh = earliestDue(changes.map(({ after }) => after));
  return fresh === null ? account.dueAt : Math.min(account.dueAt ?? fresh, fresh);
}

/**
 * Posts what carries the customer's lots to where they belong now, with `wanted` lots in place of known ones: maturing
 * and expiry that have come due, and, once the customer has spent, who pays for what.
 */
export async function settle(
  scope: Scope,
  account: AccountRow,
  operation: Operation,
  wanted: Lot[] = [],
): Promise<AccountRow> {
  const known = (await lotsOfCustomer(scope, account.customerId)).map(plain);
  const lots = replaced(known, wanted);
  if (account.spends === 0) {
    const reachedAt = presentOf(Math.max(scope.now, account.reachedAt ?? 0), known, []);
    return post(scope, account, operation, changesBetween(known, atRest(scope, lots)), { spentAt: null, reachedAt });
  }
  const spends = await spendsOfCustomer(scope, account.customerId);
  const now = presentOf(scope.now, known, spends);
  const next = allocate(lots, spends, { now, owner: account.customerId, policyAt: await clawbackPolicy(scope) });
  const reach = { spentAt: spentUntil(spends), reachedAt: Math.max(now, account.reachedAt ?? 0) };
  return post(scope, account, operation, changesBetween(known, next), reach);
}

const atRest = ({ now }: Scope, lots: readonly Lot[]): Lot[] =>
  lots.map((lot) => ({ ...lot, ...restingState(lot, now) }));

/**
 * The same where only `changes` can move, at the cost of those alone: lots that no spend has met or will meet, as the last
 * one was before they open and nothing is owed that they would pay. Where that cannot be told, all lots are looked at.
 */
export async function settleAlone(
  scope: Scope,
  account: AccountRow,
  operation: Operation,
  changes: readonly LotChange[],
): Promise<AccountRow> {
  const wanted = changes.map(({ after }) => after);
  if (!standAlone(scope, account, changes)) return settle(scope, account, operation, wanted);
  const moved = changes.map(({ before, after }) => ({
    before,
    after: { ...after, ...restingState(after, scope.now) },
  }));
  return post(scope, account, operation, account.spends === 0 ? moved : asReplayed(moved));
}

function standAlone({ now }: Scope, account: AccountRow, changes: readonly LotChange[]): boolean {
  const { spends, spentAt, reachedAt, available } = account;
  if (spends === 0) return true;
  if (spentAt === null || reachedAt === null || reachedAt > now || available < 0) return false;
  const isLater = (lot: Lot | null) => lot === null || lot.availableAt > spentAt;
  return changes.every(({ before, after }) => isLater(before) && isLater(after));
}

/** In the order in which a replay comes to them, so that both post the same: known lots by rule, then new ones. */
function asReplayed(changes: readonly LotChange[]): LotChange[] {
  const known = changes.filter(({ before }) => before !== null);
  known.sort((a, b) => (a.after.rule < b.after.rule ? -1 : 1));
  return [...known, ...changes.filter(({ before }) => before === null)];
}

/** The instant that a customer's points have reached: now, unless a clock ahead of ours has been at work. */
export async function presentFor(scope: Scope, customerId: string): Promise<number> {
  const lots = await lotsOfCustomer(scope, customerId);
  return presentOf(scope.now, lots, await spendsOfCustomer(scope, customerId));
}

function replaced(known: Lot[], wanted: Lot[]): Lot[] {
  const changed = new Map(wanted.map((lot) => [`${lot.source}/${lot.rule}`, lot]));
  const kept = known.map((lot) => {
    const next = changed.get(`${lot.source}/${lot.rule}`);
    changed.delete(`${lot.source}/${lot.rule}`);
    return next ?? lot;
  });
  return [...kept, ...changed.values()];
}

/** A lot without the columns that say whose it is. */
export function plain(row: Lot & { shopId?: number; customerId?: string }): Lot {
  const { shopId: _shop, customerId: _customer, ...lot } = row;
  return lot;
}

/** Brings an account up to the present: lots that matured or expired meanwhile. Posts nothing when nothing is due. */
export async function bringUpToDate(scope: Scope, account: AccountRow): Promise<AccountRow> {
  if (account.dueAt === null || account.dueAt > scope.now) return account;
  const effectiveAt = account.dueAt;
  const lots = await lotsOfCustomer(scope, account.customerId);
  const kind = lots.some((lot) => lot.expiresAt !== null && lot.expiresAt <= scope.now && lot.available > 0);
  const operation = { customerId: account.customerId, kind: kind ? 'expire' : 'mature', effectiveAt } as const;
  const settled = await settle(scope, account, operation);
  if (settled !== account) return settled;
  // Nothing moved after all: the stored date was early. It is put right, or the sweep would come back for ever.
  const next = { ...account, dueAt: earliestDue(lots) };
  await putAccount(scope, next, true);
  return next;
}
