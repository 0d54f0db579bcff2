import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { customers } from '../customers/customers.tables.ts';
import type { Tx } from '../db/database.ts';
import { inbox } from '../inbox/inbox.tables.ts';
import { orders } from '../orders/orders.tables.ts';
import { pointsAccounts } from '../points/points.tables.ts';
import type { Held } from './crash.ts';

/** Whatever a database holds of a shop's deliveries, orders and points. */
export async function heldOf(db: Tx, shop: number): Promise<Omit<Held, 'ledger'>> {
  const deliveries = await db
    .select({ deliveryId: inbox.deliveryId, state: inbox.state })
    .from(inbox)
    .where(eq(inbox.shopId, shop))
    .orderBy(asc(inbox.id));
  const made = await db
    .select({ platformId: orders.platformId })
    .from(orders)
    .where(eq(orders.shopId, shop))
    .orderBy(asc(orders.id));
  const accounts = await db
    .select({ customer: customers.platformId, available: pointsAccounts.available })
    .from(pointsAccounts)
    .innerJoin(customers, and(eq(customers.shopId, pointsAccounts.shopId), eq(customers.id, pointsAccounts.customerId)))
    .where(and(eq(pointsAccounts.shopId, shop), isNotNull(customers.platformId)))
    .orderBy(asc(customers.id));
  const balances = new Map(accounts.map(({ customer, available }) => [customer ?? '', available]));
  return { inbox: deliveries, orders: made, balances };
}
