import { and, eq, gte, inArray, ne, or, sql } from 'drizzle-orm';
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

/** Customers of whose points something becomes available, expired or was spent at an instant or later, in no order. */
export async function customersDatedFrom({ tx, shop }: Scope, instant: number): Promise<string[]> {
  const dated = or(
    gte(pointsLots.availableAt, instant),
    and(gte(pointsLots.expiresAt, instant), ne(pointsLots.expired, 0)),
  );
  const lots = await tx
    .selectDistinct({ id: pointsLots.customerId })
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, shop.id), dated));
  const spends = await tx
    .selectDistinct({ id: pointsSpends.customerId })
    .from(pointsSpends)
    .where(and(eq(pointsSpends.shopId, shop.id), gte(pointsSpends.settledAt, instant)));
  return [...new Set([...lots, ...spends].map(({ id }) => id))];
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
