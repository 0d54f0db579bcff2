import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductState } from '../commerce/commerce.types.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { at, version } from '../orders/orders.fixtures.ts';
import { catalogueOf, recordProduct, recordProductDeleted } from './products.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

const take = (hour: number, fields: Partial<ProductState> = {}) =>
  world.inShop(shop, (scope) =>
    recordProduct(scope, {
      platformId: '900',
      title: `Tea of ${hour}`,
      type: 'Tea',
      vendor: null,
      tags: ['hot'],
      state: 'active',
      createdAt: at(1),
      version: version(at(hour)),
      ...fields,
    }),
  );
const deleted = (hour: number) => world.inShop(shop, (scope) => recordProductDeleted(scope, '900', at(hour)));

test('the newest payload stands, whichever came first', async () => {
  expect(await take(12)).toBe(true);
  expect(await take(11)).toBe(false);
  expect(await take(12)).toBe(false);
  expect(await take(13, { tags: [] })).toBe(true);
  expect(await rowsOf(world, shop, 'products')).toMatchObject([{ title: 'Tea of 13', tags: [] }]);
});

test('a deletion is kept beside the newest payload, whichever came first', async () => {
  await deleted(12);
  await take(11);
  await deleted(10);
  expect(await rowsOf(world, shop, 'products')).toMatchObject([
    { title: 'Tea of 11', deletedAt: at(12), state: 'active' },
  ]);
});

test('the catalogue answers for many products and is silent about strangers', async () => {
  for (let id = 1; id <= 3; id += 1) await take(10, { platformId: String(id), type: `type ${id}` });
  const wanted = Array.from({ length: 1_200 }, (_, index) => String(index + 1));
  const look = await world.inShop(shop, (scope) => catalogueOf(scope, wanted));
  expect([look('1')?.type, look('3')?.type, look('4')]).toEqual(['type 1', 'type 3', undefined]);
});
