import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Change } from '../../commerce.types.ts';
import { SHOPIFY_TOPICS, shopifyCommerce } from './shopify.commerce.ts';

const shop = { currency: 'USD', timeZone: 'UTC', country: 'IR' };
const at = '2026-03-05T12:00:00+03:30';
const gid = (type: string, id: number) => ({ id, admin_graphql_api_id: `gid://shopify/${type}/${id}` });
const set = (amount: string) => ({ shop_money: { amount, currency_code: 'USD' } });
const customer = {
  ...gid('Customer', 42),
  email: 'ann@example.com',
  phone: '+16135550135',
  first_name: 'Ann',
  note: 'likes tea',
  created_at: at,
  updated_at: at,
  email_marketing_consent: { state: 'subscribed', opt_in_level: 'single_opt_in', consent_updated_at: at },
  default_address: { first_name: 'Ann', country_code: 'CA' },
};
const line = {
  ...gid('LineItem', 1),
  product_id: 10,
  variant_id: 100,
  title: 'Tea',
  quantity: 2,
  price: '10.00',
  price_set: set('10.00'),
  discount_allocations: [{ amount: '1.00', amount_set: set('1.00') }],
  tax_lines: [{ price: '0.80', price_set: set('0.80') }],
  gift_card: false,
};

/** One body with the fields of every topic: what a topic does not read is noise to it. */
const everything = {
  ...gid('Order', 5001),
  name: '#1001',
  token: 'tok',
  order_id: 5001,
  fulfillment_id: 9,
  created_at: at,
  updated_at: at,
  processed_at: at,
  happened_at: at,
  occurredAt: at,
  financial_status: 'paid',
  status: 'delivered',
  currency: 'USD',
  taxes_included: true,
  buyer_accepts_marketing: true,
  total_price: '21.00',
  total_price_set: set('21.00'),
  current_total_price: '21.00',
  total_tax: '1.60',
  total_discounts: '1.00',
  abandoned_checkout_url: 'https://shop.example/recover',
  iana_timezone: 'Asia/Tehran',
  email: 'ann@example.com',
  phone: '02188776655',
  customer,
  customerId: 'gid://shopify/Customer/42',
  customer_id: 42,
  tags: ['VIP'],
  current: ['read_orders'],
  email_marketing_consent: { state: 'subscribed', consent_updated_at: at },
  sms_marketing_consent: { state: 'subscribed', consent_updated_at: at },
  admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
  admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
  order_edit: { id: 3, order_id: 5001, committed_at: at },
  orders_to_redact: [1, 2],
  billing_address: { first_name: 'Ann', phone: '613-555-0135', country_code: 'CA' },
  line_items: [line, { ...line, ...gid('LineItem', 2) }],
  shipping_lines: [{ price: '5.00', discounted_price: '4.00', tax_lines: [] }],
  discount_codes: [{ code: 'TEA' }],
  fulfillments: [{ status: 'success', created_at: at }],
  transactions: [{ kind: 'refund', status: 'success', gateway: 'gift_card', amount: '1.00', currency: 'USD' }],
  refund_line_items: [{ line_item_id: 1, quantity: 1, subtotal: 9.5, total_tax: 0.4 }],
  order_adjustments: [{ kind: 'shipping_refund', amount: '-4.00', tax_amount: '0.00' }],
  refunds: [
    {
      ...gid('Refund', 7),
      created_at: at,
      refund_line_items: [{ line_item_id: 1, quantity: 1, subtotal: 9.5, total_tax: 0.4 }],
      transactions: [],
    },
  ],
};

type Outcome = Change[] | DeliveryRefused;

function outcome(topic: string, body: Buffer): Outcome {
  try {
    return shopifyCommerce.read({ topic, body, triggeredAt: 1, receivedAt: 2 }, shop);
  } catch (error) {
    if (error instanceof DeliveryRefused) return error;
    throw error;
  }
}

/** Every number a whole one that is exact, every text one that both databases hold. */
function unusable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [] : [`${path}: ${value}`];
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000') ? [] : [`${path}: bad text`];
  if (typeof value !== 'object' || value === null) return value === undefined ? [`${path}: undefined`] : [];
  return Object.entries(value).flatMap(([key, entry]) => unusable(entry, `${path}.${key}`));
}

