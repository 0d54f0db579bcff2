import { sql } from 'drizzle-orm';
import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dialect } from '../db/dialect.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody, signedHeaders, store } from '../inbox/deliveries.fixtures.ts';
import { checkLedger } from '../points/check.usecases.ts';
import { pointsAccounts } from '../points/points.tables.ts';
import { type TestApp, testApp } from './http.fixtures.ts';
import { MAX_BODY } from './raw-body.ts';

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

const post = (body: string, headers: Record<string, string>) =>
  supertest(server.app.http)
    .post('/webhooks/shopify')
    .set(headers)
    .serialize((data) => data as string)
    .send(body);
const metrics = async () => (await supertest(server.app.http).get('/metrics')).text;
const lines = async () => (await metrics()).split('\n');
/** The value of a metric, by its whole name with labels. */
const value = (text: string, name: string) =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length + 1),
  );

describe('what came in', () => {
  test('is counted by platform, class of topic and outcome, with the time that it took', async () => {
    await testShop(world);
    await post('{}', signedHeaders('{}', { topic: 'orders/create', id: 'one' }));
    await post('{}', signedHeaders('{}', { topic: 'orders/create', id: 'one' }));
    await post('{}', signedHeaders('{}', { topic: 'customers/redact', id: 'two' }));
    await post('{}', signedHeaders('{}', { topic: 'something/new', id: 'three' }));
    await post('{}', signedHeaders('{}', { topic: 'orders/create', domain: 'nobody.example.test' }));
    await post('{}', { 'x-shopify-topic': 'made-up/by-a-stranger' });
    await post(' '.repeat(MAX_BODY + 1), {});
    const counted = (topic: string, outcome: string) =>
      `bazgasht_webhooks_total{platform="shopify",topic="${topic}",outcome="${outcome}"} 1`;
    const all = await lines();
    expect(all).toEqual(
      expect.arrayContaining([
        counted('orders', 'stored'),
        counted('orders', 'duplicate'),
        counted('privacy', 'stored'),
        counted('other', 'stored'),
        counted('orders', 'unknown_shop'),
        counted('none', 'unsigned'),
        counted('none', 'too_large'),
        'bazgasht_webhook_seconds_count{platform="shopify"} 7',
        'bazgasht_http_request_seconds_count{method="POST",route="/webhooks/shopify",status="200"} 4',
      ]),
    );
    expect(all.join('\n')).not.toMatch(/made-up|stranger|example\.test/);
  });

  test('requests are counted by the pattern they matched, never by what was asked for', async () => {
    await supertest(server.app.http).get('/customers/ada@example.test?token=secret');
    const text = await metrics();
    expect(text).toContain('bazgasht_http_request_seconds_count{method="GET",route="unmatched",status="404"} 1');
    expect(text).not.toMatch(/ada|secret/);
  });
});

describe('what waits', () => {
  test('is told for the 20 shops furthest behind, and for all together', async () => {
    for (let n = 1; n <= 23; n += 1) {
      const shop = await testShop(world, { domain: `s${n}.example.test` });
      world.clock.advance(1_000);
      await store(world, shop, [['orders/create', '{}']]);
    }
    const text = await metrics();
    const named = [...text.matchAll(/^bazgasht_shop_lag_seconds\{shop="(\d+)"\} /gm)].map(([, id]) => Number(id));
    expect(named).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(value(text, 'bazgasht_shops_waiting')).toBe(23);
    expect(value(text, 'bazgasht_lag_seconds')).toBe(value(text, 'bazgasht_shop_lag_seconds{shop="1"}'));
    expect(value(text, 'bazgasht_lag_seconds')).toBeGreaterThan(22);
  });

  test('is nothing where nothing waits; parked ones are told apart', async () => {
    const shop = await testShop(world);
    await deliver(world, shop, ['orders/create', '{'], ['orders/create', orderBody()]);
    const text = await metrics();
    expect(value(text, 'bazgasht_lag_seconds')).toBe(0);
    expect(value(text, 'bazgasht_shops_waiting')).toBe(0);
    expect(value(text, 'bazgasht_deliveries{state="pending"}')).toBe(0);
    expect(value(text, 'bazgasht_deliveries{state="parked"}')).toBe(1);
  });

  test('is read from the database every few seconds at most, wherever the clock goes', async () => {
    const shop = await testShop(world);
    expect(value(await metrics(), 'bazgasht_shops_waiting')).toBe(0);
    await store(world, shop, [['orders/create', '{}']]);
    expect(value(await metrics(), 'bazgasht_shops_waiting')).toBe(0);
    world.clock.advance(5_000);
    expect(value(await metrics(), 'bazgasht_shops_waiting')).toBe(1);
    await deliver(world, shop);
    world.clock.advance(-60_000);
    expect(value(await metrics(), 'bazgasht_shops_waiting')).toBe(0);
  });
});

