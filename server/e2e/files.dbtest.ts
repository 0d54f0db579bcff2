import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addKey } from '../api/keys.usecases.ts';
import { unzip } from '../archives/zip.fixtures.ts';
import { dialect } from '../db/dialect.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { csvOf } from '../imports/imports.fixtures.ts';
import { type RunningApp, startApp } from './crash.ts';

/** Whole processes need their time; nothing here waits longer than it takes. */
const soon = { timeout: 30_000, interval: 50 };

let world: World;
let shop: number;
const apps: RunningApp[] = [];
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.kill()));
  await world.close();
});

function run(role: 'web' | 'worker' | 'all'): RunningApp {
  const app = startApp({
    PATH: process.env.PATH,
    DATABASE_URL: world.url,
    ROLE: role,
    LOG_LEVEL: 'silent',
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    SHOPIFY_API_KEY: 'test',
    SHOPIFY_API_SECRET: 'test',
  });
  apps.push(app);
  return app;
}

const HEADER = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];
const ORDERS = 300;
const FILE = csvOf(
  HEADER,
  Array.from({ length: ORDERS }, (_, n) => ({
    order_id: n + 1,
    customer: n + 1,
    email: `c${n}@example.test`,
    created_at: '2020-01-01',
    total: '10.00',
    currency: 'USD',
  })),
);

test('a file that one process takes another works on, and what that makes the first hands out', {
  timeout: 90_000,
}, async () => {
  const { key } = await addKey(world, shop, { name: 'test', scope: 'admin', actor: 'test' });
  // A SQLite file belongs to one process.
  const web = run(dialect === 'postgres' ? 'web' : 'all');
  if (dialect === 'postgres') await run('worker').port;
  const port = await web.port;
  const call = async (method: string, path: string, body?: string) =>
    fetch(`http://localhost:${port}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'text/csv' } : {}) },
      ...(body === undefined ? {} : { body }),
    });
  const newest = async (path: string) => ((await (await call('GET', path)).json()) as { items: unknown[] }).items[0];

  const taken = await call('POST', '/imports?format=simple-csv&file=orders.csv', FILE);
  expect(taken.status).toBe(202);
  await vi.waitFor(
    async () => expect(await newest('/imports')).toMatchObject({ state: 'done', created: ORDERS }),
    soon,
  );

  expect((await call('POST', '/exports/archive')).status).toBe(202);
  await vi.waitFor(async () => expect(await newest('/archives')).toMatchObject({ state: 'done' }), soon);
  const { id } = (await newest('/archives')) as { id: string };
  const file = await call('GET', `/archives/${id}/file`);
  const files = unzip(Buffer.from(await file.arrayBuffer()));
  expect(JSON.parse(String(files.get('orders.json')))).toHaveLength(ORDERS);
});
