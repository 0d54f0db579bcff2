import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeOrder, SECRET, SHOP, signedHeaders, webhookId } from '../../bench/orders.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { backlog } from '../inbox/backlog.usecases.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { heldOf } from './crash.repository.ts';
import { type CrashDelivery, crashFaults, crashRounds, settle } from './crash.ts';

const ROUNDS = 3;

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const delivery = (number: number): CrashDelivery => {
  const order = makeOrder(number, 20);
  const deliveryId = webhookId(1, number);
  const { platformId, customerId, points, body } = order;
  return { deliveryId, orderId: platformId, customerId, points, body, headers: signedHeaders(order, deliveryId) };
};

it('loses and doubles nothing that was answered 200 when the app is killed again and again', {
  timeout: 90_000,
}, async () => {
  const shop = await testShop(world, { domain: SHOP, timeZone: 'America/New_York' });
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: world.url,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    SHOPIFY_API_KEY: 'test',
    SHOPIFY_API_SECRET: SECRET,
    LOG_LEVEL: 'silent',
  };
  const sent = await crashRounds({ env, rounds: ROUNDS, seed: 7, delivery, lifeMs: 500 });
  expect(sent.answered.size).toBeGreaterThan(10);
  const waiting = async () => (await backlog(world)).oldest.reduce((sum, { count }) => sum + count, 0);
  await settle(env, waiting, 30_000);
  const held = { ...(await heldOf(world.db.read, shop)), ledger: await verifyLedger(world, shop) };
  expect(crashFaults(held, sent, delivery)).toEqual([]);
  // The check itself can fail: a delivery that never came, and one customer's points.
  const [first] = sent.answered;
  const { deliveryId, customerId } = delivery(first ?? 0);
  const damaged = {
    ...held,
    inbox: held.inbox.filter((row) => row.deliveryId !== deliveryId),
    balances: new Map(held.balances),
  };
  damaged.balances.delete(customerId);
  expect(crashFaults(damaged, sent, delivery)).toContain(`${deliveryId} was answered 200 and is lost`);
});
