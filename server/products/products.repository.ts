import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Scope } from '../shops/scope.ts';
import { products } from './products.tables.ts';

export type ProductRow = typeof products.$inferSelect;

export async function findProduct({ tx, shop }: Scope, platformId: string): Promise<ProductRow | null> {
  const [row] = await tx
    .select()
    .from(products)
    .where(and(eq(products.shopId, shop.id), eq(products.platformId, platformId)));
  return row ?? null;
}

export async function putProduct({ tx, shop }: Scope, row: Omit<ProductRow, 'shopId'>): Promise<void> {
  const { platformId: _id, ...set } = row;
  await tx
    .insert(products)
    .values({ ...row, shopId: shop.id })
    .onConflictDoUpdate({ target: [products.shopId, products.platformId], set });
}

/** What rules need of several products; at most 500 ids a call. */
export const productFacts = ({ tx, shop }: Pick<Scope, 'tx' | 'shop'>, platformIds: string[]) =>
  tx
    .select({
      id: products.platformId,
      type: products.type,
      vendor: products.vendor,
      collections: products.collections,
    })
    .from(products)
    .where(and(eq(products.shopId, shop.id), inArray(products.platformId, platformIds)))
    .orderBy(asc(products.platformId));
