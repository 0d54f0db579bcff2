import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelOrder, placeOrder, refundOrder, registerCustomer } from '../store/sandbox.shopping.ts';
import { type Answered, testWooStore } from './woo.fixtures.ts';
import { serveStore } from './woo.server.ts';

let shop: ReturnType<typeof testWooStore>;
beforeEach(() => {
  shop = testWooStore();
});
afterEach(() => shop.close());

const lines = [{ product: '8100000001', quantity: 1 }];
const buy = (email = 'mina@example.test', more: object = {}) =>
  placeOrder(shop.store, { customer: { email, ...more }, lines, paid: true }).platformId;
const ids = (body: Answered[]): string[] => body.map(({ id }) => String(id));
const HOUR = 3_600_000;

describe('lists', () => {
  test('totals are in the headers, and past the last page they read 0', async () => {
    for (let i = 0; i < 3; i += 1) buy();
    const first = await shop.call('GET', 'orders?per_page=2');
    expect([first.body.length, first.headers['x-wp-total'], first.headers['x-wp-totalpages']]).toEqual([2, '3', '2']);
    expect(first.headers.link).toContain('rel="next"');
    const past = await shop.call('GET', 'orders?per_page=2&page=3');
    expect([past.body, past.headers['x-wp-total'], past.headers['x-wp-totalpages']]).toEqual([[], '0', '0']);
    expect((await shop.call('GET', 'orders?per_page=101')).body.code).toBe('rest_invalid_param');
  });

  test('totals may be a lie', async () => {
    buy();
    shop.woo.faults.totals = { total: 0, pages: 1 };
    const { body, headers } = await shop.call('GET', 'orders');
    expect([body.length, headers['x-wp-total']]).toEqual([1, '0']);
  });

  test('orders by what they are, without those in the trash', async () => {
    const [one, two] = [buy('a@example.test', { guest: true }), buy()];
    shop.admin.trash(one);
    expect(ids((await shop.call('GET', 'orders')).body)).toEqual([two]);
    expect(ids((await shop.call('GET', 'orders?status=trash')).body)).toEqual([one]);
    expect(ids((await shop.call('GET', `orders?include=${two}`)).body)).toEqual([two]);
    expect((await shop.call('GET', 'orders?status=nonsense')).status).toBe(400);
    expect((await shop.call('GET', `orders/${one}`)).body.status).toBe('trash');
  });

  test('customers by e-mail and by role: every user of WordPress is one', async () => {
    registerCustomer(shop.store, { email: 'mina@example.test' });
    registerCustomer(shop.store, { email: 'reza@example.test' });
    expect((await shop.call('GET', 'customers')).body).toHaveLength(2);
    expect((await shop.call('GET', 'customers?role=all')).body[0]).toMatchObject({ id: 1, role: 'administrator' });
    expect((await shop.call('GET', 'customers?email=MINA@example.test')).body).toHaveLength(1);
  });
});

describe('modified_after', () => {
  /** In Sofia, two hours ahead of UTC in winter: an order an hour ago, asked for by half an hour before it. */
  const asked = async (query: string): Promise<number> => {
    buy();
    shop.clock.advance(HOUR);
    return (await shop.call('GET', `orders?${query}`)).body.length;
  };
  const before = '2025-12-31T23:30:00';

  test('naive UTC with dates_are_gmt, and Z without it, are right', async () => {
    expect(await asked(`modified_after=${before}&dates_are_gmt=true`)).toBe(1);
    expect(await asked(`modified_after=${before}Z`)).toBe(2);
  });

  test('Z together with dates_are_gmt shifts by the offset of the store and misses orders', async () => {
    expect(await asked(`modified_after=${before}Z&dates_are_gmt=true`)).toBe(0);
  });

  test('naive without dates_are_gmt is the time on the wall of the store', async () => {
    expect(await asked('modified_after=2026-01-01T01:59:59')).toBe(1);
    expect(await asked('modified_after=2026-01-01T03:30:00')).toBe(0);
  });

  test('is exclusive', async () => {
    expect(await asked('modified_after=2026-01-01T00:00:00&dates_are_gmt=true')).toBe(0);
    expect(await asked('modified_after=2025-12-31T23:59:59&dates_are_gmt=true')).toBe(2);
  });

  test('is ignored for customers', async () => {
    registerCustomer(shop.store, { email: 'mina@example.test' });
    expect((await shop.call('GET', 'customers?modified_after=2030-01-01T00:00:00Z')).body).toHaveLength(1);
  });

  test('that is no date is refused', async () => {
    expect((await shop.call('GET', 'orders?modified_after=yesterday')).status).toBe(400);
  });
});

