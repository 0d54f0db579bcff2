import type { Scope } from '../shops/scope.ts';
import { chainHash, inputHash, nothing } from './ledger.rules.ts';
import { earliestDue } from './lots.rules.ts';
import {
  appendTransaction,
  lotsOfCustomer,
  lotsOfSource,
  putAccount,
  putLot,
  reassignSpends,
  spendsOfCustomer,
} from './points.repository.ts';
import {
  type AccountRow,
  isEarned,
  type Lot,
  type LotRow,
  lotName,
  type Posting,
  type TransactionKind,
} from './points.types.ts';
import { accountOf, bringUpToDate, plain, settle } from './post.usecases.ts';

/**
 * Points change hands lot by lot, with their dates, through the program account `transferred`: one transaction in each
 * customer's chain. A lot that is spent or gone moves too, by a posting of nothing, so that what it once gave is the
 * other customer's from now on.
 */
async function transferLots(scope: Scope, from: string, to: string, lots: readonly LotRow[]): Promise<void> {
  const moving = lots.filter((lot) => lot.customerId === from).map(plain);
  if (moving.length === 0) return;
  const giver = await accountOf(scope, from);
  const taker = await accountOf(scope, to);
  const isNew = taker.seq === 0;
  await append(scope, giver, 'transfer-out', to, moving, -1);
  await append(scope, taker, 'transfer-in', from, moving, 1);
  for (const lot of moving) await putLot(scope, to, lot, true);
  taker.reachedAt = latest(giver, isNew ? { reachedAt: scope.now } : taker);
  await putAccount(scope, await balanced(scope, giver, moving, -1), true);
  await putAccount(scope, await balanced(scope, taker, moving, 1), !isNew);
}

/** An order turned out to be another customer's: its lots go along, and who pays for what is found anew on both sides. */
export async function transferSource(scope: Scope, from: string, to: string, source: string): Promise<void> {
  await transferLots(scope, from, to, await lotsOfSource(scope, source));
  const accounts = [await accountOf(scope, from), await accountOf(scope, to)];
  if (accounts.every(({ spends }) => spends === 0)) return;
  for (const account of accounts) {
    const { customerId } = account;
    const reference = customerId === from ? to : from;
    await settle(scope, account, { customerId, kind: 'reallocate', effectiveAt: scope.now, reference });
  }
}

/** Everything that one customer has, spends too, becomes another's; then who pays for what is found anew. */
export async function transferAll(scope: Scope, from: string, to: string): Promise<void> {
  await bringUpToDate(scope, await accountOf(scope, from));
  await transferLots(scope, from, to, await lotsOfCustomer(scope, from));
  const moved = await spendsOfCustomer(scope, from);
  if (moved.length === 0 && (await accountOf(scope, to)).spends === 0) return;
  await reassignSpends(scope, from, to);
  const giver = await accountOf(scope, from);
  if (giver.seq > 0) await putAccount(scope, { ...giver, spends: giver.spends - moved.length, spentAt: null }, true);
  const taker = await accountOf(scope, to);
  const account = { ...taker, spends: taker.spends + moved.length, spentAt: spentBy(giver, taker) };
  if (taker.seq > 0) await putAccount(scope, account, true);
  await settle(scope, account, { customerId: to, kind: 'reallocate', effectiveAt: scope.now, reference: from });
}

/** How far the lots of two accounts have got; null: it is not known of one. */
function latest(...accounts: Pick<AccountRow, 'reachedAt'>[]): number | null {
  const known = accounts.flatMap(({ reachedAt }) => reachedAt ?? []);
  return known.length === accounts.length ? Math.max(...known) : null;
}

/** When one of two customers spent last; null: it is not known of one who did. */
function spentBy(...accounts: AccountRow[]): number | null {
  const spenders = accounts.filter(({ spends }) => spends > 0);
  const known = spenders.flatMap(({ spentAt }) => spentAt ?? []);
  return known.length === spenders.length && known.length > 0 ? Math.max(...known) : null;
}

/** Writes one side; the account's sequence and hash move on in place. */
async function append(
  scope: Scope,
  account: AccountRow,
  kind: TransactionKind,
  reference: string,
  lots: Lot[],
  sign: 1 | -1,
): Promise<void> {
  const { customerId } = account;
  const seq = account.seq + 1;
  const postings = lots.flatMap((lot) => moveLines(lot, sign));
  const draft = { customerId, kind, orderId: null, ruleVersion: null, reference, postings };
  const row = {
    shopId: scope.shop.id,
    customerId,
    seq,
    kind,
    orderId: null,
    ruleVersion: null,
    reference,
    idempotencyKey: `${kind}:${reference}:${customerId}:${seq}`,
    inputHash: inputHash(draft),
    effectiveAt: scope.now,
    postedAt: scope.now,
  };
  const hash = chainHash(account.hash, row);
  const lines = postings.map((posting, line) => ({ ...posting, customerId, seq, line }));
  await appendTransaction(scope, { ...row, hash }, lines);
  account.seq = seq;
  account.hash = hash;
}

function moveLines(lot: Lot, sign: 1 | -1): Posting[] {
  const name = lotName(lot);
  const none = { availableAt: null, expiresAt: null, termEndsAt: null };
  const dates = { availableAt: lot.availableAt, expiresAt: lot.expiresAt, termEndsAt: lot.termEndsAt };
  const held = (['pending', 'available', 'reserved'] as const).filter((account) => lot[account] !== 0);
  const total = held.reduce((sum, account) => sum + lot[account], 0);
  const lines = held.map((account) => ({ account, lot: name, amount: sign * lot[account], ...none }));
  return [
    { account: 'transferred', lot: name, amount: 0 - sign * total, ...(sign > 0 ? dates : none) },
    ...(lines.length > 0 ? lines : [nothing('available', name)]),
  ];
}

async function balanced(scope: Scope, account: AccountRow, lots: Lot[], sign: 1 | -1): Promise<AccountRow> {
  const sum = (of: (lot: Lot) => number) => sign * lots.reduce((total, lot) => total + of(lot), 0);
  return {
    ...account,
    pending: account.pending + sum((lot) => lot.pending),
    available: account.available + sum((lot) => lot.available),
    reserved: account.reserved + sum((lot) => lot.reserved),
    lifetimeEarned: account.lifetimeEarned + sum((lot) => (isEarned(lot) ? lot.granted : 0)),
    dueAt: earliestDue(await lotsOfCustomer(scope, account.customerId)),
    reachedAt: account.reachedAt === null ? null : Math.max(account.reachedAt, scope.now),
  };
}
