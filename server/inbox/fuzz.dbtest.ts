import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dialect } from '../db/dialect.ts';
import { dump, rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { type TestApp, testApp } from '../http/http.fixtures.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { seededRandom } from '../shared/random.ts';
import { deliver, inboxOf, orderBody, signedHeaders } from './deliveries.fixtures.ts';
import { hostileDelivery } from './fuzz.fixtures.ts';

/** Each takes about a millisecond on SQLite, some more on PostgreSQL. */
const CASES = dialect === 'sqlite' ? 10_000 : 2_000;
const LANES = 64;

let world: World;
let shop: number;
let server: TestApp;
beforeAll(async () => {
  world = await testWorld();
  shop = await testShop(world);
  server = await testApp(world);
});
afterAll(async () => {
  await server.stop();
  await world.close();
});

/** Sends deliveries over a few kept-alive connections. @returns how often each status came */
async function sendAll(next: () => { topic: string; body: Buffer } | undefined): Promise<Record<number, number>> {
  const listening = server.app.http.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const { port } = listening.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const counts: Record<number, number> = {};
  const one = (topic: string, body: Buffer) =>
    new Promise<void>((resolve, reject) => {
      const headers = {
        ...signedHeaders(body, { topic, id: world.ids.next() }),
        'content-length': String(body.length),
      };
      const options = { port, host: '127.0.0.1', agent, method: 'POST', path: '/webhooks/shopify', headers };
      const outgoing = request(options, (answer) => {
        const status = answer.statusCode ?? 0;
        counts[status] = (counts[status] ?? 0) + 1;
        answer.resume().on('end', resolve);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const lane = async () => {
    for (let item = next(); item; item = next()) await one(item.topic, item.body);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  agent.destroy();
  listening.closeAllConnections();
  await new Promise((resolve) => listening.close(resolve));
  return counts;
}

test(`${CASES} hostile deliveries break nothing`, async () => {
  const random = seededRandom(20_250_301);
  let left = CASES;
  const counts = await sendAll(() => {
    left -= 1;
    return left < 0 ? undefined : hostileDelivery(random);
  });
  expect(counts).toEqual({ 200: CASES });
  await server.app.start();
  await server.app.jobs.idle();

  const rows = await inboxOf(world, shop);
  expect(rows).toHaveLength(CASES);
  const states = Map.groupBy(rows, ({ state }) => state);
  const stuck = (states.get('pending') ?? []).map(({ topic, reason, body }) => ({ topic, reason, body: String(body) }));
  expect(stuck.slice(0, 3)).toEqual([]);
  // The mixture is one in which something happens: a test of parsers that refuse everything would show little.
  for (const state of ['applied', 'ignored', 'parked'] as const)
    expect(states.get(state)?.length).toBeGreaterThan(CASES / 50);
  for (const { state, reason } of rows) if (state !== 'applied') expect(reason).toMatch(/^[A-Z].{10,}\.$/su);

  await deliver(world, shop, ['orders/paid', orderBody({ id: 424_242, name: '#good', customer: { id: 42_424 } })]);
  expect((await rowsOf(world, shop, 'orders')).find(({ platformId }) => platformId === '424242')).toMatchObject({
    counts: true,
  });
  const { kept, rebuilt, ledger } = await soundness(world, shop);
  expect(ledger).toMatchObject({ ok: true });
  expect(kept).toEqual(rebuilt);
  const { points_transactions: posted, customers } = await dump(world, shop);
  expect(posted?.length).toBeGreaterThan(10);
  expect(customers?.length).toBeGreaterThan(10);
}, 120_000);
