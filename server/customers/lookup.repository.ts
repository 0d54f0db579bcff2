import { and, count, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { customers } from './customers.tables.ts';

/** The platform's ids of some customers, by ours; without those who have none. */
export async function platformIds({ tx, shop }: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: customers.id, platformId: customers.platformId })
    .from(customers)
    .where(and(eq(customers.shopId, shop.id), inArray(customers.id, [...ids])));
  return new Map(rows.flatMap(({ id, platformId }) => (platformId === null ? [] : [[id, platformId] as const])));
}

/** Customers of a shop, without those who were merged into another: all of them less the few, each from an index. */
export async function countCustomers(db: Tx, shop: number): Promise<number> {
  const mine = eq(customers.shopId, shop);
  const [all] = await db.select({ count: count() }).from(customers).where(mine);
  const [merged] = await db
    .select({ count: count() })
    .from(customers)
    .where(and(mine, isNotNull(customers.mergedInto)));
  return (all?.count ?? 0) - (merged?.count ?? 0);
}
