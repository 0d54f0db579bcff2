import { baseLevel } from '../program/levels.rules.ts';
import { heldTier, tiersAt } from '../program/pins.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { membersAfter, tiersOfCustomers } from './tiers.repository.ts';

type Ledger = Pick<Scope, 'tx' | 'shop'>;

/** Tells the tier to show of some customers: null for none, or while tiers are off. */
export async function tiersShown(ledger: Ledger, ids: readonly string[], now: number) {
  const program = await tiersAt(ledger, now);
  if (!program || ids.length === 0) return (): string | null => null;
  const rows = await tiersOfCustomers(ledger.tx, ledger.shop.id, ids);
  const levels = new Set(program.tiers.levels.map(({ id }) => id));
  const base = baseLevel(program.tiers)?.id ?? null;
  return (id: string): string | null => {
    const held = rows.get(id)?.tier ?? null;
    return held !== null && levels.has(held) ? held : base;
  };
}

/** A customer's tier with its dates; null: none, or tiers are off. The base level has no dates. */
export async function tierDetails(ledger: Ledger, id: string, now: number) {
  const tier = (await tiersShown(ledger, [id], now))(id);
  const row = tier === null ? null : await heldTier(ledger, id);
  const held = row?.tier === tier ? row : null;
  return tier === null ? null : { id: tier, since: held?.since ?? null, keptUntil: held?.keptUntil ?? null };
}

/**
 * A page of the members of a level above the base, by id.
 * @returns null for a level that cannot be listed so: the base, which everybody has, or none of the tiers in force
 */
export async function membersOfTier(ledger: Ledger, tier: string, after: string, limit: number, now: number) {
  const tiers = (await tiersAt(ledger, now))?.tiers;
  const known = tiers?.levels.some(({ id }) => id === tier) ?? false;
  if (!tiers || !known || baseLevel(tiers)?.id === tier) return null;
  return membersAfter(ledger.tx, ledger.shop.id, tier, after, limit);
}
