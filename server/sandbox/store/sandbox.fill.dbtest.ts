import { expect, test } from 'vitest';
import { shopifyCommerce } from '../../commerce/shopify/reading/shopify.commerce.ts';
import { testWorld } from '../../db/testing.ts';
import { balanceOf } from '../../points/balance.usecases.ts';
import { shopByName } from '../../shops/shops.usecases.ts';
import { shopifyWords } from '../shopify/sandbox.shopify.ts';
import { installStore } from './install.ts';
import { fillPast } from './sandbox.fill.ts';
import { SANDBOX_DOMAIN } from './sandbox.own.ts';
import { pastBegins, pastOf } from './sandbox.past.ts';

test('the past becomes orders, members and points; what was before the program earns nothing; twice adds nothing', async () => {
  const world = await testWorld();
  const now = world.clock.now();
  const whole = pastOf(now);
  const guest = whole.orders.find(({ customer }) => customer?.platformId === null);
  const past = { ...whole, orders: [...whole.orders.slice(0, 60), ...whole.orders.slice(-60)] };
  const shopId = await installStore(world, now);
  const fill = () => fillPast(world, shopId, shopifyWords(shopifyCommerce, past, pastBegins(now)), now);
  await fill();
  const shop = await shopByName(world, SANDBOX_DOMAIN);
  const pointsOf = async (email: string) => (await balanceOf(world, shop, email)).lifetimeEarned;
  const all = async () => {
    const emails = [...new Set(past.orders.map(({ customer }) => customer?.email ?? ''))];
    return Promise.all(emails.map(async (email) => [email, await pointsOf(email)] as const));
  };
  const points = await all();
  const wanted = (email: string) =>
    past.orders
      .filter(({ customer, placedAt }) => customer?.email === email && placedAt >= shop.programStart)
      .reduce((sum, { lines, refunds }) => {
        const goods = lines.reduce((total, { unitPrice, quantity }) => total + unitPrice * quantity, 0);
        const back = refunds.reduce(
          (total, refund) => total + refund.lines.reduce((n, { amount }) => n + amount, 0),
          0,
        );
        return sum + Math.floor((goods - back) / 100);
      }, 0);
  expect(points).toEqual(points.map(([email]) => [email, wanted(email)]));
  expect(points.filter(([, earned]) => earned > 0).length).toBeGreaterThan(40);
  expect(points.filter(([, earned]) => earned === 0).length).toBeGreaterThan(30);
  expect(guest?.customer?.email).toMatch(/@example\.test$/);
  await fill();
  expect(await all()).toEqual(points);
  await world.close();
});
