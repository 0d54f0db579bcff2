import type { Database, Tx } from '../db/database.ts';
import { tellerOf } from '../facts/tell.ts';
import type { Clock } from '../shared/clock.ts';
import { notFound } from '../shared/errors.ts';
import type { Scope, ScopeDeps } from './scope.ts';
import { findShop } from './shops.repository.ts';

/** Opens the scope of one shop inside a transaction. @throws AppError shops.unknown */
export async function openScope(tx: Tx, shopId: number, now: number, { ids, reactions }: ScopeDeps): Promise<Scope> {
  const shop = await findShop(tx, shopId);
  if (!shop) throw notFound('shops.unknown', `There is no shop ${shopId}.`);
  const scope: Scope = { tx, shop, now, ids, tell: tellerOf(reactions, () => scope) };
  return scope;
}

/**
 * Runs work in a transaction of one shop, when its turn has come. `now`: another instant than the clock's.
 * @throws AppError shops.unknown
 */
export const inShop = <T>(
  deps: ScopeDeps & { db: Database } & ({ clock: Clock } | { now: number }),
  shopId: number,
  work: (scope: Scope) => Promise<T>,
): Promise<T> =>
  deps.db.transaction(
    async (tx) => work(await openScope(tx, shopId, 'now' in deps ? deps.now : deps.clock.now(), deps)),
    { shop: shopId },
  );
