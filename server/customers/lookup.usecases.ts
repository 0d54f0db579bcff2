import type { Database } from '../db/database.ts';
import { normaliseEmail, normalisePhone } from '../shared/text.ts';
import type { Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { findIdentity, findRow } from './customers.repository.ts';
import { countCustomers, platformIds } from './lookup.repository.ts';

/** A customer by e-mail, phone, platform id or our own id, as an operator may have any of them; null: unknown. */
export async function findCustomerByName({ db }: { db: Database }, shop: Shop, name: string): Promise<string | null> {
  const names = [
    ['email', normaliseEmail(name)] as const,
    ['platform', name.trim()] as const,
    ['phone', normalisePhone(name, shop.country ?? undefined)] as const,
  ];
  for (const [kind, value] of names) {
    const id = value === null ? null : await findIdentity(db.read, shop.id, kind, value);
    if (id !== null) return id;
  }
  const row = await findRow(db.read, shop.id, name.trim());
  return row?.mergedInto ?? row?.id ?? null;
}

/** The platform's ids of some customers, by ours; without those who have none. */
export const platformIdsOf = (scope: Scope, ids: readonly string[]): Promise<Map<string, string>> =>
  ids.length === 0 ? Promise.resolve(new Map()) : platformIds(scope, ids);

/** Customers of a shop, with orders or without. */
export const customerCount = ({ db }: { db: Database }, shopId: number): Promise<number> =>
  countCustomers(db.read, shopId);
