import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shopifyCommerce } from '../commerce/shopify/reading/shopify.commerce.ts';
import { verifyShopify } from '../commerce/shopify/reading/shopify.webhooks.ts';
import { findCustomerByName } from '../customers/lookup.usecases.ts';
import { testWorld, type World } from '../db/testing.ts';
import { errorMapper } from '../http/errors.ts';
import { rawBody } from '../http/raw-body.ts';
import { drainInbox } from '../inbox/drain.usecases.ts';
import { createReceiver } from '../inbox/receive.usecases.ts';
import { createApplier } from '../intake/apply.usecases.ts';
import type { Jobs } from '../jobs/jobs.port.ts';
import { addShop } from '../onboarding/register.usecases.ts';
import { balanceOf } from '../points/balance.usecases.ts';
import { shopByName, shopsList } from '../shops/shops.usecases.ts';
import { prepareSandbox } from './sandbox.ts';
import type { Sandbox } from './store/sandbox.deps.ts';
import { readState } from './store/sandbox.files.ts';
import { keptSandbox, refusal, SANDBOX_DOMAIN } from './store/sandbox.own.ts';

let world: World;
let folder: string;
let closing: (() => Promise<unknown>)[];
const NO_KEYS = { shopify: undefined, appUrl: undefined, woocommerceEnabled: false };

