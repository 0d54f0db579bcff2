import { and, asc, eq, inArray, lte, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { apiIdempotency, apiKeys } from './api.tables.ts';

const p = sql.placeholder;

type KeyRow = typeof apiKeys.$inferSelect;
type AnswerRow = typeof apiIdempotency.$inferSelect;

const keyById = statement('api.key', (db) =>
  db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.shopId, p('shop')), eq(apiKeys.id, p('id')))),
);

/** One key's row, or null. */
export async function findKey(db: Tx, shop: number, id: string): Promise<KeyRow | null> {
  const [row] = await keyById(db, { shop, id });
  return row ?? null;
}

/** A shop's keys, oldest first. */
export const listKeys = (db: Tx, shop: number): Promise<KeyRow[]> =>
  db.select().from(apiKeys).where(eq(apiKeys.shopId, shop)).orderBy(asc(apiKeys.id));

export async function insertKey({ tx, shop }: Scope, row: Omit<KeyRow, 'shopId'>): Promise<void> {
  await tx.insert(apiKeys).values({ ...row, shopId: shop.id });
}

export async function updateKey(
  tx: Tx,
  shop: number,
  id: string,
  change: Partial<Pick<KeyRow, 'lastUsedAt' | 'revokedAt'>>,
): Promise<void> {
  await tx
    .update(apiKeys)
    .set(change)
    .where(and(eq(apiKeys.shopId, shop), eq(apiKeys.id, id)));
}

/** What a request of this key was answered first, or null. */
export async function findAnswer({ tx, shop }: Scope, key: string): Promise<AnswerRow | null> {
  const [row] = await tx
    .select()
    .from(apiIdempotency)
    .where(and(eq(apiIdempotency.shopId, shop.id), eq(apiIdempotency.key, key)));
  return row ?? null;
}

export async function insertAnswer({ tx, shop }: Scope, row: Omit<AnswerRow, 'shopId'>): Promise<void> {
  await tx.insert(apiIdempotency).values({ ...row, shopId: shop.id });
}

/** Forgets what was answered to requests about erased customers. The keys stay: a request that is sent again must not have its effect again. */
export async function eraseAnswers({ tx, shop }: Scope, customers: readonly string[]): Promise<void> {
  for (const id of customers) {
    await tx
      .update(apiIdempotency)
      .set({ answer: { id, erased: true } })
      .where(and(eq(apiIdempotency.shopId, shop.id), eq(apiIdempotency.customerId, id)));
  }
}

/** Drops answers of any shop that were given up to an instant, a page. @returns how many */
export async function dropAnswers(tx: Tx, upTo: number, limit: number): Promise<number> {
  const old = await tx
    .select({ shopId: apiIdempotency.shopId, key: apiIdempotency.key })
    .from(apiIdempotency)
    .where(lte(apiIdempotency.createdAt, upTo))
    .orderBy(asc(apiIdempotency.createdAt))
    .limit(limit);
  const byShop = new Map<number, string[]>();
  for (const { shopId, key } of old) byShop.set(shopId, [...(byShop.get(shopId) ?? []), key]);
  for (const [shopId, keys] of byShop) {
    await tx.delete(apiIdempotency).where(and(eq(apiIdempotency.shopId, shopId), inArray(apiIdempotency.key, keys)));
  }
  return old.length;
}
