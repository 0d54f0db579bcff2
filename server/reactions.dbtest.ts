import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { carts } from './carts/carts.tables.ts';
import { testShop, testWorld, type World } from './db/testing.ts';
import { drainDepsOf, orderBody, store } from './inbox/deliveries.fixtures.ts';
import { drainInbox } from './inbox/drain.usecases.ts';
import { insightDirty } from './insights/insights.tables.ts';
import { pointsAccounts } from './points/points.tables.ts';
import { customerTiers } from './program/program.tables.ts';
import { reactions } from './reactions.ts';
import type { Reactions, Scope } from './shops/scope.ts';
import { setTiers } from './tiers/review.usecases.ts';
import { tiers } from './tiers/tiers.fixtures.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

/** What an order has led to so far, inside its own transaction. */
async function reached({ tx }: Scope) {
  const [noted] = await tx.select().from(insightDirty).where(eq(insightDirty.shopId, shop));
  const [account] = await tx.select().from(pointsAccounts).where(eq(pointsAccounts.shopId, shop));
  const [tier] = await tx.select().from(customerTiers).where(eq(customerTiers.shopId, shop));
  const [cart] = await tx.select().from(carts).where(eq(carts.shopId, shop));
  return {
    numbers: noted !== undefined,
    points: account?.lifetimeEarned ?? 0,
    tier: tier?.tier ?? null,
    cart: (cart?.completedAt ?? null) !== null,
  };
}

test('an order leads to numbers, points, tiers and the end of its cart, in this order and one after the other', async () => {
  await setTiers(world, shop, { tiers: tiers(), actor: 'user:1' });
  const seen: unknown[] = [];
  const watched: Reactions = {
    ...reactions,
    'order-changed': reactions['order-changed'].map((reaction) => async (scope: Scope, fact) => {
      await reaction(scope, fact);
      seen.push(await reached(scope));
    }),
  };
  const order = orderBody({
    total_price: '400.00',
    line_items: [{ id: 11, product_id: 900, title: 'Tea', quantity: 4, price: '100.00' }],
    checkout_token: 'token-1',
  });
  await store(world, shop, [['orders/create', order]]);
  await drainInbox({ ...drainDepsOf(world), reactions: watched }, shop);
  const nothing = { numbers: false, points: 0, tier: null, cart: false };
  expect(seen).toEqual([
    { ...nothing, numbers: true },
    { ...nothing, numbers: true, points: 400 },
    { numbers: true, points: 400, tier: 'silver', cart: false },
    { numbers: true, points: 400, tier: 'silver', cart: true },
  ]);
});
