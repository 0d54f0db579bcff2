import { Agent, get } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeOrder, SECRET, SHOP, signedHeaders, webhookId } from '../../bench/orders.ts';
import { type Postgres, startPostgres } from '../../tools/postgres.ts';
import { dialect } from '../db/dialect.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { backlog } from '../inbox/backlog.usecases.ts';
import { insertDelivery } from '../inbox/inbox.repository.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { heldOf } from './crash.repository.ts';
import { type CrashDelivery, crashFaults, post, type RunningApp, startApp } from './crash.ts';

/** Whole processes need their time; nothing here waits longer than it takes. */
const soon = { timeout: 45_000, interval: 50 };

let world: World;
let shop: number;
const apps: RunningApp[] = [];
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world, { domain: SHOP, timeZone: 'America/New_York' });
});
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.kill()));
  await world.close();
});

const delivery = (number: number): CrashDelivery => {
  const order = makeOrder(number, 30);
  const deliveryId = webhookId(1, number);
  const { platformId, customerId, points, body } = order;
  return { deliveryId, orderId: platformId, customerId, points, body, headers: signedHeaders(order, deliveryId) };
};

function run(role: 'web' | 'worker' | 'all', url = world.url): RunningApp {
  const app = startApp({
    PATH: process.env.PATH,
    DATABASE_URL: url,
    ROLE: role,
    LOG_LEVEL: 'silent',
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    SHOPIFY_API_KEY: 'test',
    SHOPIFY_API_SECRET: SECRET,
  });
  apps.push(app);
  return app;
}

/** Puts deliveries into the inbox as intake would have. */
const fill = (from: number, to: number): Promise<void> =>
  world.db.transaction(async (tx) => {
    for (let number = from; number < to; number += 1) {
      const order = makeOrder(number, 30);
      const about = { topic: 'orders/paid', triggeredAt: order.at + 2_000, receivedAt: order.at + 3_000 };
      const names = { shopId: shop, id: world.ids.next(), deliveryId: webhookId(1, number) };
      await insertDelivery(tx, { ...names, ...about, body: order.body });
    }
  });

const waiting = async (db = world.db): Promise<number> =>
  (await backlog({ db })).oldest.reduce((sum, { count }) => sum + count, 0);

async function faults(sent: { tried: Set<number>; answered: Set<number> }, db = world.db): Promise<string[]> {
  const held = { ...(await heldOf(db.read, shop)), ledger: await verifyLedger({ db }, shop) };
  return crashFaults(held, sent, delivery);
}

const status = (port: number, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get({ host: 'localhost', port, path, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    }).on('error', reject);
  });

const numbers = (count: number): Set<number> => new Set(Array.from({ length: count }, (_, number) => number));

describe.runIf(dialect === 'postgres')('web and workers', () => {
  test('one takes webhooks in, others apply them, and every role tells how it is', { timeout: 60_000 }, async () => {
    const [web, one, two] = [run('web'), run('worker'), run('worker')];
    const ports = await Promise.all([web.port, one.port, two.port]);
    for (const port of ports)
      for (const path of ['/healthz', '/readyz', '/metrics'])
        expect([path, await status(port, path)]).toEqual([path, 200]);
    const agent = new Agent({ keepAlive: true });
    const sent = numbers(40);
    for (const number of sent) expect(await post(ports[0], agent, delivery(number))).toBe(200);
    agent.destroy();
    await vi.waitFor(async () => expect(await waiting()).toBe(0), soon);
    expect(await faults({ tried: sent, answered: sent })).toEqual([]);
  });

  test('a worker that dies in mid-batch loses and doubles nothing, and its shop is taken over', {
    timeout: 90_000,
  }, async () => {
    const COUNT = 600;
    await fill(0, COUNT);
    const first = run('worker');
    await first.port;
    await vi.waitFor(async () => expect(await waiting()).toBeLessThan(COUNT), { ...soon, interval: 5 });
    await first.kill();
    const left = await waiting();
    expect(left).toBeGreaterThan(0);
    // Nobody wakes the shop anew: its job, missed by its heartbeat, is given to another.
    const second = run('worker');
    await second.port;
    await vi.waitFor(async () => expect(await waiting()).toBe(0), soon);
    const sent = numbers(COUNT);
    expect(await faults({ tried: sent, answered: sent })).toEqual([]);
  });
});

describe.runIf(dialect === 'postgres')('PostgreSQL restarted under load', () => {
  let server: Postgres;
  beforeEach(async () => {
    server = await startPostgres({ durable: true });
    await migrateDatabase(server.url);
  });
  afterEach(() => server.stop());

  test('no process dies, and all that was answered 200 is applied once', { timeout: 120_000 }, async () => {
    const before = openDatabase(server.url);
    shop = await testShop({ ...world, db: before }, { domain: SHOP, timeZone: 'America/New_York' });
    await before.close();
    const [web, worker] = [run('web', server.url), run('worker', server.url)];
    const [port, workerPort] = await Promise.all([web.port, worker.port]);
    const agent = new Agent({ keepAlive: true });
    const tried = new Set<number>();
    const answered = new Set<number>();
    let sending = true;
    const sender = async (): Promise<void> => {
      while (sending) {
        const number = tried.size;
        tried.add(number);
        if ((await post(port, agent, delivery(number))) === 200) answered.add(number);
        await nextTurn();
      }
    };
    const senders = [sender(), sender(), sender()];
    await vi.waitFor(() => expect(answered.size).toBeGreaterThan(60), soon);
    await server.kill('SIGINT');
    await vi.waitFor(async () => expect(await status(port, '/readyz')).toBe(503), soon);
    expect(await status(workerPort, '/readyz')).toBe(503);
    await server.restart();
    await vi.waitFor(async () => expect(await status(port, '/readyz')).toBe(200), soon);
    const soFar = answered.size;
    await vi.waitFor(() => expect(answered.size).toBeGreaterThan(soFar + 60), soon);
    sending = false;
    await Promise.all(senders);
    agent.destroy();
    const db = openDatabase(server.url);
    try {
      await vi.waitFor(async () => expect(await waiting(db)).toBe(0), { ...soon, timeout: 60_000 });
      expect([web.lives(), worker.lives()]).toEqual([true, true]);
      expect(await status(workerPort, '/readyz')).toBe(200);
      expect(await faults({ tried, answered }, db)).toEqual([]);
    } finally {
      await db.close();
    }
  });
});