function expectUsable(result: Outcome) {
  if (result instanceof DeliveryRefused) expect(result.message).toMatch(/^Shopify's .+\.$/s);
  else expect(unusable(result)).toEqual([]);
}

/** The places of a JSON value at which something can be put instead. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => places(entry, [...path, key]))].filter(
    (p) => p.length > 0,
  );
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === key ? replaced(entry, rest, by) : entry));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

/** Written as raw JSON, because 1e400 and lone surrogates are no values that JSON.stringify keeps. */
const garbage = fc.oneof(
  fc.constantFrom(
    'null',
    'true',
    '0',
    '-1',
    '1e400',
    '-1e400',
    '1.5',
    '9007199254740993',
    '1e21',
    '""',
    '[]',
    '{}',
    '[[]]',
  ),
  fc.constantFrom(
    '"\\u0000"',
    '"\\ud800"',
    '"a\\u0000b\\udc00"',
    '"1e5"',
    '"-5.00"',
    '"99999999999999999.99"',
    '"NaN"',
  ),
  fc.constantFrom(
    '"0000-00-00T00:00:00Z"',
    '"2026-02-31T25:00:00Z"',
    '"gid://shopify/Order/0"',
    '"__proto__"',
    '{"shop_money":[]}',
  ),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 400 }).map((text) => JSON.stringify(text)),
);
const MARK = 'put it here';
const markedAt = (path: string[], json: string) =>
  Buffer.from(JSON.stringify(replaced(everything, path, MARK)).replace(`"${MARK}"`, () => json));

describe('whatever a delivery holds', () => {
  it('the good payload is read by every topic', () => {
    const body = Buffer.from(JSON.stringify(everything));
    for (const topic of SHOPIFY_TOPICS) expect([topic, outcome(topic, body)]).toEqual([topic, expect.any(Array)]);
  });

  it('it is read into exact facts or refused with a sentence, any one field mutated', () => {
    const place = fc.constantFrom(...places(everything));
    const topic = fc.constantFrom('orders/updated', 'orders/updated', ...SHOPIFY_TOPICS);
    fc.assert(
      fc.property(topic, place, garbage, (name, path, json) => {
        expectUsable(outcome(name, markedAt(path, json)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('each field in turn may be absent, null, another type or huge', () => {
    const values = ['null', '[]', '{}', '"x"', '12', '1e400', '"\\ud800\\u0000"', '99999999999999999999', 'false'];
    for (const path of places(everything))
      for (const json of values)
        for (const topic of ['orders/paid', 'refunds/create', 'checkouts/update', 'customers/update'])
          expectUsable(outcome(topic, markedAt(path, json)));
  });

  it('any JSON at all, and any bytes', () => {
    const topic = fc.constantFrom(...SHOPIFY_TOPICS);
    fc.assert(fc.property(topic, fc.json(), (name, json) => expectUsable(outcome(name, Buffer.from(json)))));
    fc.assert(
      fc.property(topic, fc.uint8Array({ maxLength: 60 }), (name, bytes) =>
        expectUsable(outcome(name, Buffer.from(bytes))),
      ),
    );
  });

  it('the same bytes give the same facts', () => {
    const body = Buffer.from(JSON.stringify(everything));
    for (const topic of SHOPIFY_TOPICS) expect(outcome(topic, Buffer.from(body))).toEqual(outcome(topic, body));
  });

  it('deep nesting inside a field that is read does no harm', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const field of ['line_items', 'customer', 'note', 'id']) {
      const result = outcome('orders/create', markedAt([field], deep));
      if (!(result instanceof DeliveryRefused)) expect(result[0]?.kind).toBe('order');
    }
  });

  it('long texts are cut', () => {
    const [change] = outcome(
      'orders/create',
      markedAt(['line_items', '0', 'title'], `"${'é'.repeat(100_000)}"`),
    ) as Change[];
    expect(change?.kind === 'order' && change.order.lines[0]?.title.length).toBe(500);
  });
});
