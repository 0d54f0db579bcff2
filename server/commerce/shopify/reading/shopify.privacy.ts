import { z } from 'zod';
import type { Change, Contact, Delivery, ShopContext } from '../../commerce.types.ts';
import { toPhone } from '../../fields.ts';
import { email, idNumber, refuseField, shaped, text } from './shopify.fields.ts';

const WHAT = 'privacy request';

// Bounded by the body's size only: cutting off a list of orders to erase would leave personal data behind.
const orderIds = z.array(idNumber).nullish();

const requestShape = z.object({
  customer: z.object({ id: idNumber, email, phone: text(40) }).nullish(),
  orders_requested: orderIds,
  orders_to_redact: orderIds,
  data_request: z.object({ id: idNumber }).nullish().catch(null),
});

function request(body: unknown, field: 'orders_requested' | 'orders_to_redact', shop: ShopContext) {
  const payload = shaped(requestShape, body, WHAT);
  const { customer } = payload;
  const contact: Contact = {
    platformId: customer?.id ?? null,
    email: customer?.email ?? null,
    phone: toPhone(customer?.phone ?? null, shop.country),
  };
  const orders = (payload[field] ?? []).filter((id) => id !== null);
  if (contact.platformId === null && contact.email === null && contact.phone === null && orders.length === 0)
    throw refuseField(WHAT, 'customer', 'a customer');
  return { contact, orderIds: orders, requestId: payload.data_request?.id ?? null };
}

/** `customers/data_request`. @throws DeliveryRefused when it names neither a customer nor an order */
export const readDataRequest = (body: unknown, _delivery: Delivery, shop: ShopContext): Change[] => [
  { kind: 'data-request', ...request(body, 'orders_requested', shop) },
];

/** `customers/redact`. @throws DeliveryRefused when it names neither a customer nor an order */
export function readRedactCustomer(body: unknown, _delivery: Delivery, shop: ShopContext): Change[] {
  const { contact, orderIds: orders } = request(body, 'orders_to_redact', shop);
  return [{ kind: 'redact-customer', contact, orderIds: orders }];
}

/** `shop/redact`: whose shop it is, the signed delivery says. */
export const readRedactShop = (): Change[] => [{ kind: 'redact-shop' }];
