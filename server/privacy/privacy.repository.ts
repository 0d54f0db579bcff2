import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { apiIdempotency, apiKeys } from '../api/api.tables.ts';
import { archives } from '../archives/archives.tables.ts';
import { carts } from '../carts/carts.tables.ts';
import { coupons } from '../coupons/coupons.tables.ts';
import {
  customerConsents,
  customerIdentities,
  customerNotes,
  customerSearch,
  customers,
  customerTags,
} from '../customers/customers.tables.ts';
import type { Tx } from '../db/database.ts';
import { effects } from '../effects/effects.tables.ts';
import { filePieces } from '../files/files.tables.ts';
import { importRuns } from '../imports/runs.tables.ts';
import { inbox } from '../inbox/inbox.tables.ts';
import {
  customerStats,
  insightChannels,
  insightChunks,
  insightDirty,
  insightPoints,
  insightVersions,
  shopEconomics,
} from '../insights/insights.tables.ts';
import { orderFacts, orderLines, orders } from '../orders/orders.tables.ts';
import {
  pointsAccounts,
  pointsLots,
  pointsRunning,
  pointsSpends,
  pointsTransactions,
} from '../points/points.tables.ts';
import { products } from '../products/products.tables.ts';
import { customerTiers, tierPins } from '../program/program.tables.ts';
import type { Scope } from '../shops/scope.ts';
import { auditLog, imports, shops } from '../shops/shops.tables.ts';
import { orderRereads, shopSyncs } from '../syncs/syncs.tables.ts';
import { tierMoves, tierSums } from '../tiers/tiers.tables.ts';
import { exports } from './privacy.tables.ts';

type Erasable = SQLiteTable & { shopId: SQLiteColumn };

/** What an erased shop loses, with the column by which it is deleted piece by piece. Ledger rows stay: they name nobody. */
const OF_SHOP: [Erasable, SQLiteColumn][] = [
  [customers, customers.id],
  [customerIdentities, customerIdentities.value],
  [customerConsents, customerConsents.customerId],
  [customerTags, customerTags.customerId],
  [customerNotes, customerNotes.id],
  [customerSearch, customerSearch.customerId],
  [orderLines, orderLines.orderId],
  [orderFacts, orderFacts.orderPlatformId],
  [orders, orders.id],
  [carts, carts.token],
  [products, products.platformId],
  [coupons, coupons.platformId],
  [inbox, inbox.id],
  [exports, exports.id],
  [auditLog, auditLog.id],
  [imports, imports.id],
  [importRuns, importRuns.id],
  [archives, archives.id],
  [filePieces, filePieces.piece],
  [customerStats, customerStats.customerId],
  [insightDirty, insightDirty.customerId],
  [insightChunks, insightChunks.chunk],
  [insightChannels, insightChannels.channel],
  [insightPoints, insightPoints.day],
  [insightVersions, insightVersions.shopId],
  [shopEconomics, shopEconomics.shopId],
  [pointsRunning, pointsRunning.customerId],
  [customerTiers, customerTiers.customerId],
  [tierMoves, tierMoves.id],
  [tierPins, tierPins.orderId],
  [tierSums, tierSums.customerId],
  [shopSyncs, shopSyncs.kind],
  [orderRereads, orderRereads.orderPlatformId],
  [effects, effects.id],
  [apiKeys, apiKeys.id],
  [apiIdempotency, apiIdempotency.key],
];

/** Names of the tables that hold something of a shop, in the order in which they are erased. */
export const ERASED_TABLES = OF_SHOP.length;

/** Deletes up to `limit` keys' rows of the n-th table of a shop. @returns how many keys were deleted */
export async function deletePiece(tx: Tx, shop: number, table: number, limit: number): Promise<number> {
  const entry = OF_SHOP[table];
  if (!entry) return 0;
  const [rows, column] = entry;
  const piece = await tx
    .selectDistinct({ key: column })
    .from(rows)
    .where(eq(rows.shopId, shop))
    .orderBy(asc(column))
    .limit(limit);
  const keys = piece.map(({ key }) => key as string);
  if (keys.length > 0) await tx.delete(rows).where(and(eq(rows.shopId, shop), inArray(column, keys)));
  return keys.length;
}

/** A customer's contact is taken out of their row; the row itself stays, as what orders and ledger point to. */
export async function eraseCustomerRow({ tx, shop, now }: Scope, customer: string): Promise<void> {
  await tx
    .update(customers)
    .set({
      email: null,
      phone: null,
      firstName: null,
      lastName: null,
      locale: null,
      country: null,
      note: null,
      saidAt: null,
      // What was known already stays erased, even where the platform's clock is ahead of ours.
      erasedAt: sql`case when ${customers.updatedAt} > ${now} then ${customers.updatedAt} else ${now} end`,
    })
    .where(and(eq(customers.shopId, shop.id), eq(customers.id, customer)));
}

