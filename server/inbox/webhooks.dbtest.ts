import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { type TestApp, testApp } from '../http/http.fixtures.ts';
import { MAX_BODY } from '../http/raw-body.ts';
import { uninstall } from '../shops/shops.usecases.ts';
import { bytesOf, inboxOf, orderBody, signedHeaders } from './deliveries.fixtures.ts';

let world: World;
let shop: number;
let server: TestApp;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
  server = await testApp(world);
  await server.app.start();
});
afterEach(async () => {
  await server.stop();
  await world.close();
});

const post = (body: unknown, headers: Record<string, string>) =>
  supertest(server.app.http)
    .post('/webhooks/shopify')
    .set(headers)
    .serialize((data) => data as string)
    .send(bytesOf(body) as unknown as string);
const signed = (body: unknown, about: Partial<Parameters<typeof signedHeaders>[1]> = {}) =>
  post(body, signedHeaders(body, { topic: 'orders/create', ...about }));
const settled = async () => {
  await server.app.jobs.idle();
  return inboxOf(world, shop);
};

describe('a signed delivery of a known shop', () => {
  test('is answered 200 with nothing in it, stored and applied', async () => {
    const answer = await signed(orderBody(), { id: 'delivery-1', triggeredAt: '2025-03-01T10:00:01.5Z' });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(await settled()).toMatchObject([
      {
        state: 'applied',
        deliveryId: 'delivery-1',
        topic: 'orders/create',
        triggeredAt: Date.UTC(2025, 2, 1, 10, 0, 1, 500),
      },
    ]);
    expect(await rowsOf(world, shop, 'orders')).toMatchObject([{ platformId: '7001', counts: true }]);
  });

  test('that comes again is answered 200 and counts once', async () => {
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await signed(orderBody(), { id: 'delivery-1' })).status),
    );
    expect(statuses).toEqual([200, 200, 200]);
    expect((await signed(orderBody(), { id: 'delivery-1' })).status).toBe(200);
    expect(await settled()).toHaveLength(1);
  });

  test('without a delivery id is known by its content', async () => {
    for (const body of [orderBody(), orderBody(), orderBody({ id: 7002 })])
      expect((await signed(body)).status).toBe(200);
    expect(await settled()).toHaveLength(2);
  });

  test.each([
    ['broken JSON', '{"id":', 'parked'],
    ['an empty body', '', 'parked'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), 'parked'],
    ['a body without an id', { total_price: '1.00' }, 'parked'],
  ])('with %s is answered 200 and then %3$s', async (_what, body, state) => {
    expect((await signed(body)).status).toBe(200);
    expect(await settled()).toMatchObject([{ state, reason: expect.stringMatching(/\w+ .*\.$/) }]);
  });

  test.each([
    ['a topic that is not used', { topic: 'themes/publish' }],
    ['no topic', { topic: '' }],
  ])('with %s is answered 200 and ignored', async (_what, about) => {
    expect((await signed({ id: 1 }, about)).status).toBe(200);
    expect(await settled()).toMatchObject([{ state: 'ignored', reason: expect.any(String) }]);
  });

  test('is 200 when the shop took the app out, too', async () => {
    await world.inShop(shop, (scope) => uninstall(scope, world.clock.now()));
    expect((await signed(orderBody())).status).toBe(200);
    expect(await settled()).toMatchObject([{ state: 'applied' }]);
  });

  test('may write its domain in capitals', async () => {
    expect((await signed(orderBody(), { domain: 'SHOP.Example.Test' })).status).toBe(200);
  });

  test('of exactly the largest size is taken in', async () => {
    const body = bytesOf(orderBody({ note: '' }));
    const full = Buffer.concat([body, Buffer.alloc(MAX_BODY - body.length, 0x20)]);
    expect((await signed(full)).status).toBe(200);
    expect(await settled()).toMatchObject([{ state: 'applied' }]);
  });
});

