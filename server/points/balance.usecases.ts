import { findCustomerByName } from '../customers/lookup.usecases.ts';
import type { Database } from '../db/database.ts';
import { tierShown } from '../program/pins.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import { notFound } from '../shared/errors.ts';
import type { Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { readAccountsAhead } from './ahead.repository.ts';
import { accountIn } from './points.repository.ts';

export type Balance = {
  available: number;
  pending: number;
  reserved: number;
  /** Earned less clawed back, without adjustments, imports, returns and transfers. */
  lifetimeEarned: number;
  /** The tier's id; null: none reached, or tiers are off. */
  tier: string | null;
};

/**
 * What a customer has. `name` is an e-mail, a phone, the platform's id or ours.
 * @throws AppError customers.unknown
 */
export async function balanceOf(
  { db, clock }: { db: Database; clock: Clock },
  shop: Shop,
  name: string,
): Promise<Balance> {
  const customerId = await findCustomerByName({ db }, shop, name);
  if (customerId === null) throw notFound('customers.unknown', `The shop has no customer "${name}".`);
  const account = await accountIn(db.read, shop.id, customerId);
  const { available = 0, pending = 0, reserved = 0, lifetimeEarned = 0 } = account ?? {};
  const tier = await tierShown({ tx: db.read, shop }, customerId, clock.now());
  return { available, pending, reserved, lifetimeEarned, tier };
}

/** Reads the balances of some customers ahead. */
export async function readBalancesAhead(scope: Scope, customers: string[]): Promise<void> {
  if (customers.length > 0) await readAccountsAhead(scope, customers);
}
