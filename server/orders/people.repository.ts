import { and, eq, inArray } from 'drizzle-orm';
import type { Scope } from '../shops/scope.ts';
import { orderLines, orders } from './orders.tables.ts';

/** Customers of some orders, by the platform's order ids: of the first thousand. */
export async function customersOfOrders({ tx, shop }: Scope, platformIds: readonly string[]): Promise<string[]> {
  if (platformIds.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: orders.customerId })
    .from(orders)
    .where(and(eq(orders.shopId, shop.id), inArray(orders.platformId, platformIds.slice(0, 1000))));
  return rows.flatMap(({ id }) => id ?? []).sort();
}

/** Every line of every order of a customer. */
export async function linesOfCustomer({ tx, shop }: Scope, customer: string) {
  const rows = await tx
    .select({ line: orderLines })
    .from(orderLines)
    .innerJoin(orders, and(eq(orders.shopId, orderLines.shopId), eq(orders.id, orderLines.orderId)))
    .where(and(eq(orders.shopId, shop.id), eq(orders.customerId, customer)));
  return rows.map(({ line }) => line);
}
