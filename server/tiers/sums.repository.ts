import { and, eq, sql } from 'drizzle-orm';
import { statement } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { tierSums } from './tiers.tables.ts';

export type SumsRow = typeof tierSums.$inferSelect;

const p = sql.placeholder;
const mine = and(eq(tierSums.shopId, p('shop')), eq(tierSums.customerId, p('customer')));

const ofCustomer = statement('tiers.sums', (db) => db.select().from(tierSums).where(mine));
const put = statement('tiers.put_sums', (db) =>
  db
    .insert(tierSums)
    .values(placeholders(tierSums))
    .onConflictDoUpdate({
      target: [tierSums.shopId, tierSums.customerId],
      set: {
        placedAt: sql`excluded.placed_at`,
        platformId: sql`excluded.platform_id`,
        terms: sql`excluded.terms`,
        version: sql`excluded.version`,
        sums: sql`excluded.sums`,
      },
    }),
);
const remove = statement('tiers.delete_sums', (db) => db.delete(tierSums).where(mine));

export async function findSums({ tx, shop }: Scope, customer: string): Promise<SumsRow | null> {
  const [row] = await ofCustomer(tx, { shop: shop.id, customer });
  return row ?? null;
}

export async function putSums({ tx, shop }: Scope, row: Omit<SumsRow, 'shopId'>): Promise<void> {
  await put(tx, { ...row, shopId: shop.id });
}

export async function deleteSums({ tx, shop }: Scope, customer: string): Promise<void> {
  await remove(tx, { shop: shop.id, customer });
}

/** Of every customer of a shop. */
export async function deleteAllSums({ tx, shop }: { tx: Scope['tx']; shop: { id: number } }): Promise<void> {
  await tx.delete(tierSums).where(eq(tierSums.shopId, shop.id));
}