describe('what is refused', () => {
  const good = () => signedHeaders(orderBody(), { topic: 'orders/create' });
  test.each([
    [
      'a signature of another secret',
      () => signedHeaders(orderBody(), { topic: 'orders/create', secret: 'guess' }),
      401,
    ],
    ['a signature of another body', () => signedHeaders('other', { topic: 'orders/create' }), 401],
    ['no signature', () => ({ ...good(), 'x-shopify-hmac-sha256': '' }), 401],
    ['a signature that is no base64', () => ({ ...good(), 'x-shopify-hmac-sha256': '%%%' }), 401],
    ['no shop', () => ({ ...good(), 'x-shopify-shop-domain': '' }), 401],
    ['a shop that is none', () => ({ ...good(), 'x-shopify-shop-domain': '../../etc' }), 401],
    [
      'an unknown shop, signed',
      () => signedHeaders(orderBody(), { topic: 'orders/create', domain: 'unknown.example.test' }),
      404,
    ],
    [
      'an unknown shop, unsigned',
      () => signedHeaders('x', { topic: 'orders/create', domain: 'unknown.example.test' }),
      401,
    ],
  ])('%s: %3$i, and nothing is stored', async (_what, headers, status) => {
    const answer = await post(orderBody(), headers());
    expect([answer.status, answer.text]).toEqual([status, '']);
    expect(await settled()).toEqual([]);
  });

  test('a request without any header of Shopify: 401', async () => {
    expect((await supertest(server.app.http).post('/webhooks/shopify')).status).toBe(401);
  });

  test('another method: 404', async () => {
    expect((await supertest(server.app.http).get('/webhooks/shopify')).status).toBe(404);
  });

  test('a body over 2 MB: 413, announced or not, signed or not', async () => {
    const large = Buffer.alloc(MAX_BODY + 1, 0x20);
    expect((await signed(large)).status).toBe(413);
    expect((await post(large, {})).status).toBe(413);
    expect(await chunked(large, signedHeaders(large, { topic: 'orders/create' }))).toBe(413);
    expect(await settled()).toEqual([]);
  });

  test('a chunked body of ordinary size is taken in', async () => {
    expect(await chunked(bytesOf(orderBody()), good())).toBe(200);
  });
});

/** Sends a body in pieces without saying how long it is. */
async function chunked(body: Buffer, headers: Record<string, string>): Promise<number | undefined> {
  const listening = server.app.http.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  try {
    return await new Promise((resolve, reject) => {
      const outgoing = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: '/webhooks/shopify', headers });
      outgoing.on('error', reject);
      outgoing.on('response', (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode));
      });
      for (let at = 0; at < body.length; at += 65_536) outgoing.write(body.subarray(at, at + 65_536));
      outgoing.end();
    });
  } finally {
    listening.closeAllConnections();
    await new Promise((resolve) => listening.close(resolve));
  }
}

describe('a shop with a webhook secret of its own', () => {
  beforeEach(async () => {
    await testShop(world, { domain: 'own.example.test', webhookSecret: 'own-secret' });
  });

  test('signs with that one, and the app’s secret is not taken for it', async () => {
    expect((await signed(orderBody(), { domain: 'own.example.test', secret: 'own-secret' })).status).toBe(200);
    expect((await signed(orderBody(), { domain: 'own.example.test' })).status).toBe(401);
    expect((await signed(orderBody(), { secret: 'own-secret' })).status).toBe(401);
  });

  test('works without the app having a secret at all', async () => {
    const bare = await testApp(world, { shopify: undefined });
    const send = (about: Parameters<typeof signedHeaders>[1]) =>
      supertest(bare.app.http).post('/webhooks/shopify').set(signedHeaders('{}', about)).send('{}');
    expect((await send({ topic: 'orders/create', domain: 'own.example.test', secret: 'own-secret' })).status).toBe(200);
    expect((await send({ topic: 'orders/create' })).status).toBe(401);
    expect((await send({ topic: 'orders/create', domain: 'unknown.example.test' })).status).toBe(401);
    await bare.stop();
  });

  test('is told apart from a shop registered after it was asked for', async () => {
    expect((await signed(orderBody(), { domain: 'new.example.test' })).status).toBe(404);
    await testShop(world, { domain: 'new.example.test' });
    expect((await signed(orderBody(), { domain: 'new.example.test' })).status).toBe(200);
  });
});

test('a delivery that cannot be stored is answered 500, says nothing and is taken when it comes again', async () => {
  const broken = await testApp(world);
  await broken.app.db.close();
  const send = () =>
    supertest(broken.app.http)
      .post('/webhooks/shopify')
      .set(signedHeaders('{}', { topic: 'orders/create' }))
      .send('{}');
  const answer = await send();
  expect([answer.status, answer.text]).toEqual([500, '']);
  expect(broken.lines.join('')).toContain('could not be stored');
  expect((await signed('{}')).status).toBe(200);
});
