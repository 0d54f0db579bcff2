import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeOrder, refundOrder, registerCustomer } from '../store/sandbox.shopping.ts';
import { type Answered, testWooStore } from './woo.fixtures.ts';
import { phpJson } from './woo.json.ts';
import { signed } from './woo.sender.ts';

const folder = fileURLToPath(new URL('../../../../shared/samples/woocommerce', import.meta.url));
const there = existsSync(folder);
if (!there) console.warn(`skipped: there are no recorded answers of WooCommerce stores in ${folder}`);

const load = (file: string): Answered => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
const deliveries = (): Answered[] =>
  readdirSync(folder)
    .map((file) => load(file))
    .filter(({ headers, raw_body: body }) => body && headers['x-wc-webhook-signature']);

/** What kind of text it is: amounts, times and lists that stand in it are told apart. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'string') return typeof value;
  if (value === '') return 'text';
  if (value === '0.00') return 'zero';
  if (/^-?\d+\.\d\d$/.test(value)) return value.startsWith('-') ? 'negative amount' : 'amount';
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(value)) return 'time';
  return 'text';
}

/** Which kinds a field was seen with, and the keys of objects in their order, by the way to them. */
type Shapes = Map<string, Set<string>>;

function collect(value: unknown, path: string, shapes: Shapes): Shapes {
  const see = (kind: string) => shapes.set(path, (shapes.get(path) ?? new Set()).add(kind));
  if (Array.isArray(value)) {
    see('list');
    for (const item of value) collect(item, `${path}[]`, shapes);
  } else if (typeof value === 'object' && value !== null) {
    see(`{${Object.keys(value).join(' ')}}`);
    for (const [key, item] of Object.entries(value)) collect(item, `${path}.${key}`, shapes);
  } else see(kindOf(value));
  return shapes;
}

/** Nothing is an amount of either sign. */
const alike = (kind: string, known: Set<string> | undefined): boolean => {
  const same = { zero: ['zero', 'amount', 'negative amount'], amount: ['zero', 'amount'] }[kind] ?? [kind];
  return same.some((one) => known?.has(one));
};

/** What of ours no recorded answer has. */
function strange(ours: unknown[], recorded: unknown[]): string[] {
  const known: Shapes = new Map();
  for (const one of recorded) collect(one, '', known);
  const made: Shapes = new Map();
  for (const one of ours) collect(one, '', made);
  return [...made].flatMap(([path, kinds]) =>
    [...kinds].filter((kind) => !alike(kind, known.get(path))).map((kind) => `${path} is ${kind}`),
  );
}

let shop: ReturnType<typeof testWooStore>;
const lines = [
  { product: '8100000001', quantity: 1 },
  { product: '8100000005', quantity: 2 },
];

beforeEach(() => {
  shop = testWooStore();
});
afterEach(() => shop.close());

/** An order of everybody, in every state. */
function fill(): string[] {
  const buy = (email: string, more: object = {}, paid = true) => {
    shop.clock.advance(60_000);
    return placeOrder(shop.store, { customer: { email, ...more }, lines, paid }).platformId;
  };
  const names = { firstName: 'Mina', lastName: 'Ahmadi', phone: '+12025550100' };
  const [first, second] = [
    buy('mina@example.test', names),
    buy('guest@example.test', { guest: true, firstName: 'Reza' }),
  ];
  const unpaid = buy('later@example.test', {}, false);
  const cash = buy('cash@example.test', {}, false);
  shop.admin.cashOnDelivery(cash);
  shop.clock.advance(60_000);
  refundOrder(shop.store, first, [{ lineId: `${first}02`, quantity: 1 }]);
  shop.clock.advance(60_000);
  refundOrder(shop.store, first, 'all');
  shop.admin.complete(second);
  return [first, second, unpaid, cash];
}

