import { afterEach, beforeEach, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { foldShop } from './fold.usecases.ts';
import { shopStandards } from './standards.usecases.ts';

let world: World;
let shopId: number;
beforeEach(async () => {
  world = await testWorld();
  shopId = await testShop(world);
});
afterEach(() => world.close());

const order = (id: number, day: string): [string, unknown] => [
  'orders/create',
  orderBody({ id, name: `#${id}`, created_at: `${day}T10:00:00Z` }),
];
async function standards(of = shopId) {
  await foldShop(world, of, world.clock.now());
  return shopStandards(world, await world.inShop(of, async ({ shop }) => shop));
}

test('the standards of a shop follow its orders and its days, and are its own', async () => {
  expect(await standards()).toMatchObject({ customers: 0, silence: { atRisk: 90, lost: 365 } });
  await deliver(world, shopId, order(1, '2025-03-01'));
  const first = await standards();
  expect(first).toMatchObject({ customers: 1, orders: [1, 1, 1, 1], revenue: [10_000, 10_000, 10_000, 10_000] });
  // Nothing was written since: the same answer again.
  expect(await standards()).toBe(first);
  await deliver(world, shopId, order(2, '2025-03-11'));
  expect(await standards()).toMatchObject({ orders: [2, 2, 2, 2], silence: { atRisk: 10, lost: 10 } });
  const other = await testShop(world, { domain: 'other.example.test' });
  expect(await standards(other)).toMatchObject({ customers: 0 });
  const known = await standards();
  world.clock.advance(86_400_000);
  expect(await standards()).not.toBe(known);
});
