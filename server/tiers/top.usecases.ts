import { tiersAt } from '../program/pins.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { customersInTier } from './tiers.repository.ts';

/** Customers in the highest tier; nobody where tiers are off or only have a base level. */
export async function topTierMembers(ledger: Pick<Scope, 'tx' | 'shop'>, now: number): Promise<string[]> {
  const top = (await tiersAt(ledger, now))?.tiers.levels.at(-1);
  return top && top.threshold > 0 ? customersInTier(ledger.tx, ledger.shop.id, top.id) : [];
}
