import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { customersByContact } from '../customers/customers.usecases.ts';
import { testWorld, type World } from '../db/testing.ts';
import { settleDue } from './due.usecases.ts';
import { DAY, HOUR, program, START, spendRule } from './points.fixtures.ts';
import { pointsAccounts, pointsLots, pointsPostings, pointsTransactions } from './points.tables.ts';
import { redeemPoints, releasePoints, reservePoints } from './spend.usecases.ts';
import {
  balance,
  deliver,
  faultsOf,
  newShop,
  orderState,
  person,
  rowsOf,
  setProgram,
  version,
  type Word,
} from './world.fixtures.ts';

let world: World;
let shopId: number;
const ids: Record<string, string> = {};

/** Accounts 101 and 102 have each bought for 100.00; points are held for a day and end after three months. */
beforeEach(async () => {
  world = await testWorld(START);
  shopId = await newShop(world, { rules: program([spendRule({ holdDays: 1, expiryMonths: 3 })]) });
  await say(bought('101', '1'), bought('102', '2', START + HOUR));
  for (const name of ['101', '102']) {
    ids[name] = await world.inShop(shopId, async (scope) => {
      const [id] = await customersByContact(scope, { platformId: name, email: null, phone: null });
      return id ?? '';
    });
  }
  await settleDue(world, shopId, START + 2 * DAY);
  world.clock.set(START + 2 * DAY);
});
afterEach(async () => {
  expect(await faultsOf(world, shopId)).toEqual([]);
  await world.close();
});

const say = async (...words: Word[]) => {
  for (const word of words) await world.inShop(shopId, (scope) => deliver(scope, word));
};
const bought = (name: string, platformId: string, at = START): Word => ({
  kind: 'order',
  order: orderState({ platformId, at, by: { platformId: name } }),
});
const reserve = (id: string, name: string, amount: number) =>
  world.inShop(shopId, (scope) => reservePoints(scope, { id, customerId: ids[name] ?? '', amount }));
const refund = (orderId: string): Word => ({
  kind: 'refund',
  orderId,
  refund: { platformId: `of-${orderId}`, at: START + HOUR, amount: 10_000, lines: [] },
});
const merge: Word = { kind: 'merge', kept: '101', gone: '102' };
const has = () => balance(world, shopId);
const lots = async () => (await rowsOf(world, shopId, pointsLots)).filter(({ rule }) => rule === 'spend');

