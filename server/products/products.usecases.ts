import type { ProductState } from '../commerce/commerce.types.ts';
import { isNewer } from '../customers/customers.rules.ts';
import type { Scope } from '../shops/scope.ts';
import { findProduct, productFacts, putProduct } from './products.repository.ts';

/** Takes a product over, unless a newer word of it is known. */
export async function recordProduct(scope: Scope, product: ProductState): Promise<boolean> {
  const known = await findProduct(scope, product.platformId);
  if (known && !isNewer(product.version, known)) return false;
  const { version, ...fields } = product;
  const row = {
    ...fields,
    ...version,
    collections: product.collections ?? known?.collections ?? [],
    deletedAt: known?.deletedAt ?? null,
  };
  await putProduct(scope, row);
  await scope.tell({ kind: 'product-changed', before: known, after: row });
  return true;
}

/** The platform deleted the product; a payload dated later brings it back. */
export async function recordProductDeleted(scope: Scope, platformId: string, at: number): Promise<void> {
  const known = await findProduct(scope, platformId);
  const unseen = { platformId, title: '', type: null, vendor: null, tags: [], collections: [], state: 'deleted' };
  const blank = { ...unseen, createdAt: 0, updatedAt: 0, triggeredAt: 0, bodyHash: '', deletedAt: null };
  const { shopId: _shop, ...row } = known ?? { ...blank, shopId: 0 };
  const gone = { ...row, deletedAt: Math.max(row.deletedAt ?? 0, at) };
  await putProduct(scope, gone);
  await scope.tell({ kind: 'product-changed', before: known, after: gone });
}

const PAGE = 500;

/** A look-up of what the catalogue knows of some products. */
export async function catalogueOf(scope: Pick<Scope, 'tx' | 'shop'>, productIds: Iterable<string>) {
  const wanted = [...new Set(productIds)];
  const known = new Map<string, { type: string | null; vendor: string | null; collections: string[] }>();
  for (let at = 0; at < wanted.length; at += PAGE) {
    for (const row of await productFacts(scope, wanted.slice(at, at + PAGE))) known.set(row.id, row);
  }
  return (id: string) => known.get(id);
}
