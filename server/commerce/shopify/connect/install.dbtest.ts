import { createHmac } from 'node:crypto';
import express from 'express';
import request from 'supertest';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { errorMapper } from '../../../http/errors.ts';
import { eraseShops } from '../../../privacy/erase.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { markErased, uninstall } from '../../../shops/shops.usecases.ts';
import { readTokens } from '../../../shops/tokens.usecases.ts';
import { syncsOf } from '../../../syncs/syncs.usecases.ts';
import { ShopProfile } from '../operations.generated.ts';
import { type FakeShopify, fakeDeps, fakeShopify, pair, sessionToken } from '../reading/shopify.fixtures.ts';
import { shopifyAuth } from './auth.routes.ts';
import { ensureInstalled, installByToken } from './install.usecases.ts';
import { adminOf, type ShopifyDeps } from './shopify.deps.ts';

const DOMAIN = 'tea.myshopify.com';
const HOUR = 3_600_000;

let world: World;
let fake: FakeShopify;
let deps: ShopifyDeps;
let woken: number[];
let waits: number[];

beforeEach(async () => {
  world = await testWorld();
  fake = fakeShopify();
  ({ deps, woken, waits } = fakeDeps(world, fake));
});
afterEach(() => world.close());

const install = (): Promise<Shop> =>
  ensureInstalled(deps, { domain: DOMAIN, sessionToken: sessionToken(world.clock.now()) });
const ask = (shop: Shop) => adminOf(deps, shop).run(ShopProfile, {});
const exchanges = () => fake.calls.filter(({ url }) => url.endsWith('access_token')).map(({ body }) => body);

test('a session token of an unknown shop installs it: tokens sealed, profile taken over, history to be read', async () => {
  const shop = await install();
  expect(shop).toMatchObject({ domain: DOMAIN, state: 'installed', currency: 'USD', timeZone: 'Asia/Tehran' });
  expect(shop).toMatchObject({ name: 'Tea', country: 'IR', installedAt: world.clock.now() });
  expect(exchanges()).toEqual([
    expect.objectContaining({
      client_id: 'test',
      client_secret: 'test-secret',
      expiring: '1',
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
    }),
  ]);
  const [row] = (await rowsOf(world, shop.id, 'shops')) as Record<string, unknown>[];
  expect(JSON.stringify(row)).not.toMatch(/shpat|shprt/);
  expect(await readTokens(deps, shop.id)).toMatchObject({ accessToken: 'shpat_1', refreshToken: 'shprt_1' });
  const syncs = await syncsOf(deps, shop.id);
  expect(syncs.filter(({ dueAt }) => dueAt !== null).map(({ kind }) => kind)).toEqual([
    ...['webhooks', 'customers', 'orders', 'rereads'],
  ]);
  expect(woken).toEqual([shop.id]);
  // The page asks again at once: nothing more happens.
  await install();
  expect(exchanges()).toHaveLength(1);
});

test('many requests of a page that opens make one install', async () => {
  const shops = await Promise.all(Array.from({ length: 5 }, install));
  expect(new Set(shops.map(({ id }) => id)).size).toBe(1);
  expect(exchanges()).toHaveLength(1);
});

test('a shop that was only registered is installed, with the program that it has', async () => {
  const id = await testShop(world, { domain: DOMAIN });
  const shop = await install();
  expect(shop).toMatchObject({ id, state: 'installed', programStart: Date.UTC(2000, 0, 1) });
});

test('a session token that Shopify does not exchange installs nothing', async () => {
  fake.oauth = () => ({ status: 400, json: { error: 'invalid_subject_token' } });
  await expect(install()).rejects.toMatchObject({ code: 'shopify.exchange_refused', status: 401 });
  fake.oauth = () => ({ status: 401, json: { error: 'invalid_client' } });
  await expect(install()).rejects.toMatchObject({ code: 'shopify.refused' });
  fake.oauth = () => ({ status: 503 });
  await expect(install()).rejects.toMatchObject({ code: 'shopify.unavailable', retryable: true });
  expect(await rowsOf(world, 1, 'shop_syncs')).toEqual([]);
});

