import { flag, index, instant, json, key, table, text, unique, whole } from '../db/columns.ts';

/** One tenant: a shop on one platform. The row outlives an erasure, so that the shop's deliveries stay answerable. */
export const shops = table(
  'shops',
  {
    id: whole().primaryKey(),
    platform: text().notNull().$type<'shopify' | 'woocommerce'>(),
    domain: text().notNull(),
    state: text().notNull().$type<'registered' | 'installed' | 'uninstalled'>(),
    name: text(),
    currency: text().notNull(),
    timeZone: text().notNull(),
    locale: text().notNull(),
    calendar: text().notNull().$type<'gregory' | 'persian'>(),
    country: text(),
    /** Shows amounts of a rial shop in toman; null: nobody has said so far. */
    showToman: flag(),
    /** Where a WooCommerce store is, with its path and without a trailing slash; null: never connected, or not WooCommerce. */
    storeUrl: text(),
    /** What a WooCommerce store sells in now, where that is not `currency`: amounts that are kept stay what they are. */
    storeCurrency: text(),
    /** When a WooCommerce store was last found to have stopped sending some of our webhooks. */
    webhooksStoppedAt: instant(),
    /** Orders placed before this instant count in the numbers and earn nothing. */
    programStart: instant().notNull(),
    scopes: text(),
    /** Sealed by the vault; null when the platform signs with the app's own secret. */
    webhookSecret: text(),
    /** Sealed by the vault; null while only registered. */
    accessToken: text(),
    /** Real time, not the app's clock, as everything about tokens is; null: the access token does not expire. */
    accessExpiresAt: instant(),
    /** Sealed by the vault: changes the access token for a new one, and itself with it. */
    refreshToken: text(),
    refreshExpiresAt: instant(),
    /** Sealed by the vault: the refresh token before, until what came in its place is proven. */
    previousRefreshToken: text(),
    /** Until when one process alone may refresh. */
    refreshLeaseUntil: instant(),
    /** The platform accepts the tokens no longer; an install brings new ones. */
    accessRefusedAt: instant(),
    /** The platform time of the newest `shop/update` taken over, so that a late one changes nothing. */
    profileUpdatedAt: instant().notNull(),
    createdAt: instant().notNull(),
    installedAt: instant(),
    uninstalledAt: instant(),
    erasedAt: instant(),
  },
  (t) => [unique('shops_domain').on(t.platform, t.domain)],
);

/** Which time zone was in force from when: a change applies from then on, local days already written stay. */
export const shopZones = table(
  'shop_zones',
  { shopId: whole().notNull(), fromAt: instant().notNull(), timeZone: text().notNull() },
  (t) => [key({ columns: [t.shopId, t.fromAt] })],
);

/** Who changed what, and why: the erasable half of every ledger reason and merchant action. */
export const auditLog = table(
  'audit_log',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    target: text(),
    reason: text(),
    before: json<unknown>(),
    after: json<unknown>(),
  },
  (t) => [key({ columns: [t.shopId, t.id] }), index('audit_log_target').on(t.shopId, t.target)],
);

/** A file of orders that was imported once; its orders point here. */
export const imports = table(
  'imports',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    file: text().notNull(),
    format: text().notNull(),
    earns: flag().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.id] })],
);
