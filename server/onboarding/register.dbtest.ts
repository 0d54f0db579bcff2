import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { shopsList } from '../shops/shops.usecases.ts';

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

test('shops that are registered at the same time all have numbers of their own', async () => {
  const domains = Array.from({ length: 6 }, (_, index) => `shop-${index}.example.test`);
  const ids = await Promise.all(domains.map((domain) => testShop(world, { domain })));
  expect([...ids].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  for (const id of ids) expect(await rowsOf(world, id, 'program_versions')).toHaveLength(1);
});

test('of several that register one shop at the same time one does, and the others are told', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => testShop(world)));
  const [made, refused] = ['fulfilled', 'rejected'].map((status) => outcomes.filter((one) => one.status === status));
  expect(made).toHaveLength(1);
  for (const outcome of refused ?? []) expect(outcome).toMatchObject({ reason: { code: 'shops.exists', status: 409 } });
  expect(await shopsList(world)).toHaveLength(1);
});
