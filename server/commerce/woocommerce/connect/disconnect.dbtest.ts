import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addKey } from '../../../api/keys.usecases.ts';
import { wrongUse } from '../../../cli/command.ts';
import { shopConnectUrl, shopDisconnect } from '../../../cli/shops.commands.ts';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { type TestApp, testApp } from '../../../http/http.fixtures.ts';
import { systemClock } from '../../../shared/clock.ts';
import { isAppError } from '../../../shared/errors.ts';
import { webhookSecretOf } from '../../../shops/directory.usecases.ts';
import { install, shopOfDomain } from '../../../shops/shops.usecases.ts';
import { noteStoppedWebhooks } from '../../../shops/stores.usecases.ts';
import { readTokens, refuseTokens } from '../../../shops/tokens.usecases.ts';
import { type PracticeStore, practiceStore } from './connect.fixtures.ts';
import { signStoreToken } from './session.ts';

let world: World;
let store: PracticeStore;
let server: TestApp;
let appUrl: string;
let stopListening: () => Promise<void>;

/** The whole app, listening where stores can send. */
beforeEach(async () => {
  world = await testWorld();
  store = await practiceStore();
  const listener = createServer((request, response) => server.app.http(request, response));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  appUrl = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  stopListening = () =>
    new Promise((resolve) => {
      listener.close(() => resolve());
      listener.closeAllConnections();
    });
  Object.assign(world.config, { woocommerceEnabled: true, allowPrivateStores: true, appUrl });
  server = await testApp(world);
});
afterEach(async () => {
  await stopListening();
  await server.stop();
  await store.close();
  await world.close();
});

const http = () => supertest(server.app.http);
async function connect(): Promise<{ id: number; key: string; domain: string }> {
  const begun = await http().get('/connect/woocommerce').query({ store: store.url, insecure: '1' });
  const { status, location } = await store.approve(String(begun.headers.location));
  expect(status).toBe(200);
  const { pathname, search } = new URL(String(location));
  expect((await http().get(pathname + search)).text).toContain('Your store is connected');
  const domain = new URL(store.url).host;
  const shop = await shopOfDomain(world, 'woocommerce', domain);
  if (!shop) throw new Error('not connected');
  return { id: shop.id, key: (await addKey(world, shop.id, { name: 't', scope: 'admin', actor: 't' })).key, domain };
}
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const subscribed = (shop: number) => {
  const one = { name: 'x', status: 'active', topic: 'order.updated' };
  store.webhooks = [
    { ...one, id: 1, delivery_url: `${appUrl}/webhooks/woocommerce/${shop}` },
    { ...one, id: 2, status: 'disabled', delivery_url: `${appUrl}/webhooks/woocommerce/${shop}` },
    { ...one, id: 3, delivery_url: `${appUrl}/webhooks/woocommerce/${shop}0` },
    { ...one, id: 4, delivery_url: 'https://elsewhere.example.test/hook' },
  ];
};

describe('POST /api/v1/shop/disconnect', () => {
  test('takes our webhooks out of the store, others’ stay; forgets the keys and says what is left to do', async () => {
    const { id, key } = await connect();
    subscribed(id);
    const answer = await http().post('/api/v1/shop/disconnect').set(bearer(key));
    expect(answer.body).toEqual({ state: 'uninstalled', next: expect.stringContaining('REST API') });
    expect(store.webhooks.map(({ id: hook }) => hook)).toEqual([3, 4]);
    expect(await readTokens(world, id)).toBeNull();
    expect((await http().get('/api/v1/shop').set(bearer(key))).status).toBe(401);
    const actions = (await rowsOf(world, id, 'audit_log')).map(({ action }) => action);
    expect(actions).toContain('shop.disconnected');
  });

  test('does so too where the store cannot be asked', async () => {
    const { id, key } = await connect();
    subscribed(id);
    store.refusesKeys = true;
    expect((await http().post('/api/v1/shop/disconnect').set(bearer(key))).status).toBe(200);
    expect(store.webhooks).toHaveLength(4);
    expect((await shopOfDomain(world, 'woocommerce', new URL(store.url).host))?.state).toBe('uninstalled');
  });

  test('and the store connected again goes on with its data and its secret', async () => {
    const { id, key } = await connect();
    const secret = await webhookSecretOf(world, id);
    await http().post('/api/v1/shop/disconnect').set(bearer(key));
    const again = await connect();
    expect(again.id).toBe(id);
    expect(await webhookSecretOf(world, id)).toBe(secret);
    expect((await http().get('/api/v1/shop').set(bearer(key))).body).toMatchObject({ id, state: 'installed' });
  });

  test('needs a key with the scope admin, and a store that is connected', async () => {
    const { id } = await connect();
    const { key } = await addKey(world, id, { name: 't', scope: 'write', actor: 't' });
    expect((await http().post('/api/v1/shop/disconnect').set(bearer(key))).status).toBe(403);
    const registered = await testShop(world, { platform: 'woocommerce', domain: 'new.example.test' });
    const theirs = await addKey(world, registered, { name: 't', scope: 'admin', actor: 't' });
    const answer = await http().post('/api/v1/shop/disconnect').set(bearer(theirs.key));
    expect([answer.status, answer.body.error.code]).toEqual([409, 'shops.not_connected']);
  });

  test('is not for Shopify, where the app is taken out in the admin', async () => {
    const shop = await testShop(world);
    await world.inShop(shop, (scope) => install(scope, []));
    const { key } = await addKey(world, shop, { name: 't', scope: 'admin', actor: 't' });
    const answer = await http().post('/api/v1/shop/disconnect').set(bearer(key));
    expect([answer.status, answer.body.error.code]).toEqual([409, 'shops.disconnect_elsewhere']);
  });
});

