import type { Scope } from '../shops/scope.ts';
import { keyReused, notEnoughPoints, spendIsOver, unknownSpend, wrongAmount } from './points.errors.ts';
import { findSpend, insertSpend, reserveIfCovered, settleSpend } from './points.repository.ts';
import { type AccountRow, MOST_POINTS, type SpendRow } from './points.types.ts';
import { accountOf, bringUpToDate, presentFor, settle } from './post.usecases.ts';

/**
 * Sets points aside for a reward. The balance can never go below zero by it: the step is one conditional statement. The
 * same id with the same input has been done already and posts nothing.
 * @returns the account afterwards
 * @throws AppError points.not_enough, points.amount, ledger.key_reused
 */
export async function reservePoints(
  scope: Scope,
  { id, customerId, amount }: { id: string; customerId: string; amount: number },
): Promise<AccountRow> {
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > MOST_POINTS) throw wrongAmount();
  const known = await findSpend(scope, id);
  if (known) {
    if (known.customerId !== customerId || known.amount !== amount) throw keyReused(id);
    return accountOf(scope, customerId);
  }
  const account = await bringUpToDate(scope, await accountOf(scope, customerId));
  if (!(await reserveIfCovered(scope, customerId, amount)))
    throw notEnoughPoints(amount, Math.max(0, account.available));
  const reservedAt = await presentFor(scope, customerId);
  await insertSpend(scope, {
    id,
    customerId,
    amount,
    kind: 'redemption',
    reservedAt,
    state: 'reserved',
    settledAt: null,
  });
  // The lots say which points were set aside; balances follow from them once more, to the same sum.
  const counted = { ...account, spends: account.spends + 1 };
  return settle(scope, counted, {
    customerId,
    kind: 'reserve',
    key: `reserve:${id}`,
    reference: id,
    effectiveAt: reservedAt,
  });
}

/** The reward was issued: what was set aside is spent. Doing it again changes nothing. */
export async function redeemPoints(scope: Scope, id: string): Promise<AccountRow> {
  return settleAs(scope, id, 'redeem', ['reserved']);
}

/**
 * The points go back to the lots they came from: the reward could not be made, ran out unused, or its order was refunded.
 * Doing it again changes nothing.
 */
export async function releasePoints(scope: Scope, id: string): Promise<AccountRow> {
  return settleAs(scope, id, 'release', ['reserved', 'redeemed']);
}

async function settleAs(
  scope: Scope,
  id: string,
  kind: 'redeem' | 'release',
  from: SpendRow['state'][],
): Promise<AccountRow> {
  const spend = await findSpend(scope, id);
  if (!spend) throw unknownSpend(id);
  const { customerId } = spend;
  const state = kind === 'redeem' ? 'redeemed' : 'released';
  if (spend.state === state) return accountOf(scope, customerId);
  if (!from.includes(spend.state)) throw spendIsOver(id, spend.state);
  const account = await bringUpToDate(scope, await accountOf(scope, customerId));
  const settledAt = await presentFor(scope, customerId);
  await settleSpend(scope, id, state, settledAt);
  return settle(scope, account, { customerId, kind, key: `${kind}:${id}`, reference: id, effectiveAt: settledAt });
}
