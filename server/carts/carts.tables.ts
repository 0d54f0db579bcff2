import type { CartLine } from '../commerce/commerce.types.ts';
import { index, instant, json, key, table, text, whole } from '../db/columns.ts';

/** A checkout that was begun. Whether it was abandoned is decided from these facts, never by the platform. */
export const carts = table(
  'carts',
  {
    shopId: whole().notNull(),
    token: text().notNull(),
    cartToken: text(),
    customerId: text(),
    email: text(),
    phone: text(),
    lines: json<CartLine[]>().notNull(),
    currency: text().notNull(),
    total: whole().notNull(),
    recoveryUrl: text(),
    createdAt: instant().notNull(),
    /** Platform time of the shopper's last step. */
    activityAt: instant().notNull(),
    completedAt: instant(),
    deletedAt: instant(),
    orderPlatformId: text(),
    triggeredAt: instant().notNull(),
    bodyHash: text().notNull(),
  },
  (t) => [
    key({ columns: [t.shopId, t.token] }),
    index('carts_customer').on(t.shopId, t.customerId),
    index('carts_activity').on(t.shopId, t.activityAt),
  ],
);
