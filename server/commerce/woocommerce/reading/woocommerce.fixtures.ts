import { createHmac } from 'node:crypto';

type Json = Record<string, unknown>;

/** For tests only: a line of goods, 2 × 10.00 without tax. */
export const wooLine = (fields: Json = {}): Json => ({
  id: 5,
  name: 'Espresso Beans 1kg',
  product_id: 11,
  variation_id: 0,
  quantity: 2,
  sku: 'BEANS',
  price: 10,
  subtotal: '20.00',
  subtotal_tax: '0.00',
  total: '20.00',
  total_tax: '0.00',
  meta_data: [],
  ...fields,
});

/** For tests only: an order as a store sends it, of 25.00 EUR on 2025-03-01, by a guest, not paid for yet but delivered. */
export const wooOrderBody = (fields: Json = {}): Json => ({
  id: 45,
  parent_id: 0,
  status: 'processing',
  currency: 'EUR',
  version: '11.0.1',
  prices_include_tax: false,
  date_created: '2025-03-01T12:00:00',
  date_created_gmt: '2025-03-01T10:00:00',
  date_modified: '2025-03-01T12:00:00',
  date_modified_gmt: '2025-03-01T10:00:00',
  date_paid: null,
  date_paid_gmt: null,
  date_completed: null,
  date_completed_gmt: null,
  discount_total: '0.00',
  discount_tax: '0.00',
  shipping_total: '5.00',
  shipping_tax: '0.00',
  cart_tax: '0.00',
  total: '25.00',
  total_tax: '0.00',
  customer_id: 0,
  order_key: 'wc_order_1',
  created_via: 'store-api',
  billing: { first_name: 'Ada', last_name: 'Quartz', country: 'BG', email: 'ada@example.test', phone: '' },
  shipping: { first_name: '', last_name: '', country: 'BG', phone: '' },
  payment_method: 'cod',
  cart_hash: '786b2416b86f60c1caed546b03b24a1d',
  number: '45',
  meta_data: [],
  line_items: [wooLine()],
  tax_lines: [],
  fee_lines: [],
  coupon_lines: [],
  refunds: [],
  shipping_lines: [{ id: 7, method_id: 'flat_rate', total: '5.00', total_tax: '0.00', meta_data: [] }],
  ...fields,
});

/** For tests only: an account as a store sends it, registered and modified on 2025-01-01. */
export const wooCustomerBody = (fields: Json = {}): Json => ({
  id: 7,
  email: 'ada@example.test',
  first_name: 'Ada',
  last_name: 'Quartz',
  role: 'customer',
  username: 'ada',
  date_created_gmt: '2025-01-01T10:00:00',
  date_modified_gmt: '2025-01-01T10:00:00',
  is_paying_customer: false,
  billing: { first_name: 'Ada', last_name: 'Quartz', country: 'BG', email: '', phone: '' },
  shipping: {},
  meta_data: [],
  ...fields,
});

/** For tests only: a product as a store sends it. */
export const wooProductBody = (fields: Json = {}): Json => ({
  id: 11,
  name: 'Espresso Beans 1kg',
  type: 'simple',
  status: 'publish',
  price: '10.00',
  date_created_gmt: '2025-01-01T10:00:00',
  date_modified_gmt: '2025-01-02T10:00:00',
  categories: [{ id: 15, name: 'Coffee' }],
  tags: [{ id: 3, name: 'dark' }],
  brands: [],
  meta_data: [],
  ...fields,
});

/** For tests only: a coupon as a store sends it. */
export const wooCouponBody = (fields: Json = {}): Json => ({
  id: 35,
  code: 'loyal-ada-10',
  amount: '10.00',
  status: 'publish',
  discount_type: 'fixed_cart',
  date_created_gmt: '2025-03-01T10:00:00',
  date_modified_gmt: '2025-03-01T10:00:00',
  date_expires_gmt: '2025-12-31T21:59:59',
  usage_count: 0,
  usage_limit: 1,
  meta_data: [],
  email_restrictions: ['ada@example.test'],
  ...fields,
});

/** For tests only: a refund of one of the order's two things, as REST tells it. */
export const wooRefundBody = (fields: Json = {}): Json => ({
  id: 28,
  date_created_gmt: '2025-03-02T10:00:00',
  amount: '10.00',
  reason: 'broken',
  meta_data: [],
  line_items: [
    {
      id: 21,
      quantity: -1,
      subtotal: '-10.00',
      total: '-10.00',
      total_tax: '0.00',
      meta_data: [{ id: 162, key: '_refunded_item_id', value: '5' }],
    },
  ],
  shipping_lines: [],
  fee_lines: [],
  tax_lines: [],
  ...fields,
});

/** For tests only: JSON as PHP writes it, with escaped slashes. */
export const phpJson = (body: unknown): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from((JSON.stringify(body) ?? '').replaceAll('/', '\\/'));

/** For tests only: the headers with which a store signs a body. */
export function wooHeaders(
  body: unknown,
  { topic, secret = 'lab-webhook-secret', webhook = '2' }: { topic: string; secret?: string; webhook?: string },
): Record<string, string> {
  const [resource = '', event = ''] = topic.split('.');
  return {
    'content-type': 'application/json',
    'user-agent': 'WooCommerce/11.0.1 Hookshot (WordPress/7.1)',
    'x-wc-webhook-source': 'https://shop.example.test/',
    'x-wc-webhook-topic': topic,
    'x-wc-webhook-resource': resource,
    'x-wc-webhook-event': event,
    'x-wc-webhook-signature': createHmac('sha256', secret).update(phpJson(body)).digest('base64'),
    'x-wc-webhook-id': webhook,
    // To the second: two events of one second have the same.
    'x-wc-webhook-delivery-id': 'bbbe14cec988224c7a96ac723f2886a8',
  };
}