describe('when two accounts become one', () => {
  test('points go over lot by lot with their dates, by a transaction in each chain', async () => {
    const before = await lots();
    await say(merge);
    expect(await has()).toMatchObject({ available: 200, lifetimeEarned: 200 });
    expect(await lots()).toEqual(before.map((row) => ({ ...row, customerId: ids['101'] })));
    const rows = (await rowsOf(world, shopId, pointsTransactions)).filter(({ kind }) => kind.startsWith('transfer'));
    expect(rows.map(({ customerId, kind, reference }) => [customerId, kind, reference]).sort()).toEqual([
      [ids['101'], 'transfer-in', ids['102']],
      [ids['102'], 'transfer-out', ids['101']],
    ]);
    const lines = (await rowsOf(world, shopId, pointsPostings)).filter(({ account }) => account === 'transferred');
    expect(lines.map(({ amount }) => amount).sort()).toEqual([-100, 100]);
  });

  test('nothing is left of the one who is gone but a chain', async () => {
    await say(merge);
    const gone = (await rowsOf(world, shopId, pointsAccounts)).find(({ customerId }) => customerId === ids['102']);
    expect(gone).toMatchObject({ pending: 0, available: 0, reserved: 0, lifetimeEarned: 0, spends: 0, dueAt: null });
    expect(gone?.seq).toBeGreaterThan(1);
  });

  test('it is done once', async () => {
    await say(merge);
    const count = (await rowsOf(world, shopId, pointsTransactions)).length;
    await say(merge, merge);
    expect(await rowsOf(world, shopId, pointsTransactions)).toHaveLength(count);
  });

  test('points still held, and points that ended, go over as they are', async () => {
    world.clock.set(START + 80 * DAY);
    await say(bought('102', '3', START + 80 * DAY));
    world.clock.set(START + 80 * DAY + HOUR);
    await say(merge);
    expect(await has()).toMatchObject({ pending: 100, available: 200, lifetimeEarned: 300 });
    await settleDue(world, shopId, START + 100 * DAY);
    expect(await has()).toMatchObject({ pending: 0, available: 100, lifetimeEarned: 300 });
  });

  test('a reward that is being made goes over, and is paid or given back there', async () => {
    await reserve('r1', '102', 80);
    await reserve('r2', '102', 20);
    await say(merge);
    expect(await has()).toMatchObject({ available: 100, reserved: 100 });
    await world.inShop(shopId, (scope) => redeemPoints(scope, 'r1'));
    expect(await has()).toMatchObject({ available: 100, reserved: 20 });
    await world.inShop(shopId, (scope) => releasePoints(scope, 'r2'));
    expect(await has()).toMatchObject({ available: 120, reserved: 0 });
  });

  test('a debt is paid by the other’s points', async () => {
    await reserve('r1', '102', 80);
    await say(refund('2'));
    expect(await balance(world, shopId, '102')).toMatchObject({ available: -80, lifetimeEarned: 0 });
    await say(merge);
    expect(await has()).toMatchObject({ available: 20, reserved: 80, lifetimeEarned: 100 });
  });

  test('an order of the one who is gone goes on following its own refunds', async () => {
    await say(merge, refund('2'));
    expect(await has()).toMatchObject({ available: 100, lifetimeEarned: 100 });
    await say(bought('102', '4', START + DAY));
    expect(await has()).toMatchObject({ available: 200, lifetimeEarned: 200 });
  });

  test('caps and n-th purchases see one history', async () => {
    await setProgram(world, shopId, program([{ id: 'third', type: 'nth', n: 3, points: 40 }]), START + DAY);
    await say(bought('101', '3', START + 2 * DAY));
    expect(await has()).toMatchObject({ available: 100 });
    await say(merge);
    expect(await has()).toMatchObject({ available: 240, lifetimeEarned: 240 });
  });

  test('once more into a third, everything follows', async () => {
    await reserve('r1', '102', 30);
    await say(merge, { kind: 'merge', kept: '103', gone: '101' });
    expect(await balance(world, shopId, '103')).toMatchObject({ available: 170, reserved: 30, lifetimeEarned: 200 });
    expect(await balance(world, shopId, '102')).toEqual(await balance(world, shopId, '103'));
  });
});

test('an order that goes from one to the other and back leaves both as they were', async () => {
  await reserve('r1', '101', 50);
  const at = (hours: number, name: string): Word => ({
    kind: 'order',
    order: orderState({ by: { platformId: name }, version: version(START + hours * HOUR) }),
  });
  await say(at(1, '102'));
  expect(await has()).toMatchObject({ available: -50, reserved: 50, lifetimeEarned: 0 });
  expect(await balance(world, shopId, '102')).toMatchObject({ available: 200, lifetimeEarned: 200 });
  await say(at(2, '101'));
  expect(await has()).toMatchObject({ available: 50, reserved: 50, lifetimeEarned: 100 });
  expect(await balance(world, shopId, '102')).toMatchObject({ available: 100, lifetimeEarned: 100 });
});

describe('the sign-up bonus of two accounts that become one', () => {
  const account = (platformId: string): Word => ({
    kind: 'account',
    account: person({ platformId, registeredAt: START + DAY }),
    version: version(START + DAY),
  });
  beforeEach(() => setProgram(world, shopId, program([{ id: 'signup', type: 'signup', points: 50 }]), START + DAY));

  test.each([
    ['before', [account('101'), account('102'), merge]],
    ['after', [merge, account('102'), account('101')]],
    ['in between', [account('102'), merge, account('101')]],
  ])('is one, told of %s the merge', async (_name, words) => {
    await say(...words);
    expect(await has()).toMatchObject({ available: 250, lifetimeEarned: 250 });
    await say(...words);
    expect(await has()).toMatchObject({ available: 250, lifetimeEarned: 250 });
  });
});
