import { SHOPIFY_TOPICS } from '../commerce/shopify/reading/shopify.commerce.ts';
import { orderBody } from './deliveries.fixtures.ts';

type Json = Record<string, unknown>;
type Pick = <T>(items: readonly T[]) => T;
export type Random = { next(): number };

const iso = (hour: number) => `2025-03-01T${String(hour).padStart(2, '0')}:00:00Z`;
const who = { id: 501, email: 'ada@example.test', phone: '+12025550123' };
const gid = (type: string, id: number) => ({ id, admin_graphql_api_id: `gid://shopify/${type}/${id}` });

/** A plausible body for every topic that is read: what mutations start from. */
const refund = {
  ...gid('Refund', 31),
  order_id: 7001,
  created_at: iso(12),
  refund_line_items: [{ line_item_id: 11, quantity: 1, subtotal: 40, total_tax: 0 }],
  transactions: [{ kind: 'refund', status: 'success', amount: '40.00', currency: 'USD' }],
};
const order: Json = orderBody({
  cancelled_at: null,
  refunds: [refund],
  tax_lines: [],
  discount_codes: [{ code: 'TEA' }],
  billing_address: { first_name: 'Ada', country_code: 'US' },
  buyer_accepts_marketing: true,
  checkout_token: 'token-1',
});
const checkout: Json = {
  token: 'token-1',
  email: who.email,
  currency: 'USD',
  total_price: '100.00',
  created_at: iso(9),
  updated_at: iso(9),
  line_items: [{ product_id: 900, title: 'Tea', quantity: 1, price: '100.00' }],
  abandoned_checkout_url: 'https://x.test/',
};
const product: Json = {
  ...gid('Product', 900),
  title: 'Tea',
  product_type: 'Tea',
  vendor: 'V',
  tags: 'a, b',
  status: 'active',
  created_at: iso(1),
  updated_at: iso(2),
};
const privacy: Json = { customer: who, orders_requested: [7001], orders_to_redact: [7001], data_request: { id: 1 } };
const BODIES: Record<string, Json> = {
  orders: order,
  'orders/edited': { order_edit: { id: 81, order_id: 7001, committed_at: iso(12) } },
  refunds: refund,
  fulfillments: {
    ...gid('Fulfillment', 61),
    order_id: 7001,
    status: 'success',
    created_at: iso(12),
    updated_at: iso(13),
  },
  fulfillment_events: { fulfillment_id: 61, order_id: 7001, status: 'delivered', happened_at: iso(14) },
  checkouts: checkout,
  customers: { ...who, ...gid('Customer', 501), first_name: 'Ada', created_at: iso(1), updated_at: iso(2), note: 'n' },
  'customers/merge': {
    admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/501',
    status: 'completed',
    admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/502',
  },
  'customers/data_request': privacy,
  'customers/redact': privacy,
  customers_email_marketing_consent: {
    customer_id: 501,
    email_address: who.email,
    email_marketing_consent: { state: 'subscribed', consent_updated_at: iso(3) },
  },
  customers_marketing_consent: {
    id: 501,
    phone: who.phone,
    sms_marketing_consent: { state: 'subscribed', consent_updated_at: iso(3) },
  },
  'customer.tags_added': { customerId: 'gid://shopify/Customer/501', tags: ['vip'], occurredAt: iso(3) },
  'customer.tags_removed': { customerId: 'gid://shopify/Customer/501', tags: ['vip'], occurredAt: iso(4) },
  products: product,
  'app/scopes_update': { current: ['read_orders'], updated_at: iso(3) },
  shop: { name: 'Tea', currency: 'USD', iana_timezone: 'Europe/Paris', updated_at: iso(3) },
};

/** Left out: they end the shop, after which there would be nothing to look at. */
const ENDING = new Set(['shop/redact', 'app/uninstalled']);
const TOPICS = [...SHOPIFY_TOPICS.filter((topic) => !ENDING.has(topic)), '', 'unknown/topic', 'a'.repeat(300)];

