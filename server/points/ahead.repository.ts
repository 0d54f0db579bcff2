import { and, eq, inArray } from 'drizzle-orm';
import { aheadKey, remember } from '../db/ahead.ts';
import type { Scope } from '../shops/scope.ts';
import { pointsAccounts } from './points.tables.ts';

/** Reads the accounts of a batch's customers ahead. */
export async function readAccountsAhead({ tx, shop }: Scope, customers: string[]): Promise<void> {
  const rows = await tx
    .select()
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop.id), inArray(pointsAccounts.customerId, customers)));
  const key = (customer: string): string => aheadKey(shop.id, customer);
  remember(
    tx,
    'points_accounts',
    customers.map(key),
    rows.map((row) => [key(row.customerId), row]),
  );
}
