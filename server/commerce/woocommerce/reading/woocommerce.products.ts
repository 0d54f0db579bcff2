import type { Change } from '../../commerce.types.ts';
import { need } from './woocommerce.fields.ts';
import { type Reading, versionOf } from './woocommerce.orders.ts';
import type { WooProduct } from './woocommerce.shapes.ts';

const WHAT = 'product';

/**
 * What a product says; its categories are its collections. A variation is known by its product, and one in the trash is
 * gone. @throws DeliveryRefused without a date
 */
export function productChanges(product: WooProduct, reading: Reading): Change[] {
  const { id: platformId, type } = product;
  if (type === 'variation')
    return [{ kind: 'ignored', reason: `The variation ${platformId} is known by the product that it belongs to.` }];
  if (product.status === 'trash') return [{ kind: 'product-deleted', platformId, at: reading.readAt }];
  const createdAt = need(product.date_created_gmt ?? product.date_modified_gmt, WHAT, 'date_created_gmt', 'a time');
  return [
    {
      kind: 'product',
      product: {
        platformId,
        title: product.name ?? '',
        type,
        vendor: product.brands[0]?.name ?? null,
        tags: product.tags.flatMap(({ name }) => name ?? []),
        collections: product.categories.flatMap(({ id }) => id ?? []),
        state: product.status ?? 'publish',
        createdAt,
        version: versionOf(product.date_modified_gmt ?? createdAt, reading),
      },
    },
  ];
}
