import { setTimeout as sleep } from 'node:timers/promises';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dump, rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { errorMapper } from '../../../http/errors.ts';
import { retention } from '../../../schedule.ts';
import { sha256Hex } from '../../../shared/canonical.ts';
import { webhookSecretOf } from '../../../shops/directory.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { markErased, shopOfDomain, uninstall } from '../../../shops/shops.usecases.ts';
import { troubleOf } from '../../../shops/stores.usecases.ts';
import { readTokens } from '../../../shops/tokens.usecases.ts';
import { noteSync, syncsOf } from '../../../syncs/syncs.usecases.ts';
import { createStoreFetch } from '../store/store.fetch.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { listening, type PracticeStore, practiceStore } from './connect.fixtures.ts';
import { wooConnect } from './connect.routes.ts';

const HOUR = 3_600_000;

let world: World;
let store: PracticeStore;
let app: Express;
let deps: WooDeps;
let woken: number[];
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  world = await testWorld();
  app = express();
  const server = await listening(app);
  store = await practiceStore();
  woken = [];
  closing = [server.close, store.close, world.close];
  const { db, clock, ids, reactions, features, vault, logger } = world;
  deps = {
    db,
    clock,
    realClock: clock,
    ids,
    reactions,
    features,
    vault,
    logger,
    appUrl: server.origin,
    fetch: createStoreFetch({ allowPrivate: true }),
    sleep: () => sleep(0),
    wake: (shop) => woken.push(shop),
  };
  app.use('/connect/woocommerce', wooConnect(deps, { publicUrl: server.origin, allowPrivate: true }));
  app.use(errorMapper(logger));
});
afterEach(async () => {
  for (const close of closing) await close();
});

const begin = (query: Record<string, string>) => supertest(app).get('/connect/woocommerce').query(query);
/** The address of the store's page of approval. */
async function authorize(to = store): Promise<string> {
  const answer = await begin({ store: to.url, insecure: '1' });
  expect([answer.status, answer.text]).toEqual([302, expect.anything()]);
  return String(answer.headers.location);
}
const shopOf = (to = store): Promise<Shop | null> => shopOfDomain(deps, 'woocommerce', new URL(to.url).host);
async function connected(to = store): Promise<Shop> {
  expect(await to.approve(await authorize(to))).toMatchObject({ status: 200 });
  const shop = await shopOf(to);
  if (!shop) throw new Error('not connected');
  return shop;
}
const page = async (url: string) => {
  const { pathname, search } = new URL(url);
  const answer = await supertest(app).get(`${pathname}${search}`);
  return answer.text;
};
const due = async (shop: number) =>
  (await syncsOf(deps, shop)).filter(({ dueAt }) => dueAt !== null).map(({ kind }) => kind);
const tokenIn = (url: string) => new URL(url).searchParams.get('user_id') ?? '';
const handovers = async () => (await dump(world)).woo_handovers ?? [];

