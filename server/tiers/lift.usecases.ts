import type { OrderSeen } from '../facts/facts.types.ts';
import { keepOneBonus } from '../points/bonus.usecases.ts';
import type { Place } from '../points/running.rules.ts';
import { everHadTiers, heldTier, tiersAt, tiersDefined } from '../program/pins.usecases.ts';
import type { TierRow, TiersInForce } from '../program/program.types.ts';
import type { Scope } from '../shops/scope.ts';
import { moveTo, settleTier, staysPut, termsFor } from './standing.usecases.ts';
import type { SumsRow } from './sums.repository.ts';
import { forgetSums, keepSums, standingBy, sumsOf } from './sums.usecases.ts';
import { deleteTier, factsOf, putTier, reassignMoves } from './tiers.repository.ts';
import { better, decide, standingOf } from './tiers.rules.ts';

type Counted = Place & Pick<OrderSeen, 'customerId' | 'counts'>;

/** An order changed, and points with it: up at once, for whoever has it now; nobody goes down by it. */
export async function tiersAfterOrder(scope: Scope, before: Counted | null, after: Counted): Promise<void> {
  const program = await tiersAt(scope, scope.now);
  if (!program) return;
  const states = before ? [before, after] : [after];
  for (const customerId of new Set(states.flatMap((state) => state.customerId ?? []))) {
    const changed = states.filter((state) => state.customerId === customerId);
    const sums = await sumsOf(scope, program, customerId, changed);
    if (after.counts || before?.counts) await weigh(scope, program, customerId, sums);
  }
}

/** The same for what a customer earned without an order. */
export async function tierAfterSignup(scope: Scope, customerId: string): Promise<void> {
  const program = await tiersAt(scope, scope.now);
  if (program?.tiers.metric !== 'earned') return;
  await forgetSums(scope, customerId);
  await weigh(scope, program, customerId, null);
}

/** Where what is kept of a customer says that nothing but a date can change, the rest of their history is not read. */
async function weigh(scope: Scope, program: TiersInForce, customerId: string, sums: SumsRow | null): Promise<void> {
  const held = await heldTier(scope, customerId);
  const standing = sums && (await standingBy(scope, program, held, sums));
  if (standing && (await staysPut(scope, program, { customerId, held }, standing))) return;
  const facts = await factsOf(scope, program.tiers.metric, customerId);
  if (!standing) await keepSums(scope, program, customerId, facts);
  await settleTier(scope, program, { customerId, held, facts }, { actor: 'system', reviewing: false });
}

/**
 * Two customers became one: the one who stays has the better of both tiers, or a higher one that both histories together
 * reach, and the moves of both. Call it after orders and points were handed over.
 */
export async function mergeTiers(scope: Scope, keptId: string, goneId: string): Promise<void> {
  if (!(await everHadTiers(scope))) return;
  for (const customerId of [keptId, goneId]) await forgetSums(scope, customerId);
  await reassignMoves(scope, goneId, keptId);
  await keepOneBonus(scope, keptId);
  const kept = await heldTier(scope, keptId);
  const gone = await heldTier(scope, goneId);
  if (gone) await deleteTier(scope, goneId);
  const program = await tiersAt(scope, scope.now);
  if (!program) {
    // Off: the better of what both held waits for the day on which tiers are on again.
    const tiers = await tiersDefined(scope);
    const isBetter = gone && (!kept || (tiers !== null && better(tiers, kept, gone) === gone));
    if (isBetter) await putTier(scope, { ...gone, customerId: keptId });
    return;
  }
  await settleMerged(scope, program, keptId, kept, gone);
}

async function settleMerged(
  scope: Scope,
  program: TiersInForce,
  customerId: string,
  kept: TierRow | null,
  gone: TierRow | null,
): Promise<void> {
  const { tiers } = program;
  const best = kept && gone ? (better(tiers, kept, gone) === kept ? kept : gone) : (kept ?? gone);
  const updatedAt = Math.max(kept?.updatedAt ?? 0, gone?.updatedAt ?? 0);
  const held = best && { ...best, customerId, updatedAt };
  const terms = termsFor(scope, program, held);
  const standing = standingOf(await factsOf(scope, tiers.metric, customerId), terms);
  const next = decide(held, standing, terms, false) ?? held;
  if (!next) return;
  if (next.tier === (kept?.tier ?? null)) {
    const row = kept ?? { customerId, since: terms.now, reachedAt: null };
    await putTier(scope, { ...row, tier: next.tier, keptUntil: next.keptUntil, updatedAt: terms.now });
    return;
  }
  const { reachedAt, figures } = standing;
  const move = { customerId, from: kept?.tier ?? null, reason: 'merged' as const, figures, reachedAt };
  await moveTo(scope, program, next, { ...move, at: terms.now, actor: 'system' });
}
