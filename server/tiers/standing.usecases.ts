import { grantTierBonus } from '../points/bonus.usecases.ts';
import type { TierRow, TiersInForce } from '../program/program.types.ts';
import type { Scope } from '../shops/scope.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import { insertMove, putTier } from './tiers.repository.ts';
import {
  decide,
  type Fact,
  type Figures,
  type HeldTier,
  levelsPassed,
  type MoveReason,
  type Standing,
  standingOf,
  type TierTerms,
} from './tiers.rules.ts';

/** Who or what moves customers, and whether it may move them down. */
export type Mover = { actor: string; reviewing: boolean };

/** The terms for one customer. A clock behind one that was at work before changes nothing that was decided then. */
export const termsFor = (
  { shop, now }: Pick<Scope, 'shop' | 'now'>,
  { tiers }: Pick<TiersInForce, 'tiers'>,
  held: TierRow | null,
): TierTerms => ({
  tiers,
  calendar: shop.calendar,
  zoneAt: (instant: number) => zoneAt(shop, instant),
  now: Math.max(now, held?.updatedAt ?? 0),
});

/**
 * Leaves a customer where they are, by the level that their facts give, or keeps them there longer.
 * @returns false: they have to move, and the figures behind the move are wanted
 */
export async function staysPut(
  scope: Scope,
  program: TiersInForce,
  { customerId, held }: { customerId: string; held: TierRow | null },
  standing: Pick<Standing, 'rank' | 'tier' | 'until'>,
  reviewing = false,
): Promise<boolean> {
  const terms = termsFor(scope, program, held);
  const next = decide(held, standing, terms, reviewing);
  if (next === null) return true;
  if (next.reason !== null) return false;
  const row = held ?? { customerId, tier: next.tier, since: terms.now, reachedAt: null };
  await putTier(scope, { ...row, keptUntil: next.keptUntil, updatedAt: terms.now });
  return true;
}

/**
 * Puts a customer where the facts say, with the move, its reason and the bonus for a level reached.
 * @returns whether the tier changed
 */
export async function settleTier(
  scope: Scope,
  program: TiersInForce,
  { customerId, held, facts }: { customerId: string; held: TierRow | null; facts: readonly Fact[] },
  { actor, reviewing }: Mover,
): Promise<boolean> {
  const terms = termsFor(scope, program, held);
  const standing = standingOf(facts, terms);
  if (await staysPut(scope, program, { customerId, held }, standing, reviewing)) return false;
  const next = decide(held, standing, terms, reviewing);
  if (!next || next.reason === null) return false;
  const { reachedAt, figures } = standing;
  const move = { customerId, from: held?.tier ?? null, reason: next.reason, figures, actor };
  await moveTo(scope, program, next, { ...move, reachedAt, at: terms.now });
  return true;
}

type Move = {
  customerId: string;
  from: string | null;
  reason: MoveReason;
  figures: Figures;
  reachedAt: number | null;
  at: number;
  actor: string;
};

/** Writes a customer's new tier with its move, and gives the bonuses on the way up. */
export async function moveTo(
  scope: Scope,
  program: TiersInForce,
  { tier, keptUntil }: HeldTier,
  { customerId, from, reason, figures, reachedAt, at, actor }: Move,
): Promise<void> {
  await putTier(scope, { customerId, tier, keptUntil, since: at, reachedAt, updatedAt: at });
  await insertMove(scope, {
    id: scope.ids.next(),
    customerId,
    fromTier: from,
    toTier: tier,
    reason,
    figures,
    at,
    actor,
    programVersion: program.version,
  });
  await scope.tell({ kind: 'tier-moved', customerId, from, to: tier });
  for (const { id, entryBonus } of levelsPassed(program.tiers, from, tier)) {
    await grantTierBonus(scope, customerId, { level: id, points: entryBonus, version: program.version });
  }
}
