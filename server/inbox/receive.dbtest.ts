import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { createReceiver, type Incoming } from './receive.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

const delivery = (id: string, fields: Partial<Incoming> = {}): Incoming => ({
  shopId: shop,
  deliveryId: id,
  topic: 'orders/create',
  body: Buffer.from(`{"id":"${id}"}`),
  triggeredAt: null,
  ...fields,
});

/** Counts the transactions that are begun, and can hold them back or fail them. */
function watched(before: (nth: number) => Promise<void> = async () => undefined) {
  const seen = { transactions: 0 };
  const db: Database = {
    ...world.db,
    read: world.db.read,
    transaction: async (work, options) => {
      seen.transactions += 1;
      const nth = seen.transactions;
      return world.db.transaction(async (tx) => {
        await before(nth);
        return work(tx);
      }, options);
    },
  };
  return { seen, receiver: createReceiver({ ...world, db }) };
}

test('a delivery is stored as it came and waits to be applied', async () => {
  const body = Buffer.from([0xff, 0x00, 0x7b]);
  expect(await createReceiver(world).receive(delivery('one', { body, triggeredAt: 5 }))).toBe(true);
  const [row] = await rowsOf(world, shop, 'inbox');
  expect(row).toMatchObject({ deliveryId: 'one', state: 'pending', attempts: 0, triggeredAt: 5 });
  expect(Buffer.compare(row?.body as Buffer, body)).toBe(0);
});

test('the same delivery is stored once, now, later and within one group; another shop has its own', async () => {
  const other = await testShop(world, { domain: 'other.example.test' });
  const { receiver } = watched();
  expect(await Promise.all([receiver.receive(delivery('one')), receiver.receive(delivery('one'))])).toEqual([
    true,
    false,
  ]);
  expect(await receiver.receive(delivery('one', { body: Buffer.from('another body') }))).toBe(false);
  expect(await receiver.receive(delivery('one', { shopId: other }))).toBe(true);
  expect(await rowsOf(world, shop, 'inbox')).toHaveLength(1);
});

test('deliveries that come together share transactions', async () => {
  const { receiver, seen } = watched();
  const fresh = await Promise.all(Array.from({ length: 600 }, (_, index) => receiver.receive(delivery(`d${index}`))));
  expect(fresh.every(Boolean)).toBe(true);
  expect(seen.transactions).toBeLessThanOrEqual(4);
  expect(await rowsOf(world, shop, 'inbox')).toHaveLength(600);
});

test('what comes while a group is being written makes the next group', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { receiver, seen } = watched(async (nth) => {
    if (nth > 1) return;
    begun();
    await held;
  });
  const early = receiver.receive(delivery('early'));
  await first;
  const late = Array.from({ length: 20 }, (_, index) => receiver.receive(delivery(`late${index}`)));
  release();
  expect(await Promise.all([early, ...late])).toHaveLength(21);
  expect(seen.transactions).toBe(2);
});

test('one row that cannot be stored harms no other of its group', async () => {
  const { receiver, seen } = watched();
  const bad = delivery('bad', { topic: null as unknown as string });
  const results = await Promise.allSettled([
    ...Array.from({ length: 5 }, (_, index) => receiver.receive(delivery(`a${index}`))),
    receiver.receive(bad),
    ...Array.from({ length: 5 }, (_, index) => receiver.receive(delivery(`b${index}`))),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    ...Array(5).fill('fulfilled'),
    'rejected',
    ...Array(5).fill('fulfilled'),
  ]);
  expect(await rowsOf(world, shop, 'inbox')).toHaveLength(10);
  expect(seen.transactions).toBe(12);
  expect(await receiver.receive(delivery('after'))).toBe(true);
});

test('a group that the database refuses is tried one by one', async () => {
  const { receiver } = watched(async (nth) => {
    if (nth === 1) throw new Error('the disk is full');
  });
  expect(await Promise.all([receiver.receive(delivery('one')), receiver.receive(delivery('two'))])).toEqual([
    true,
    true,
  ]);
});
