import { and, eq, gte, lt, lte, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import type { Contribution, Stats } from './insights.rules.ts';
import { customerStats, insightDays, insightReturns } from './insights.tables.ts';

const p = sql.placeholder;

const statsRow = statement('insights.stats', (db) =>
  db
    .select()
    .from(customerStats)
    .where(and(eq(customerStats.shopId, p('shop')), eq(customerStats.customerId, p('customer')))),
);
const upsertStats = statement('insights.put_stats', (db) =>
  db
    .insert(customerStats)
    .values(placeholders(customerStats))
    .onConflictDoUpdate({
      target: [customerStats.shopId, customerStats.customerId],
      set: {
        orders: sql`excluded.orders`,
        revenue: sql`excluded.revenue`,
        firstDay: sql`excluded.first_day`,
        lastDay: sql`excluded.last_day`,
        lastAt: sql`excluded.last_at`,
        lastOrderId: sql`excluded.last_order_id`,
      },
    }),
);
const addDay = statement('insights.add_day', (db) =>
  db
    .insert(insightDays)
    .values(placeholders(insightDays))
    .onConflictDoUpdate({
      target: [insightDays.shopId, insightDays.day],
      set: {
        orders: sql`${insightDays.orders} + excluded.orders`,
        revenue: sql`${insightDays.revenue} + excluded.revenue`,
        firsts: sql`${insightDays.firsts} + excluded.firsts`,
        seconds: sql`${insightDays.seconds} + excluded.seconds`,
      },
    }),
);
const addReturn = statement('insights.add_return', (db) =>
  db
    .insert(insightReturns)
    .values(placeholders(insightReturns))
    .onConflictDoUpdate({
      target: [insightReturns.shopId, insightReturns.day, insightReturns.previousDay],
      set: { orders: sql`${insightReturns.orders} + excluded.orders` },
    }),
);

export async function findStats({ tx, shop }: Scope, customer: string): Promise<Stats | null> {
  const [row] = await statsRow(tx, { shop: shop.id, customer });
  return row ?? null;
}

export async function putStats({ tx, shop }: Scope, customerId: string, stats: Stats): Promise<void> {
  await upsertStats(tx, { ...stats, shopId: shop.id, customerId });
}

export async function deleteStats({ tx, shop }: Scope, customer: string): Promise<void> {
  await tx.delete(customerStats).where(and(eq(customerStats.shopId, shop.id), eq(customerStats.customerId, customer)));
}

/** Adds a difference to the days; rows that come to nothing are taken out, so that a rebuild gives the same rows. */
export async function addContribution({ tx, shop }: Scope, delta: Contribution): Promise<void> {
  for (const [day, change] of delta.days) {
    await addDay(tx, { ...change, shopId: shop.id, day });
    if (change.orders < 0) {
      const empty = and(eq(insightDays.shopId, shop.id), eq(insightDays.day, day), eq(insightDays.orders, 0));
      await tx.delete(insightDays).where(empty);
    }
  }
  for (const [pair, orders] of delta.returns) {
    const [day = '', previousDay = ''] = pair.split('|');
    await addReturn(tx, { shopId: shop.id, day, previousDay, orders });
    if (orders < 0) {
      const mine = and(eq(insightReturns.shopId, shop.id), eq(insightReturns.day, day));
      await tx
        .delete(insightReturns)
        .where(and(mine, eq(insightReturns.previousDay, previousDay), eq(insightReturns.orders, 0)));
    }
  }
}

/** Deletes all rows of the shop's numbers: the first step of a rebuild. */
export async function deleteNumbers({ tx, shop }: Scope): Promise<void> {
  await tx.delete(insightDays).where(eq(insightDays.shopId, shop.id));
  await tx.delete(insightReturns).where(eq(insightReturns.shopId, shop.id));
  await tx.delete(customerStats).where(eq(customerStats.shopId, shop.id));
}

const total = (column: unknown) => sql<number>`coalesce(sum(${column}), 0)`;

/** Orders and revenue of a range of local days, both ends included. */
export async function rangeTotals(db: Tx, shop: number, from: string, to: string) {
  const [row] = await db
    .select({ orders: total(insightDays.orders), revenue: total(insightDays.revenue) })
    .from(insightDays)
    .where(and(eq(insightDays.shopId, shop), gte(insightDays.day, from), lte(insightDays.day, to)));
  return { orders: Number(row?.orders ?? 0), revenue: Number(row?.revenue ?? 0) };
}

/** Customers with at least one, and at least two, counted orders up to a day. */
export async function lifetimeTotals(db: Tx, shop: number, to: string) {
  const [row] = await db
    .select({ firsts: total(insightDays.firsts), seconds: total(insightDays.seconds) })
    .from(insightDays)
    .where(and(eq(insightDays.shopId, shop), lte(insightDays.day, to)));
  return { firsts: Number(row?.firsts ?? 0), seconds: Number(row?.seconds ?? 0) };
}

/** Customers who bought in a range: orders in it whose customer's order before lies before it. */
export async function buyersIn(db: Tx, shop: number, from: string, to: string): Promise<number> {
  const [row] = await db
    .select({ buyers: total(insightReturns.orders) })
    .from(insightReturns)
    .where(
      and(
        eq(insightReturns.shopId, shop),
        gte(insightReturns.day, from),
        lte(insightReturns.day, to),
        lt(insightReturns.previousDay, from),
      ),
    );
  return Number(row?.buyers ?? 0);
}
