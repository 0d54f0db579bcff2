/** Where an order was made, in the two kinds that merchants compare; everything unknown is `other`. */
export type SalesChannel = 'online' | 'point_of_sale' | 'other';

const POINT_OF_SALE = new Set(['pos', 'point_of_sale', 'pos-rest-api']);
// Shopify writes web, or a number for an app's storefront; WooCommerce its `created_via`; files name none.
const ONLINE = new Set(['web', 'checkout', 'store-api', 'online', 'iphone', 'android', 'subscription', 'import', '']);

/** The channel of an order's source, as the platform names it. */
export function channelOf(source: string): SalesChannel {
  const name = source.toLowerCase();
  if (POINT_OF_SALE.has(name)) return 'point_of_sale';
  return ONLINE.has(name) || /^\d+$/.test(name) ? 'online' : 'other';
}
