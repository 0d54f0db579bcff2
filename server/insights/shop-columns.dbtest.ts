import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { orderState, person, record } from '../orders/orders.fixtures.ts';
import { writePlaces } from './chunks.usecases.ts';
import { CHUNK } from './fold.rules.ts';
import { foldShop } from './fold.usecases.ts';
import { shopColumns } from './shop-columns.usecases.ts';

let world: World;
let shopId: number;

beforeEach(async () => {
  world = await testWorld();
  shopId = await testShop(world);
});
afterEach(() => world.close());

const customer = (day: number) => ({ key: day, orders: [{ day, net: 1, sales: 1, channel: 0 }] });

/** Writes a customer of that day into each chunk, in one transaction. */
const write = (chunks: number, day: number) =>
  world.inShop(shopId, (scope) =>
    writePlaces(scope, new Map(Array.from({ length: chunks }, (_, chunk) => [chunk * CHUNK, customer(day)]))),
  );

/** A database on which the n-th question asked outside a transaction waits for something to be done first. */
function interrupted(at: number, meanwhile: () => Promise<unknown>): Database {
  let asked = 0;
  const read = new Proxy(world.db.read, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name !== 'select') return typeof value === 'function' ? value.bind(target) : value;
      return (...columns: []) => {
        asked += 1;
        const query = target.select(...columns);
        if (asked !== at) return query;
        return {
          from: (table: never) => ({
            where: async (condition: never) => {
              await meanwhile();
              return query.from(table).where(condition);
            },
          }),
        };
      };
    },
  });
  return { ...world.db, read };
}

test('an answer is of one moment, whatever is written while a large shop is read', async () => {
  await write(70, 20_000);
  const days = ({ chunks }: Awaited<ReturnType<typeof shopColumns>>) => new Set(chunks.map(({ first }) => first));
  const db = interrupted(3, () => write(70, 20_001));
  expect(days(await shopColumns(db, shopId))).toEqual(new Set([20_001]));
});

test('chunks come in the order of their places', async () => {
  await write(70, 20_000);
  const { chunks } = await shopColumns(world.db, shopId);
  expect(chunks.map(({ number }) => number)).toEqual(Array.from({ length: 70 }, (_, chunk) => chunk));
});

test('two who read a shop at once get all of it, also what came between the two', async () => {
  await write(70, 20_000);
  let first: Promise<unknown> = Promise.resolve();
  const db: Database = interrupted(3, () => first);
  const second = shopColumns(db, shopId);
  first = (async () => {
    await write(71, 20_001);
    await shopColumns(db, shopId);
  })();
  expect((await second).chunks).toHaveLength(71);
});

test('an order without a customer is apart from those with one', async () => {
  await record(world, shopId, orderState());
  await record(world, shopId, orderState({ platformId: '7002', number: '#1002', customer: null }));
  await record(
    world,
    shopId,
    orderState({ platformId: '7003', number: '#1003', customer: person({ platformId: '502' }) }),
  );
  await foldShop(world, shopId, world.clock.now());
  const { chunks, anonymous } = await shopColumns(world.db, shopId);
  expect([chunks[0]?.columns.orders, anonymous[0]?.columns.orders]).toEqual([2, 1]);
});
