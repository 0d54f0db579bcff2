/** Every table of the app: what the migrations are generated from. */
export * from '../api/api.tables.ts';
export * from '../carts/carts.tables.ts';
export * from '../commerce/woocommerce/handovers.tables.ts';
export * from '../coupons/coupons.tables.ts';
export * from '../customers/customers.tables.ts';
export * from '../inbox/inbox.tables.ts';
export * from '../insights/insights.tables.ts';
export * from '../orders/orders.tables.ts';
export * from '../points/points.tables.ts';
export * from '../privacy/privacy.tables.ts';
export * from '../products/products.tables.ts';
export * from '../shops/shops.tables.ts';
export * from '../syncs/syncs.tables.ts';
export * from '../tiers/tiers.tables.ts';
