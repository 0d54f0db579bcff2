import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { notEnoughPoints, wrongAdjustment } from './points.errors.ts';
import { insertSpend, reserveIfCovered } from './points.repository.ts';
import { type AccountRow, ADJUSTED, ADJUSTS, type Lot, MOST_POINTS } from './points.types.ts';
import { accountOf, bringUpToDate, presentFor, settle } from './post.usecases.ts';

export type Adjustment = { customerId: string; points: number; reason: string; actor: string };

/**
 * Gives points by hand, or takes available ones off; never below zero. Who did it, and why, stands in an audit row that
 * names the customer, and can so be erased; the ledger only refers to it.
 * @returns the audit row's id, and the account afterwards
 * @throws AppError points.amount, points.not_enough
 */
export async function adjustPoints(
  scope: Scope,
  { customerId, points, reason, actor }: Adjustment,
): Promise<{ id: string; account: AccountRow }> {
  if (!Number.isSafeInteger(points) || points === 0 || Math.abs(points) > MOST_POINTS) {
    throw wrongAdjustment(MOST_POINTS);
  }
  const account = await bringUpToDate(scope, await accountOf(scope, customerId));
  const covered = points > 0 || (await reserveIfCovered(scope, customerId, -points));
  if (!covered) throw notEnoughPoints(-points, Math.max(0, account.available));
  const before = { available: account.available };
  const after = { available: account.available + points };
  const id = await recordAction(scope, {
    actor,
    action: 'points.adjust',
    target: customerId,
    reason,
    before,
    after,
  });
  const at = await presentFor(scope, customerId);
  const operation = {
    customerId,
    kind: 'adjust' as const,
    key: `${ADJUSTS}${id}`,
    reference: id,
    effectiveAt: at,
  };
  if (points > 0) return { id, account: await settle(scope, account, operation, [gift(id, points, at)]) };
  await insertSpend(scope, {
    id,
    customerId,
    amount: -points,
    kind: 'adjustment',
    reservedAt: at,
    state: 'redeemed',
    settledAt: at,
  });
  return { id, account: await settle(scope, { ...account, spends: account.spends + 1 }, operation) };
}

/** A lot that can be spent at once and never expires. */
function gift(source: string, granted: number, at: number): Lot {
  const nothing = { pending: 0, available: 0, reserved: 0, redeemed: 0, removed: 0, expired: 0 };
  return { source, rule: ADJUSTED, granted, ...nothing, availableAt: at, expiresAt: null, termEndsAt: null };
}