const HOSTILE: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -1e308,
    2 ** 53,
    2 ** 53 + 2,
    9_007_199_254_740_991,
    '',
    ' ',
    'x',
    '0',
    '-0.01',
  ],
  ...[
    '1e400',
    'NaN',
    '99999999999999999999',
    '0.001',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '٣٤',
    '𝒜',
    '<script>',
    "'; drop table orders; --",
  ],
  ...['9'.repeat(5_000), 'gid://shopify/Order/0', 'gid://shopify/Order/99999999999999999999', '2025-02-30T00:00:00Z'],
  ...[
    '9999-12-31T23:59:59-14:00',
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00+14:00',
    'EUR',
    'IRR',
    'KWD',
    'XXX',
    'usd',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { shop_money: { amount: '1.00', currency_code: 'EUR' } },
    { id: 7001 },
    { __proto__: null },
  ],
  ...[Array(3_000).fill({}), ['a', 1, null], { toString: 'x', constructor: null, length: -1 }],
];

/** Puts something else at a random place of a body, once or more often. */
function mutated(value: unknown, pick: Pick, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.next() < 0.04) return pick(HOSTILE);
  if (Array.isArray(value)) {
    if (value.length === 0 || random.next() < 0.1) return [...value, ...value, pick(HOSTILE)];
    const at = Math.floor(random.next() * value.length);
    return value.map((item, index) => (index === at ? mutated(item, pick, random) : item));
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return pick(HOSTILE);
  const key = pick(keys);
  const fields = value as Json;
  if (random.next() < 0.1) return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
  return { ...fields, [key]: mutated(fields[key], pick, random) };
}

function broken(text: string, pick: Pick, random: Random): Buffer {
  const at = Math.floor(random.next() * (text.length + 1));
  const ways = [
    () => Buffer.from(text.slice(0, at)),
    () => Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from([0xff, 0xc0, 0x00]), Buffer.from(text.slice(at))]),
    () => Buffer.from(text.slice(0, at) + pick(['"', '{', ']', '\\', ',', '\u0000', '1e999']) + text.slice(at)),
    () => Buffer.from(`${'['.repeat(5_000)}${']'.repeat(5_000)}`),
    () => Buffer.from(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`),
    () => Buffer.from(`{"line_items":${'['.repeat(2_000)}${']'.repeat(2_000)}}`),
    () => Buffer.from(pick(['', 'null', '[]', '"text"', '12', 'true', '{}', '\ufeff{}', '{"id":1,"id":2}'])),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(Array.from({ length: 64 }, () => Math.floor(random.next() * 256))),
  ];
  return pick(ways)();
}

/** What a platform sends: topics, a plausible body for each, and texts of it that vary so that things meet. */
export type Sender = {
  topics: readonly string[];
  bodyOf: (topic: string) => Json;
  varied: (text: string, random: Random) => string;
};

const SHOPIFY: Sender = {
  topics: TOPICS,
  bodyOf: (topic) => BODIES[topic] ?? BODIES[topic.split('/')[0] ?? ''] ?? order,
  varied: (text, random) => {
    const [orderId, customerId] = [
      String(7_000 + Math.floor(random.next() * 60)),
      String(500 + Math.floor(random.next() * 30)),
    ];
    return text.replaceAll('7001', orderId).replaceAll('501', customerId).replaceAll('ada@', `ada${customerId}@`);
  },
};

/** One random delivery: a real body with leaves exchanged, or bytes that are no body at all. */
export function hostileDelivery(random: Random, sender = SHOPIFY): { topic: string; body: Buffer } {
  const pick: Pick = (items) => items[Math.floor(random.next() * items.length)] as (typeof items)[number];
  let topic = pick(sender.topics);
  // Rare, as in life: each looks through all bodies that wait or are parked.
  if (topic === 'customers/redact' && random.next() < 0.9) topic = 'orders/updated';
  let body: unknown = structuredClone(sender.bodyOf(topic));
  for (let times = 1 + Math.floor(random.next() * 3); times > 0; times -= 1) body = mutated(body, pick, random);
  const text = sender.varied(JSON.stringify(body) ?? '', random);
  return { topic, body: random.next() < 0.2 ? broken(text, pick, random) : Buffer.from(text) };
}
