import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Refund } from '../commerce/commerce.types.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { defineProgram } from '../program/program.usecases.ts';
import { settleDue } from './due.usecases.ts';
import { DAY, HOUR, program, START, spendRule } from './points.fixtures.ts';
import { pointsPostings, pointsTransactions } from './points.tables.ts';
import { redeemPoints, reservePoints } from './spend.usecases.ts';
import {
  balance,
  deliver,
  faultsOf,
  newShop,
  orderLine,
  orderState,
  outcome,
  person,
  rowsOf,
  setProgram,
  version,
  type Word,
} from './world.fixtures.ts';

let world: World;
let shopId: number;
beforeEach(async () => {
  world = await testWorld(START);
});
afterEach(async () => {
  expect(await faultsOf(world, shopId)).toEqual([]);
  await world.close();
});

const shopWith = async (...earning: object[]) => {
  shopId = await newShop(world, { rules: program(earning) });
};
const say = async (...words: Word[]) => {
  for (const word of words) await world.inShop(shopId, (scope) => deliver(scope, word));
};
const order = (fields: Parameters<typeof orderState>[0] = {}): Word => ({ kind: 'order', order: orderState(fields) });
const refund = (fields: Partial<Refund> = {}): Word => ({
  kind: 'refund',
  orderId: '1',
  refund: { platformId: 'r1', at: START + HOUR, amount: 5000, lines: [], ...fields },
});
const account = (registeredAt = START): Word => ({
  kind: 'account',
  account: person({ platformId: '101', email: 'a@example.test', registeredAt }),
  version: version(registeredAt),
});
const has = (name = '101') => balance(world, shopId, name);
const posted = async () => (await rowsOf(world, shopId, pointsTransactions)).map(({ kind }) => kind);
const moved = async (kind: string) => {
  const rows = await rowsOf(world, shopId, pointsTransactions);
  const seqs = rows.filter((row) => row.kind === kind).map(({ seq }) => seq);
  const lines = (await rowsOf(world, shopId, pointsPostings)).filter(({ seq }) => seqs.includes(seq));
  return Object.fromEntries(lines.map((row) => [row.account, row.amount]));
};
const spendAll = async (amount: number) => {
  await world.inShop(shopId, async (scope) => {
    const [row] = await rowsOf(world, shopId, pointsTransactions);
    await reservePoints(scope, { id: 'reward', customerId: row?.customerId ?? '', amount });
    await redeemPoints(scope, 'reward');
  });
};

describe('an order', () => {
  test('gives what it should, once, however often it is told', async () => {
    await shopWith(spendRule());
    await say(order(), order(), order());
    expect(await has()).toMatchObject({ available: 100, lifetimeEarned: 100 });
    expect(await posted()).toEqual(['earn']);
  });

  test('that gives nothing leaves no trace in the ledger', async () => {
    await shopWith(spendRule());
    await say(order({ lines: [orderLine({ unitPrice: 99 })] }), order({ platformId: '2', lines: [], total: 0 }));
    expect(await posted()).toEqual([]);
    expect(await has()).toMatchObject({ available: 0, lifetimeEarned: 0 });
  });

  test('that is edited moves the ledger by the difference only', async () => {
    await shopWith(spendRule());
    await say(order(), order({ version: version(START + HOUR), lines: [orderLine({ quantity: 2 })] }));
    expect(await has()).toMatchObject({ available: 200, lifetimeEarned: 200 });
    await say(order({ version: version(START + 2 * HOUR), lines: [orderLine({ unitPrice: 3000 })] }));
    expect(await has()).toMatchObject({ available: 30, lifetimeEarned: 30 });
    expect(await moved('clawback')).toEqual({ revoked: 170, available: -170 });
  });

  test('cancelled, deleted, restored takes back and gives again', async () => {
    await shopWith(spendRule());
    const cancelledAt = START + HOUR;
    await say(order(), order({ cancelledAt, version: version(cancelledAt) }));
    expect(await has()).toMatchObject({ available: 0, lifetimeEarned: 0 });
    await say(order({ version: version(START + 2 * HOUR) }));
    expect(await has()).toMatchObject({ available: 100 });
    await say({ kind: 'deleted', orderId: '1', at: START + 3 * HOUR });
    expect(await has()).toMatchObject({ available: 0 });
    await say(order({ version: version(START + 4 * HOUR) }));
    expect(await has()).toMatchObject({ available: 100, lifetimeEarned: 100 });
  });

  test('of more money than there is gives the most there is, and is taken in', async () => {
    await shopWith(spendRule({ points: 1_000_000, per: 1, include: { tax: true, shipping: true } }));
    const unitPrice = Number.MAX_SAFE_INTEGER - 1000;
    await say(order({ lines: [orderLine({ unitPrice })], shipping: 500, tax: 400, total: unitPrice + 500 }));
    expect(await has()).toMatchObject({ available: 1_000_000_000 });
    await say(refund({ amount: unitPrice - 100 }));
    expect((await has()).available).toBeLessThanOrEqual(1_000_000_000);
  });
});