describe('a store that approves', () => {
  test('is installed: keys sealed, profile taken over, a secret of its own, history to be read', async () => {
    const approved = await store.approve(await authorize());
    expect(approved).toEqual({ status: 200, location: expect.any(String), body: { connected: true } });
    const shop = (await shopOf()) as Shop;
    expect(shop).toMatchObject({ state: 'installed', name: 'Tea & Herbs', currency: 'EUR', country: 'BG' });
    expect(shop).toMatchObject({ timeZone: 'Europe/Sofia', locale: 'en', calendar: 'gregory', storeUrl: store.url });
    expect(shop).toMatchObject({ programStart: world.clock.now(), installedAt: world.clock.now() });
    const [[key, { secret }] = ['', { secret: '' }]] = store.keys;
    expect(await readTokens(deps, shop.id)).toMatchObject({ accessToken: JSON.stringify({ key, secret }) });
    expect(JSON.stringify(await dump(world))).not.toMatch(/ck_|cs_/);
    expect(await webhookSecretOf(deps, shop.id)).toMatch(/^[\w-]{43}$/);
    expect(await due(shop.id)).toEqual(['webhooks', 'customers', 'products', 'orders', 'rereads']);
    expect(woken).toEqual([shop.id]);
    const [entry] = await rowsOf(world, shop.id, 'audit_log');
    expect(entry).toMatchObject({ actor: 'woocommerce', action: 'shop.installed' });
    expect(await page(String(approved.location))).toContain('Your store is connected');
  });

  test('over http only OAuth 1.0a: the keys sign and never travel', async () => {
    await connected();
    expect(store.calls.length).toBeGreaterThan(2);
    expect(store.calls.filter((call) => call.endsWith('unsigned'))).toEqual([]);
  });

  test('gets only A-Z a-z 0-9 _ - in return_url and user_id, which are decoded on every hop', async () => {
    const query = new URL(await authorize()).searchParams;
    expect([...query.keys()].sort()).toEqual(['app_name', 'callback_url', 'return_url', 'scope', 'user_id']);
    expect(query.get('user_id')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(query.get('scope')).toBe('read_write');
    for (const name of ['return_url', 'callback_url']) {
      expect(new URL(query.get(name) ?? '').pathname).toMatch(/^\/connect\/woocommerce\/[a-z]+$/);
      expect(new URL(query.get(name) ?? '').search).toBe('');
    }
  });

  test('in Persian and in Tehran begins in Persian, with the Persian calendar', async () => {
    Object.assign(store, { language: 'fa_IR', country: 'IR:THR', currency: 'IRT' });
    store.site = { name: 'چای', timezone_string: 'Asia/Tehran', gmt_offset: 3.5 };
    expect(await connected()).toMatchObject({ locale: 'fa', calendar: 'persian', currency: 'IRT', name: 'چای' });
  });

  test('is asked for its token in no other way than by a hash', async () => {
    const url = await authorize();
    const [row] = await handovers();
    expect(row).toMatchObject({ tokenHash: sha256Hex(tokenIn(url)), storeUrl: store.url, state: 'open' });
    expect(JSON.stringify(row)).not.toContain(tokenIn(url));
  });
});

describe('the callback is unsigned and without the URL of its store, so', () => {
  const send = (body: unknown) =>
    supertest(app)
      .post('/connect/woocommerce/callback')
      .send(body as object);
  const given = (token: string, { key, secret } = store.newKey()) => ({
    key_id: 1,
    user_id: token,
    consumer_key: key,
    consumer_secret: secret,
    key_permissions: 'read_write',
  });

  test('a token that nobody began is 401, and nothing is asked', async () => {
    const answer = await send(given('A'.repeat(43)));
    expect([answer.status, answer.body.error.code]).toEqual([401, 'woocommerce.handover']);
    expect((await send(given('tenant-42'))).status).toBe(401);
    expect(store.calls).toEqual([]);
  });

  test('a token works once: replayed it is 401, and the first keys stay', async () => {
    const url = await authorize();
    await store.approve(url);
    const shop = (await shopOf()) as Shop;
    const tokens = await readTokens(deps, shop.id);
    expect(await store.approve(url)).toMatchObject({ status: 401, location: null });
    expect(await readTokens(deps, shop.id)).toEqual(tokens);
    expect(store.keys.size).toBe(1);
  });

  test('a token is over after an hour', async () => {
    const url = await authorize();
    world.clock.advance(HOUR);
    expect((await store.approve(url)).status).toBe(401);
    expect(await shopOf()).toBeNull();
  });

  test('the keys of another store fail at the store of the token: 401, nothing is connected', async () => {
    const other = await practiceStore();
    closing.unshift(other.close);
    const answer = await send(given(tokenIn(await authorize()), other.newKey()));
    expect([answer.status, answer.body.error.code]).toEqual([401, 'woocommerce.keys_refused']);
    expect(other.calls).toEqual([]);
    expect([await shopOf(), await shopOf(other)]).toEqual([null, null]);
  });

  test('keys that another store sent with a stranger’s token are not shown to the stranger', async () => {
    const body = given(tokenIn(await authorize()));
    const from = (agent: string) =>
      supertest(app).post('/connect/woocommerce/callback').set('user-agent', agent).send(body);
    const answer = await from('WordPress/7.1; https://victim.example.test');
    expect([answer.status, store.calls]).toEqual([401, []]);
    expect((await from('WordPress/6.5.5; http://localhost:8080/fa')).status).toBe(200);
  });

  test('two at once with one token make one shop with working keys; the other’s are deleted', async () => {
    const url = await authorize();
    const both = await Promise.all([store.approve(url), store.approve(url)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    const shop = (await shopOf()) as Shop;
    const { accessToken } = (await readTokens(deps, shop.id)) ?? { accessToken: '{}' };
    expect([...store.keys.keys()]).toEqual([JSON.parse(accessToken).key]);
  });

  test('two at once of one store, each with its token, make one shop', async () => {
    const urls = [await authorize(), await authorize()];
    const both = await Promise.all(urls.map((url) => store.approve(url)));
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await dump(world)).shops).toHaveLength(1);
  });

  test('two stores at once make two shops', async () => {
    const other = await practiceStore();
    closing.unshift(other.close);
    const urls = [await authorize(), await authorize(other)] as const;
    const both = await Promise.all([store.approve(urls[0]), other.approve(urls[1])]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect([await shopOf(), await shopOf(other)]).toMatchObject([{ storeUrl: store.url }, { storeUrl: other.url }]);
  });

  test('keys that only read are 401', async () => {
    expect((await store.approve(await authorize(), 'read')).body).toMatchObject({
      error: { code: 'woocommerce.read_only' },
    });
    // What the body says of them is not believed.
    const answer = await send(given(tokenIn(await authorize()), store.newKey('read')));
    expect(answer.status).toBe(401);
    expect(await shopOf()).toBeNull();
  });

  test('anything else is 400 or 413, and shows nothing of what came', async () => {
    const token = tokenIn(await authorize());
    for (const body of [{}, [], { ...given(token), consumer_secret: 5 }, { ...given(token), consumer_key: 'a b' }]) {
      const answer = await send(body);
      expect([answer.status, answer.body.error.code]).toEqual([400, 'woocommerce.callback']);
    }
    const broken = await supertest(app).post('/connect/woocommerce/callback').type('json').send('{"user_id":');
    expect(broken.status).toBe(400);
    expect((await send({ ...given(token), more: 'x'.repeat(20_000) })).status).toBe(413);
    expect(await shopOf()).toBeNull();
  });

  test('a failure in the middle leaves nothing half: the same token connects afterwards', async () => {
    const url = await authorize();
    const { seal } = deps.vault;
    let sealed = 0;
    deps.vault.seal = (...call) => {
      sealed += 1;
      if (sealed === 2) throw new Error('the process dies here');
      return seal(...call);
    };
    expect((await store.approve(url)).status).toBe(500);
    deps.vault.seal = seal;
    expect((await dump(world)).shops).toEqual([]);
    expect((await dump(world)).audit_log).toEqual([]);
    expect(await handovers()).toMatchObject([{ state: 'open', failures: 1, outcome: 'internal' }]);
    expect((await store.approve(url)).status).toBe(200);
  });

  test('whoever keeps trying with a token has it closed', async () => {
    const url = await authorize();
    store.refusesKeys = true;
    for (let n = 0; n < 10; n += 1)
      expect((await store.approve(url)).body).toMatchObject({ error: { code: 'woocommerce.keys_refused' } });
    store.refusesKeys = false;
    expect((await store.approve(url)).body).toMatchObject({ error: { code: 'woocommerce.handover' } });
  });
});

describe('a shop that is known', () => {
  test('by "shop add" keeps its secret, its program and its language', async () => {
    const id = await testShop(world, {
      platform: 'woocommerce',
      domain: new URL(store.url).host,
      currency: 'EUR',
      webhookSecret: 'given',
    });
    store.language = 'fa_IR';
    const shop = await connected();
    expect(shop).toMatchObject({ id, state: 'installed', programStart: Date.UTC(2000, 0, 1), locale: 'en' });
    expect(await webhookSecretOf(deps, id)).toBe('given');
  });

  test('and installed gets new keys; what waited goes on, webhooks are mended, and what was missed is looked for', async () => {
    const shop = await connected();
    for (const { kind } of await syncsOf(deps, shop.id)) {
      await world.inShop(shop.id, (scope) => noteSync(scope, kind, { state: 'done', dueAt: null }));
    }
    await world.inShop(shop.id, (scope) => noteSync(scope, 'orders', { state: 'failed', position: 7 }));
    const secret = await webhookSecretOf(deps, shop.id);
    world.clock.advance(HOUR);
    const again = await connected();
    expect(again).toMatchObject({ id: shop.id, installedAt: shop.installedAt, programStart: shop.programStart });
    expect(await due(shop.id)).toEqual(['webhooks', 'orders', 'reconcile']);
    expect(await webhookSecretOf(deps, shop.id)).toBe(secret);
    const newest = [...store.keys.keys()].at(-1);
    expect((await readTokens(deps, shop.id))?.accessToken).toContain(newest);
  });

  test('and gone is installed again with its data; an erased one begins anew', async () => {
    const shop = await connected();
    world.clock.advance(HOUR);
    await world.inShop(shop.id, (scope) => uninstall(scope, scope.now));
    expect(await connected()).toMatchObject({ id: shop.id, state: 'installed', programStart: shop.programStart });
    world.clock.advance(HOUR);
    await world.inShop(shop.id, markErased);
    store.language = 'fa_IR';
    const anew = await connected();
    expect(anew).toMatchObject({ id: shop.id, erasedAt: null, programStart: world.clock.now(), locale: 'fa' });
  });

  test('whose currency changed keeps its own, and says so', async () => {
    const shop = await connected();
    store.currency = 'USD';
    expect(await connected()).toMatchObject({ id: shop.id, currency: 'EUR' });
    expect(await troubleOf(deps, shop.id)).toMatchObject({ storeCurrency: 'USD' });
    store.currency = 'EUR';
    await connected();
    expect(await troubleOf(deps, shop.id)).toMatchObject({ storeCurrency: null });
  });

  test('keeps the zone and the country that a store does not tell any more', async () => {
    await connected();
    store.looks = 'closed';
    store.country = '';
    expect(await connected()).toMatchObject({ timeZone: 'Europe/Sofia', country: 'BG', name: 'Tea & Herbs' });
  });

  test('in another folder of the same host is another store, which is refused', async () => {
    const shop = await connected();
    await world.db.transaction(async (tx) => {
      const { updateShop } = await import('../../../shops/shops.repository.ts');
      await updateShop(tx, shop.id, { storeUrl: `${store.url}/second` });
    });
    const answer = await begin({ store: store.url, insecure: '1' });
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('Another store of this host')]);
  });

  test('a currency of four letters, as Iranian plugins bring them, is explained', async () => {
    store.currency = 'IRHT';
    const url = await authorize();
    expect((await store.approve(url)).body).toMatchObject({ error: { code: 'woocommerce.currency' } });
    expect(await shopOf()).toBeNull();
    expect(await page(store.deny(url).replace('success=0', 'success=1'))).toContain('cannot count in the currency');
  });
});

describe('handovers', () => {
  test('are forgotten by retention a day after they ended, by real time', async () => {
    await authorize();
    const realClock = { now: () => world.clock.now() + 25 * HOUR };
    expect(await retention({ ...world, realClock })).toMatchObject({ handovers: 0 });
    realClock.now = () => world.clock.now() + 25 * HOUR + 1;
    expect(await retention({ ...world, realClock })).toMatchObject({ handovers: 1 });
    expect(await handovers()).toEqual([]);
  });
});
