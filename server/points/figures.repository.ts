import { and, eq, inArray, sql } from 'drizzle-orm';
import { statement } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { pointsLots, pointsSpends } from './points.tables.ts';
import type { LotRow, SpendRow } from './points.types.ts';

const anyLot = statement('figures.any_lot', (db) =>
  db
    .select({ shop: pointsLots.shopId })
    .from(pointsLots)
    .where(eq(pointsLots.shopId, sql.placeholder('shop')))
    .limit(1),
);

/** Whether anybody in the shop ever had points. */
export async function hasLots({ tx, shop }: Scope): Promise<boolean> {
  return (await anyLot(tx, { shop: shop.id })).length > 0;
}

/** The lots of several customers, in no order. */
export const lotsOfCustomers = ({ tx, shop }: Scope, customers: readonly string[]): Promise<LotRow[]> =>
  tx
    .select()
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, shop.id), inArray(pointsLots.customerId, [...customers])));

/** The spends of several customers, in no order. */
export const spendsOfCustomers = ({ tx, shop }: Scope, customers: readonly string[]): Promise<SpendRow[]> =>
  tx
    .select()
    .from(pointsSpends)
    .where(and(eq(pointsSpends.shopId, shop.id), inArray(pointsSpends.customerId, [...customers])));
