import { and, desc, eq, gt, inArray, lt, lte, or } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { orderFacts, orders } from './orders.tables.ts';

/** Orders by our ids, at most some hundred. */
export const ordersWithIds = (db: Tx, shop: number, ids: readonly string[]) =>
  db
    .select({ id: orders.id, number: orders.number, placedAt: orders.placedAt, paidAt: orders.paidAt })
    .from(orders)
    .where(and(eq(orders.shopId, shop), inArray(orders.id, [...ids])));

/** A customer's orders before a place in (placed, id), newest first, a page; `id` null: none of that instant. */
export const ordersBefore = (db: Tx, shop: number, customer: string, at: number, id: string | null, limit: number) =>
  db
    .select({
      id: orders.id,
      number: orders.number,
      placedAt: orders.placedAt,
      currency: orders.currency,
      total: orders.total,
      financial: orders.financial,
      counts: orders.counts,
    })
    .from(orders)
    .where(
      and(
        ...[eq(orders.shopId, shop), eq(orders.customerId, customer)],
        id === null
          ? lt(orders.placedAt, at)
          : and(lte(orders.placedAt, at), or(lt(orders.placedAt, at), lt(orders.id, id))),
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit);

/** A customer's orders of which something was given back, with every word about it; in no order. */
export const refundedOrders = (db: Tx, shop: number, customer: string) =>
  db
    .select({
      id: orders.id,
      number: orders.number,
      currency: orders.currency,
      updatedAt: orders.updatedAt,
      factId: orderFacts.factId,
      at: orderFacts.at,
      inFull: orderFacts.inFull,
      asFact: orderFacts.asFact,
      data: orderFacts.data,
    })
    .from(orders)
    .innerJoin(
      orderFacts,
      and(
        ...[eq(orderFacts.shopId, orders.shopId), eq(orderFacts.orderPlatformId, orders.platformId)],
        eq(orderFacts.kind, 'refund'),
      ),
    )
    .where(and(eq(orders.shopId, shop), eq(orders.customerId, customer), gt(orders.refunded, 0)));
