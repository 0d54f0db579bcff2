import { index, instant, json, key, table, text, whole } from '../db/columns.ts';

/** What is read from a platform by ourselves, one row a kind and shop, with how far it has come. */
export const shopSyncs = table(
  'shop_syncs',
  {
    shopId: whole().notNull(),
    kind: text().notNull().$type<'webhooks' | 'customers' | 'products' | 'orders' | 'rereads' | 'reconcile'>(),
    state: text().notNull().$type<'waiting' | 'asked' | 'loading' | 'done' | 'failed'>(),
    /** When to go on; null: not by itself. */
    dueAt: instant(),
    /** The platform's own name of what was asked for. */
    operationId: text(),
    /** When what is being read was asked for: what came by another way since is newer. */
    askedAt: instant(),
    /** Lines of the platform's file that are done, the last id read, or the instant up to which changes were looked for. */
    position: whole().notNull(),
    /** Where it is besides, in the platform's own terms. */
    cursor: json<unknown>(),
    /** Things taken in, those that could not be used, and how many there are, where it is known. */
    count: whole().notNull(),
    refused: whole().notNull(),
    total: whole(),
    /** Who is reading; nobody else does before `heldUntil`. Both null: nobody. */
    heldBy: text(),
    heldUntil: instant(),
    /** Failures since it last went on. */
    attempts: whole().notNull(),
    errorCode: text(),
    /** A sentence for the merchant. */
    reason: text(),
    startedAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [key({ columns: [t.shopId, t.kind] }), index('shop_syncs_due').on(t.dueAt)],
);

/** Orders that have to be read from the platform one by one: edited ones, and those whose refunds a file cannot hold. */
export const orderRereads = table(
  'order_rereads',
  {
    shopId: whole().notNull(),
    orderPlatformId: text().notNull(),
    since: instant().notNull(),
    /** Times that reading this order failed. */
    attempts: whole().notNull(),
  },
  (t) => [key({ columns: [t.shopId, t.orderPlatformId] })],
);
