import { and, eq, inArray } from 'drizzle-orm';
import type { Scope } from '../shops/scope.ts';
import { pointsLots, pointsSpends } from './points.tables.ts';
import type { LotRow, SpendRow } from './points.types.ts';

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
