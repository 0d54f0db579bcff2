import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { customersByContact } from '../customers/customers.usecases.ts';
import { rowsOf as rows } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { adjustPoints } from './adjust.usecases.ts';
import { lotsShown } from './held.usecases.ts';
import { ledgerLines } from './lines.usecases.ts';
import { DAY, program, START, spendRule } from './points.fixtures.ts';
import { reverseAdjustment } from './reverse.usecases.ts';
import { redeemPoints, releasePoints, reservePoints } from './spend.usecases.ts';
import { balance, deliver, faultsOf, newShop, orderState, person, version } from './world.fixtures.ts';

let world: World;
let shopId: number;
let customerId: string;

/** Account 101 has bought for 100.00 and has 100 points, for twelve months. */
async function begin(clawback: 'debt' | 'absorb' = 'debt') {
  shopId = await newShop(world, { rules: program([spendRule({ expiryMonths: 12 })], clawback) });
  customerId = await world.inShop(shopId, async (scope) => {
    await deliver(scope, { kind: 'order', order: orderState() });
    return (await customersByContact(scope, { platformId: '101', email: null, phone: null }))[0] ?? '';
  });
}
beforeEach(async () => {
  world = await testWorld(START);
  await begin();
});
afterEach(async () => {
  expect(await faultsOf(world, shopId)).toEqual([]);
  await world.close();
});

const adjust = (points: number) =>
  world.inShop(shopId, (scope) => adjustPoints(scope, { customerId, points, reason: 'a broken cup', actor: 'key:1' }));
const reverse = (adjustment: string, of = customerId, shop = shopId) =>
  world.inShop(shop, (scope) => reverseAdjustment(scope, { customerId: of, adjustment, actor: 'user:2' }));
const spend = async (id: string, amount: number) => {
  await world.inShop(shopId, (scope) => reservePoints(scope, { id, customerId, amount }));
  await world.inShop(shopId, (scope) => redeemPoints(scope, id));
};
const available = async () => (await balance(world, shopId)).available;
const lines = () => ledgerLines(world, shopId, customerId, null, 100);

describe('undoing what was done by hand', () => {
  test('takes given points back by a transaction of its own, with who did it', async () => {
    const { id } = await adjust(50);
    const made = await reverse(id);
    expect(made).toMatchObject({ points: -50, account: { available: 100, lifetimeEarned: 100 } });
    expect(await lines()).toMatchObject([
      { kind: 'adjust', available: -50, reason: null, adjustmentId: null, reversedBy: null, reverses: id },
      { kind: 'adjust', available: 50, reason: 'a broken cup', adjustmentId: id, reversedBy: made.id, reverses: null },
      { kind: 'earn', adjustmentId: null, reversedBy: null, reverses: null },
    ]);
    const audit = (await rows(world, shopId, 'audit_log')).find((row) => row.id === made.id);
    expect(audit).toMatchObject({
      actor: 'user:2',
      action: 'points.reverse',
      target: customerId,
      before: { available: 150 },
      after: { available: 100, adjustment: id },
    });
  });

  test('puts points back that were taken off, in the lots they came from', async () => {
    const { id } = await adjust(-30);
    world.clock.advance(DAY);
    expect(await reverse(id)).toMatchObject({ points: 30, account: { available: 100, reserved: 0 } });
    const { lots } = await lotsShown(world, shopId, customerId, new Map());
    expect(lots).toMatchObject([{ from: 'order', granted: 100, available: 100, spent: 0 }]);
  });

  test('gives points back to an expired lot for 30 days', async () => {
    const { id } = await adjust(-30);
    world.clock.advance(400 * DAY);
    expect(await reverse(id)).toMatchObject({ account: { available: 30 } });
    world.clock.advance(30 * DAY);
    await adjust(1);
    expect(await available()).toBe(1);
  });

  test.each([50, -50])(
    'of %d happens once, however often it is asked for, and however close together',
    async (points) => {
      const { id } = await adjust(points);
      const [first, second] = await Promise.all([reverse(id), reverse(id)]);
      expect(second?.id).toBe(first?.id);
      const third = await reverse(id);
      expect(third).toMatchObject({ id: first?.id, points: -points });
      expect(await available()).toBe(100);
      expect((await rows(world, shopId, 'audit_log')).filter(({ action }) => action === 'points.reverse')).toHaveLength(
        1,
      );
    },
  );

  test('of points that were spent meanwhile leaves a debt, which the next points pay', async () => {
    const { id } = await adjust(50);
    await spend('r1', 140);
    expect(await reverse(id)).toMatchObject({ points: -50, account: { available: -40 } });
    const { lots } = await lotsShown(world, shopId, customerId, new Map());
    expect(lots[0]).toMatchObject({ from: 'other', available: -40, earnedAt: null });
    await adjust(60);
    expect(await available()).toBe(20);
  });

  test('of points that were spent meanwhile is borne by the merchant where the rules say so', async () => {
    await begin('absorb');
    const { id } = await adjust(50);
    await spend('r1', 140);
    expect(await reverse(id)).toMatchObject({ points: -50, account: { available: 0 } });
    const { lots } = await lotsShown(world, shopId, customerId, new Map());
    expect(lots).toMatchObject([{ from: 'order', granted: 100, spent: 100 }]);
  });

  test('stands beside spends that are given back later', async () => {
    const given = await adjust(50);
    const taken = await adjust(-20);
    await spend('r1', 120);
    await reverse(given.id);
    await reverse(taken.id);
    expect(await available()).toBe(-20);
    await world.inShop(shopId, (scope) => releasePoints(scope, 'r1'));
    expect(await available()).toBe(100);
  });

  test('follows a customer who was merged away', async () => {
    const { id } = await adjust(50);
    const before = customerId;
    await world.inShop(shopId, async (scope) => {
      const account = person({ platformId: '202', email: 'b@example.test' });
      await deliver(scope, { kind: 'account', account, version: version(START) });
      await deliver(scope, { kind: 'merge', kept: '202', gone: '101' });
      customerId = (await customersByContact(scope, { platformId: '202', email: null, phone: null }))[0] ?? '';
    });
    await expect(reverse(id, before)).rejects.toMatchObject({ code: 'points.unknown_adjustment' });
    expect(await reverse(id)).toMatchObject({ points: -50, account: { customerId, available: 100 } });
    expect(await reverse(id)).toMatchObject({ points: -50 });
  });

  test('knows no adjustment of somebody else, of another shop, or of another kind', async () => {
    const { id } = await adjust(50);
    const { id: taken } = await adjust(-5);
    await spend('r1', 10);
    const { id: undone } = await reverse(id);
    const elsewhere = await testShop(world, { domain: 'elsewhere.example.test' });
    for (const one of [id, taken]) {
      await expect(reverse(one, 'somebody')).rejects.toMatchObject({ code: 'points.unknown_adjustment', status: 404 });
      await expect(reverse(one, customerId, elsewhere)).rejects.toMatchObject({ status: 404 });
    }
    for (const none of ['r1', undone, 'nothing']) await expect(reverse(none)).rejects.toMatchObject({ status: 404 });
  });
});
