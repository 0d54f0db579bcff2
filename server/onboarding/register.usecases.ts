import type { Database, Tx } from '../db/database.ts';
import { defineProgram } from '../program/program.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { createShop, type NewShop } from '../shops/create.usecases.ts';
import type { ScopeDeps } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';

type Deps = ScopeDeps & { db: Database; clock: Clock; vault: Vault };

/**
 * Registers a shop without an install, with the program of a new shop: it takes deliveries and files, and makes no outgoing
 * call.
 * @returns its id
 * @throws AppError shops.invalid, shops.exists
 */
export const addShop = (deps: Deps, input: NewShop): Promise<number> =>
  deps.db.transaction((tx) => registerShop(tx, deps, input));

/** As addShop, inside a transaction. */
export async function registerShop(tx: Tx, deps: Omit<Deps, 'db'>, input: NewShop): Promise<number> {
  const id = await createShop(tx, deps, input);
  await defineProgram(await openScope(tx, id, deps.clock.now(), deps), { actor: 'system' });
  return id;
}
