import supertest from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { type TestApp, testApp } from '../../../http/http.fixtures.ts';
import { systemClock } from '../../../shared/clock.ts';
import { install, uninstall } from '../../../shops/shops.usecases.ts';
import { keepStoreUrl } from '../../../shops/stores.usecases.ts';
import { signStoreToken } from './session.ts';

const URL = 'https://shop.example.test';

let world: World;
let server: TestApp;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await store('shop.example.test', 'secret-of-a', URL);
  server = await testApp(world, { woocommerceEnabled: true });
});
afterEach(async () => {
  await server.stop();
  await world.close();
});

async function store(domain: string, webhookSecret: string, url: string | null): Promise<number> {
  const id = await testShop(world, { platform: 'woocommerce', domain, webhookSecret });
  await world.inShop(id, async (scope) => {
    if (url !== null) await keepStoreUrl(scope, url);
    await install(scope, ['read_write']);
  });
  return id;
}
/** Sessions go by real time, whatever the app's clock says. */
const token = (about: { storeUrl?: string; secret?: string; now?: number } = {}, claims = {}) =>
  signStoreToken({ storeUrl: URL, secret: 'secret-of-a', now: systemClock.now(), ...about }, claims);
const ask = async (bearer: string | Promise<string>) => {
  const { status, body } = await supertest(server.app.http)
    .get('/api/v1/shop')
    .set('authorization', `Bearer ${await bearer}`);
  return [status, body.error?.code ?? body.domain];
};

test('a token of a store’s plugin opens that store, as the person who is logged in there', async () => {
  expect(await ask(token())).toEqual([200, 'shop.example.test']);
  await supertest(server.app.http)
    .patch('/api/v1/shop')
    .set('authorization', `Bearer ${await token({}, { userId: 7 })}`)
    .send({ locale: 'fa' });
  expect(await rowsOf(world, shop, 'audit_log')).toMatchObject([{ actor: 'user:wp:7', action: 'shop.locale' }]);
});

test('no store opens another one', async () => {
  await store('other.example.test', 'secret-of-b', 'https://other.example.test');
  const forged = token({ storeUrl: 'https://other.example.test' });
  expect(await ask(forged)).toEqual([401, 'auth.signature']);
  expect(await ask(token({ secret: 'secret-of-b' }))).toEqual([401, 'auth.signature']);
  expect(await ask(token({ secret: 'secret-of-b', storeUrl: 'https://other.example.test' }))).toEqual([
    ...[200, 'other.example.test'],
  ]);
});

test('a store that nobody connected is answered as a forged token is', async () => {
  expect(await ask(token({ storeUrl: 'https://unknown.example.test' }))).toEqual([401, 'auth.signature']);
  await store('never.example.test', 'secret-of-a', null);
  expect(await ask(token({ storeUrl: 'https://never.example.test' }))).toEqual([401, 'auth.signature']);
  expect(await ask(token({ storeUrl: `${URL}/second` }))).toEqual([401, 'auth.issuer']);
});

test('expired, without a signature, or of a store that left opens nothing', async () => {
  expect(await ask(token({ now: systemClock.now() - 75_000 }))).toEqual([401, 'auth.expired']);
  const [head = '', body = ''] = (await token()).split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  expect(await ask(`${none}.${body}.x`)).toEqual([401, 'auth.signature']);
  expect(await ask(`${head}.${body}.`)).toEqual([401, 'auth.malformed']);
  await world.inShop(shop, (scope) => uninstall(scope, scope.now));
  expect(await ask(token())).toEqual([401, 'auth.shop']);
});

test('a store registered without www. opens with it', async () => {
  await world.inShop(shop, (scope) => keepStoreUrl(scope, 'https://www.shop.example.test'));
  expect(await ask(token({ storeUrl: 'https://www.shop.example.test' }))).toEqual([200, 'shop.example.test']);
});

test('where WooCommerce is not enabled such tokens are none', async () => {
  const other = await testApp(world, { woocommerceEnabled: false });
  const { status } = await supertest(other.app.http)
    .get('/api/v1/shop')
    .set('authorization', `Bearer ${await token()}`);
  expect(status).toBe(401);
  await other.stop();
});
