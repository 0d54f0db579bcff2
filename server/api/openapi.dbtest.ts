import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { makeArchives } from '../archives/make-archives.usecases.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { noteKind } from '../effects/effects.fixtures.ts';
import { updateEffect } from '../effects/effects.repository.ts';
import { owe } from '../effects/effects.usecases.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { install } from '../shops/shops.usecases.ts';
import { type Api, sessionToken, testApi, withKey } from './api.fixtures.ts';
import { apiRouter } from './api.routes.ts';
import { apiFeature } from './feature.ts';
import { documentedPath } from './openapi.ts';

const { endpoints: ENDPOINTS = [] } = apiFeature;

let world: World;
let api: Api;
let customer: string;
let parked: string;
let file: string;
let importing: string;
let archive: string;
let effect = '';
let apiKey: string;
let note: string;
/** Somebody else, to be erased. */
let stranger: string;
let adjustment: string;
/** Who asks, where it is not the merchant of the first shop. */
const others: Record<string, Record<string, string>> = {};

type Operation = {
  responses: Record<string, unknown>;
  parameters?: { name: string; in: string }[];
  requestBody?: unknown;
};
let paths: Record<string, Record<string, Operation>>;

beforeAll(async () => {
  world = await testWorld();
  api = await testApi(world);
  const rows = await deliver(
    ...([world, api.shop] as const),
    ['orders/create', orderBody({ tags: '' })],
    ['customers/data_request', { customer: { id: 501 }, data_request: { id: 7 } }],
    ['orders/create', '{'],
  );
  parked = String(rows.find(({ state }) => state === 'parked')?.id);
  customer = (await api.get('/customers')).body.items[0].id;
  await deliver(world, api.shop, ['customers/create', { id: 9, email: 'greta@example.test' }]);
  stranger = (await api.get('/customers?query=greta')).body.items[0].id;
  file = (await api.get('/exports')).body.items[0].id;
  apiKey = (await api.keyFor(api.shop, 'read')).id;
  importing = (await bring()).body.id;
  archive = (await api.send('post', '/exports/archive')).body.id;
  await makeArchives(world, api.shop);
  note = (await api.send('post', `/customers/${customer}/notes`, { text: 'likes tea' })).body.id;
  const gift = { points: 5, reason: 'kindness' };
  adjustment = (await api.send('post', `/customers/${customer}/adjustments`, gift)).body.id;
  const woo = await testShop(world, { platform: 'woocommerce', domain: 'woo.example.test' });
  await world.inShop(woo, (scope) => install(scope, ['read_write']));
  others['post /imports'] = withKey(
    (await api.keyFor(await testShop(world, { domain: 'c.example.test' }), 'write')).key,
  );
  const read = await testShop(world, { domain: 'read.example.test' });
  await world.inShop(read, (scope) => install(scope, ['read_orders']));
  others['post /syncs'] = withKey((await api.keyFor(read, 'write')).key);
  others['post /shop/disconnect'] = withKey((await api.keyFor(woo, 'admin')).key);
  paths = (await supertest(api.app.http).get('/api/v1/openapi.json')).body.paths;
});
afterAll(async () => {
  await api.stop();
  await world.close();
});

/** A file of no orders, brought in; it waits, since nothing works in these tests. */
const bring = (headers: Record<string, string> = {}) =>
  supertest(api.app.http)
    .post('/api/v1/imports?format=simple-csv&file=orders.csv')
    .set({ authorization: `Bearer ${sessionToken()}`, 'content-type': 'text/csv', ...headers })
    .send('order_id,customer,email,created_at,total,currency\n');

type Layer = { route?: { path: string; methods: Record<string, boolean> } };

