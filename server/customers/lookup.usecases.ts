import type { Database } from '../db/database.ts';
import { normaliseEmail, normalisePhone } from '../shared/text.ts';
import type { Shop } from '../shops/shops.types.ts';
import { findIdentity, findRow } from './customers.repository.ts';

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
