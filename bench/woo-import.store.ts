// A WooCommerce store whose history is made up page by page as it is asked for, in the shape of true answers. It answers
// after a fixed time and keeps account of when somebody was waiting for it. Arguments: orders, customers, latency in ms.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const [orders = 0, customers = 1, latencyMs = 0] = process.argv.slice(2).map(Number);
const PRODUCTS = 500;
const FIRST = Date.UTC(2020, 0, 1);
/** The history spans six years, whatever its size. */
const STEP_MS = Math.floor((6 * 365 * 86_400_000) / Math.max(1, orders));

const gmt = (at: number): string => new Date(at).toISOString().slice(0, 19);
/** Spreads numbers over a range, the same each time. */
const mixed = (number: number, range: number): number => ((number * 2_654_435_761) >>> 7) % range;

/** What orders have in common, as a true one has it: some 5 KB, most of which nobody needs. */
const tail = JSON.stringify({
  payment_method: 'cod',
  payment_method_title: 'Cash on delivery',
  transaction_id: '',
  created_via: 'checkout',
  customer_ip_address: '127.0.0.1',
  customer_user_agent: `Mozilla/5.0 ${'x'.repeat(120)}`,
  customer_note: '',
  cart_hash: 'b'.repeat(32),
  date_completed: null,
  fee_lines: [],
  coupon_lines: [],
  refunds: [],
  meta_data: Array.from({ length: 24 }, (_, at) => ({
    id: at,
    key: `_wc_order_attribution_${at}`,
    value: 'y'.repeat(40),
  })),
  tax_lines: [
    { id: 8, rate_code: 'VAT-1', rate_id: 1, label: 'VAT', compound: false, tax_total: '5.98', rate_percent: 20 },
  ],
  shipping_lines: [
    { id: 7, method_title: 'Courier', method_id: 'flat_rate', total: '4.00', total_tax: '0.80', meta_data: [] },
  ],
  is_editable: false,
  needs_payment: false,
  needs_processing: true,
  currency_symbol: '€',
  date_paid: null,
  payment_url: 'https://shop.example.test/checkout/order-pay/1/?pay_for_order=true&key=wc_order_oSq9M8DFt4OvT',
  _links: {
    self: [{ href: 'https://shop.example.test/wp-json/wc/v3/orders/1' }],
    collection: [{ href: 'x'.repeat(60) }],
  },
}).slice(1);

/** What is left of it for whoever asks for `_fields` as the app does. */
const needed = JSON.stringify({ created_via: 'checkout', fee_lines: [], coupon_lines: [], refunds: [] }).slice(1);

function order(number: number, fields: ReadonlySet<string>): string {
  const id = 1_000 + number;
  const at = FIRST + number * STEP_MS;
  const who = 1 + mixed(number, customers);
  const prices = [mixed(number, 90), mixed(number + 7, 60)].slice(0, 1 + (number % 2)).map((price) => price + 5);
  const total = prices.reduce((sum, price) => sum + price, 0);
  const address = {
    first_name: 'Customer',
    last_name: `Number ${who}`,
    company: '',
    address_1: '1 Test St',
    city: 'Sofia',
  };
  const billing = {
    ...address,
    country: 'BG',
    state: 'BG-22',
    postcode: '1000',
    email: `c${who}@example.test`,
    phone: '',
  };
  const line_items = prices.map((price, at) => ({
    id: id * 10 + at,
    name: `Product ${mixed(number + at, PRODUCTS)}`,
    product_id: 1 + mixed(number + at, PRODUCTS),
    variation_id: 0,
    quantity: 1,
    tax_class: '',
    subtotal: `${price}.00`,
    subtotal_tax: '0.00',
    total: `${price}.00`,
    total_tax: '0.00',
    taxes: [],
    meta_data: [],
    sku: `SKU-${at}`,
    global_unique_id: '',
    price,
    parent_name: null,
  }));
  const head = JSON.stringify({
    id,
    parent_id: 0,
    number: String(id),
    status: number % 20 === 0 ? 'cancelled' : 'completed',
    currency: 'EUR',
    version: '11.0.1',
    prices_include_tax: true,
    date_created: gmt(at),
    date_created_gmt: gmt(at),
    date_modified: gmt(at + 60_000),
    date_modified_gmt: gmt(at + 60_000),
    date_paid_gmt: gmt(at),
    date_completed_gmt: gmt(at + 60_000),
    discount_total: '0.00',
    discount_tax: '0.00',
    shipping_total: '0.00',
    shipping_tax: '0.00',
    cart_tax: '0.00',
    total: `${total}.00`,
    total_tax: '0.00',
    order_key: `wc_order_${id}`,
    customer_id: who % 2 === 0 ? who : 0,
    billing,
    shipping: address,
    line_items,
  });
  return fields.has('meta_data') || fields.size === 0
    ? `${head.slice(0, -1)},${tail}`
    : `${head.slice(0, -1)},${needed}`;
}

function customer(number: number): string {
  const id = 2 * (number + 1);
  const billing = {
    first_name: 'Customer',
    last_name: `Number ${id}`,
    country: 'BG',
    email: `c${id}@example.test`,
    phone: '',
  };
  const dates = { date_created_gmt: gmt(FIRST), date_modified_gmt: gmt(FIRST + number * 1000) };
  const name = { first_name: 'Customer', last_name: `Number ${id}`, role: 'customer', username: `c${id}` };
  return JSON.stringify({
    id,
    ...dates,
    email: `c${id}@example.test`,
    ...name,
    billing,
    is_paying_customer: true,
    meta_data: [],
  });
}

const product = (number: number): string =>
  JSON.stringify({
    id: number + 1,
    name: `Product ${number + 1}`,
    type: 'simple',
    status: 'publish',
    date_created_gmt: gmt(FIRST),
    date_modified_gmt: gmt(FIRST),
    categories: [{ id: 1 + (number % 20), name: 'Kind', slug: 'kind' }],
    tags: [],
  });

const LISTS: Record<string, [count: number, item: (number: number, fields: ReadonlySet<string>) => string]> = {
  orders: [orders, order],
  customers: [Math.floor(customers / 2), customer],
  products: [PRODUCTS, product],
};

/** How long at least one request was unanswered. */
const account = { open: 0, since: 0, waitedMs: 0, requests: 0 };

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://localhost');
  const path = url.pathname.split('/').at(-1) ?? '';
  if (path === 'account') {
    response.end(JSON.stringify({ waitedMs: account.waitedMs, requests: account.requests }));
    return;
  }
  if (account.open === 0) account.since = performance.now();
  account.open += 1;
  account.requests += 1;
  const began = performance.now();
  const [count, item] = LISTS[path] ?? [0, () => ''];
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const size = Math.max(0, Math.min(Number(url.searchParams.get('per_page') ?? 10), count - offset));
  const fields = new Set(url.searchParams.get('_fields')?.split(','));
  const body = `[${Array.from({ length: size }, (_, at) => item(offset + at, fields)).join(',')}]`;
  const rest = latencyMs - (performance.now() - began);
  if (rest > 0) await sleep(rest);
  response.setHeader('content-type', 'application/json');
  response.setHeader('x-wp-total', String(size === 0 ? 0 : count));
  response.end(body);
  account.open -= 1;
  if (account.open === 0) account.waitedMs += performance.now() - account.since;
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
