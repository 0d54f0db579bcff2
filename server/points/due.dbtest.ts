import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testWorld, type World } from '../db/testing.ts';
import { settleDue, shopsDue } from './due.usecases.ts';
import { DAY, program, START, spendRule } from './points.fixtures.ts';
import { pointsAccounts, pointsTransactions } from './points.tables.ts';
import { balance, caches, deliver, faultsOf, newShop, orderState, rowsOf } from './world.fixtures.ts';

let world: World;
let shopId: number;
beforeEach(async () => {
  world = await testWorld(START);
});
afterEach(async () => {
  expect(await faultsOf(world, shopId)).toEqual([]);
  await world.close();
});

/** A shop with a rule, in which account 101 buys for 100.00 at the start. */
async function shopWith(rule: object): Promise<void> {
  shopId = await newShop(world, { rules: program([spendRule(rule)]) });
  await world.inShop(shopId, (scope) => deliver(scope, { kind: 'order', order: orderState() }));
}
const sweep = (at: number) => settleDue(world, shopId, at);
const has = () => balance(world, shopId);
const posted = async () =>
  (await rowsOf(world, shopId, pointsTransactions)).map(({ kind, effectiveAt }) => [kind, (effectiveAt - START) / DAY]);

describe('held points', () => {
  test('mature at their instant, not before it, once', async () => {
    await shopWith({ holdDays: 14 });
    expect(await has()).toMatchObject({ pending: 100, available: 0 });
    expect(await sweep(START + 14 * DAY - 1)).toBe(0);
    expect(await shopsDue(world.db, START + 14 * DAY - 1)).toEqual([]);
    expect(await shopsDue(world.db, START + 14 * DAY)).toEqual([shopId]);
    expect(await sweep(START + 14 * DAY)).toBe(1);
    expect(await has()).toMatchObject({ pending: 0, available: 100, lifetimeEarned: 100 });
    const rows = await caches(world, shopId);
    expect(await sweep(START + 14 * DAY)).toBe(0);
    expect(await sweep(START + 99 * DAY)).toBe(0);
    expect(await caches(world, shopId)).toEqual(rows);
    expect(await posted()).toEqual([
      ['earn', 0],
      ['mature', 14],
    ]);
  });

  test('that outlast their own expiry never expire, and the sweep comes to an end', async () => {
    await shopWith({ holdDays: 45, expiryMonths: 1 });
    expect(await sweep(START + 45 * DAY)).toBe(1);
    expect(await sweep(START + 400 * DAY)).toBe(0);
    expect(await has()).toMatchObject({ available: 100 });
  });
});

describe('points with an end', () => {
  test('expire at their instant, not before it, once', async () => {
    await shopWith({ expiryMonths: 1 });
    expect(await sweep(START + 31 * DAY - 1)).toBe(0);
    expect(await sweep(START + 31 * DAY)).toBe(1);
    expect(await sweep(START + 31 * DAY)).toBe(0);
    expect(await has()).toMatchObject({ pending: 0, available: 0, lifetimeEarned: 100 });
    expect(await posted()).toEqual([
      ['earn', 0],
      ['expire', 31],
    ]);
  });

  test('mature and expire in one go when the sweep was away', async () => {
    await shopWith({ holdDays: 2, expiryMonths: 1 });
    expect(await sweep(START + 90 * DAY)).toBe(1);
    expect(await has()).toMatchObject({ pending: 0, available: 0, lifetimeEarned: 100 });
  });
});

test('a date that was too early is put right instead of coming up for ever', async () => {
  await shopWith({ holdDays: 14 });
  await world.db.transaction((tx) => tx.update(pointsAccounts).set({ dueAt: START }) as Promise<unknown>);
  expect(await sweep(START + DAY)).toBe(1);
  expect((await caches(world, shopId)).accounts[0]).toMatchObject({ dueAt: START + 14 * DAY, pending: 100 });
});

test('only the customers of the shop that are due are touched, however many there are', async () => {
  await shopWith({ holdDays: 1 });
  await world.inShop(shopId, async (scope) => {
    for (let number = 2; number <= 120; number += 1) {
      const order = orderState({ platformId: String(number), by: { platformId: String(1000 + number) } });
      await deliver(scope, { kind: 'order', order });
    }
    const later = orderState({ platformId: '999', at: START + DAY, by: { platformId: '5' } });
    await deliver(scope, { kind: 'order', order: later });
  });
  const other = await newShop(world, { rules: program([spendRule({ holdDays: 1 })]) });
  await world.inShop(other, (scope) => deliver(scope, { kind: 'order', order: orderState() }));
  expect(await sweep(START + DAY)).toBe(120);
  expect(await shopsDue(world.db, START + DAY)).toEqual([other]);
  expect(await sweep(START + 2 * DAY)).toBe(1);
});
