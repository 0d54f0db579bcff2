import { sql } from 'drizzle-orm';
import { bytes, index, instant, key, table, text, unique, whole } from '../db/columns.ts';

/** Verified deliveries, stored once, applied per shop. The body is dropped some time after it was applied. */
export const inbox = table(
  'inbox',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    /** What makes the delivery the same as an earlier one. */
    deliveryId: text().notNull(),
    topic: text().notNull(),
    body: bytes(),
    triggeredAt: instant().notNull(),
    receivedAt: instant().notNull(),
    state: text().notNull().$type<'pending' | 'applied' | 'ignored' | 'parked'>(),
    attempts: whole().notNull(),
    dueAt: instant().notNull(),
    appliedAt: instant(),
    errorCode: text(),
    /** A sentence for the merchant: why it was ignored or parked. */
    reason: text(),
    /** Whom the delivery was about, so that an erasure finds the body. */
    customerId: text(),
  },
  (t) => [
    key({ columns: [t.shopId, t.id] }),
    unique('inbox_delivery').on(t.shopId, t.deliveryId),
    index('inbox_due').on(t.shopId, t.dueAt, t.id).where(sql`state = 'pending'`),
    index('inbox_parked').on(t.shopId, t.id).where(sql`state = 'parked'`),
    index('inbox_customer').on(t.shopId, t.customerId).where(sql`body is not null and customer_id is not null`),
    index('inbox_bodies').on(t.appliedAt).where(sql`body is not null`),
  ],
);