describe('a refund', () => {
  test('between the end of the hold and the sweep takes back what has matured', async () => {
    await shopWith(spendRule({ holdDays: 14 }));
    await say(order());
    world.clock.set(START + 15 * DAY);
    await say(refund());
    expect(await has()).toMatchObject({ pending: 0, available: 50, lifetimeEarned: 50 });
    expect(await posted()).toEqual(['earn', 'mature', 'clawback']);
  });

  test('within the hold takes from what is held', async () => {
    await shopWith(spendRule({ holdDays: 14 }));
    await say(order(), refund());
    expect(await has()).toMatchObject({ pending: 50, available: 0 });
    expect(await moved('clawback')).toEqual({ revoked: 50, pending: -50 });
  });

  test('after expiry takes nothing from the customer', async () => {
    await shopWith(spendRule({ expiryMonths: 1 }));
    await say(order());
    world.clock.set(START + 40 * DAY);
    await say(order({ platformId: '2', at: START + 40 * DAY }), refund());
    expect(await has()).toMatchObject({ available: 100, lifetimeEarned: 150 });
    expect(await moved('clawback')).toEqual({ revoked: 50, expired: -50 });
  });

  test('of an order whose points were spent is a debt, which the next order pays', async () => {
    await shopWith(spendRule());
    await say(order());
    await spendAll(100);
    await say(refund());
    expect(await has()).toMatchObject({ available: -50, lifetimeEarned: 50 });
    world.clock.set(START + DAY);
    await say(order({ platformId: '2', at: START + DAY }));
    expect(await has()).toMatchObject({ available: 50, lifetimeEarned: 150 });
  });

  test('that is deleted gives the points back to the same lot', async () => {
    await shopWith(spendRule({ holdDays: 1, expiryMonths: 3 }));
    await say(order());
    const before = await outcome(world, shopId);
    await say(refund(), order({ version: version(START + 2 * HOUR) }));
    expect(await outcome(world, shopId)).toEqual(before);
  });

  test('delivered before its order waits for it', async () => {
    await shopWith(spendRule());
    await say(refund(), order());
    expect(await has()).toMatchObject({ available: 50, lifetimeEarned: 50 });
  });
});

test('an order that comes when its points would have expired gives points that have expired', async () => {
  await shopWith(spendRule({ holdDays: 3, expiryMonths: 1 }));
  world.clock.set(START + 90 * DAY);
  await say(order());
  expect(await has()).toMatchObject({ pending: 0, available: 0, lifetimeEarned: 100 });
  expect(await moved('earn')).toEqual({ issued: -100, expired: 100 });
  expect(await settleDue(world, shopId, START + 91 * DAY)).toBe(0);
});

test('a lot’s dates follow the instant of payment, also when it is heard of later', async () => {
  await shopWith(spendRule({ holdDays: 3 }));
  await say(order());
  world.clock.set(START + 4 * DAY);
  await settleDue(world, shopId, START + 4 * DAY);
  expect(await has()).toMatchObject({ available: 100 });
  await say(order({ paidAt: START + 3 * DAY, version: version(START + 3 * DAY) }));
  expect(await has()).toMatchObject({ available: 0, pending: 100, lifetimeEarned: 100 });
  await settleDue(world, shopId, START + 6 * DAY);
  expect(await has()).toMatchObject({ available: 100, pending: 0 });
});

