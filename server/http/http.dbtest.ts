import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { signedHeaders } from '../inbox/deliveries.fixtures.ts';
import { type TestApp, testApp } from './http.fixtures.ts';

let world: World;
let server: TestApp;
beforeEach(async () => {
  world = await testWorld();
  server = await testApp(world);
});
afterEach(async () => {
  await server.stop();
  await world.close();
});

const get = (path: string, headers: Record<string, string> = {}) => supertest(server.app.http).get(path).set(headers);

describe('for operators', () => {
  test('/healthz says that the process is alive, /readyz that the database answers', async () => {
    expect((await get('/healthz')).body).toEqual({ ok: true });
    const ready = await get('/readyz');
    expect([ready.status, ready.body]).toEqual([200, { ready: true }]);
  });

  test('/readyz is 503 without the database, /healthz is not, and neither says why', async () => {
    const broken = await testApp(world);
    await broken.app.db.close();
    const ready = await supertest(broken.app.http).get('/readyz');
    expect([ready.status, ready.body]).toEqual([503, { ready: false }]);
    expect((await supertest(broken.app.http).get('/healthz')).status).toBe(200);
    const metrics = await supertest(broken.app.http).get('/metrics');
    expect([metrics.status, metrics.body.error.code]).toEqual([500, 'internal']);
    expect(metrics.text).not.toMatch(/sql|database|connection|stack/i);
  });

  test('/metrics counts answers, deliveries and what waits', async () => {
    const shop = await testShop(world);
    const send = (headers: Record<string, string>) =>
      supertest(server.app.http).post('/webhooks/shopify').set(headers).send('{}');
    await send(signedHeaders('{}', { topic: 'orders/create' }));
    await send(signedHeaders('{}', { topic: 'orders/create' }));
    await send({});
    world.clock.advance(90_000);
    const { text, headers } = await get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'bazgasht_webhook_answers_total{status="200"} 2',
        'bazgasht_webhook_answers_total{status="401"} 1',
        'bazgasht_deliveries_stored_total{fresh="yes"} 1',
        'bazgasht_deliveries_stored_total{fresh="no"} 1',
        'bazgasht_deliveries{state="pending"} 1',
        `bazgasht_shop_lag_seconds{shop="${shop}"} 90`,
      ]),
    );
    expect(text).not.toContain('example.test');
  });

  test.each([
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-forwarded-host',
    'x-forwarded-server',
    'forwarded',
    'x-real-ip',
    'via',
  ])('/metrics is 401 for a request that a proxy passed on (%s)', async (name) => {
    const answer = await get('/metrics', { [name]: '127.0.0.1' });
    expect([answer.status, answer.body.error.code]).toEqual([401, 'operators.only']);
  });

  test('/metrics with ADMIN_TOKEN goes by the token alone', async () => {
    const guarded = await testApp(world, { adminToken: 'operator-token' });
    const ask = (headers: Record<string, string>) => supertest(guarded.app.http).get('/metrics').set(headers);
    expect((await ask({ authorization: 'Bearer operator-token' })).status).toBe(200);
    expect((await ask({ authorization: 'Bearer operator-token', 'x-forwarded-for': '203.0.113.9' })).status).toBe(200);
    for (const authorization of [
      '',
      'Bearer',
      'Bearer operator-toke',
      'Bearer operator-token2',
      'Basic operator-token',
    ]) {
      expect((await ask({ authorization })).status).toBe(401);
    }
    await guarded.stop();
  });

  test.each(['all', 'web', 'worker'] as const)('they are served in the role %s', async (role) => {
    const other = await testApp(world, { role });
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await supertest(other.app.http).get(path)).status).toBe(200);
    }
    await other.stop();
  });
});

describe('the start page', () => {
  test.each([
    ['/', {}, 'en', 'ltr'],
    ['/', { 'accept-language': 'fa-IR,fa;q=0.9,en;q=0.5' }, 'fa', 'rtl'],
    ['/', { 'accept-language': 'de' }, 'en', 'ltr'],
    ['/?locale=fa', { 'accept-language': 'en' }, 'fa', 'rtl'],
    ['/?locale=en', { 'accept-language': 'fa' }, 'en', 'ltr'],
    ['/?locale=<script>', {}, 'en', 'ltr'],
    ['/?locale=fa&locale=en', {}, 'en', 'ltr'],
  ])('%s with %j speaks %s', async (path, headers, language, direction) => {
    const answer = await get(path, headers as Record<string, string>);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html; charset=utf-8');
    expect(answer.text).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(answer.text).not.toContain('<script');
  });

  test('leads to connecting a WooCommerce store where that is enabled', async () => {
    expect((await get('/')).text).not.toContain('/connect/woocommerce');
    const other = await testApp(world, { woocommerceEnabled: true });
    for (const locale of ['en', 'fa']) {
      const { text } = await supertest(other.app.http).get(`/?locale=${locale}`);
      expect(text).toContain(`href="/connect/woocommerce?locale=${locale}"`);
      expect(text).toContain('Shopify, WooCommerce');
    }
    await other.stop();
  });

  test('runs no script, frames nowhere and tells nothing of any shop', async () => {
    await testShop(world);
    const { headers, text } = await get('/');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['x-powered-by']).toBeUndefined();
    expect(text).not.toContain('shop.example.test');
  });

  test('leads on to the admin where Shopify opens it with a shop', async () => {
    const { status, headers } = await get('/?shop=acme.myshopify.com&host=abc');
    expect([status, headers.location]).toEqual([302, '/app?shop=acme.myshopify.com&host=abc']);
  });
});

describe('elsewhere', () => {
  test.each([
    '/nothing',
    '/api/v2/customers',
    '/%E0%A4%A',
    '/webhooks/shopify/more',
    '/..%2f..%2fetc/passwd',
    '/favicon.ico',
  ])('%s is a 404 in JSON that shows nothing of the inside', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.body.error.code]).toEqual([404, 'http.not_found']);
    expect(answer.text).not.toMatch(/node_modules|\.ts:|\\n/);
  });
});
