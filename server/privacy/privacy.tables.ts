import { bytes, instant, key, table, text, whole } from '../db/columns.ts';

/** Files made for a merchant: the answer to a customer's data request, which came by the platform or to the merchant. */
export const exports = table(
  'exports',
  {
    shopId: whole().notNull(),
    id: text().notNull(),
    kind: text().notNull().$type<'data-request' | 'customer-export'>(),
    requestId: text(),
    customerId: text(),
    createdAt: instant().notNull(),
    json: bytes(),
    csv: bytes(),
  },
  (t) => [key({ columns: [t.shopId, t.id] })],
);
