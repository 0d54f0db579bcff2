import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialect } from '../db/dialect.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { testApp } from '../http/http.fixtures.ts';
import { SHARED_DATA } from '../imports/imports.fixtures.ts';
import { importOrders } from '../imports/imports.usecases.ts';
import { type ReplayOptions, replayOrders } from '../imports/replay.ts';
import { kpis } from '../insights/kpis.usecases.ts';
import { beginImport } from '../orders/import.usecases.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { seededRandom } from '../shared/random.ts';
import { findShop } from '../shops/shops.repository.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await testWorld();
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-replay-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const shopOf = async (id: number) => {
  const shop = await findShop(world.db.read, id);
  if (!shop) throw new Error(`no shop ${id}`);
  return shop;
};

async function imported(domain: string, file: string) {
  const id = await testShop(world, { domain, programStart: '1990-01-01' });
  const record = await beginImport(world, id, { file: 'orders.csv', format: 'simple-csv', earns: true });
  const report = await importOrders(
    { shop: await shopOf(id), record },
    { file, format: 'simple-csv', earns: true, dryRun: false },
  );
  expect(report).toMatchObject({ refused: 0 });
  return { id, report };
}

async function replayed(domain: string, file: string, options: Partial<ReplayOptions>) {
  const id = await testShop(world, { domain, programStart: '1990-01-01' });
  const server = await testApp(world);
  await server.app.start();
  const listening = server.app.http.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  const report = await replayOrders({
    file,
    domain,
    secret: 'test-secret',
    shopCurrency: 'USD',
    url: `http://127.0.0.1:${port}`,
    clock: world.clock,
    ...options,
  });
  await server.app.jobs.idle();
  listening.closeAllConnections();
  await new Promise((resolve) => listening.close(resolve));
  await server.stop();
  return { id, report };
}

/** What a shop came to, by names that two shops share. */
async function outcome(id: number) {
  const tables = await dump(world, id);
  const people = new Map(tables.customers?.map((row) => [row.id, row.platformId]));
  const orders = new Map(tables.orders?.map((row) => [row.id, row.platformId]));
  const balances = tables.points_accounts?.map(({ customerId, pending, available, reserved, lifetimeEarned }) =>
    JSON.stringify([people.get(customerId), pending, available, reserved, lifetimeEarned]),
  );
  const lots = tables.points_lots
    ?.filter(({ granted }) => granted !== 0)
    .map(({ source, customerId, rule, granted, pending, available, availableAt, expiresAt }) =>
      JSON.stringify([
        orders.get(source),
        people.get(customerId),
        rule,
        granted,
        pending,
        available,
        availableAt,
        expiresAt,
      ]),
    );
  const range = { from: '1990-01-01', to: '2026-12-31' };
  return { kpis: await kpis(world, await shopOf(id), range), balances: balances?.sort(), lots: lots?.sort() };
}

async function same(name: string, file: string, orders: number) {
  const first = await imported(`${name}-import.example.test`, file);
  const options = { duplicate: 0.2, shuffle: 200, seed: 11 };
  const second = await replayed(`${name}-replay.example.test`, file, options);
  expect(second.report).toMatchObject({ refused: 0, unreadable: 0, accepted: second.report.sent });
  expect(second.report.duplicates).toBeGreaterThan(orders / 10);
  expect(second.report.sent).toBe(orders + second.report.duplicates);
  const wanted = await outcome(first.id);
  expect(wanted.kpis.orders).toBe(orders);
  expect(wanted.lots?.length).toBeGreaterThan(orders / 2);
  expect(await outcome(second.id)).toEqual(wanted);
  const { kept, rebuilt, ledger } = await soundness(world, second.id);
  expect(kept).toEqual(rebuilt);
  expect(ledger).toMatchObject({ ok: true });
  return { first, second };
}

test('a file sent as webhooks, some twice and out of order, comes to what importing it in order does', async () => {
  const random = seededRandom(3);
  const rows = Array.from({ length: 120 }, (_, index) => {
    const customer = 501 + random.whole(25);
    const placedAt = new Date(Date.UTC(2025, 2, 1 + Math.floor(index / 6), index % 24)).toISOString();
    return `${1001 + index},${customer},c${customer}@example.test,${placedAt},${random.whole(200)}.${random.whole(10)}0,USD`;
  });
  const file = join(folder, 'orders.csv');
  writeFileSync(file, ['order_id,customer,email,created_at,total,currency', ...rows, ''].join('\n'));
  const { first } = await same('small', file, 120);

  // Sent to the shop that imported it, it changes nothing.
  const before = await outcome(first.id);
  const again = await testApp(world);
  await again.app.start();
  const listening = again.app.http.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const base = {
    file,
    domain: 'small-import.example.test',
    secret: 'test-secret',
    shopCurrency: 'USD',
    clock: world.clock,
  };
  expect(await replayOrders({ ...base, url })).toMatchObject({ accepted: 120 });
  expect(await replayOrders({ ...base, url, secret: 'wrong' })).toMatchObject({ accepted: 0, refused: 120 });
  await again.app.jobs.idle();
  listening.closeAllConnections();
  await new Promise((resolve) => listening.close(resolve));
  await again.stop();
  expect(await outcome(first.id)).toEqual(before);
}, 60_000);

const CDNOW = join(SHARED_DATA, 'cdnow_orders.csv.gz');
/** PostgreSQL answers each statement over a socket: fewer orders there. */
const SLICE = dialect === 'sqlite' ? 3_000 : 1_000;

describe.skipIf(!existsSync(CDNOW))('CDNOW (skipped without the data beside the repository)', () => {
  test(`its first ${SLICE} orders, replayed with duplicates and shuffled, come to what an import does`, async () => {
    const lines = gunzipSync(readFileSync(CDNOW)).toString().split('\n');
    const file = join(folder, 'cdnow.csv');
    writeFileSync(file, [...lines.slice(0, SLICE + 1), ''].join('\n'));
    await same('cdnow', file, SLICE);
  }, 120_000);
});
