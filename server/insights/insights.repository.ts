import { and, asc, eq, exists, inArray, max, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { shops } from '../shops/shops.tables.ts';
import {
  customerStats,
  insightChannels,
  insightChunks,
  insightDirty,
  insightPoints,
  shopEconomics,
} from './insights.tables.ts';
import { FIGURES, type PointsDay } from './points-days.rules.ts';

export type StatsRow = Omit<typeof customerStats.$inferSelect, 'shopId'>;

const p = sql.placeholder;

const mark = statement('insights.mark', (db) =>
  db.insert(insightDirty).values(placeholders(insightDirty)).onConflictDoNothing(),
);
const chunkOf = statement('insights.chunk', (db) =>
  db
    .select({ revision: insightChunks.revision, columns: insightChunks.columns })
    .from(insightChunks)
    .where(and(eq(insightChunks.shopId, p('shop')), eq(insightChunks.chunk, p('chunk')))),
);
const revisions = statement('insights.revisions', (db) =>
  db
    .select({ chunk: insightChunks.chunk, revision: insightChunks.revision })
    .from(insightChunks)
    .where(eq(insightChunks.shopId, p('shop')))
    .orderBy(asc(insightChunks.chunk)),
);
const upsertChunk = statement('insights.put_chunk', (db) =>
  db
    .insert(insightChunks)
    .values(placeholders(insightChunks))
    .onConflictDoUpdate({
      target: [insightChunks.shopId, insightChunks.chunk],
      set: { columns: sql`excluded.columns`, revision: sql`excluded.revision` },
    }),
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
        points: sql`excluded.points`,
      },
    }),
);

const upsertPoints = statement('insights.add_points', (db) =>
  db
    .insert(insightPoints)
    .values(placeholders(insightPoints))
    .onConflictDoUpdate({
      target: [insightPoints.shopId, insightPoints.day],
      set: Object.fromEntries(
        FIGURES.map((figure) => [figure, sql`${insightPoints[figure]} + ${sql.raw(`excluded.${figure}`)}`]),
      ),
    }),
);

/** Where, and when, something is noted. */
export type Noting = { tx: Tx; shop: { id: number }; now: number };

/** Notes that a customer's orders have changed; noted already is as good. */
export async function markDirty({ tx, shop, now }: Noting, customerId: string): Promise<void> {
  await mark(tx, { shopId: shop.id, customerId, notedAt: now });
}

/** Adds to the points of a day; a day that comes to nothing is taken out, so that a rebuild gives the same rows. */
export async function addPointsDay({ tx, shop }: Scope, day: string, sums: PointsDay): Promise<void> {
  await upsertPoints(tx, { ...sums, shopId: shop.id, day });
  const mine = [eq(insightPoints.shopId, shop.id), eq(insightPoints.day, day)];
  const nothing = FIGURES.map((figure) => eq(insightPoints[figure], 0));
  await tx.delete(insightPoints).where(and(...mine, ...nothing));
}

/** Every day's points of a shop, by day. */
export const listPointsDays = (db: Tx, shop: number) =>
  db.select().from(insightPoints).where(eq(insightPoints.shopId, shop)).orderBy(asc(insightPoints.day));

/** Takes out all days: the first step of adding them up anew. */
export async function deletePointsDays({ tx, shop }: Scope): Promise<void> {
  await tx.delete(insightPoints).where(eq(insightPoints.shopId, shop.id));
}

/** What the merchant said of their costs, or null. */
export async function findEconomics(db: Tx, shop: number) {
  const [row] = await db.select().from(shopEconomics).where(eq(shopEconomics.shopId, shop));
  return row ?? null;
}

export async function putEconomics({ tx, shop }: Scope, row: Omit<typeof shopEconomics.$inferSelect, 'shopId'>) {
  await tx
    .insert(shopEconomics)
    .values({ ...row, shopId: shop.id })
    .onConflictDoUpdate({ target: [shopEconomics.shopId], set: row });
}