describe.skipIf(!there)('the stand-in beside what genuine stores said', () => {
  test('every recorded body is written as PHP writes it, byte for byte', () => {
    const all = deliveries();
    expect(all.length).toBeGreaterThan(100);
    for (const { raw_body: body } of all) expect(phpJson(JSON.parse(body))).toBe(body);
  });

  test('an order has their fields in their order, with values of the same kind', async () => {
    fill();
    const ours = (await shop.call('GET', 'orders?per_page=100')).body;
    const recorded = deliveries()
      .map(({ raw_body: body }) => JSON.parse(body))
      .filter((body) => body.order_key);
    expect(ours).toHaveLength(4);
    expect(strange(ours, [...recorded, ...load('rest.orders-page2.json').body, load('rest.order.json').body])).toEqual(
      [],
    );
  });

  test('a refund, of an order and in the list of all', async () => {
    const [first] = fill();
    const ours = (await shop.call('GET', `orders/${first}/refunds`)).body;
    expect(ours.map(({ amount }: Answered) => amount)).toEqual(['41.40', '11.50']);
    // A shipping line was never given back on them: its fields are those of an order's.
    const goods = ours.map((refund: Answered) => ({ ...refund, shipping_lines: [] }));
    expect(strange(goods, load('rest.refunds-of-order.json').body)).toEqual([]);
    const listed = (await shop.call('GET', 'refunds')).body.map((refund: Answered) => ({
      ...refund,
      shipping_lines: [],
    }));
    expect(strange(listed, load('rest.refunds-all.json').body)).toEqual([]);
  });

  test('customers, products, coupons and webhooks', async () => {
    registerCustomer(shop.store, { email: 'mina@example.test', firstName: 'Mina', lastName: 'Ahmadi' });
    await shop.call('POST', 'coupons', {
      code: 'TEN',
      amount: '10',
      email_restrictions: ['a@example.test'],
      usage_limit: 1,
    });
    await shop.call('POST', 'webhooks', { topic: 'order.updated', delivery_url: 'http://127.0.0.1:1/x', secret: 's' });
    const bodies = (prefix: string) =>
      deliveries()
        .filter(({ headers }) => headers['x-wc-webhook-topic'].startsWith(prefix))
        .map(({ raw_body: body }) => JSON.parse(body));
    for (const [path, recorded] of [
      ['customers?role=all', [...load('rest.customers.json').body, ...bodies('customer.')]],
      ['products?per_page=100', [...load('rest.products.json').body, ...bodies('product.')]],
      ['coupons', [...load('rest.coupons.json').body, ...bodies('coupon.')]],
      ['webhooks', [...load('rest.webhooks.json').body, load('rest.webhook-create.json').body]],
    ] as const) {
      const { status, body } = await shop.call('GET', path);
      expect([path, status, body.length > 0]).toEqual([path, 200, true]);
      expect(strange(body, [...recorded])).toEqual([]);
    }
  });

  test('currency and the root of the API', async () => {
    expect(
      strange([(await shop.call('GET', 'data/currencies/current')).body], [load('rest.currency.json').body]),
    ).toEqual([]);
    const root = await shop.send({ url: `${shop.woo.site.url}/wp-json/` });
    // Which routes there are depends on every plugin.
    const known = { ...load('rest.index.json').body, routes: {} };
    expect(strange([{ ...JSON.parse(root.body.toString()), routes: {} }], [known])).toEqual([]);
  });

  test.each([
    ['rest.unauthorised.json', 'orders', undefined],
    ['rest.bad-key.json', 'orders', 'ck_other:cs_test'],
    ['rest.bad-secret.json', 'orders', 'ck_test:cs_other'],
    ['rest.order-404.json', 'orders/999999', 'ck_test:cs_test'],
  ])('a refusal as in %s', async (file, path, pair) => {
    const headers = pair === undefined ? {} : { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
    const answer = await shop.send({ url: `${shop.woo.site.url}/wp-json/wc/v3/${path}`, headers: headers as never });
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([load(file).status, load(file).body]);
  });

  test('a topic that is none, a code that is there already', async () => {
    const topic = await shop.call('POST', 'webhooks', {
      topic: 'action.my_event',
      delivery_url: 'https://a.example.test',
    });
    expect(topic).toMatchObject({ status: 400, body: load('rest.webhook-bad-topic.json').body });
    await shop.call('POST', 'coupons', { code: 'exp-date', amount: '10' });
    const code = await shop.call('POST', 'coupons', { code: 'EXP-date', amount: '10' });
    expect(code).toMatchObject({ status: 400, body: load('rest.coupon-duplicate.json').body });
  });

  test('the headers of a delivery, its signature over the escaped bytes among them', () => {
    const recorded = load('block-guest-cod.order.created.26.json');
    const { webhooks } = shop.state;
    webhooks.push({
      id: 1,
      name: '',
      status: 'active',
      topic: 'order.created',
      deliveryUrl: 'https://a.example.test',
      failures: 0,
      secret: recorded.signature_valid_with_secret,
      createdAt: 0,
      modifiedAt: null,
      pending: false,
    });
    shop.woo.site.url = 'https://localhost:18443';
    const webhook = webhooks[0];
    if (!webhook) throw new Error('there is no webhook');
    const { headers } = signed(shop.woo, webhook, 'order.created', recorded.raw_body);
    const own = (all: Record<string, string>) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => /^x-wc-|^content-type|^user-agent/.test(name)));
    const { 'x-wc-webhook-delivery-id': ours, ...rest } = own(headers);
    const { 'x-wc-webhook-delivery-id': theirs, ...wanted } = own(recorded.headers);
    expect(rest).toEqual(wanted);
    expect([ours?.length, theirs?.length]).toEqual([32, 32]);
    const mac = createHmac('sha256', 'lab-webhook-secret').update(recorded.raw_body).digest('base64');
    expect(rest['x-wc-webhook-signature']).toBe(mac);
  });
});
