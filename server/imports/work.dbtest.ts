import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { dropOldFiles } from '../files/files.usecases.ts';
import { seededRandom } from '../shared/random.ts';
import { shopOfId } from '../shops/shops.usecases.ts';
import { csvOf } from './imports.fixtures.ts';
import { receiveFile } from './receive.usecases.ts';
import { beginRun, cancelRun, importsOf } from './runs.usecases.ts';
import { shopsToImport, workImports } from './work.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

const HELD_MS = 60_000;
const HEADER = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];
const ROWS = 240;
/** Every tenth row cannot be taken. */
const rows = Array.from({ length: ROWS }, (_, n) => ({
  order_id: n + 1,
  customer: (n % 90) + 1,
  email: `c${n % 90}@example.test`,
  created_at: '2020-01-01',
  total: n % 10 === 9 ? 'x' : '10.00',
  currency: 'USD',
}));
const FILE = csvOf(HEADER, rows);
const DONE = { state: 'done', progress: 1, rows: ROWS, orders: 216, created: 216, unchanged: 0, refused: 24 };

async function* chunksOf(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}

async function bring(content: string | Buffer = FILE, { dryRun = false, earns = true, size = 1000 } = {}) {
  const about = await shopOfId(world, shop);
  if (!about) throw new Error('no shop');
  const asked = { file: 'orders.csv', format: 'simple-csv' as const, earns, dryRun };
  const file = await receiveFile(world, about, asked, chunksOf(Buffer.from(content), size));
  await world.inShop(shop, (scope) => beginRun(scope, file, 'test'));
  return file;
}
const newest = async () => (await importsOf(world, shop))[0];
const orders = () => rowsOf(world, shop, 'orders');
const pieces = async () => (await rowsOf(world, shop, 'file_pieces')).length;
const points = async () =>
  (await rowsOf(world, shop, 'points_accounts')).reduce((sum, row) => sum + Number(row.available), 0);

/** A process that dies with its n-th transaction from now on: it is done or not, and nobody hears of it. */
function dying(n: number, done: boolean): World {
  let left = n;
  const transaction: World['db']['transaction'] = async (work, options) => {
    left -= 1;
    if (left < 0) throw new Error('dead');
    if (left > 0) return world.db.transaction(work, options);
    if (done) await world.db.transaction(work, options);
    throw new Error('dead');
  };
  return { ...world, db: { ...world.db, transaction } };
}

describe('a file whose reader dies', () => {
  test.each([1, 2, 3, 4])(
    'again and again is brought in as if nothing had been (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      await bring();
      let deaths = 0;
      for (; (await newest())?.state === 'running' && deaths < 60; deaths += 1) {
        // Now and then before it has got anywhere.
        const after = deaths % 4 === 1 ? 1 : 3 + random.whole(3);
        await workImports(dying(after, random.next() < 0.5), shop).catch(() => undefined);
        // Before its time is over it is left to whoever has it.
        world.clock.advance(HELD_MS);
      }
      await workImports(world, shop);
      expect(deaths).toBeGreaterThan(1);
      expect(await newest()).toMatchObject(DONE);
      expect((await newest())?.refusals).toHaveLength(24);
      expect(await orders()).toHaveLength(216);
      expect(await points()).toBe(2_160);
      // Whoever died with the last word on its tongue has left the file behind, for a day.
      await dropOldFiles(world, world.clock.advance(86_400_000));
      expect(await pieces()).toBe(0);
    },
    30_000,
  );

  test('is left to it until its time is over, then taken up', async () => {
    await bring();
    await workImports(dying(3, false), shop).catch(() => undefined);
    world.clock.advance(HELD_MS - 1);
    expect(await shopsToImport(world, world.clock.now())).toEqual([]);
    expect(await workImports(world, shop)).toBe(0);
    world.clock.advance(1);
    expect(await shopsToImport(world, world.clock.now())).toEqual([shop]);
    expect(await workImports(world, shop)).toBe(1);
    expect(await newest()).toMatchObject(DONE);
  });

  test('and who was only slow leaves it to whoever took it over', async () => {
    await bring();
    let first = true;
    const slow: World['db']['transaction'] = async (work, options) => {
      const result = await world.db.transaction(work, options);
      if (!first) return result;
      first = false;
      // It has the run, and sleeps; another process takes over and brings everything in.
      world.clock.advance(HELD_MS);
      await workImports(world, shop);
      return result;
    };
    const db: World['db'] = { ...world.db, transaction: slow };
    await workImports({ ...world, db }, shop);
    expect(await newest()).toMatchObject(DONE);
    expect(await points()).toBe(2_160);
  });

  test('each time before it gets on is given up in words', async () => {
    await bring();
    for (let times = 0; times < 5; times += 1) {
      await workImports(dying(1, true), shop).catch(() => undefined);
      world.clock.advance(HELD_MS);
    }
    await workImports(world, shop);
    expect(await newest()).toMatchObject({ state: 'failed', errorCode: 'imports.gave_up' });
    expect(await orders()).toEqual([]);
    await bring();
    await workImports(world, shop);
    expect(await newest()).toMatchObject({ state: 'done' });
  });
});