beforeEach(async () => {
  world = await testWorld();
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-sandbox-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The store beside an app that takes its webhooks in, and shows what its proxy passes on. */
async function started(): Promise<{ sandbox: Sandbox; url: string }> {
  const prepared = await prepareSandbox({ db: world.db, folder, clock: world.clock }, 'on');
  const clock = prepared?.clock ?? world.clock;
  const drain = {
    ...world,
    clock,
    commerce: { shopify: shopifyCommerce, woocommerce: null },
    applier: createApplier(world.features),
  };
  const jobs = { idle: async () => undefined } as Jobs;
  const played = await prepared?.open({ ...drain, jobs, withoutPast: true }, NO_KEYS);
  const sandbox = played?.shopify as Sandbox;
  const receiver = createReceiver({ ...world, clock });
  const app = express();
  app.use('/sandbox', sandbox.routes);
  app.post('/webhooks/shopify', async (request, response) => {
    const read = await rawBody(request);
    const shop = (await shopByName(world, SANDBOX_DOMAIN)).id;
    const verified = read.ok ? verifyShopify(request.headers, read.body, sandbox.platform.apiSecret) : null;
    if (!read.ok || !verified?.ok) return void response.status(401).end();
    const { topic, deliveryId, triggeredAt } = verified;
    await receiver.receive({ shopId: shop, topic, deliveryId, triggeredAt, body: read.body });
    await drainInbox(drain, shop);
    response.status(200).end();
  });
  app.all('/storefront/*path', (request, response) => void response.json({ url: request.originalUrl }));
  app.use(errorMapper(world.logger));
  const server: Server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await sandbox.start(url);
  closing.push(async () => {
    await sandbox.stop();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { sandbox, url };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely, their shape is what is tested
type Answered = any;

const ask = async (url: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: answer.status, body: (await answer.json()) as Answered };
};
const EMAIL = 'newcomer@example.test';
const order = async (url: string, more: object = {}) => {
  const { products } = (await ask(`${url}/sandbox/products`)).body;
  const lines = [{ product: products[0].id, quantity: 2 }];
  return ask(`${url}/sandbox/orders`, 'POST', { customer: { email: EMAIL }, lines, paid: true, ...more });
};
const points = async (email = EMAIL): Promise<number> => {
  const shop = await shopByName(world, SANDBOX_DOMAIN);
  const customer = await findCustomerByName(world, shop, email);
  return customer === null ? 0 : (await balanceOf(world, shop, email)).available;
};

describe('where the sandbox store starts', () => {
  test('on an empty database, and again on the one that it made', async () => {
    expect(await refusal({ db: world.db, folder }, NO_KEYS)).toBeNull();
    const { sandbox, url } = await started();
    expect([sandbox.platform.appUrl, sandbox.ready()]).toEqual([url, true]);
    expect(await refusal({ db: world.db, folder }, NO_KEYS)).toBeNull();
    expect(await shopsList(world)).toMatchObject([{ platform: 'shopify', domain: SANDBOX_DOMAIN }]);
  });

  test('never beside real keys, a public address or WooCommerce', async () => {
    const where = { db: world.db, folder };
    expect(await refusal(where, { ...NO_KEYS, shopify: {} })).toContain('SHOPIFY_API_KEY');
    expect(await refusal(where, { ...NO_KEYS, appUrl: 'https://app.example.test' })).toContain('APP_URL');
    expect(await refusal(where, { ...NO_KEYS, woocommerceEnabled: true })).toContain('WOOCOMMERCE_ENABLED');
  });

  test('never on a database with shops of its own, even one of the same domain', async () => {
    const shop = { platform: 'shopify' as const, domain: SANDBOX_DOMAIN, currency: 'USD', timeZone: 'UTC' };
    await addShop(world, shop);
    expect(await refusal({ db: world.db, folder }, NO_KEYS)).toContain('shops of its own');
    expect(await keptSandbox({ db: world.db, folder })).toBeNull();
  });
});

describe('who is answered', () => {
  test.each([
    [{ 'x-forwarded-for': '203.0.113.9' }],
    [{ via: '1.1 proxy' }],
    [{ origin: 'https://elsewhere.example.test' }],
    [{ origin: 'null' }],
  ])('nobody who comes with %j', async (headers) => {
    const { url } = await started();
    const { status, body } = await ask(`${url}/sandbox/session-token`, 'GET', undefined, headers as never);
    expect([status, body.error.code]).toEqual([403, 'sandbox.local_only']);
  });
});

describe('what scripts do', () => {
  test('the stand-in for App Bridge is a script of the store’s own', async () => {
    const { url } = await started();
    const answer = await fetch(`${url}/sandbox/app-bridge.js`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(await answer.text()).toContain('idToken');
  });

  test('an order earns points by its webhooks, its refund takes them back', async () => {
    const { url } = await started();
    const placed = await order(url);
    expect(placed.body.order).toMatchObject({ id: expect.stringMatching(/^\d+$/), total: 4800 + 590 });
    expect(await points()).toBe(48);
    const id = placed.body.order.id;
    expect((await ask(`${url}/sandbox/refunds`, 'POST', { order: id, full: true })).body.refund.amount).toBe(5390);
    expect(await points()).toBe(0);
    const again = await ask(`${url}/sandbox/refunds`, 'POST', { order: id, full: true });
    expect([again.status, again.body.error.code]).toEqual([409, 'sandbox.refund_refused']);
  });

  test('a part of an order can be given back, and not more than is left', async () => {
    const { url } = await started();
    const { id } = (await order(url)).body.order;
    const lines = (quantity: number) => [{ product: '8100000001', quantity }];
    expect((await ask(`${url}/sandbox/refunds`, 'POST', { order: id, lines: lines(1) })).status).toBe(200);
    expect(await points()).toBe(24);
    expect((await ask(`${url}/sandbox/refunds`, 'POST', { order: id, lines: lines(2) })).status).toBe(409);
  });

  test('a checkout is left, then completed, once', async () => {
    const { url } = await started();
    const lines = [{ product: '8100000001', quantity: 1 }];
    const begun = await ask(`${url}/sandbox/checkouts`, 'POST', { email: EMAIL, marketing: true, lines });
    expect(await points()).toBe(0);
    const path = `${url}/sandbox/checkouts/${begun.body.checkout.token}/complete`;
    expect((await ask(path, 'POST', {})).status).toBe(200);
    expect(await points()).toBe(24);
    expect((await ask(path, 'POST', {})).body.error.code).toBe('sandbox.checkout_completed');
  });

  test.each([
    ['/sandbox/orders', { customer: { email: 'nobody' }, lines: [{ product: '1', quantity: 1 }] }, 'customer.email'],
    ['/sandbox/orders', { customer: { email: EMAIL }, lines: [{ product: '1', quantity: 1 }] }, 'lines'],
    ['/sandbox/orders', { customer: { email: EMAIL }, lines: [] }, 'lines'],
    ['/sandbox/checkouts', { email: EMAIL, lines: [{ product: '8100000001', quantity: 0 }] }, 'lines.0.quantity'],
    ['/sandbox/refunds', { order: '1' }, ''],
    ['/sandbox/webhooks', { body: {} }, 'topic'],
    ['/sandbox/clock', { advance: 'P1D', to: 5 }, ''],
    ['/sandbox/clock', { advance: 'tomorrow' }, 'advance'],
    ['/sandbox/clock', { advance: '-P1D' }, 'advance'],
    ['/sandbox/clock', { advance: 'P3Y' }, 'advance'],
    ['/sandbox/clock', { to: 1 }, 'to'],
  ])('%s with %j is a 400 that names the field', async (path, body, field) => {
    const { url } = await started();
    const answer = await ask(url + path, 'POST', body);
    expect([answer.status, answer.body.error.details.field]).toEqual([400, field]);
  });

  test('messages are none yet, a made-up webhook arrives signed', async () => {
    const { url } = await started();
    expect((await ask(`${url}/sandbox/messages?to=${EMAIL}`)).body).toEqual({ messages: [] });
    const sent = await ask(`${url}/sandbox/webhooks`, 'POST', { topic: 'themes/publish', body: { id: 1 } });
    expect(sent.body).toEqual({ status: 200 });
  });

  test('the proxy passes on what was asked for, signed, with who is logged in', async () => {
    const { url, sandbox } = await started();
    await order(url);
    const shop = await shopByName(world, SANDBOX_DOMAIN);
    const customer = await findCustomerByName(world, shop, EMAIL);
    const passed = await ask(`${url}/sandbox/proxy/storefront/v1/me?customer=${customer}&a=2&a=1`);
    const query = new URL(passed.body.url, url).searchParams;
    expect(passed.body.url).toMatch(/^\/storefront\/v1\/me\?/);
    expect(query.get('logged_in_customer_id')).toBe('7900000001');
    const names = [...new Set(query.keys())].filter((name) => name !== 'signature').sort();
    const message = names.map((name) => `${name}=${query.getAll(name).join(',')}`).join('');
    const wanted = createHmac('sha256', sandbox.platform.apiSecret).update(message).digest('hex');
    expect(query.get('signature')).toBe(wanted);
    expect((await ask(`${url}/sandbox/proxy/storefront/v1/me?customer=nobody`)).status).toBe(404);
  });
});

describe('the time machine', () => {
  test('goes ahead, says what ran, and its time and the keys survive a restart', async () => {
    const { url, sandbox } = await started();
    const before = sandbox.clock.now();
    const { body } = await ask(`${url}/sandbox/clock`, 'POST', { advance: 'P1M' });
    expect(body).toMatchObject({ from: before, now: before + 31 * 86_400_000, ran: { points: 0, tiers: 0 } });
    await order(url);
    const { apiSecret } = sandbox.platform;
    await closing.pop()?.();
    const again = await started();
    expect(again.sandbox.clock.now()).toBe(body.now);
    expect(again.sandbox.platform.apiSecret).toBe(apiSecret);
    expect(readState(folder)).toMatchObject({ filled: true, offset: 31 * 86_400_000 });
    // The order is still there to be given back.
    expect((await ask(`${again.url}/sandbox/refunds`, 'POST', { order: '5400000001', full: true })).status).toBe(200);
    expect(await points()).toBe(0);
  });
});

describe('the pages', () => {
  test.each([
    ['/store', 'en', 'House blend coffee'],
    ['/store', 'fa', 'قهوهٔ ترکیبی خانه'],
    ['/store/checkout?8100000001=2', 'fa', 'رها کردن بدون پرداخت'],
    ['/store/orders', 'en', 'Nobody has left a cart'],
    ['/store/inbox', 'fa', 'هنوز پیامی نیست'],
    ['/store/time', 'en', 'A month ahead'],
  ])('%s in %s runs no script and loads nothing', async (path, locale, text) => {
    const { url } = await started();
    const answer = await fetch(`${url}/sandbox${path}${path.includes('?') ? '&' : '?'}locale=${locale}`);
    const html = await answer.text();
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'fa' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain(text);
    expect(html).not.toMatch(/<script|(src|href)="https?:/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('a form buys, and tells what it could not do', async () => {
    const { url } = await started();
    const send = (body: string) =>
      fetch(`${url}/sandbox/store/checkout?locale=en`, { method: 'POST', body, redirect: 'manual' });
    expect((await send(`8100000001=1&email=${EMAIL}&do=pay`)).headers.get('location')).toContain('note=placed');
    expect(await points()).toBe(24);
    const wrong = await send('8100000001=1&email=%3Cb%3E&do=pay');
    expect([wrong.status, (await wrong.text()).includes('role="alert"')]).toEqual([400, true]);
  });
});
