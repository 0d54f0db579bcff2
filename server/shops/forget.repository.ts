import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from './scope.ts';
import { auditLog, shops } from './shops.tables.ts';

/** What actions about erased customers say of them; that there was an action stays. */
export async function eraseReasons({ tx, shop }: Scope, customers: readonly string[]): Promise<void> {
  await tx
    .update(auditLog)
    .set({ reason: null, before: null, after: null })
    .where(and(eq(auditLog.shopId, shop.id), inArray(auditLog.target, [...customers])));
}

/** Shops that were uninstalled before an instant and still have their data. */
export const uninstalledBefore = (db: Tx, before: number) =>
  db
    .select({ id: shops.id })
    .from(shops)
    .where(sql`${shops.state} = 'uninstalled' and ${shops.erasedAt} is null and ${shops.uninstalledAt} <= ${before}`)
    .orderBy(asc(shops.id));

/** Erased shops: whose pieces may still have to be deleted. */
export const markedErased = (db: Tx) =>
  db.select({ id: shops.id }).from(shops).where(sql`${shops.erasedAt} is not null`).orderBy(asc(shops.id));
