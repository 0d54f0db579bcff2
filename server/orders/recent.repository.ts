import { and, asc, desc, eq, gt, gte, lt } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import { orderFacts, orders } from './orders.tables.ts';

/** Orders with a refund in force from an instant on, by the platform's id, after one of them; along the primary key. */
export const refundedAfter = (db: Tx, shop: number, after: string, since: number, limit: number) =>
  db
    .selectDistinct({ platformId: orderFacts.orderPlatformId })
    .from(orderFacts)
    .where(
      and(
        ...[eq(orderFacts.shopId, shop), gt(orderFacts.orderPlatformId, after), eq(orderFacts.kind, 'refund')],
        ...[eq(orderFacts.inFull, true), gte(orderFacts.at, since)],
      ),
    )
    .orderBy(asc(orderFacts.orderPlatformId))
    .limit(limit);

/** Counted orders that were taken in before one of them, newest first; along the primary key, as ids go by time. */
export const countedBefore = (db: Tx, shop: number, before: string, limit: number) =>
  db
    .select({ id: orders.id, platformId: orders.platformId, placedAt: orders.placedAt })
    .from(orders)
    .where(and(eq(orders.shopId, shop), lt(orders.id, before), eq(orders.counts, true)))
    .orderBy(desc(orders.id))
    .limit(limit);