describe('the ledger', () => {
  test('is as large as its tables are', async () => {
    const shop = await testShop(world);
    await deliver(world, shop, ['orders/create', orderBody()], ['orders/create', orderBody({ id: 2, name: '#2' })]);
    if (dialect === 'postgres') {
      await world.db.transaction(async (tx) => {
        for (const name of ['points_transactions', 'points_postings']) {
          await (tx as unknown as { execute(query: unknown): Promise<unknown> }).execute(sql.raw(`ANALYZE ${name}`));
        }
      });
    }
    const text = await metrics();
    expect(value(text, 'bazgasht_ledger_rows{kind="transactions"}')).toBe(2);
    expect(value(text, 'bazgasht_ledger_rows{kind="postings"}')).toBe(4);
  });

  test('and how its last verification ended, with the one longest ago', async () => {
    const [one, two] = [await testShop(world), await testShop(world, { domain: 'two.example.test' })];
    expect(value(await metrics(), 'bazgasht_ledger_checked_timestamp_seconds')).toBe(0);
    await deliver(world, two, ['orders/create', orderBody()]);
    const first = world.clock.now();
    await checkLedger(world, one);
    world.clock.advance(10_000);
    await checkLedger(world, two);
    let text = await metrics();
    expect(value(text, 'bazgasht_ledger_checked_shops{result="ok"}')).toBe(2);
    expect(value(text, 'bazgasht_ledger_checked_shops{result="wrong"}')).toBe(0);
    expect(value(text, 'bazgasht_ledger_checked_timestamp_seconds')).toBe(first / 1000);
    await world.db.transaction((tx) => tx.update(pointsAccounts).set({ available: 1 }));
    expect(await checkLedger(world, two)).toMatchObject({ ok: false });
    world.clock.advance(5_000);
    text = await metrics();
    expect(value(text, 'bazgasht_ledger_checked_shops{result="ok"}')).toBe(1);
    expect(value(text, 'bazgasht_ledger_checked_shops{result="wrong"}')).toBe(1);
  });
});

test('the process, its event loop and its connections are told too', async () => {
  const text = await metrics();
  for (const name of [
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_p99_seconds',
    'process_cpu_seconds_total',
  ]) {
    expect(value(text, name), name).toBeGreaterThanOrEqual(0);
  }
  expect(value(text, 'bazgasht_database_waiting')).toBe(0);
  let during = '';
  let release = () => undefined as undefined;
  const held = new Promise<void>((resolve) => {
    release = () => void resolve();
  });
  const writing = server.app.db.transaction(() => held);
  const next = server.app.db.transaction(async () => undefined);
  during = await metrics();
  release();
  await Promise.all([writing, next]);
  expect(value(during, 'bazgasht_database_connections{state="used"}')).toBeGreaterThanOrEqual(1);
  if (dialect === 'sqlite') expect(value(during, 'bazgasht_database_waiting')).toBe(1);
  expect(value(await metrics(), 'bazgasht_database_waiting')).toBe(0);
});
