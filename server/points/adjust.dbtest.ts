import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { customersByContact } from '../customers/customers.usecases.ts';
import { rowsOf as rows } from '../db/testing.tables.ts';
import { testWorld, type World } from '../db/testing.ts';
import { adjustPoints } from './adjust.usecases.ts';
import { DAY, program, START, spendRule } from './points.fixtures.ts';
import { pointsTransactions } from './points.tables.ts';
import { redeemPoints, reservePoints } from './spend.usecases.ts';
import { balance, deliver, faultsOf, newShop, orderState, rowsOf } from './world.fixtures.ts';

let world: World;
let shopId: number;
let customerId: string;

/** Account 101 has bought for 100.00 and has 100 points. */
beforeEach(async () => {
  world = await testWorld(START);
  shopId = await newShop(world, { rules: program([spendRule()]) });
  customerId = await world.inShop(shopId, async (scope) => {
    await deliver(scope, { kind: 'order', order: orderState() });
    return (await customersByContact(scope, { platformId: '101', email: null, phone: null }))[0] ?? '';
  });
});
afterEach(async () => {
  expect(await faultsOf(world, shopId)).toEqual([]);
  await world.close();
});

const adjust = (points: number, of = customerId) =>
  world.inShop(shopId, (scope) =>
    adjustPoints(scope, { customerId: of, points, reason: 'a broken cup', actor: 'key:1' }),
  );

describe('points by hand', () => {
  test('are given and not counted as earned, with an audit row that says who and why', async () => {
    const { id, account } = await adjust(50);
    expect(account).toMatchObject({ available: 150, lifetimeEarned: 100 });
    expect(await balance(world, shopId)).toMatchObject({ available: 150, lifetimeEarned: 100 });
    const posted = (await rowsOf(world, shopId, pointsTransactions)).find(({ kind }) => kind === 'adjust');
    expect(posted).toMatchObject({ kind: 'adjust', reference: id, customerId });
    expect(await rows(world, shopId, 'audit_log')).toMatchObject([
      {
        id,
        actor: 'key:1',
        action: 'points.adjust',
        target: customerId,
        reason: 'a broken cup',
        before: { available: 100 },
        after: { available: 150 },
      },
    ]);
  });

  test('are taken off down to the last one, and never below zero', async () => {
    expect((await adjust(-30)).account).toMatchObject({ available: 70, reserved: 0, lifetimeEarned: 100 });
    await expect(adjust(-71)).rejects.toMatchObject({
      code: 'points.not_enough',
      status: 409,
      details: { wanted: 71, available: 70 },
    });
    expect((await adjust(-70)).account).toMatchObject({ available: 0 });
    expect(await rows(world, shopId, 'audit_log')).toHaveLength(2);
  });

  test('can be spent like any others, before and after some were taken off', async () => {
    await adjust(50);
    await world.inShop(shopId, (scope) => reservePoints(scope, { id: 'r1', customerId, amount: 120 }));
    await adjust(-20);
    await world.inShop(shopId, (scope) => redeemPoints(scope, 'r1'));
    world.clock.advance(400 * DAY);
    expect((await adjust(5)).account).toMatchObject({ available: 15, reserved: 0 });
  });

  test('go to a customer who never had any', async () => {
    expect((await adjust(7, 'somebody')).account).toMatchObject({ available: 7, seq: 1 });
    await expect(adjust(-1, 'nobody')).rejects.toMatchObject({ code: 'points.not_enough' });
  });

  test.each([0, 0.5, Number.NaN, 1_000_000_001, -1_000_000_001])('are refused as %d', async (points) => {
    await expect(adjust(points)).rejects.toMatchObject({ code: 'points.amount', status: 400 });
  });

  test('of two at once that the balance does not cover, one is taken', async () => {
    const results = await Promise.allSettled([adjust(-60), adjust(-60)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});
