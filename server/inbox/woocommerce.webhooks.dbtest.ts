import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { phpJson, wooHeaders, wooOrderBody } from '../commerce/woocommerce/reading/woocommerce.fixtures.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { type TestApp, testApp } from '../http/http.fixtures.ts';
import { MAX_BODY } from '../http/raw-body.ts';
import { changeWebhookSecret, uninstall } from '../shops/shops.usecases.ts';
import { inboxOf } from './deliveries.fixtures.ts';

const SECRET = 'lab-webhook-secret';
const WOO = { platform: 'woocommerce' as const, domain: 'woo.example.test', currency: 'EUR' };

let world: World;
let shop: number;
let server: TestApp;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world, { ...WOO, webhookSecret: SECRET });
  server = await testApp(world, { woocommerceEnabled: true });
  await server.app.start();
});
afterEach(async () => {
  await server.stop();
  await world.close();
});

const post = (id: number | string, body: Buffer, headers: Record<string, string>) =>
  supertest(server.app.http)
    .post(`/webhooks/woocommerce/${id}`)
    .set(headers)
    .serialize((data) => data as string)
    .send(body as unknown as string);
type About = { id?: number | string; topic?: string; secret?: string; webhook?: string };
const signed = async (body: unknown, { id = shop, topic = 'order.updated', ...about }: About = {}) =>
  (await post(id, phpJson(body), wooHeaders(body, { topic, ...about }))).status;
const ping = (id: number | string, body = 'webhook_id=1') =>
  post(id, Buffer.from(body), { 'content-type': 'application/x-www-form-urlencoded' });
const settled = async () => {
  await server.app.jobs.idle();
  return inboxOf(world, shop);
};

describe('a signed delivery at the shop’s address', () => {
  test('is answered 200 with nothing in it, stored and applied', async () => {
    const body = wooOrderBody();
    const answer = await post(shop, phpJson(body), wooHeaders(body, { topic: 'order.created' }));
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(await settled()).toMatchObject([{ state: 'applied', topic: 'order.created' }]);
    expect(await rowsOf(world, shop, 'orders')).toMatchObject([{ platformId: '45', counts: true, net: 2_500 }]);
  });

  test('of the same second and with the same delivery id is another when its body is', async () => {
    const second = wooOrderBody({ status: 'completed', total: '25.00' });
    expect([await signed(wooOrderBody()), await signed(second)]).toEqual([200, 200]);
    expect(await settled()).toHaveLength(2);
  });

  test('that comes twice is stored once; ids and actions are stored every time', async () => {
    for (let times = 0; times < 2; times += 1) {
      expect(await signed(wooOrderBody())).toBe(200);
      expect(await signed({ id: 45 }, { topic: 'order.deleted' })).toBe(200);
      expect(await signed({ action: 'x', arg: 45 }, { topic: 'action.woocommerce_order_refunded' })).toBe(200);
    }
    expect((await settled()).map(({ topic }) => topic).sort()).toEqual([
      ...['action.woocommerce_order_refunded', 'action.woocommerce_order_refunded'],
      ...['order.deleted', 'order.deleted', 'order.updated'],
    ]);
  });

  test('is 200 whatever it holds: what cannot be used is parked with a sentence', async () => {
    const bodies = ['{"id":', '', Buffer.from([0xff, 0xfe, 0x00]), { id: 45, total: '۱۲', currency: 'IRT' }];
    for (const body of bodies) expect(await signed(typeof body === 'string' ? Buffer.from(body) : body)).toBe(200);
    const rows = await settled();
    expect(rows.map(({ state }) => state)).toEqual(['parked', 'parked', 'parked', 'parked']);
    for (const { reason } of rows) expect(reason).toMatch(/^WooCommerce's .{20,}\.$/);
  });

  test('is 200 for a shop that uninstalled, too', async () => {
    await world.inShop(shop, (scope) => uninstall(scope, world.clock.now()));
    expect(await signed(wooOrderBody())).toBe(200);
  });
});

describe('what is refused', () => {
  test('a wrong signature, or none, is 401', async () => {
    expect(await signed(wooOrderBody(), { secret: 'another' })).toBe(401);
    expect((await post(shop, phpJson(wooOrderBody()), { 'content-type': 'application/json' })).status).toBe(401);
  });

  test('an unknown shop is 404, and so is a shop of another platform and what is no id', async () => {
    const shopify = await testShop(world, { domain: 'shopify.example.test', webhookSecret: SECRET });
    for (const id of [shopify, 99, 0, -1, '1.0', '01', '1e1', 'woo.example.test', '9'.repeat(30), '%F0%9F%8D%B5'])
      expect([id, await signed(wooOrderBody(), { id })]).toEqual([id, 404]);
    expect(await settled()).toEqual([]);
  });

  test('more than 2 MB is 413', async () => {
    const body = Buffer.alloc(MAX_BODY + 1, 32);
    expect((await post(shop, body, wooHeaders(body, { topic: 'order.updated' }))).status).toBe(413);
  });

  test('a shop without a secret takes nothing', async () => {
    const bare = await testShop(world, { ...WOO, domain: 'bare.example.test' });
    expect(await signed(wooOrderBody(), { id: bare, secret: '' })).toBe(401);
  });
});

describe('the ping', () => {
  test('of a known shop is answered exactly 200 and stores nothing', async () => {
    expect([(await ping(shop)).status, (await ping(shop)).text]).toEqual([200, '']);
    expect(await settled()).toEqual([]);
  });

  test('of an unknown shop is 404; more than a ping without a signature is 401', async () => {
    expect((await ping(99)).status).toBe(404);
    expect((await ping(shop, 'webhook_id=1&id=45')).status).toBe(401);
  });
});

test('a secret that was changed a moment ago counts at once: a store does not send again', async () => {
  expect(await signed(wooOrderBody())).toBe(200);
  await changeWebhookSecret(world, shop, 'the-new-one');
  expect(await signed(wooOrderBody({ id: 46 }), { secret: 'the-new-one' })).toBe(200);
  expect(await signed(wooOrderBody({ id: 47 }))).toBe(401);
});

test('where WooCommerce is not enabled there is no such address', async () => {
  const without = await testApp(world, { woocommerceEnabled: false });
  const body = wooOrderBody();
  const answer = await supertest(without.app.http)
    .post(`/webhooks/woocommerce/${shop}`)
    .set(wooHeaders(body, { topic: 'order.updated' }))
    .send(phpJson(body).toString());
  expect(answer.status).toBe(404);
  await without.stop();
});
