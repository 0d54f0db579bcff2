import type { Scope } from '../shops/scope.ts';
import { meet } from './earn.usecases.ts';
import { lotsOfCustomer } from './points.repository.ts';
import { type LotRow, type Target, TIER_BONUS } from './points.types.ts';

const bonuses = async (scope: Scope, customerId: string): Promise<LotRow[]> =>
  (await lotsOfCustomer(scope, customerId)).filter(({ source }) => source.startsWith(TIER_BONUS));

/**
 * The points for reaching a tier, once for a person and a level, ever: whoever leaves it and comes back gets no more, and
 * nothing takes it away again. Dated by the move.
 */
export async function grantTierBonus(
  scope: Scope,
  customerId: string,
  { level, points, version }: { level: string; points: number; version: number },
): Promise<void> {
  if (points === 0) return;
  if ((await bonuses(scope, customerId)).some(({ rule }) => rule === level)) return;
  const target: Target = {
    source: `${TIER_BONUS}${customerId}`,
    rule: level,
    points,
    orderId: null,
    ruleVersion: version,
    effectiveAt: scope.now,
    availableAt: scope.now,
    expiresAt: null,
  };
  await meet(scope, customerId, [target], async () => []);
}

/** Two customers became one who got the same bonus twice: the larger stays, of equal ones the older. */
export async function keepOneBonus(scope: Scope, customerId: string): Promise<void> {
  const held = await bonuses(scope, customerId);
  if (new Set(held.map(({ rule }) => rule)).size === held.length) return;
  held.sort((a, b) => b.granted - a.granted || a.availableAt - b.availableAt || (a.source < b.source ? -1 : 1));
  const kept = held.filter((lot, n) => held.findIndex(({ rule }) => rule === lot.rule) === n);
  const targets = kept.map(({ source, rule, granted, availableAt, termEndsAt }) => ({
    source,
    rule,
    points: granted,
    orderId: null,
    ruleVersion: 0,
    effectiveAt: scope.now,
    availableAt,
    expiresAt: termEndsAt,
  }));
  await meet(scope, customerId, targets, () => bonuses(scope, customerId));
}