test('a shop that left comes back with new tokens and its data; after an erasure it begins anew', async () => {
  const first = await install();
  world.clock.advance(HOUR);
  await world.inShop(first.id, (scope) => uninstall(scope, scope.now));
  expect(await readTokens(deps, first.id)).toBeNull();
  await expect(ask(first)).rejects.toMatchObject({ code: 'shopify.token_revoked' });
  world.clock.advance(HOUR);
  const again = await install();
  expect(again).toMatchObject({ id: first.id, state: 'installed', programStart: first.programStart });
  expect(again.uninstalledAt).toBeNull();
  // A late word about the stay before does not put it out.
  await world.inShop(first.id, (scope) => uninstall(scope, first.installedAt ?? 0));
  expect((await install()).state).toBe('installed');

  await world.inShop(first.id, (scope) => uninstall(scope, scope.now));
  await world.inShop(first.id, markErased);
  world.clock.advance(HOUR);
  const anew = await install();
  expect(anew).toMatchObject({ erasedAt: null, state: 'installed', programStart: world.clock.now() });
  await eraseShops(deps);
  expect(await syncsOf(deps, first.id)).not.toEqual([]);
});

test('tokens are refreshed before they end, once for all who ask, and proven before the old one goes', async () => {
  const shop = await install();
  await ask(shop);
  world.clock.advance(HOUR - 5 * 60_000);
  await Promise.all([ask(shop), ask(shop), ask(shop)]);
  expect(exchanges().slice(1)).toEqual([
    expect.objectContaining({ grant_type: 'refresh_token', refresh_token: 'shprt_1' }),
  ]);
  expect(fake.calls.at(-1)?.token).toBe('shpat_2');
  expect(await readTokens(deps, shop.id)).toMatchObject({ refreshToken: 'shprt_2', previousRefreshToken: null });
});

test('a refresh whose answer was lost is asked again with the same token', async () => {
  const shop = await install();
  world.clock.advance(HOUR);
  fake.first = ['broken'];
  await expect(ask(shop)).rejects.toMatchObject({ code: 'shopify.unavailable', retryable: true });
  expect(await readTokens(deps, shop.id)).toMatchObject({ refreshToken: 'shprt_1', refusedAt: null });
  await ask(shop);
  expect(exchanges().map((body) => body.refresh_token)).toEqual([undefined, 'shprt_1', 'shprt_1']);
});

test('until a new pair has worked, the refresh token before still helps', async () => {
  const shop = await install();
  world.clock.advance(HOUR);
  // The new access token never works: its first call is answered 401, as if the pair were void.
  fake.accepted = new Set(['shpat_3']);
  fake.oauth = ({ refresh_token: token }) =>
    token === 'shprt_2' ? { status: 400, json: { error: 'invalid_grant' } } : pair(token === 'shprt_1' ? next() : 9);
  let number = 1;
  const next = () => {
    number += 1;
    return number;
  };
  await ask(shop);
  expect(exchanges().map((body) => body.refresh_token)).toEqual([undefined, 'shprt_1', 'shprt_2', 'shprt_1']);
  expect(await readTokens(deps, shop.id)).toMatchObject({ accessToken: 'shpat_3', previousRefreshToken: null });
});

test('where nothing helps, the shop has to be opened once, and then goes on', async () => {
  const shop = await install();
  fake.accepted = new Set(['shpat_new']);
  fake.oauth = () => ({ status: 400, json: { error: 'invalid_grant' } });
  await expect(ask(shop)).rejects.toMatchObject({ code: 'shopify.token_revoked' });
  const asked = fake.calls.length;
  // Known by now: Shopify is not asked in vain.
  await expect(ask(shop)).rejects.toMatchObject({ code: 'shopify.token_revoked' });
  expect(fake.calls).toHaveLength(asked);
  fake.oauth = () => pair(5, { access_token: 'shpat_new' });
  await install();
  await expect(ask(shop)).resolves.toBeTruthy();
});

