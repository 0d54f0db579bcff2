import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { selfSigned } from '../../../shared/safe-fetch/certificates.fixtures.ts';
import { fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { keepStoreUrl } from '../../../shops/stores.usecases.ts';
import { readTokens, storeTokens } from '../../../shops/tokens.usecases.ts';
import { clientDeps, KEYS } from './store.fixtures.ts';
import { keysAsTokens, storeOf } from './store.usecases.ts';
import type { WooDeps } from './woocommerce.deps.ts';

const shape = z.object({ id: z.number() });
let world: World;
let deps: WooDeps;

beforeEach(async () => {
  world = await testWorld();
  const { fetch, sleep } = clientDeps();
  deps = {
    db: world.db,
    clock: world.clock,
    realClock: world.clock,
    ids: world.ids,
    reactions: world.reactions,
    features: world.features,
    vault: world.vault,
    logger: world.logger,
    fetch,
    sleep,
    appUrl: 'https://app.example.test',
    wake: () => undefined,
  };
});
afterEach(() => world.close());

const keep = (id: number, keys = KEYS) =>
  world.db.transaction((tx) => storeTokens({ tx, vault: world.vault }, id, keysAsTokens(keys)), { shop: id });

test('a shop speaks to its store with the keys that it keeps sealed', async () => {
  const server = await fakeServer(() => ({ json: { id: 7 } }));
  const id = await testShop(world, { platform: 'woocommerce', domain: 'shop.example.test' });
  await keep(id);
  const [row] = await rowsOf(world, id, 'shops');
  expect(JSON.stringify(row)).not.toMatch(/ck_|cs_/);
  const store = await storeOf(deps, { id, storeUrl: `${server.url}/fa` });
  expect(await store.read('orders/7', shape)).toEqual({ id: 7 });
  expect(server.asked[0]).toMatchObject({
    path: '/fa/wp-json/wc/v3/orders/7',
    query: { oauth_consumer_key: KEYS.key },
  });
});

test('once the store refuses the keys it is left alone until it is connected again', async () => {
  const json = { code: 'woocommerce_rest_cannot_view', message: '' };
  const server = await fakeServer(() => ({ status: 401, json }));
  const id = await testShop(world, { platform: 'woocommerce', domain: 'shop.example.test' });
  await keep(id);
  const shop = { id, storeUrl: server.url };
  const refused = { code: 'woocommerce.keys_refused', status: 409, retryable: false };
  const store = await storeOf(deps, shop);
  await expect(store.read('orders/7', shape)).rejects.toMatchObject(refused);
  expect(await readTokens(deps, id)).toMatchObject({ refusedAt: world.clock.now() });
  await expect(storeOf(deps, shop)).rejects.toMatchObject(refused);
  expect(server.asked).toHaveLength(1);
  // New keys, while an old client still fails: the new ones stay.
  await keep(id, { key: 'ck_new', secret: 'cs_new' });
  await expect(store.read('orders/7', shape)).rejects.toMatchObject(refused);
  expect(await readTokens(deps, id)).toMatchObject({ refusedAt: null });
  expect(await storeOf(deps, shop)).toMatchObject({ url: server.url });
});

test('a store that has https now is asked by it from then on; another folder of it is only followed', async () => {
  const certificate = selfSigned(['127.0.0.1']);
  const secure = await fakeServer(() => ({ json: { id: 7 } }), certificate);
  const plain = await fakeServer(({ path }) => ({ status: 301, headers: { location: `${secure.url}${path}` } }));
  deps = { ...deps, fetch: clientDeps({ ca: certificate.cert }).fetch };
  const id = await testShop(world, { platform: 'woocommerce', domain: 'shop.example.test' });
  await keep(id);
  const kept = async () => (await world.inShop(id, async ({ shop }) => shop)).storeUrl;
  await world.inShop(id, (scope) => keepStoreUrl(scope, plain.url));
  const store = await storeOf(deps, { id, storeUrl: plain.url });
  expect(await store.read('orders/7', shape)).toEqual({ id: 7 });
  expect(await kept()).toBe(secure.url);
  // A client that was made before does not put an address back that was given since.
  await world.inShop(id, (scope) => keepStoreUrl(scope, 'https://new.example.test'));
  await (await storeOf(deps, { id, storeUrl: plain.url })).read('orders/7', shape);
  expect(await kept()).toBe('https://new.example.test');
  plain.answer = ({ path }) => ({ status: 301, headers: { location: `${secure.url}/fa${path}` } });
  await world.inShop(id, (scope) => keepStoreUrl(scope, plain.url));
  await (await storeOf(deps, { id, storeUrl: plain.url })).read('orders/7', shape);
  expect(await kept()).toBe(plain.url);
});

test('a shop without a store or without keys is told to connect', async () => {
  const id = await testShop(world, { platform: 'woocommerce', domain: 'shop.example.test' });
  const missing = { code: 'woocommerce.not_connected' };
  await expect(storeOf(deps, { id, storeUrl: 'https://shop.example.test' })).rejects.toMatchObject(missing);
  await keep(id);
  await expect(storeOf(deps, { id, storeUrl: null })).rejects.toMatchObject(missing);
  const broken = { ...keysAsTokens(KEYS), accessToken: 'shpat_1' };
  await world.db.transaction((tx) => storeTokens({ tx, vault: world.vault }, id, broken), { shop: id });
  await expect(storeOf(deps, { id, storeUrl: 'https://shop.example.test' })).rejects.toMatchObject({
    code: 'woocommerce.keys_refused',
  });
});