/** Names noted since they were packed, a batch. */
export async function dirtyNames(db: Tx, shop: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: insightDirty.customerId })
    .from(insightDirty)
    .where(eq(insightDirty.shopId, shop))
    .orderBy(asc(insightDirty.customerId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** How many customers of the shop are noted. */
export async function countDirty(db: Tx, shop: number): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)` })
    .from(insightDirty)
    .where(eq(insightDirty.shopId, shop));
  return Number(row?.count ?? 0);
}

/** When the oldest of what is noted was noted; null: nothing is. */
export async function oldestDirty(db: Tx, shop: number): Promise<number | null> {
  const [row] = await db
    .select({ at: sql<number | null>`min(${insightDirty.notedAt})` })
    .from(insightDirty)
    .where(eq(insightDirty.shopId, shop));
  const at = row?.at ?? null;
  return at === null ? null : Number(at);
}

/** Shops in which anything is noted. */
export async function shopsWithDirty(db: Tx): Promise<number[]> {
  const noted = db.select({ one: sql`1` }).from(insightDirty).where(eq(insightDirty.shopId, shops.id));
  const rows = await db.select({ id: shops.id }).from(shops).where(exists(noted)).orderBy(asc(shops.id));
  return rows.map(({ id }) => id);
}

export async function clearDirty({ tx, shop }: Scope, names: readonly string[]): Promise<void> {
  await tx
    .delete(insightDirty)
    .where(and(eq(insightDirty.shopId, shop.id), inArray(insightDirty.customerId, [...names])));
}

/** The rows of several customers. */
export const statsOfCustomers = ({ tx, shop }: Pick<Scope, 'tx' | 'shop'>, customers: readonly string[]) =>
  tx
    .select()
    .from(customerStats)
    .where(and(eq(customerStats.shopId, shop.id), inArray(customerStats.customerId, [...customers])));

/** Every customer's row of a shop, by place: for a rebuild. */
export const allStats = (db: Tx, shop: number) =>
  db.select().from(customerStats).where(eq(customerStats.shopId, shop)).orderBy(asc(customerStats.place));

/** The places of several customers, in no order. */
export async function placesOf(db: Tx, shop: number, customers: readonly string[]): Promise<number[]> {
  const rows = await db
    .select({ place: customerStats.place })
    .from(customerStats)
    .where(and(eq(customerStats.shopId, shop), inArray(customerStats.customerId, [...customers])));
  return rows.map(({ place }) => place);
}

/** Customers by their places, by place. */
export const customersAt = (db: Tx, shop: number, places: readonly number[]) =>
  db
    .select({ place: customerStats.place, id: customerStats.customerId })
    .from(customerStats)
    .where(and(eq(customerStats.shopId, shop), inArray(customerStats.place, [...places])));

/** The highest place in use; −1 in an empty shop. */
export async function lastPlace({ tx, shop }: Scope): Promise<number> {
  const [row] = await tx
    .select({ place: max(customerStats.place) })
    .from(customerStats)
    .where(eq(customerStats.shopId, shop.id));
  return row?.place ?? -1;
}

export async function putStats({ tx, shop }: Scope, row: StatsRow): Promise<void> {
  await upsertStats(tx, { ...row, shopId: shop.id });
}

/** One chunk, or null. */
export async function findChunk(db: Tx, shop: number, chunk: number) {
  const [row] = await chunkOf(db, { shop, chunk });
  return row ?? null;
}

export async function putChunk({ tx, shop }: Scope, chunk: number, revision: number, columns: Buffer): Promise<void> {
  await upsertChunk(tx, { shopId: shop.id, chunk, revision, columns });
}

export async function deleteChunk({ tx, shop }: Scope, chunk: number): Promise<void> {
  await tx.delete(insightChunks).where(and(eq(insightChunks.shopId, shop.id), eq(insightChunks.chunk, chunk)));
}

/** The chunks of a shop without their content, in order; those below zero hold orders without a customer. */
export const listRevisions = async (db: Tx, shop: number) => revisions(db, { shop });

/** Several chunks with their content, in no order. */
export const readChunks = (db: Tx, shop: number, chunks: readonly number[]) =>
  db
    .select({ chunk: insightChunks.chunk, revision: insightChunks.revision, columns: insightChunks.columns })
    .from(insightChunks)
    .where(and(eq(insightChunks.shopId, shop), inArray(insightChunks.chunk, [...chunks])));

/** The shop's sales channels, by number. */
export const listChannels = (db: Tx, shop: number) =>
  db
    .select({ channel: insightChannels.channel, name: insightChannels.name })
    .from(insightChannels)
    .where(eq(insightChannels.shopId, shop))
    .orderBy(asc(insightChannels.channel));

export async function insertChannel({ tx, shop }: Scope, channel: number, name: string): Promise<void> {
  await tx.insert(insightChannels).values({ shopId: shop.id, channel, name });
}