test('a process that died while it refreshed delays the others, and does not stop them', async () => {
  const shop = await install();
  world.clock.advance(HOUR);
  const until = world.clock.now() + 45_000;
  const { takeTokenLease } = await import('../../../shops/shops.repository.ts');
  await world.db.transaction((tx) => takeTokenLease(tx, shop.id, world.clock.now(), until));
  const moving = { ...deps, sleep: async (ms: number) => world.clock.advance(ms) };
  await adminOf(moving, shop).run(ShopProfile, {});
  expect(world.clock.now()).toBeGreaterThanOrEqual(until);
  expect(await readTokens(deps, shop.id)).toMatchObject({ accessToken: 'shpat_2' });
  expect(waits).toEqual([]);
});

test('an install that comes while an old token is refreshed is not undone by it', async () => {
  const shop = await install();
  world.clock.advance(HOUR);
  let inside: Promise<unknown> = Promise.resolve();
  fake.oauth = (body) => {
    if (body.grant_type !== 'refresh_token') return pair(7);
    inside = installByToken(deps, { domain: DOMAIN, sessionToken: sessionToken(world.clock.now()) });
    return pair(2);
  };
  const slow = { ...deps.platform };
  slow.fetch = async (...call) => {
    const response = await deps.platform.fetch(...call);
    if (String(call[1]?.body).includes('refresh_token"')) await inside;
    return response;
  };
  await adminOf({ ...deps, platform: slow }, shop).run(ShopProfile, {});
  expect(await readTokens(deps, shop.id)).toMatchObject({ accessToken: 'shpat_7', refreshToken: 'shprt_7' });
});

// --- The authorization code grant ----------------------------------------------------------------------------------

function address(path: string, fields: Record<string, string>): string {
  const all = { shop: DOMAIN, timestamp: String(Math.floor(world.clock.now() / 1000)), ...fields };
  const query = new URLSearchParams(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  const hmac = createHmac('sha256', 'test-secret').update(query.toString().replaceAll('+', '%20')).digest('hex');
  return `${path}?${query}&hmac=${hmac}`;
}
const web = () => {
  const app = express();
  app.use('/auth', shopifyAuth(deps));
  app.use(errorMapper(world.logger));
  return request(app);
};

test('the code grant goes to Shopify and back into the admin', async () => {
  const begun = await web().get(address('/auth', {}));
  expect(begun.status).toBe(302);
  const to = new URL(String(begun.headers.location));
  expect(to.origin + to.pathname).toBe(`https://${DOMAIN}/admin/oauth/authorize`);
  expect(to.searchParams.get('redirect_uri')).toBe('https://app.example.test/auth/callback');
  const cookie = String(begun.headers['set-cookie']);
  expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/);
  const state = to.searchParams.get('state') ?? '';
  const host = Buffer.from('admin.shopify.com/store/tea').toString('base64').replace(/=+$/, '');
  const back = await web()
    .get(address('/auth/callback', { state, code: 'abc', host }))
    .set('cookie', cookie.split(';')[0] ?? '');
  expect(back.headers.location).toBe('https://admin.shopify.com/store/tea/apps/test');
  expect(exchanges()).toEqual([expect.objectContaining({ code: 'abc', expiring: '1' })]);
  expect((await install()).state).toBe('installed');
});

test('another state, another browser, a forged or doubled parameter installs nothing', async () => {
  const begun = await web().get(address('/auth', {}));
  const state = new URL(String(begun.headers.location)).searchParams.get('state') ?? '';
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? '';
  const refused = async (url: string, sent = cookie) => {
    const { status, body } = await web().get(url).set('cookie', sent);
    return [status, body.error?.code];
  };
  expect(await refused(address('/auth/callback', { state: 'another', code: 'c' }))).toEqual([401, 'auth.state']);
  expect(await refused(address('/auth/callback', { state, code: 'c' }), '')).toEqual([401, 'auth.state']);
  const good = address('/auth/callback', { state, code: 'c' });
  expect(await refused(`${good}0`)).toEqual([401, 'auth.signature']);
  expect(await refused(`${good}&code=other`)).toEqual([400, 'auth.repeated']);
  expect(await refused(address('/auth/callback', { state, code: 'c', shop: 'evil.example.test' }))).toEqual([
    ...[400, 'auth.shop'],
  ]);
  expect(await refused(`/auth?shop=${DOMAIN}`)).toEqual([401, 'auth.signature']);
  expect(exchanges()).toEqual([]);
});
