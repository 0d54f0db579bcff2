import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { customersByContact } from '../customers/customers.usecases.ts';
import { testWorld, type World } from '../db/testing.ts';
import { settleDue } from './due.usecases.ts';
import { DAY, program, START, spendRule } from './points.fixtures.ts';
import { pointsSpends, pointsTransactions } from './points.tables.ts';
import { redeemPoints, releasePoints, reservePoints } from './spend.usecases.ts';
import { balance, deliver, faultsOf, newShop, orderState, rowsOf, setProgram } from './world.fixtures.ts';

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

const reserve = (id: string, amount: number, of = customerId) =>
  world.inShop(shopId, (scope) => reservePoints(scope, { id, customerId: of, amount }));
const redeem = (id: string) => world.inShop(shopId, (scope) => redeemPoints(scope, id));
const release = (id: string) => world.inShop(shopId, (scope) => releasePoints(scope, id));
const posted = async () => (await rowsOf(world, shopId, pointsTransactions)).map(({ kind }) => kind);
const refund = (amount: number) =>
  world.inShop(shopId, (scope) =>
    deliver(scope, {
      kind: 'refund',
      orderId: '1',
      refund: { platformId: `r${amount}`, at: START, amount, lines: [] },
    }),
  );

describe('setting points aside', () => {
  test('moves them from available to reserved', async () => {
    expect(await reserve('r1', 30)).toMatchObject({ available: 70, reserved: 30, spends: 1, lifetimeEarned: 100 });
    expect(await posted()).toEqual(['earn', 'reserve']);
  });

  test('takes the last point, and not one more', async () => {
    await reserve('r1', 99);
    await expect(reserve('r2', 2)).rejects.toMatchObject({
      code: 'points.not_enough',
      status: 409,
      details: { wanted: 2, available: 1 },
    });
    expect(await reserve('r3', 1)).toMatchObject({ available: 0, reserved: 100 });
    expect(await rowsOf(world, shopId, pointsSpends)).toHaveLength(2);
  });

  test('of two at once that the balance does not cover, one gets them', async () => {
    const results = await Promise.allSettled([reserve('r1', 60), reserve('r2', 60)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { reason } = results.find((one) => one.status === 'rejected') ?? { reason: null };
    expect(reason).toMatchObject({ code: 'points.not_enough' });
    expect(await balance(world, shopId)).toMatchObject({
      available: 40,
      reserved: 60,
    });
  });

  test.each([0, -1, 1.5, Number.NaN, 1_000_000_001])('of %d points is refused', async (amount) => {
    await expect(reserve('r1', amount)).rejects.toMatchObject({ code: 'points.amount', status: 400 });
  });

  test('for somebody without points is refused', async () => {
    await expect(reserve('r1', 1, 'nobody')).rejects.toMatchObject({ details: { available: 0 } });
    expect(await rowsOf(world, shopId, pointsSpends)).toEqual([]);
  });

  test('is refused while the balance is below zero, and the message does not say so', async () => {
    await reserve('r1', 100);
    await redeem('r1');
    await refund(5000);
    await expect(reserve('r2', 1)).rejects.toMatchObject({ details: { available: 0 } });
  });

  test('sees what has matured by now, and not what is still held, whether the sweep has run or not', async () => {
    await setProgram(world, shopId, program([spendRule({ holdDays: 2 })]), START + DAY);
    world.clock.set(START + DAY);
    const held = orderState({ platformId: '2', at: START + DAY });
    await world.inShop(shopId, (scope) => deliver(scope, { kind: 'order', order: held }));
    await expect(reserve('r1', 101)).rejects.toMatchObject({ code: 'points.not_enough' });
    world.clock.set(START + 3 * DAY);
    expect(await reserve('r1', 101)).toMatchObject({ available: 99, pending: 0, reserved: 101 });
  });

  test('does not see what has expired by now', async () => {
    await setProgram(world, shopId, program([spendRule({ expiryMonths: 1 })]), START + 1);
    const brief = orderState({ platformId: '2', at: START + 1 });
    await world.inShop(shopId, (scope) => deliver(scope, { kind: 'order', order: brief }));
    world.clock.set(START + 40 * DAY);
    await expect(reserve('r1', 101)).rejects.toMatchObject({ details: { available: 100 } });
  });
});

describe('the same again', () => {
  test('posts nothing when all is the same', async () => {
    const first = await reserve('r1', 30);
    expect(await reserve('r1', 30)).toEqual(first);
    await redeem('r1');
    await redeem('r1');
    await reserve('r1', 30);
    expect(await posted()).toEqual(['earn', 'reserve', 'redeem']);
    expect(await release('r1')).toEqual(await release('r1'));
    expect(await posted()).toEqual(['earn', 'reserve', 'redeem', 'release']);
  });

  test('under the same key for something else is refused', async () => {
    await reserve('r1', 30);
    await expect(reserve('r1', 31)).rejects.toMatchObject({ code: 'ledger.key_reused', status: 409 });
    await expect(reserve('r1', 30, 'another')).rejects.toMatchObject({ code: 'ledger.key_reused' });
  });

  test('at the same time is done once', async () => {
    const [first, second] = await Promise.all([reserve('r1', 60), reserve('r1', 60)]);
    expect(first).toEqual(second);
    expect(await posted()).toEqual(['earn', 'reserve']);
  });

  test('a spend that is over cannot become something else, and an unknown one nothing', async () => {
    await reserve('r1', 30);
    await release('r1');
    await expect(redeem('r1')).rejects.toMatchObject({ code: 'points.spend_settled' });
    await expect(redeem('r2')).rejects.toMatchObject({ code: 'points.unknown_spend', status: 404 });
    await expect(release('r2')).rejects.toMatchObject({ code: 'points.unknown_spend' });
  });
});

describe('what was set aside', () => {
  test('is spent when the reward is there', async () => {
    await reserve('r1', 30);
    expect(await redeem('r1')).toMatchObject({ available: 70, reserved: 0, lifetimeEarned: 100 });
  });

  test('goes back when the reward could not be made', async () => {
    await reserve('r1', 30);
    expect(await release('r1')).toMatchObject({ available: 100, reserved: 0, lifetimeEarned: 100 });
  });

  test('goes back when the reward was used and its order refunded', async () => {
    await reserve('r1', 30);
    await redeem('r1');
    expect(await release('r1')).toMatchObject({ available: 100, reserved: 0 });
  });

  test('stays what it is when the order that gave it is refunded: the balance goes below zero', async () => {
    await reserve('r1', 80);
    await refund(10_000);
    expect(await redeem('r1')).toMatchObject({ available: -80, reserved: 0, lifetimeEarned: 0 });
  });

  test('pays the debt first when it comes back', async () => {
    await reserve('r1', 40);
    await reserve('r2', 50);
    await refund(5000);
    expect(await redeem('r2')).toMatchObject({ available: -40, reserved: 40 });
    expect(await release('r1')).toMatchObject({ available: 0, reserved: 0 });
  });
});

describe('a clock that runs behind', () => {
  test('does not make a debt of a reward that was paid for', async () => {
    await setProgram(world, shopId, program([spendRule({ holdDays: 1 })]), START + DAY);
    const held = orderState({ platformId: '2', at: START + DAY });
    await world.inShop(shopId, (scope) => deliver(scope, { kind: 'order', order: held }));
    await settleDue(world, shopId, START + 2 * DAY);
    world.clock.set(START + 2 * DAY - 5000);
    expect(await reserve('r1', 200)).toMatchObject({ available: 0, pending: 0, reserved: 200 });
  });

  test('gives back what was taken by a clock ahead', async () => {
    world.clock.set(START + 5000);
    await reserve('r1', 100);
    world.clock.set(START);
    expect(await release('r1')).toMatchObject({ available: 100, reserved: 0 });
    world.clock.set(START + 9000);
    expect(await reserve('r2', 100)).toMatchObject({ available: 0, reserved: 100 });
  });
});

test('a change of what the program bears leaves the debts of before, whenever the clawback comes', async () => {
  await reserve('r1', 80);
  await setProgram(world, shopId, program([spendRule()], 'absorb'), START + DAY);
  world.clock.set(START + 2 * DAY);
  await refund(10_000);
  expect(await redeem('r1')).toMatchObject({ available: -80, reserved: 0, lifetimeEarned: 0 });
});

test('a program that bears what clawbacks cannot reach leaves the balance at zero, and later points to the customer', async () => {
  await setProgram(world, shopId, program([spendRule()], 'absorb'), START + DAY);
  world.clock.set(START + 2 * DAY);
  await reserve('r1', 80);
  await redeem('r1');
  await refund(10_000);
  world.clock.set(START + 3 * DAY);
  const later = orderState({ platformId: '2', at: START + 3 * DAY });
  await world.inShop(shopId, (scope) => deliver(scope, { kind: 'order', order: later }));
  expect(await balance(world, shopId)).toMatchObject({
    available: 100,
    reserved: 0,
    lifetimeEarned: 100,
  });
});