describe('rules that look across orders', () => {
  test('move the n-th bonus when an earlier order turns up, and when it is cancelled', async () => {
    await shopWith({ id: 'second', type: 'nth', n: 2, points: 100 });
    world.clock.set(START + 3 * DAY);
    const later = order({ platformId: '3', at: START + 2 * DAY });
    await say(order({ platformId: '2', at: START + DAY }), later);
    const given = async () => (await outcome(world, shopId)).lots.map(({ from, granted }) => [from, granted]);
    expect(await given()).toEqual([['3', 100]]);
    await say(order());
    expect(await given()).toEqual([['2', 100]]);
    await say(order({ cancelledAt: START + HOUR, version: version(START + HOUR) }));
    expect(await given()).toEqual([['3', 100]]);
    expect(await has()).toMatchObject({ available: 100, lifetimeEarned: 100 });
  });

  test('give what a cap leaves free to the next order', async () => {
    await shopWith(spendRule({ caps: { lifetime: 120 } }));
    world.clock.set(START + 3 * DAY);
    await say(order(), order({ platformId: '2', at: START + DAY }));
    expect(await has()).toMatchObject({ available: 120 });
    await say(refund({ amount: 10_000 }));
    expect((await outcome(world, shopId)).lots).toMatchObject([{ from: '2', granted: 100 }]);
  });
});

describe('a version of the program', () => {
  test('that is added later leaves earlier orders as they are, whatever happens to them', async () => {
    await shopWith(spendRule());
    await say(order());
    await setProgram(world, shopId, program([spendRule({ points: 5 })]), START + DAY);
    await say(order({ platformId: '2', at: START + DAY }), refund());
    const { lots } = await outcome(world, shopId);
    expect(Object.fromEntries(lots.map(({ from, granted }) => [from, granted]))).toEqual({ 1: 50, 2: 500 });
  });

  test.each([
    ['USD', 25_099, 250],
    ['JPY', 1500, 1500],
    ['IRR', 2_599_999, 25],
    ['IRT', 259_999, 25],
  ])('of a new shop in %s gives %i of the minor unit %i points at once', async (currency, unitPrice, points) => {
    shopId = await testShop(world, { currency });
    await say(order({ currency, lines: [orderLine({ unitPrice })] }), account());
    expect(await has()).toMatchObject({ available: points, lifetimeEarned: points });
  });

  test('cannot give the id of a rule to a rule of another type', async () => {
    await shopWith(spendRule());
    const define = (...earning: object[]) =>
      world.inShop(shopId, (scope) => defineProgram(scope, { actor: 'test', rules: program(earning) }));
    await expect(define({ id: 'spend', type: 'signup', points: 5 })).rejects.toMatchObject({
      code: 'program.rule_type',
    });
    expect(await define(spendRule({ points: 2 }))).toBe(3);
  });
});

describe('the sign-up bonus', () => {
  const bonus = { id: 'signup', type: 'signup', points: 50 };

  test('is given once, however often the account is told of', async () => {
    await shopWith(bonus);
    await say(account(), account(), order());
    expect(await has()).toMatchObject({ available: 50, lifetimeEarned: 50 });
    expect(await posted()).toEqual(['earn']);
  });

  test('is given too when an order is what first tells of the account', async () => {
    await shopWith(bonus);
    await say(order({ by: { platformId: '101', registeredAt: START } }));
    expect(await has()).toMatchObject({ available: 50 });
    await say(account());
    expect(await has()).toMatchObject({ available: 50, lifetimeEarned: 50 });
  });

  test('is not given to guests', async () => {
    await shopWith(bonus);
    await say(order({ by: { email: 'g@example.test' } }));
    expect(await has('g@example.test')).toMatchObject({ available: 0 });
  });
});

test('an order that turns out to be another customer’s takes its points along, spent or not', async () => {
  await shopWith(spendRule());
  await say(order(), order({ platformId: '2', by: { platformId: '102' } }));
  await spendAll(60);
  await say(order({ by: { platformId: '102' }, version: version(START + HOUR) }));
  expect(await has('101')).toMatchObject({ available: -60, lifetimeEarned: 0 });
  expect(await has('102')).toMatchObject({ available: 200, lifetimeEarned: 200 });
});