describe('orders', () => {
  test('cash on delivery goes to processing with date_paid null', async () => {
    const id = placeOrder(shop.store, { customer: { email: 'a@example.test' }, lines, paid: false }).platformId;
    expect((await shop.call('GET', `orders/${id}`)).body).toMatchObject({ status: 'on-hold', date_paid: null });
    shop.admin.cashOnDelivery(id);
    const { body } = await shop.call('GET', `orders/${id}`);
    expect(body).toMatchObject({ status: 'processing', payment_method: 'cod', date_paid: null, date_paid_gmt: null });
    shop.admin.complete(id);
    expect((await shop.call('GET', `orders/${id}`)).body).toMatchObject({
      status: 'completed',
      date_paid: '2026-01-01T02:00:00',
    });
  });

  test('refunds are negative, total stays, a partial one keeps the status and a full one changes it', async () => {
    const id = placeOrder(shop.store, {
      customer: { email: 'a@example.test' },
      paid: true,
      lines: [{ product: '8100000001', quantity: 2 }],
    }).platformId;
    refundOrder(shop.store, id, [{ lineId: `${id}01`, quantity: 1 }]);
    const partly = (await shop.call('GET', `orders/${id}`)).body;
    expect(partly).toMatchObject({ status: 'processing', total: '53.90', refunds: [{ total: '-24.00' }] });
    refundOrder(shop.store, id, 'all');
    const whole = (await shop.call('GET', `orders/${id}`)).body;
    expect(whole).toMatchObject({
      status: 'refunded',
      total: '53.90',
      refunds: [{ total: '-29.90' }, { total: '-24.00' }],
    });
    const [last] = (await shop.call('GET', `orders/${id}/refunds`)).body;
    expect(last).toMatchObject({ amount: '29.90', line_items: [{ quantity: -1, total: '-24.00' }] });
    expect(last.shipping_lines[0].total).toBe('-5.90');
    expect(last.line_items[0].meta_data[0]).toMatchObject({ key: '_refunded_item_id', value: `${id}01` });
  });

  test('deleting a refund does not bump date_modified', async () => {
    const id = buy();
    shop.clock.advance(HOUR);
    const { platformId } = refundOrder(shop.store, id, 'all');
    const before = (await shop.call('GET', `orders/${id}`)).body;
    shop.clock.advance(HOUR);
    shop.admin.removeRefund(id, platformId);
    const after = (await shop.call('GET', `orders/${id}`)).body;
    expect([after.date_modified_gmt, after.status, after.refunds]).toEqual([
      before.date_modified_gmt,
      'processing',
      [],
    ]);
  });

  test('a guest with the e-mail of an account keeps customer_id 0, even after registering', async () => {
    registerCustomer(shop.store, { email: 'mina@example.test' });
    const id = buy('mina@example.test', { guest: true });
    registerCustomer(shop.store, { email: 'mina@example.test', firstName: 'Mina' });
    expect((await shop.call('GET', `orders/${id}`)).body.customer_id).toBe(0);
  });

  test('one that was deleted for good is not there', async () => {
    const id = buy();
    shop.admin.remove(id);
    expect(await shop.call('GET', `orders/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'woocommerce_rest_shop_order_invalid_id' },
    });
    expect(Number(buy())).toBe(Number(id) + 1);
  });
});

describe('coupons', () => {
  const make = (body: object) => shop.call('POST', 'coupons', { code: 'X', amount: '10', ...body });

  test('codes are lower-cased, and found so', async () => {
    expect((await make({ code: 'Loyal-TEN' })).body.code).toBe('loyal-ten');
    expect((await shop.call('GET', 'coupons?code=LOYAL-ten')).body).toHaveLength(1);
  });

  test('date_expires is local and date_expires_gmt is ignored', async () => {
    const { body } = await make({ date_expires: '2026-12-31T23:59:59', date_expires_gmt: '2030-01-01T00:00:00' });
    expect([body.date_expires, body.date_expires_gmt]).toEqual(['2026-12-31T23:59:59', '2026-12-31T21:59:59']);
    expect((await make({ code: 'Y', date_expires_gmt: '2030-01-01T00:00:00' })).body.date_expires).toBeNull();
  });

  test('an invalid e-mail turns email_restrictions into an object', async () => {
    const { body } = await make({ email_restrictions: ['nobody', 'a@example.test'] });
    expect(body.email_restrictions).toEqual({ 1: 'a@example.test' });
    expect((await make({ code: 'Y', email_restrictions: ['a@example.test'] })).body.email_restrictions).toEqual([
      'a@example.test',
    ]);
  });

  test('batches take a hundred at most and tell errors per item inside of a 200', async () => {
    const create = Array.from({ length: 101 }, (_, i) => ({ code: `c${i}`, amount: '1' }));
    expect((await shop.call('POST', 'coupons/batch', { create })).status).toBe(413);
    const { status, body } = await shop.call('POST', 'coupons/batch', { create: [...create.slice(0, 99), create[0]] });
    expect([status, body.create.length, body.create[0].code]).toEqual([200, 100, 'c0']);
    expect(body.create[99]).toMatchObject({ id: 0, error: { code: 'woocommerce_rest_coupon_code_already_exists' } });
  });

  test('are changed and deleted', async () => {
    const { id } = (await make({})).body;
    expect((await shop.call('PUT', `coupons/${id}`, { amount: '12.5', code: 'NEW' })).body).toMatchObject({
      amount: '12.50',
      code: 'new',
    });
    expect((await shop.call('DELETE', `coupons/${id}?force=true`)).status).toBe(200);
    expect((await shop.call('GET', `coupons/${id}`)).status).toBe(404);
    expect((await make({ amount: 'ten' })).status).toBe(400);
  });
});

describe('coupons at the checkout', () => {
  const make = (body: object) => shop.call('POST', 'coupons', { code: 'Ten', amount: '10', ...body });
  const use = (email: string, code = 'TEN') => placeOrder(shop.store, { customer: { email }, lines, paid: true, code });
  const used = async () => (await shop.call('GET', 'coupons?code=ten')).body[0];

  test('take off the goods, are shown in the order, and remember who used them', async () => {
    await make({ discount_type: 'percent' });
    const { platformId, customer } = use('a@example.test');
    const { body } = await shop.call('GET', `orders/${platformId}`);
    expect(body).toMatchObject({
      discount_total: '2.40',
      total: '27.50',
      line_items: [{ subtotal: '24.00', total: '21.60' }],
    });
    expect(body.coupon_lines).toMatchObject([
      { code: 'ten', discount: '2.40', discount_type: 'percent', nominal_amount: 10 },
    ]);
    expect(await used()).toMatchObject({ usage_count: 1, used_by: [customer?.platformId] });
  });

  test('cancelling an order gives the usage back', async () => {
    await make({ usage_limit: 1 });
    const { platformId } = use('a@example.test');
    expect(() => use('b@example.test')).toThrow('usage limit');
    cancelOrder(shop.store, platformId);
    expect((await used()).usage_count).toBe(0);
    expect(use('b@example.test').discount).toBe(1000);
  });

  test.each([
    [{ email_restrictions: ['b@example.test', '*@other.example.test'] }, 'not for this e-mail'],
    [{ minimum_amount: '24.01' }, 'minimum spend'],
    [{ date_expires: '2026-01-01' }, 'expired'],
  ])('%j is kept', async (terms, why) => {
    await make(terms);
    expect(() => use('a@example.test')).toThrow(why);
    expect((await used()).usage_count).toBe(0);
  });

  test('one that nobody made is unknown', () => {
    expect(() => use('a@example.test')).toThrow('no such discount code');
  });

  test('free shipping and amounts off each piece', async () => {
    await make({ discount_type: 'fixed_product', amount: '30', free_shipping: true });
    expect(use('a@example.test')).toMatchObject({ discount: 2400, shipping: 0, total: 0 });
  });
});

describe('keys', () => {
  const status = async (url: string, headers: Record<string, string> = {}) =>
    (await shop.send({ url, headers })).status;
  const basic = (pair: string) => ({ authorization: `Basic ${Buffer.from(pair).toString('base64')}` });

  test('Basic over https, and not over http', async () => {
    const url = 'sandbox-shop.example.test/wp-json/wc/v3/orders';
    expect(await status(`https://${url}`, basic('ck_test:cs_test'))).toBe(200);
    expect(await status(`http://${url}`, basic('ck_test:cs_test'))).toBe(401);
    expect(await status(`https://${url}?consumer_key=ck_test&consumer_secret=cs_test`)).toBe(200);
  });

  /** RFC 5849, written out for one request. */
  const signed = (more: Record<string, string> = {}, secret = 'cs_test') => {
    const parameters: Record<string, string> = {
      oauth_consumer_key: 'ck_test',
      oauth_nonce: 'n1',
      oauth_signature_method: 'HMAC-SHA256',
      oauth_timestamp: String(shop.clock.now() / 1000),
      per_page: '5',
      search: "a b'*",
      ...more,
    };
    const encode = (text: string) =>
      encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    const url = 'http://sandbox-shop.example.test/wp-json/wc/v3/orders';
    const pairs = Object.keys(parameters)
      .sort()
      .map((name) => `${encode(name)}=${encode(parameters[name] ?? '')}`);
    const text = `GET&${encode(url)}&${encode(pairs.join('&'))}`;
    const signature = createHmac('sha256', `${secret}&`).update(text).digest('base64');
    return `${url}?${pairs.join('&')}&oauth_signature=${encode(signature)}`;
  };

  test('OAuth 1.0a over http, once', async () => {
    expect(await status(signed())).toBe(200);
    expect(await status(signed())).toBe(401);
    expect(await status(signed({ oauth_nonce: 'n2' }))).toBe(200);
    expect(await status(signed({ oauth_nonce: 'n3' }, 'cs_other'))).toBe(401);
    expect(await status(signed({ oauth_nonce: 'n4', oauth_timestamp: String(shop.clock.now() / 1000 - 901) }))).toBe(
      401,
    );
  });

  test('a revoked key and a missing permission look the same', async () => {
    buy();
    shop.woo.faults.ownerWithoutRights = true;
    const without = await shop.call('GET', 'orders');
    shop.woo.faults.ownerWithoutRights = false;
    shop.admin.revokeKeys();
    const revoked = await shop.call('GET', 'orders');
    expect([revoked.status, revoked.body]).toEqual([without.status, without.body]);
    expect(revoked.body.code).toBe('woocommerce_rest_cannot_view');
  });

  test('one that may only read writes nothing', async () => {
    shop.key.permissions = 'read';
    expect((await shop.call('POST', 'coupons', { code: 'x', amount: '1' })).status).toBe(401);
  });

  test('plain permalinks: there is no /wp-json, and keys are not looked at', async () => {
    shop.woo.faults.plainPermalinks = true;
    const url = 'https://sandbox-shop.example.test';
    expect(await status(`${url}/wp-json/wc/v3/orders`, basic('ck_test:cs_test'))).toBe(404);
    expect(await status(`${url}/?rest_route=/wc/v3/orders`, basic('ck_test:cs_test'))).toBe(401);
  });
});

describe('a store on a bad day', () => {
  const url = 'https://sandbox-shop.example.test/wp-json/';

  test('is down, slow, shows a page, prints a notice, or answers with another status', async () => {
    const { faults } = shop.woo;
    faults.down = true;
    await expect(shop.send({ url })).rejects.toMatchObject({ code: 'woocommerce.unreachable', retryable: true });
    Object.assign(faults, { down: false, slowMs: 5 });
    await expect(shop.send({ url, timeoutMs: 5 })).rejects.toMatchObject({ code: 'woocommerce.unreachable' });
    Object.assign(faults, { slowMs: 0, html: true });
    expect((await shop.send({ url })).headers['content-type']).toContain('text/html');
    Object.assign(faults, { html: false, notice: true });
    expect((await shop.send({ url })).body.toString()).toMatch(/^<br \/>\n<b>Notice<\/b>.*\{/s);
    Object.assign(faults, { notice: false, status: 503 });
    expect((await shop.send({ url })).status).toBe(503);
    await expect(shop.send({ url, maxBytes: 10 })).rejects.toMatchObject({ code: 'woocommerce.too_large' });
    await expect(shop.send({ url: 'https://other.example.test/' })).rejects.toMatchObject({
      code: 'woocommerce.unreachable',
    });
  });

  test('stands below a path, in another zone, and behind a server of its own', async () => {
    const served = await serveStore((origin) => {
      shop.woo.site.url = `${origin}/fa`;
      return shop.woo.fetch;
    });
    try {
      shop.woo.site.timeZone = '+03:30';
      const root = (await (await fetch(`${served.origin}/fa/wp-json/`)).json()) as Answered;
      expect(root).toMatchObject({ url: `${served.origin}/fa`, gmt_offset: 3.5, timezone_string: '' });
      expect((await fetch(`${served.origin}/fa/wp-json/wc/v3/orders`)).status).toBe(401);
      expect((await fetch(`${served.origin}/fa/no-page`)).status).toBe(404);
      shop.woo.faults.down = true;
      await expect(fetch(`${served.origin}/fa/wp-json/`)).rejects.toThrow();
    } finally {
      await served.close();
    }
  });
});
