/**
 * The folders of the server, each of which may import those above it and itself, types too; nothing imports what stands
 * below. A file at the top of server/ is wiring, and stands by its own name. Held by folders.test.ts.
 */
export const ORDER: readonly string[] = [
  // Ground: no word of shops or points.
  'server/shared',
  'server/contracts',
  'server/words',
  'server/facts',
  'server/keys.ts',
  'server/config.ts',
  'server/db',
  'server/commerce',
  'server/jobs',
  // Who the tenants are, and how anybody speaks to them.
  'server/shops',
  'server/http',
  'server/work',
  'server/files',
  'server/secrets',
  'server/backup',
  'server/archives',
  // What is recorded: these say what has become known, and know nothing of what follows.
  'server/customers',
  'server/products',
  'server/coupons',
  'server/carts',
  'server/orders',
  'server/inbox',
  'server/syncs',
  // What follows from it.
  'server/program',
  'server/points',
  'server/tiers',
  'server/insights',
  'server/people',
  'server/effects',
  'server/onboarding',
  'server/privacy',
  // Where changes come from.
  'server/intake',
  'server/commerce/shopify',
  'server/commerce/shopify/admin',
  'server/commerce/shopify/writing',
  'server/commerce/shopify/reading',
  'server/commerce/shopify/connect',
  'server/commerce/shopify/syncs',
  'server/commerce/woocommerce/store',
  'server/commerce/woocommerce/reading',
  'server/commerce/woocommerce/connect',
  'server/commerce/woocommerce/syncs',
  'server/imports',
  // Ways in.
  'server/api',
  'server/sandbox/store',
  'server/sandbox/shopify',
  'server/sandbox/woocommerce',
  'server/sandbox',
  // Wiring.
  'server/schema.ts',
  'server/reactions.ts',
  'server/schedule.ts',
  'server/routes.ts',
  'server/app.ts',
  'server/cli',
  'server/cli.ts',
  'server/index.ts',
];
