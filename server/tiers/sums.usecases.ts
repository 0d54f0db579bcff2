import { isBehind, lastToClose, type Place } from '../points/running.rules.ts';
import type { TierRow, TiersInForce } from '../program/program.types.ts';
import { termsKey } from '../program/program.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { termsFor } from './standing.usecases.ts';
import { deleteAllSums, deleteSums, findSums, putSums, type SumsRow } from './sums.repository.ts';
import { added, noSums, standingOver } from './sums.rules.ts';
import { factsFrom } from './tiers.repository.ts';
import type { Standing } from './tiers.rules.ts';
import type { PlacedFact } from './tiers.types.ts';

/**
 * What is kept of a customer of whom orders have changed; null: nothing that still holds.
 * @param changed the places that the changed orders have, or had
 */
export async function sumsOf(
  scope: Scope,
  { version }: TiersInForce,
  customerId: string,
  changed: readonly Place[],
): Promise<SumsRow | null> {
  const row = await findSums(scope, customerId);
  if (row === null) return null;
  const holds = row.version === version && row.terms === (await termsKey(scope));
  if (holds && changed.every((place) => isBehind(place, row))) return row;
  await deleteSums(scope, customerId);
  return null;
}

/** Nothing is kept of a customer any more. */
export const forgetSums = (scope: Scope, customerId: string): Promise<void> => deleteSums(scope, customerId);

/** Nothing is kept of any customer of the shop any more. */
export const forgetAllSums = (scope: { tx: Scope['tx']; shop: { id: number } }): Promise<void> => deleteAllSums(scope);

/**
 * The level that a customer's facts give, by what is kept of older ones.
 * @returns null where all have to be looked at
 */
export async function standingBy(
  scope: Scope,
  program: TiersInForce,
  held: TierRow | null,
  row: SumsRow,
): Promise<Pick<Standing, 'rank' | 'tier' | 'until'> | null> {
  const { customerId, placedAt, sums } = row;
  const facts = await factsFrom(scope, program.tiers.metric, customerId, placedAt);
  const newer = facts.filter(({ place }) => place !== null && isBehind(place, row));
  const standing = standingOver(sums, newer, termsFor(scope, program, held));
  if (standing) await keepSums(scope, program, customerId, newer, row);
  return standing;
}

/** Keeps what a customer's orders came to, but for the last few; where there are only few, nothing. */
export async function keepSums(
  scope: Scope,
  program: TiersInForce,
  customerId: string,
  facts: readonly PlacedFact[],
  known: SumsRow | null = null,
): Promise<void> {
  const end = lastToClose(facts.flatMap(({ place }) => place ?? []));
  if (end === null) return;
  const closed = facts.filter(({ place }) => place === null || !isBehind(place, end));
  const { placedAt, platformId } = end;
  const sums = added(known?.sums ?? noSums(), closed, placedAt, termsFor(scope, program, null));
  const { version } = program;
  await putSums(scope, { customerId, placedAt, platformId, terms: await termsKey(scope), version, sums });
}
