import type { Database } from '../db/database.ts';
import { heldTier, tiersAt } from '../program/pins.usecases.ts';
import { minorDigits } from '../shared/money.ts';
import type { Scope } from '../shops/scope.ts';
import { termsFor } from './standing.usecases.ts';
import { factsOf, movesOf } from './tiers.repository.ts';
import { metricNow, rankOf } from './tiers.rules.ts';

/**
 * How far a customer is on the way to the level above the one held: what the metric comes to in the period that today lies
 * in, and what it has to reach, in points, currency units or orders. `next` null: there is no level above.
 * @returns null while tiers are off
 */
export async function tierProgress(ledger: Pick<Scope, 'tx' | 'shop'>, customerId: string, now: number) {
  const program = await tiersAt(ledger, now);
  if (!program) return null;
  const { tiers } = program;
  const { metric } = tiers;
  const held = await heldTier(ledger, customerId);
  const unit = metric === 'spend' ? 10 ** minorDigits(ledger.shop.currency) : 1;
  const have = metricNow(
    await factsOf(ledger, metric, customerId),
    termsFor({ shop: ledger.shop, now }, program, held),
  );
  const next = tiers.levels[rankOf(tiers, held?.tier ?? null) + 1];
  return {
    metric,
    have: have / unit,
    next: next ? { id: next.id, name: next.name, need: next.threshold / unit } : null,
  };
}

/** Every move of a customer's, with its reason, oldest first. */
export async function tierMovesOf({ db }: { db: Database }, shopId: number, customerId: string) {
  const rows = await movesOf(db.read, shopId, customerId);
  return rows.map(({ id, at, fromTier: from, toTier: to, reason }) => ({ id, at, from, to, reason }));
}
