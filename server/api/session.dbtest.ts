import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { testApp } from '../http/http.fixtures.ts';
import { updateShop } from '../shops/shops.repository.ts';
import { markErased, uninstall } from '../shops/shops.usecases.ts';
import { type Api, sessionToken, testApi, verifySession, withKey } from './api.fixtures.ts';
import { addKey, keysOf, revokeKey } from './keys.usecases.ts';

let world: World;
let api: Api;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

const HOUR = 3_600_000;
const status = async (authorization: string) => {
  const { status: code, body } = await api.get('/shop', { authorization });
  return [code, body.error?.code];
};

describe('a session token', () => {
  test('opens the shop that it names', async () => {
    const answer = await api.get('/shop');
    expect([answer.status, answer.body.domain]).toEqual([200, 'shop.example.test']);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['expired', { exp: 1 }, 'auth.expired'],
    ['of tomorrow', { nbf: 9e9 }, 'auth.not_yet'],
    ['for another app', { aud: 'another' }, 'auth.audience'],
    ['of two shops at once', { iss: 'https://other.example.test/admin' }, 'auth.issuer'],
    ['of a shop that nobody knows', { dest: 'https://unknown.example.test' }, 'auth.shop'],
  ])('%s is refused', async (_what, claims, code) => {
    expect(await status(`Bearer ${sessionToken(claims)}`)).toEqual([401, code]);
  });

  test('forged, cut or of another kind is refused, and the answer shows nothing of it', async () => {
    const forged = sessionToken({}, 'another-secret');
    expect(await status(`Bearer ${forged}`)).toEqual([401, 'auth.signature']);
    expect(await status(`Bearer ${sessionToken().slice(0, -3)}abc`)).toEqual([401, 'auth.signature']);
    for (const header of [
      'Bearer',
      'Bearer ',
      'Bearer a b',
      'Basic abc',
      `Bearer ${'x'.repeat(5000)}`,
      'Bearer nonsense',
    ]) {
      expect(await status(header)).toEqual([401, 'auth.malformed']);
    }
    expect((await api.get('/shop', { authorization: `Bearer ${forged}` })).text).not.toContain(forged.slice(0, 20));
  });

  test('that has expired tells App Bridge to get another', async () => {
    const answer = await api.get('/shop', { authorization: `Bearer ${sessionToken({ exp: 1 })}` });
    expect(answer.headers).toMatchObject({
      'www-authenticate': 'Bearer',
      'x-shopify-retry-invalid-session-request': '1',
    });
  });

  test('missing is 401, on addresses that do not exist too', async () => {
    for (const path of ['/kpis', '/nothing', '/customers/x']) {
      const answer = await supertest(api.app.http).get(`/api/v1${path}`);
      expect([answer.status, answer.body]).toEqual([
        401,
        { error: { code: 'auth.missing', message: expect.stringMatching(/Bearer/) } },
      ]);
    }
  });

  test('opens nothing of a shop that has gone', async () => {
    await world.inShop(api.shop, (scope) => uninstall(scope, world.clock.now()));
    expect(await status(`Bearer ${sessionToken()}`)).toEqual([401, 'auth.shop']);
  });

  test('of a shop that is not installed so far installs it first, and only then', async () => {
    const asked: unknown[] = [];
    const token = sessionToken({ dest: 'https://new.example.test' });
    const install = async (session: { domain: string; token: string }) => {
      asked.push(session);
      const id = await testShop(world, { domain: session.domain });
      await world.db.transaction((tx) => updateShop(tx, id, { state: 'installed', installedAt: 1 }), { shop: id });
    };
    const server = await testApp(world, {}, { verifySession, install });
    for (let n = 0; n < 2; n += 1) {
      const answer = await supertest(server.app.http).get('/api/v1/shop').set('authorization', `Bearer ${token}`);
      expect([answer.status, answer.body.domain, answer.body.state]).toEqual([200, 'new.example.test', 'installed']);
    }
    await server.stop();
    expect(asked).toEqual([{ domain: 'new.example.test', token }]);
  });
});

