import { afterEach, beforeEach, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import { DAY, HOUR, program, START, spendRule } from '../points/points.fixtures.ts';
import { OPEN_ORDERS } from '../points/running.rules.ts';
import { reservePoints } from '../points/spend.usecases.ts';
import { setProgram, version } from '../points/world.fixtures.ts';
import { recordProduct } from '../products/products.usecases.ts';
import { account, order, tiered, tierWorld } from './world.fixtures.ts';

let made: Awaited<ReturnType<typeof tierWorld>>;
let world: World;
const usual = { ...OPEN_ORDERS };
// Something is kept from the third order on.
beforeEach(() => void Object.assign(OPEN_ORDERS, { least: 1, most: 2 }));
afterEach(async () => {
  Object.assign(OPEN_ORDERS, usual);
  await world.close();
});

/** A shop where account 101 has bought so often, a day apart, for so many dollars each. */
async function bought(rules: Parameters<typeof tierWorld>[0], times: number, dollars: number) {
  made = await tierWorld(rules);
  world = made.world;
  for (let n = 0; n < times; n += 1) await buy(`1${n}`, dollars, START + n * DAY);
}

const buy = (id: string, dollars: number, at: number, who = '101') => {
  world.clock.set(Math.max(world.clock.now(), at));
  return made.say(order(id, dollars, { at, by: { platformId: who, email: `${who}@example.test` } }));
};
const kept = async () =>
  (await rowsOf(world, made.shopId, 'points_running')).length + (await rowsOf(world, made.shopId, 'tier_sums')).length;

const capped = (lifetime: number, more: object[] = []) => [spendRule({ caps: { lifetime } }), ...more];

test('orders of a customer who turned out to be the same count from the merge on, also further back than what is kept', async () => {
  await bought(tiered({}, [spendRule()]), 0, 0);
  for (let n = 0; n < 3; n += 1) await buy(`2${n}`, 90, START + n * HOUR, '102');
  for (let n = 0; n < 3; n += 1) await buy(`1${n}`, 90, START + (n + 1) * DAY);
  expect(await kept()).toBe(2);
  await made.say({ kind: 'merge', kept: '101', gone: '102' });
  expect(await made.has()).toMatchObject({ lifetimeEarned: 540, tier: 'silver' });
  for (let n = 3; n < 6; n += 1) await buy(`1${n}`, 104, START + (n + 1) * DAY);
  // 540 and three times 156, the tier's share in it: gold is from 1,000.
  expect(await made.has()).toMatchObject({ lifetimeEarned: 540 + 3 * 156, tier: 'gold' });
});

test('the bonus for signing up counts behind what is kept', async () => {
  await bought(tiered({}, [spendRule(), { id: 'signup', type: 'signup', points: 60 }]), 3, 70);
  expect(await kept()).toBe(1);
  await made.say(account('101', '101@example.test', START + 2 * DAY + HOUR));
  expect(await made.has()).toMatchObject({ lifetimeEarned: 270, tier: 'bronze' });
  await buy('2', 30, START + 4 * DAY);
  expect(await made.has()).toMatchObject({ lifetimeEarned: 300, tier: 'silver' });
});

test('a word of a product changes what older orders earned where rules look across orders, and tiers with it', async () => {
  const tripled = { id: 'c', type: 'multiplier', percent: 300, only: { collections: ['c'] } };
  await bought(tiered({}, capped(2_000, [tripled])), 3, 40);
  expect(await kept()).toBe(2);
  const fields = { title: 'Tea', type: null, vendor: null, tags: [], state: 'active', createdAt: START };
  const product = { ...fields, platformId: 'p1', collections: ['c'], version: version(START) };
  await world.inShop(made.shopId, (scope) => recordProduct(scope, product));
  expect(await kept()).toBe(0);
  await buy('2', 1, START + 4 * DAY);
  expect(await made.has()).toMatchObject({ lifetimeEarned: 363, tier: 'silver' });
  expect(await kept()).toBe(2);
});

test('a version of the program that was in force already is heard of by all orders placed since', async () => {
  await bought(program(capped(2_000)), 4, 10);
  expect([await kept(), (await made.has()).lifetimeEarned]).toEqual([1, 40]);
  await setProgram(world, made.shopId, program([spendRule({ points: 2, caps: { lifetime: 2_000 } })]), START + DAY);
  await buy('2', 10, START + 5 * DAY);
  expect((await made.has()).lifetimeEarned).toBe(10 + 3 * 20 + 20);
});

test('a late order, a refund of an old one and one that becomes another customer’s are heard of by all behind it', async () => {
  await bought(program(capped(100)), 5, 15);
  expect([await kept(), (await made.has()).lifetimeEarned]).toEqual([1, 75]);
  await buy('late', 60, START - HOUR);
  expect((await made.has()).lifetimeEarned).toBe(100);
  const refund = { platformId: 'r', at: START + 6 * DAY, amount: 3_000, lines: [] };
  await made.say({ kind: 'refund', orderId: 'late', refund });
  expect((await made.has()).lifetimeEarned).toBe(100);
  await made.say({ kind: 'deleted', orderId: 'late', at: START + 7 * DAY });
  expect((await made.has()).lifetimeEarned).toBe(75);
});

test('what a clock ahead of ours has brought forward stays so, for lots that no spend has met, too', async () => {
  await bought(program([spendRule({ holdDays: 2 })]), 1, 100);
  const customerId = String((await rowsOf(world, made.shopId, 'points_lots'))[0]?.customerId);
  world.clock.set(START + 9 * DAY);
  await world.inShop(made.shopId, (scope) => reservePoints(scope, { id: 's', customerId, amount: 10 }));
  await buy('2', 50, START + 9 * DAY);
  world.clock.set(START + 12 * DAY);
  // Something is posted, so that it is known how far the points have got.
  await buy('3', 1, START + 12 * DAY);
  world.clock.set(START + 10 * DAY);
  await made.say(order('4', 7, { at: START + 9 * DAY - HOUR }));
  const lots = await rowsOf(world, made.shopId, 'points_lots');
  expect(lots.find(({ granted }) => granted === 7)).toMatchObject({ available: 7, pending: 0 });
});
