// Orders as Shopify delivers them, some 4 KB each, the same for the same number.
import { createHmac } from 'node:crypto';
import { type Random, seededRandom } from '../server/shared/random.ts';

/** The shop that takes them. */
export const SHOP = 'bench.myshopify.com';
/** What they are signed with. */
export const SECRET = 'a-secret-of-the-benchmark';

const FIRST = ['Ada', 'Boris', 'Chen', 'Dariush', 'Elif', 'Farah', 'Grace', 'Hiro', 'Ines', 'Jonas'];
const LAST = ['Ahmadi', 'Brown', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'Garcia', 'Hosseini', 'Ito', 'Jansen'];
const CITIES = ['Boston', 'Denver', 'Portland', 'Austin', 'Chicago', 'Seattle'];

const START = Date.UTC(2025, 0, 1, 9);
/** The orders come a quarter of an hour apart, so that 20,000 cover seven months. */
const APART = 900_000;

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const money = (cents: number): string => (cents / 100).toFixed(2);
const pick = <T>(list: readonly T[], random: Random): T => list[random.whole(list.length)] as T;
const both = (cents: number) => {
  const amount = { amount: money(cents), currency_code: 'USD' };
  return { shop_money: amount, presentment_money: amount };
};
const hex = (random: Random, length: number): string =>
  Array.from({ length }, () => random.whole(16).toString(16)).join('');

/** A customer of the shop: the same one is the same in every order. */
function customer(number: number, at: number) {
  const random = seededRandom(number + 1_000_003);
  const [first, last] = [pick(FIRST, random), pick(LAST, random)];
  const id = 6_000_000_000_000 + number;
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Customer/${id}`,
    email: `${first}.${last}.${number}@example.com`.toLowerCase(),
    phone: random.next() < 0.3 ? `+1617${2_000_000 + number}` : null,
    first_name: first,
    last_name: last,
    created_at: iso(START - 86_400_000),
    updated_at: iso(at),
    state: 'enabled',
    note: null,
    verified_email: true,
    tags: '',
    currency: 'USD',
    tax_exempt: false,
  };
}

function address(first: string, last: string, random: Random) {
  return {
    first_name: first,
    last_name: last,
    company: null,
    phone: null,
    address1: `${1 + random.whole(900)} Main Street`,
    address2: null,
    city: pick(CITIES, random),
    zip: String(10_000 + random.whole(80_000)),
    province: 'Massachusetts',
    province_code: 'MA',
    country: 'United States',
    country_code: 'US',
    name: `${first} ${last}`,
    latitude: 42.36,
    longitude: -71.06,
  };
}

function line(orderId: number, index: number, random: Random) {
  const id = orderId * 10 + index;
  const product = 1 + random.whole(400);
  const price = 500 + random.whole(9_500);
  const quantity = 1 + random.whole(3);
  const discount = random.next() < 0.15 ? Math.round(price * quantity * 0.1) : 0;
  const json = {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    product_id: 8_000_000_000_000 + product,
    variant_id: 45_000_000_000_000 + product,
    sku: `SKU-${product}`,
    title: `Product number ${product}`,
    name: `Product number ${product}`,
    variant_title: '',
    vendor: 'Bench',
    quantity,
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    fulfillment_service: 'manual',
    grams: 250,
    price: money(price),
    price_set: both(price),
    total_discount: '0.00',
    gift_card: false,
    taxable: true,
    requires_shipping: true,
    product_exists: true,
    properties: [],
    duties: [],
    tax_lines: [],
    discount_allocations: discount > 0 ? [{ amount: money(discount), discount_application_index: 0 }] : [],
  };
  return { json, worth: price * quantity - discount, discount };
}

export type Order = { platformId: string; customerId: string; net: number; points: number; at: number; body: Buffer };

/**
 * The n-th paid order; its customer is one of `customers`, most of whom buy more than once, or the one that is named.
 * @returns what it comes to, too: total in cents, and points at one a whole dollar of goods
 */
export function makeOrder(number: number, customers: number, named?: number): Order {
  const random = seededRandom(number + 1);
  const id = 5_000_000_000_000 + number;
  const at = START + number * APART;
  const drawn = random.whole(customers);
  const who = customer(named ?? drawn, at);
  const lines = Array.from({ length: 1 + random.whole(3) }, (_, index) => line(id, index, random));
  const goods = lines.reduce((sum, { worth }) => sum + worth, 0);
  const discount = lines.reduce((sum, part) => sum + part.discount, 0);
  const where = address(who.first_name, who.last_name, random);
  const marketing = random.next() < 0.3;
  const total = goods + 500;
  const json = {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${1000 + number}`,
    order_number: 1000 + number,
    app_id: 580_111,
    test: false,
    taxes_included: false,
    confirmed: true,
    currency: 'USD',
    source_name: 'web',
    created_at: iso(at),
    processed_at: iso(at),
    updated_at: iso(at),
    cancelled_at: null,
    closed_at: null,
    financial_status: 'paid',
    fulfillment_status: null,
    presentment_currency: 'USD',
    customer_locale: 'en',
    cart_token: hex(random, 32),
    checkout_token: hex(random, 32),
    token: hex(random, 32),
    note: null,
    tags: '',
    buyer_accepts_marketing: marketing,
    contact_email: who.email,
    email: who.email,
    phone: null,
    total_price: money(total),
    total_price_set: both(total),
    current_total_price: money(total),
    subtotal_price: money(goods),
    total_line_items_price: money(goods + discount),
    total_tax: '0.00',
    total_discounts: money(discount),
    total_discounts_set: both(discount),
    total_weight: 750,
    client_details: { browser_ip: '203.0.113.9', user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36' },
    customer: who,
    billing_address: where,
    shipping_address: where,
    line_items: lines.map((part) => part.json),
    shipping_lines: [{ id: id * 10 + 9, title: 'Standard', price: '5.00', price_set: both(500), tax_lines: [] }],
    discount_codes: [],
    discount_applications: [],
    fulfillments: [],
    refunds: [],
    tax_lines: [],
    note_attributes: [],
    payment_gateway_names: ['shopify_payments'],
    landing_site: '/collections/all',
  };
  return {
    platformId: String(id),
    customerId: String(who.id),
    net: total,
    points: Math.floor(goods / 100),
    at,
    body: Buffer.from(JSON.stringify(json)),
  };
}

/** The headers of its delivery, `id` being what makes a second one the same. */
export function signedHeaders(order: Pick<Order, 'body' | 'at'>, id: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook',
    'x-shopify-topic': 'orders/paid',
    'x-shopify-shop-domain': SHOP,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': id,
    'x-shopify-event-id': id,
    'x-shopify-triggered-at': new Date(order.at + 2_000).toISOString(),
    'x-shopify-hmac-sha256': createHmac('sha256', SECRET).update(order.body).digest('base64'),
  };
}

/** Shaped like the ids that Shopify sends. */
export const webhookId = (series: number, number: number): string =>
  `${String(series).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;
