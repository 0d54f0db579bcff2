import { afterEach, beforeEach, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { finishDelivery, insertDelivery } from '../inbox/inbox.repository.ts';
import { dropBodies } from '../inbox/retention.usecases.ts';
import { settleDue } from '../points/due.usecases.ts';
import { putAccount } from '../points/points.repository.ts';
import { eraseShops } from '../privacy/erase.usecases.ts';
import { markErased } from '../shops/shops.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

/** How often others had their turn while work went on: the web server of the same process is such another. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let watching = true;
  const watch = (): void => {
    turns += 1;
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  watching = false;
  return turns;
}

const applied = (count: number) =>
  world.inShop(shop, async ({ tx }) => {
    for (let number = 0; number < count; number += 1) {
      const id = world.ids.next();
      const about = { topic: 'products/update', body: Buffer.from('{}'), triggeredAt: 0, receivedAt: 0 };
      await insertDelivery(tx, { shopId: shop, id, deliveryId: id, ...about });
      const end = { state: 'applied' as const, attempts: 1, dueAt: 0, appliedAt: 0 };
      await finishDelivery(tx, shop, id, { ...end, errorCode: null, reason: null, customerId: null });
    }
  });

test('dropping a month of bodies keeps nobody waiting', async () => {
  await applied(1_000);
  expect(await turnsDuring(() => dropBodies(world, world.clock.now()))).toBeGreaterThan(3);
});

test('erasing a shop keeps nobody waiting', async () => {
  await applied(1_000);
  await world.inShop(shop, markErased);
  expect(await turnsDuring(() => eraseShops(world))).toBeGreaterThan(3);
});

test('a day on which many points come due keeps nobody waiting', async () => {
  const now = world.clock.now();
  await world.inShop(shop, async (scope) => {
    const none = {
      pending: 0,
      available: 0,
      reserved: 0,
      lifetimeEarned: 0,
      spends: 0,
      spentAt: null,
      reachedAt: null,
      seq: 0,
      hash: '',
    };
    for (let number = 0; number < 300; number += 1)
      await putAccount(scope, { shopId: shop, customerId: `c${number}`, dueAt: now, ...none }, false);
  });
  expect(await turnsDuring(() => settleDue(world, shop, now))).toBeGreaterThan(3);
});
