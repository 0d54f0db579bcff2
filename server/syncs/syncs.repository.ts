import { and, asc, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import type { Queue } from '../work/leased.engine.ts';
import { orderRereads, shopSyncs } from './syncs.tables.ts';

export type SyncRow = typeof shopSyncs.$inferSelect;
export type SyncKind = SyncRow['kind'];

const IN_ORDER: readonly SyncKind[] = ['webhooks', 'customers', 'products', 'orders', 'rereads', 'reconcile'];

const inOrder = (rows: SyncRow[]): SyncRow[] =>
  rows.sort((a, b) => IN_ORDER.indexOf(a.kind) - IN_ORDER.indexOf(b.kind));

/** How far a shop's readings are, in the order in which they are worked on. */
export const listSyncs = async (db: Tx, shop: number): Promise<SyncRow[]> =>
  inOrder(await db.select().from(shopSyncs).where(eq(shopSyncs.shopId, shop)));

/** Writes a reading's row, in the place of the one there is. */
export async function putSync({ tx, shop }: Scope, row: Omit<SyncRow, 'shopId'>): Promise<void> {
  const { kind, ...set } = row;
  await tx
    .insert(shopSyncs)
    .values({ ...row, shopId: shop.id, kind })
    .onConflictDoUpdate({ target: [shopSyncs.shopId, shopSyncs.kind], set });
}

/** Changes some of a reading's row. */
export async function updateSync({ tx, shop }: Scope, kind: SyncKind, set: Partial<Omit<SyncRow, 'shopId' | 'kind'>>) {
  await tx
    .update(shopSyncs)
    .set(set)
    .where(and(eq(shopSyncs.shopId, shop.id), eq(shopSyncs.kind, kind)));
}

const isDue = (now: number) =>
  and(
    isNotNull(shopSyncs.dueAt),
    lte(shopSyncs.dueAt, now),
    or(isNull(shopSyncs.heldUntil), lte(shopSyncs.heldUntil, now)),
  );

/** Readings, as the engine takes them up. Attempts count failures: being taken up is none. */
export const syncQueue: Queue<SyncRow> = {
  leaseOf: ({ kind, heldBy, attempts }) => ({ id: kind, fence: heldBy, attempts }),
  async due(db, shop, now, limit) {
    const rows = await db
      .select()
      .from(shopSyncs)
      .where(and(eq(shopSyncs.shopId, shop), isDue(now)));
    return inOrder(rows).slice(0, limit);
  },
  find: async (tx, shop, kind) => (await listSyncs(tx, shop)).find((row) => row.kind === kind) ?? null,
  hold: (scope, kind, { fence, until }) => updateSync(scope, kind as SyncKind, { heldBy: fence, heldUntil: until }),
  renew: (scope, kind, until) => updateSync(scope, kind as SyncKind, { heldUntil: until }),
};

/** Shops with a reading that is due, and that nobody has in hand. */
export async function shopsWithDueSyncs(db: Tx, now: number): Promise<number[]> {
  const rows = await db.selectDistinct({ id: shopSyncs.shopId }).from(shopSyncs).where(isDue(now));
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Notes an order to be read; one that is noted already keeps the later instant. */
export async function putReread({ tx, shop }: Scope, orderPlatformId: string, since: number): Promise<void> {
  await tx
    .insert(orderRereads)
    .values({ shopId: shop.id, orderPlatformId, since, attempts: 0 })
    .onConflictDoUpdate({
      target: [orderRereads.shopId, orderRereads.orderPlatformId],
      set: {
        since: sql`case when ${orderRereads.since} > ${since} then ${orderRereads.since} else ${since} end`,
        attempts: 0,
      },
    });
}

/** Orders to be read, by id; not those that failed too often. */
export const listRereads = (db: Tx, shop: number, limit: number, mostAttempts: number) =>
  db
    .select({ orderPlatformId: orderRereads.orderPlatformId, since: orderRereads.since })
    .from(orderRereads)
    .where(and(eq(orderRereads.shopId, shop), lt(orderRereads.attempts, mostAttempts)))
    .orderBy(asc(orderRereads.orderPlatformId))
    .limit(limit);

/** An order was read, unless it was noted anew meanwhile. */
export async function deleteReread({ tx, shop }: Scope, orderPlatformId: string, since: number): Promise<void> {
  await tx
    .delete(orderRereads)
    .where(
      and(
        eq(orderRereads.shopId, shop.id),
        eq(orderRereads.orderPlatformId, orderPlatformId),
        lte(orderRereads.since, since),
      ),
    );
}

/** Reading an order failed once more. */
export async function countRereadFailure({ tx, shop }: Scope, orderPlatformId: string): Promise<void> {
  await tx
    .update(orderRereads)
    .set({ attempts: sql`${orderRereads.attempts} + 1` })
    .where(and(eq(orderRereads.shopId, shop.id), eq(orderRereads.orderPlatformId, orderPlatformId)));
}