describe('an API key', () => {
  test('opens its shop, and is nowhere kept or logged', async () => {
    const { key, id } = await api.keyFor(api.shop, 'read');
    expect(key).toMatch(/^bzg_\d+_[a-z0-9]+_[\w-]{43}$/);
    expect((await api.get('/shop', withKey(key))).body).toMatchObject({ id: api.shop });
    const [row] = await rowsOf(world, api.shop, 'api_keys');
    expect(row).toMatchObject({ id, scope: 'read', lastUsedAt: world.clock.now(), revokedAt: null });
    const secret = key.split('_').slice(3).join('_');
    expect(JSON.stringify(row) + api.lines.join('')).not.toContain(secret);
  });

  test('of one shop does not open another, whatever it is made to say', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    const { key } = await api.keyFor(other, 'admin');
    expect((await api.get('/shop', withKey(key))).body.domain).toBe('other.example.test');
    expect(await status(`Bearer ${key.replace(`bzg_${other}_`, `bzg_${api.shop}_`)}`)).toEqual([401, 'auth.key']);
  });

  test('changed in any part, or made up, is refused', async () => {
    const { key } = await api.keyFor(api.shop, 'read');
    const last = key.endsWith('A') ? 'B' : 'A';
    for (const wrong of [
      `${key.slice(0, -1)}${last}`,
      `${key}A`,
      'bzg_',
      'bzg_1_x_y',
      `bzg_1_none_${'A'.repeat(43)}`,
    ]) {
      expect(await status(`Bearer ${wrong}`)).toEqual([401, 'auth.key']);
    }
  });

  test('revoked is refused at once, and stays so', async () => {
    const { key, id } = await api.keyFor(api.shop, 'read');
    expect((await api.get('/shop', withKey(key))).status).toBe(200);
    await revokeKey(world, api.shop, id, 'test');
    await revokeKey(world, api.shop, id, 'test');
    expect(await status(`Bearer ${key}`)).toEqual([401, 'auth.key']);
    await expect(revokeKey(world, api.shop, 'none', 'test')).rejects.toMatchObject({ code: 'api.unknown_key' });
    const actions = (await rowsOf(world, api.shop, 'audit_log')).map(({ action }) => action).sort();
    expect(actions).toEqual(['api-key.add', 'api-key.revoke']);
  });

  test('notes its use to the hour', async () => {
    const { key } = await api.keyFor(api.shop, 'read');
    const used = async () => (await keysOf(world, api.shop))[0]?.lastUsedAt;
    const first = world.clock.now();
    await api.get('/shop', withKey(key));
    world.clock.advance(HOUR - 1);
    await api.get('/shop', withKey(key));
    expect(await used()).toBe(first);
    world.clock.advance(1);
    await api.get('/shop', withKey(key));
    expect(await used()).toBe(first + HOUR);
  });

  test('does what its scope allows, and not more', async () => {
    const asked: [method: 'get' | 'patch', path: string, least: number][] = [
      ['get', '/shop', 0],
      ['patch', '/shop', 1],
      ['get', '/exports', 2],
      ['get', '/audit', 2],
    ];
    for (const [rank, scope] of (['read', 'write', 'admin'] as const).entries()) {
      const { key } = await addKey(world, api.shop, { name: scope, scope, actor: 'test' });
      for (const [method, path, least] of asked) {
        const answer =
          method === 'get'
            ? await api.get(path, withKey(key))
            : await api.send('patch', path, { locale: 'fa' }, withKey(key));
        expect([scope, path, answer.status]).toEqual([scope, path, rank >= least ? 200 : 403]);
        if (rank < least)
          expect(answer.body.error).toMatchObject({ code: 'auth.scope', details: { needed: expect.any(String) } });
      }
    }
  });

  test('of an erased shop is worth nothing', async () => {
    const { key } = await api.keyFor(api.shop, 'admin');
    await world.inShop(api.shop, markErased);
    expect(await status(`Bearer ${key}`)).toEqual([401, 'auth.shop']);
  });
});