describe('the document', () => {
  test('is served to anyone, as OpenAPI 3.1', async () => {
    const { status, body } = await supertest(api.app.http).get('/api/v1/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    expect(Object.keys(body.paths).length).toBeGreaterThanOrEqual(12);
    expect(body.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
  });

  test('has every route that is served, and none that is not', () => {
    const { stack } = apiRouter({
      ...world,
      jobs: { wake: () => undefined },
      verifySession: undefined,
      endpoints: ENDPOINTS,
    }) as unknown as {
      stack: Layer[];
    };
    const served = stack.flatMap(({ route }) =>
      route ? Object.keys(route.methods).map((method) => `${method} ${documentedPath(route.path)}`) : [],
    );
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(served.sort());
    expect(served.length).toBeGreaterThan(12);
  });

  test('names the parameters, bodies and refusals of its routes', () => {
    const adjust = paths['/api/v1/customers/{id}/adjustments']?.post;
    expect(adjust?.parameters?.map(({ name }) => name)).toEqual(['id', 'Idempotency-Key']);
    expect(adjust?.requestBody).toBeDefined();
    expect(Object.keys(adjust?.responses ?? {})).toEqual([
      '201',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '429',
    ]);
    const list = paths['/api/v1/customers']?.get;
    expect(list?.parameters?.map(({ name }) => name)).toEqual([
      'query',
      'segment',
      'tier',
      'group',
      'from',
      'to',
      'cursor',
      'limit',
    ]);
    for (const operations of Object.values(paths)) {
      for (const operation of Object.values(operations)) expect(JSON.stringify(operation)).not.toMatch(/"\$schema"/);
    }
  });
});

describe('what is really answered', () => {
  const fill = (path: string): string =>
    path
      .replace('/imports/:id', `/imports/${importing}`)
      .replace('/effects/:id', `/effects/${effect}`)
      .replace('/archives/:id', `/archives/${archive}`)
      .replace('/api-keys/:id', `/api-keys/${apiKey}`)
      .replace('/customers/:id/erase', `/customers/${stranger}/erase`)
      .replace('/deliveries/:id', `/deliveries/${parked}`)
      .replace('/exports/:id/:format', `/exports/${file}/json`)
      .replace(':id', customer)
      .replace(':note', note)
      .replace(':adjustment', adjustment);
  const bodies: Record<string, unknown> = {
    'post /api-keys': { name: 'stock', scope: 'read' },
    'post /deliveries/replay': { all: true },
    'post /effects/:id/retry': { how: 'again' },
    'post /syncs': { kind: 'reconcile' },
    'post /customers/:id/adjustments': { points: 5, reason: 'kindness' },
    'post /customers/:id/notes': { text: 'likes tea' },
    'put /customers/:id/tags': { add: ['vip'] },
    'post /customers/:id/erase': { confirm: 'erase' },
    'post /program/calculate': { lines: [{ unitPrice: 1_999, quantity: 2 }], tier: 'gold', on: '2026-03-21' },
    'patch /shop': { economics: { grossMargin: 0.4 } },
    'post /tiers/preview': { tiers: { enabled: true, levels: [{ id: 'friend', name: 'Friend', threshold: 1 }] } },
  };

  /** What another of these tests may have used up: an erasure recalls archives, replaying all leaves nothing parked. */
  const renew = async (path: string): Promise<void> => {
    if (path.startsWith('/archives/:id')) {
      await api.send('post', '/exports/archive');
      await makeArchives(world, api.shop);
      archive = (await api.get('/archives')).body.items[0].id;
    }
    if (path.startsWith('/effects/:id')) {
      const payload = { to: 'somebody', text: 'hello' };
      effect = await world.inShop(api.shop, async (scope) => {
        const owed = await owe(scope, noteKind('test.note'), { occasion: ['one'], payload, customerId: null });
        await updateEffect(scope, owed.id, { state: 'failed', dueAt: null });
        return owed.id;
      });
    }
    if (path.startsWith('/deliveries/:id')) {
      const rows = await deliver(world, api.shop, ['orders/create', '{']);
      parked = String(rows.find(({ state }) => state === 'parked')?.id);
    }
  };

  test.each(ENDPOINTS.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    '%s fits its contract',
    async (name, { method, path, answer, status = 200, take }) => {
      const program = name === 'put /program' ? (await api.get('/program')).body : undefined;
      await renew(path);
      const response = take
        ? await bring(others[name])
        : method === 'get'
          ? await api.get(fill(path))
          : await api.send(method, fill(path), program ?? bodies[name], others[name]);
      expect([response.status, response.body.error]).toEqual([status, undefined]);
      if (answer === 'file')
        expect(response.headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+"$/);
      else expect((answer as z.ZodType).safeParse(response.body).error?.issues).toBeUndefined();
    },
  );
});
