import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { seededRandom, shuffled } from '../shared/random.ts';
import { deliver } from './deliveries.fixtures.ts';

/** True deliveries of genuine stores; they lie beside the repository and are left out without it. */
const FOLDER = resolve(import.meta.dirname, '../../../shared/samples/woocommerce');
const present = existsSync(FOLDER);

const samples = (present ? readdirSync(FOLDER) : []).sort().flatMap((file): [topic: string, body: string][] => {
  if (!file.endsWith('.json')) return [];
  const { headers, raw_body: body } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  const topic = headers?.['x-wc-webhook-topic'];
  return topic ? [[topic, body]] : [];
});

let world: World;
beforeAll(async () => {
  // After all of them: what has no time of its own is dated by its receipt.
  world = await testWorld(Date.UTC(2026, 10, 22, 12));
});
afterAll(() => world.close());

let made = 0;
async function after(deliveries: [string, string][]) {
  made += 1;
  const about = { platform: 'woocommerce' as const, currency: 'EUR', timeZone: 'Europe/Sofia' };
  const shop = await testShop(world, { ...about, domain: `woo-${made}.example.test` });
  const inbox = await deliver(world, shop, ...deliveries);
  const orders = (await rowsOf(world, shop, 'orders')).map(({ platformId, counts, net, deleted, financial }) =>
    JSON.stringify({ platformId, counts, net, deleted, financial }),
  );
  const accounts = (await rowsOf(world, shop, 'points_accounts')).map(({ available }) => Number(available));
  return { shop, inbox, orders: orders.sort(), points: accounts.filter(Boolean).sort((a, b) => a - b) };
}

describe.skipIf(!present)('the samples beside the repository (skipped without them)', () => {
  test('end applied, ignored or parked, the latter two with a sentence', async () => {
    const { inbox } = await after(samples);
    const counts: Record<string, number> = {};
    for (const { state, reason } of inbox) {
      counts[String(state)] = (counts[String(state)] ?? 0) + 1;
      if (state !== 'applied') expect(reason).toMatch(/^[A-Z][^{}[\]<>]{10,}[.]$/);
    }
    expect(counts).toEqual({ applied: 118, ignored: 6, parked: 1 });
  });

  test('come to the same orders, points and numbers in any order, and twice', async () => {
    const wanted = await after(samples);
    const numbers = await everyNumber(world, wanted.shop);
    expect(numbers).toMatchObject({ revenue: 324.57, orders: 10, customers: 10 });
    for (const seed of [1, 2, 3, 4]) {
      const arrival = shuffled([...samples, ...(seed % 2 ? samples : [])], seededRandom(seed));
      const result = await after(arrival);
      expect(result.orders).toEqual(wanted.orders);
      expect(result.points).toEqual(wanted.points);
      expect(await everyNumber(world, result.shop)).toEqual(numbers);
      const { kept, rebuilt, ledger } = await soundness(world, result.shop);
      expect(kept).toEqual(rebuilt);
      expect(ledger).toMatchObject({ ok: true });
    }
  }, 60_000);
});