/** Files and reasons about a customer, and what was answered to requests about them. */
export async function eraseFilesOf({ tx, shop }: Scope, customer: string): Promise<void> {
  await tx.delete(exports).where(and(eq(exports.shopId, shop.id), eq(exports.customerId, customer)));
  await tx
    .update(auditLog)
    .set({ reason: null, before: null, after: null })
    .where(and(eq(auditLog.shopId, shop.id), eq(auditLog.target, customer)));
  // The keys stay: a request that is sent again must not have its effect again.
  await tx
    .update(apiIdempotency)
    .set({ answer: { id: customer, erased: true } })
    .where(and(eq(apiIdempotency.shopId, shop.id), eq(apiIdempotency.customerId, customer)));
}

/** Customers of some orders, by the platform's order ids. */
export async function customersOfOrders({ tx, shop }: Scope, platformIds: string[]): Promise<string[]> {
  if (platformIds.length === 0) return [];
  const rows = await tx
    .selectDistinct({ id: orders.customerId })
    .from(orders)
    .where(and(eq(orders.shopId, shop.id), inArray(orders.platformId, platformIds.slice(0, 1000))));
  return rows.flatMap(({ id }) => id ?? []).sort();
}

export async function insertExport({ tx, shop }: Scope, row: Omit<typeof exports.$inferSelect, 'shopId'>) {
  await tx.insert(exports).values({ ...row, shopId: shop.id });
}

/** The exports of a shop without their content, newest first. */
export const listExports = (db: Tx, shop: number) =>
  db
    .select({
      id: exports.id,
      kind: exports.kind,
      requestId: exports.requestId,
      customerId: exports.customerId,
      createdAt: exports.createdAt,
      jsonBytes: sql<number>`coalesce(length(${exports.json}), 0)`,
      csvBytes: sql<number>`coalesce(length(${exports.csv}), 0)`,
    })
    .from(exports)
    .where(eq(exports.shopId, shop))
    .orderBy(desc(exports.createdAt), desc(exports.id))
    .limit(1000);

export async function findExport(db: Tx, shop: number, id: string) {
  const [row] = await db
    .select()
    .from(exports)
    .where(and(eq(exports.shopId, shop), eq(exports.id, id)));
  return row ?? null;
}

/** Everything that is kept about one customer, as rows. */
export async function everythingAbout({ tx, shop }: Scope, customer: string) {
  const mine = <T extends SQLiteTable & { shopId: SQLiteColumn; customerId: SQLiteColumn }>(table: T) =>
    and(eq(table.shopId, shop.id), eq(table.customerId, customer));
  return {
    customer: await tx
      .select()
      .from(customers)
      .where(and(eq(customers.shopId, shop.id), eq(customers.id, customer))),
    identities: await tx.select().from(customerIdentities).where(mine(customerIdentities)),
    consents: await tx.select().from(customerConsents).where(mine(customerConsents)),
    tags: await tx.select().from(customerTags).where(mine(customerTags)),
    notes: await tx.select().from(customerNotes).where(mine(customerNotes)),
    orders: await tx.select().from(orders).where(mine(orders)).orderBy(asc(orders.placedAt)),
    lines: await tx
      .select({ line: orderLines })
      .from(orderLines)
      .innerJoin(orders, and(eq(orders.shopId, orderLines.shopId), eq(orders.id, orderLines.orderId)))
      .where(mine(orders)),
    carts: await tx.select().from(carts).where(mine(carts)),
    effects: await tx.select().from(effects).where(mine(effects)),
    numbers: await tx.select().from(customerStats).where(mine(customerStats)),
    pointsBalance: await tx.select().from(pointsAccounts).where(mine(pointsAccounts)),
    pointsLots: await tx.select().from(pointsLots).where(mine(pointsLots)),
    tier: await tx.select().from(customerTiers).where(mine(customerTiers)),
    tierMoves: await tx.select().from(tierMoves).where(mine(tierMoves)),
    pointsSpends: await tx.select().from(pointsSpends).where(mine(pointsSpends)),
    reasons: await tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.shopId, shop.id), eq(auditLog.target, customer)))
      .orderBy(asc(auditLog.id)),
    pointsTransactions: await tx
      .select()
      .from(pointsTransactions)
      .where(mine(pointsTransactions))
      .orderBy(asc(pointsTransactions.seq)),
  };
}

/** Shops that were uninstalled before an instant and still have their data, or whose erasure is not finished. */
export async function shopsToErase(db: Tx, before: number) {
  return db
    .select({ id: shops.id })
    .from(shops)
    .where(sql`${shops.state} = 'uninstalled' and ${shops.erasedAt} is null and ${shops.uninstalledAt} <= ${before}`)
    .orderBy(asc(shops.id));
}

/** Whether any erasable row of a shop is left. */
export async function hasRows(db: Tx, shop: number): Promise<boolean> {
  for (const [rows] of OF_SHOP) {
    const found = await db.select({ shop: rows.shopId }).from(rows).where(eq(rows.shopId, shop)).limit(1);
    if (found.length > 0) return true;
  }
  return false;
}

/** Erased shops: whose pieces may still have to be deleted. */
export const erasedShops = (db: Tx) =>
  db.select({ id: shops.id }).from(shops).where(sql`${shops.erasedAt} is not null`).orderBy(asc(shops.id));