describe('/api/v1/shop/status', () => {
  const problems = async (key: string) =>
    (
      (await http().get('/api/v1/shop/status').set(bearer(key))).body.problems as { code: string; message: string }[]
    ).filter(({ code }) => !code.startsWith('woocommerce.'));

  test('says that the store refuses the keys, until it is connected again', async () => {
    const { id, key } = await connect();
    expect(await problems(key)).toEqual([]);
    const { accessToken = '' } = (await readTokens(world, id)) ?? {};
    await refuseTokens(world, id, accessToken, world.clock.now());
    expect(await problems(key)).toMatchObject([{ code: 'access.refused', message: expect.stringMatching(/connect/i) }]);
    await connect();
    expect(await problems(key)).toEqual([]);
  });

  test('says that webhooks which the store had stopped were mended', async () => {
    const { id, key } = await connect();
    await world.inShop(id, noteStoppedWebhooks);
    expect(await problems(key)).toMatchObject([{ code: 'webhooks.mended' }]);
  });

  test('says that the currency of the store changed', async () => {
    const { key } = await connect();
    store.currency = 'USD';
    await connect();
    expect(await problems(key)).toMatchObject([{ code: 'currency.changed', message: expect.stringContaining('USD') }]);
  });
});

test('a store that was connected opens its admin with the plugin’s token', async () => {
  const { id, domain } = await connect();
  const secret = (await webhookSecretOf(world, id)) ?? '';
  const token = await signStoreToken({ storeUrl: store.url, secret, now: systemClock.now() });
  expect((await http().get('/api/v1/shop').set(bearer(token))).body).toMatchObject({ id, domain });
});

describe('commands', () => {
  const run = (command: typeof shopDisconnect, values: Record<string, string>) =>
    command.run({ core: server.app, values, words: [] });

  test('"shop connect-url" gives the link to open, "shop disconnect" the way back', async () => {
    const url = `${appUrl}/connect/woocommerce?store=${encodeURIComponent(store.url)}`;
    expect(await run(shopConnectUrl, { store: `${store.url}/wp-admin/` })).toMatchObject({ text: url, json: { url } });
    const { id, domain } = await connect();
    subscribed(id);
    expect(await run(shopDisconnect, { shop: domain })).toMatchObject({
      json: { shop: domain, state: 'uninstalled', webhooks: 2 },
      text: expect.stringContaining('REST API'),
    });
    expect(await run(shopDisconnect, { shop: domain }).catch((error: unknown) => error)).toMatchObject({
      code: 'shops.not_connected',
    });
  });

  test('say what is missing', async () => {
    const usage = wrongUse('').code;
    const failed = (values: Record<string, string>, config: object) =>
      Promise.resolve()
        .then(() =>
          shopConnectUrl.run({ core: { ...server.app, config: { ...world.config, ...config } }, values, words: [] }),
        )
        .catch((error: unknown) => error);
    for (const [values, config, message] of [
      [{ store: 'https://a:b@shop.example.test' }, {}, /user name/],
      [{ store: 'shop.example.test' }, { appUrl: undefined }, /APP_URL/],
      [{ store: 'shop.example.test' }, { woocommerceEnabled: false }, /WOOCOMMERCE_ENABLED/],
    ] as const) {
      const error = await failed(values, config);
      expect(isAppError(error, usage) && error.message).toMatch(message);
    }
  });
});