describe('a stop', () => {
  test('in the middle leaves it to whoever comes next, at once', async () => {
    await bring();
    let stops = 0;
    for (; (await newest())?.state === 'running'; stops += 1) {
      let looks = 0;
      await workImports(world, shop, () => {
        looks += 1;
        // What is passed over is looked at too: one batch further each time.
        return looks > Number(stops < 3) * 1 + ROWS * Number(stops >= 3);
      });
      expect(stops).toBeLessThan(10);
    }
    expect(stops).toBeGreaterThan(1);
    expect(await newest()).toMatchObject(DONE);
  });
});

describe('what may pass', () => {
  test('does not end an import: it goes on after a pause', async () => {
    await bring();
    let isTaken = false;
    const read = new Proxy(world.db.read, {
      get(target, name, receiver) {
        if (name === 'select' && isTaken)
          return () => {
            throw new Error('no connection');
          };
        return Reflect.get(target, name, receiver);
      },
    });
    const transaction: World['db']['transaction'] = async (work, options) => {
      const result = await world.db.transaction(work, options);
      isTaken = true;
      return result;
    };
    await workImports({ ...world, db: { ...world.db, read, transaction } }, shop).catch(() => undefined);
    expect(await newest()).toMatchObject({ state: 'running', refused: 0, rows: 0 });
    expect(await workImports(world, shop)).toBe(0);
    world.clock.advance(HELD_MS);
    await workImports(world, shop);
    expect(await newest()).toMatchObject(DONE);
  });
});

test('an import that is cancelled meanwhile brings nothing more in', async () => {
  const { id } = await bring();
  let batches = 0;
  const transaction: World['db']['transaction'] = async (work, options) => {
    const result = await world.db.transaction(work, options);
    batches += 1;
    if (batches === 3) await world.inShop(shop, (scope) => cancelRun(scope, id, 'test'));
    return result;
  };
  await workImports({ ...world, db: { ...world.db, transaction } }, shop);
  const cancelled = await newest();
  expect(cancelled).toMatchObject({ state: 'failed', errorCode: 'imports.cancelled' });
  expect(await orders()).toHaveLength(Number(cancelled?.created));
  expect(cancelled?.created).toBeLessThan(216);
  expect(await pieces()).toBe(0);
});

test.each([1, 3, 7, 100_000])('a file comes in the same in chunks of %i bytes, compressed or not', async (size) => {
  const small = csvOf(HEADER, rows.slice(0, 12));
  await bring(small, { size });
  await workImports(world, shop);
  expect(await newest()).toMatchObject({ rows: 12, created: 11, refused: 1 });
  await bring(gzipSync(small), { size });
  await workImports(world, shop);
  expect(await newest()).toMatchObject({ rows: 12, unchanged: 11, refused: 1 });
});
