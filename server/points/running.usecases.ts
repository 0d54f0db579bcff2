import { termsKey } from '../program/program.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { deleteAllRunning, deleteRunning, findRunning, putRunning } from './running.repository.ts';
import { isBehind, type Place } from './running.rules.ts';
import type { Used } from './running.types.ts';
import { unused, usedFrom } from './targets.rules.ts';

/** What a customer's orders up to a place have used up; `upTo` null: nothing is kept, all orders are to be gone through. */
export type Running = { upTo: Place | null; used: Used };

/**
 * Where to begin for a customer of whom orders have changed.
 * @param changed the places that the changed orders have, or had
 */
export async function runningOf(scope: Scope, customerId: string, changed: readonly Place[]): Promise<Running> {
  const row = await findRunning(scope, customerId);
  if (row === null) return { upTo: null, used: unused() };
  const isKept = row.terms === (await termsKey(scope)) && changed.every((place) => isBehind(place, row));
  if (isKept) return { upTo: row, used: row.used };
  await deleteRunning(scope, customerId);
  return { upTo: null, used: unused() };
}

/** Nothing is kept of a customer any more. */
export const forgetRunning = (scope: Scope, customerId: string): Promise<void> => deleteRunning(scope, customerId);

/** Nothing is kept of any customer of the shop any more. */
export const forgetAllRunning = (scope: { tx: Scope['tx']; shop: { id: number } }): Promise<void> =>
  deleteAllRunning(scope);

/** Keeps what a customer's orders up to a place have used up, as it is now. */
export async function keepRunning(scope: Scope, customerId: string, upTo: Place, used: Used): Promise<void> {
  const { placedAt, platformId } = upTo;
  await putRunning(scope, {
    customerId,
    placedAt,
    platformId,
    terms: await termsKey(scope),
    used: usedFrom(used, placedAt),
  });
}
