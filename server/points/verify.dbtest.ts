import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Tx } from '../db/database.ts';
import { dialect } from '../db/dialect.ts';
import { testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import { recountCustomers } from '../insights/insights.usecases.ts';
import { DAY, program, START, spendRule } from './points.fixtures.ts';
import { pointsAccounts, pointsLots, pointsPostings, pointsSpends, pointsTransactions } from './points.tables.ts';
import { redeemPoints, reservePoints } from './spend.usecases.ts';
import { rebuildLedger, verifyLedger } from './verify.usecases.ts';
import { caches, deliver, newShop, orderState, person, rowsOf, version } from './world.fixtures.ts';

let world: World;
let shopId: number;
/** Accounts 101, 103 and 104 (the last took 102 over), by the order of their ids. */
let customers: string[];

/** Three customers with orders, held and ended points, a reward, a debt, a merge. */
beforeEach(async () => {
  world = await testWorld(START);
  shopId = await newShop(world, { rules: program([spendRule({ holdDays: 1, expiryMonths: 2 })]) });
  const buy = (name: string, platformId: string, at: number) =>
    world.inShop(shopId, (scope) =>
      deliver(scope, { kind: 'order', order: orderState({ platformId, at, by: { platformId: name } }) }),
    );
  for (const [index, name] of ['101', '102', '103', '104'].entries()) await buy(name, name, START + index);
  world.clock.set(START + 2 * DAY);
  await buy('103', '5', START + 2 * DAY);
  const accounts = await rowsOf(world, shopId, pointsAccounts);
  const ids = accounts.map(({ customerId }) => customerId).sort();
  const [first = '', gone = '', third = '', fourth = ''] = ids;
  await world.inShop(shopId, async (scope) => {
    await deliver(scope, { kind: 'merge', kept: '104', gone: '102' });
    await reservePoints(scope, { id: 'r1', customerId: third, amount: 90 });
    await redeemPoints(scope, 'r1');
    await reservePoints(scope, { id: 'r2', customerId: fourth, amount: 150 });
    const refund = { platformId: 'x', at: START + DAY, amount: 10_000, lines: [] };
    await deliver(scope, { kind: 'refund', orderId: '103', refund });
  });
  world.clock.set(START + 90 * DAY);
  await buy('101', '6', START + 90 * DAY);
  customers = [first, gone, third, fourth];
});
afterEach(() => world.close());

const verify = () => verifyLedger(world, shopId);
const write = (work: (tx: Tx) => Promise<unknown>) => world.db.transaction(work);

/** Raw SQL on either driver. */
const run = (text: string) =>
  write(async (tx) => {
    const raw = tx as unknown as Record<'execute' | 'run', ((query: unknown) => Promise<unknown>) | undefined>;
    await (raw.execute ?? raw.run)?.call(raw, sql.raw(text));
  });

/** Someone with the keys of the database takes the guards off. */
async function unguard(): Promise<void> {
  for (const table of ['points_transactions', 'points_postings']) {
    if (dialect === 'postgres') await run(`drop trigger ${table}_immutable on ${table}`);
    else for (const what of ['update', 'delete']) await run(`drop trigger ${table}_no_${what}`);
  }
}

test('a ledger that nobody touched is right, and says how much was looked at', async () => {
  const transactions = (await rowsOf(world, shopId, pointsTransactions)).length;
  const postings = (await rowsOf(world, shopId, pointsPostings)).length;
  const seen: number[] = [];
  expect(await verifyLedger(world, shopId, (done) => seen.push(done))).toEqual({
    ok: true,
    transactions,
    postings,
    customers: 4,
  });
  expect(seen.at(-1)).toBe(4);
});

describe('a cache that was edited', () => {
  const accountOf = (index: number) => eq(pointsAccounts.customerId, customers[index] ?? '');
  const lotsOf = (index: number) => eq(pointsLots.customerId, customers[index] ?? '');
  type Edit = [name: string, whose: number, reason: RegExp, edit: (tx: Tx) => Promise<unknown>];
  const edits: Edit[] = [
    ...(['pending', 'available', 'reserved', 'lifetimeEarned'] as const).map(
      (name): Edit => [
        `the balance ${name}`,
        2,
        new RegExp(`^${name} is 7777, the postings say -?\\d+$`),
        async (tx) =>
          tx
            .update(pointsAccounts)
            .set({ [name]: 7777 })
            .where(accountOf(2)),
      ],
    ),
    ['when it is due', 0, /^due at 5,/, async (tx) => tx.update(pointsAccounts).set({ dueAt: 5 }).where(accountOf(0))],
    [
      'spends',
      2,
      /^0 spends, there are 1$/,
      async (tx) => tx.update(pointsAccounts).set({ spends: 0 }).where(accountOf(2)),
    ],
    ['the head', 0, /head of its chain/, async (tx) => tx.update(pointsAccounts).set({ seq: 1 }).where(accountOf(0))],
    ['an account is gone', 3, /account is missing/, async (tx) => tx.delete(pointsAccounts).where(accountOf(3))],
    [
      'a lot',
      3,
      /^lot .*\/spend is not what/,
      async (tx) => tx.update(pointsLots).set({ expired: 3 }).where(lotsOf(3)),
    ],
    ['a date', 0, /^lot .* is not what/, async (tx) => tx.update(pointsLots).set({ expiresAt: null }).where(lotsOf(0))],
    ['lots are gone', 2, /^lot .* is missing/, async (tx) => tx.delete(pointsLots).where(lotsOf(2))],
    [
      'whose a lot is',
      0,
      /^lot .* is (missing|not what the postings say)$/,
      async (tx) =>
        tx
          .update(pointsLots)
          .set({ customerId: customers[2] ?? '' })
          .where(lotsOf(0)),
    ],
  ];

  test.each(edits)(
    '%s: it is found, and a rebuild gives the very rows of before',
    async (_name, whose, reason, edit) => {
      const before = await caches(world, shopId);
      await write(edit);
      expect(await verify()).toMatchObject({
        ok: false,
        firstBad: { customerId: customers[whose], seq: 0, reason: expect.stringMatching(reason) },
      });
      expect(await rebuildLedger(world, shopId)).toMatchObject({ ok: true, customers: 4 });
      expect(await caches(world, shopId)).toEqual(before);
      expect(await verify()).toMatchObject({ ok: true });
    },
  );

  test('everything at once: a rebuild gives the very rows of before', async () => {
    const before = await caches(world, shopId);
    await write(async (tx) => {
      await tx.update(pointsAccounts).set({ available: 1, reserved: 2, seq: 9, hash: 'h', spends: 5, dueAt: 1 });
      await tx.delete(pointsAccounts).where(accountOf(1));
      await tx.update(pointsLots).set({ granted: 4, redeemed: 4, availableAt: 1, termEndsAt: 2 });
      await tx.delete(pointsLots).where(lotsOf(3));
    });
    expect(await rebuildLedger(world, shopId)).toMatchObject({ ok: true });
    expect(await caches(world, shopId)).toEqual(before);
  });

  test('rows for somebody who never had any are found, and taken out', async () => {
    const before = await caches(world, shopId);
    await write(async (tx) => {
      const [account] = before.accounts;
      const [lot] = before.lots;
      await tx.insert(pointsAccounts).values({ ...account!, customerId: 'zz1', seq: 0 });
      await tx.insert(pointsLots).values({ ...lot!, source: 'zz', customerId: 'zz2' });
    });
    expect(await verify()).toMatchObject({ ok: false, firstBad: { customerId: 'zz1' } });
    await rebuildLedger(world, shopId);
    expect(await caches(world, shopId)).toEqual(before);
  });

  test('a spend that was edited is found', async () => {
    await write((tx) => tx.update(pointsSpends).set({ amount: 1 }) as Promise<unknown>);
    expect(await verify()).toMatchObject({
      firstBad: { customerId: customers[2], reason: expect.stringMatching(/spends took 1/) },
    });
  });

  test('of one shop is not seen in another', async () => {
    const other = await newShop(world, { rules: program([spendRule()]) });
    await write(async (tx) => tx.update(pointsAccounts).set({ available: 7777 }).where(accountOf(2)));
    expect(await verifyLedger(world, other)).toEqual({ ok: true, transactions: 0, postings: 0, customers: 0 });
  });
});

describe('history that was rewritten', () => {
  const where = (index: number, seq: number) => `customer_id = '${customers[index]}' and seq = ${seq}`;

  test.each<[string, (index: number) => string[], RegExp]>([
    ['an amount', (i) => [`update points_postings set amount = amount * 2 where ${where(i, 2)}`], /input hash/],
    ['one amount', (i) => [`update points_postings set amount = 1 where line = 0 and ${where(i, 2)}`], /sum to/],
    ['a posting is gone', (i) => [`delete from points_postings where line = 1 and ${where(i, 2)}`], /./],
    ['all postings are gone', (i) => [`delete from points_postings where ${where(i, 2)}`], /fewer than two/],
    ['a lot’s name', (i) => [`update points_postings set lot = 'x/y' where ${where(i, 2)}`], /input hash/],
    ['what it was for', (i) => [`update points_transactions set order_id = 'x' where ${where(i, 2)}`], /input hash/],
    [
      'when it was',
      (i) => [`update points_transactions set effective_at = 1 where ${where(i, 2)}`],
      /hash does not match/,
    ],
    ['a hash', (i) => [`update points_transactions set hash = 'x' where ${where(i, 2)}`], /hash does not match/],
  ])('%s: the first bad transaction is named', async (_name, statements, reason) => {
    await unguard();
    for (const statement of [...statements(2), ...statements(3)]) await run(statement);
    const bad = { customerId: customers[2], seq: 2, reason: expect.stringMatching(reason) };
    expect(await verify()).toMatchObject({ ok: false, firstBad: bad });
    expect(await rebuildLedger(world, shopId), 'a rebuild does not build on it').toMatchObject({
      ok: false,
      firstBad: bad,
    });
  });

  test('a transaction that is gone is missed', async () => {
    await unguard();
    await run(`delete from points_transactions where ${where(2, 2)}`);
    expect(await verify()).toMatchObject({
      ok: false,
      firstBad: { customerId: customers[2], seq: 3, reason: /follows 1/ },
    });
  });

  test('the last transaction that is gone is missed, and its postings tell', async () => {
    await unguard();
    const last = Math.max(
      ...(await rowsOf(world, shopId, pointsAccounts)).map(({ seq, customerId }) =>
        customerId === customers[2] ? seq : 0,
      ),
    );
    await run(`delete from points_transactions where ${where(2, last)}`);
    const bad = { customerId: customers[2], seq: last, reason: 'postings without their transaction' };
    expect(await verify()).toMatchObject({ ok: false, firstBad: bad });
    await run(`delete from points_postings where ${where(2, last)}`);
    expect(await verify()).toMatchObject({ ok: false, firstBad: { customerId: customers[2], seq: 0 } });
  });

  test('a posting for somebody who has nothing is counted', async () => {
    await run(
      `insert into points_postings (shop_id, customer_id, seq, line, account, lot, amount) values (${shopId}, 'zz', 1, 0, 'issued', 'a/b', 0)`,
    );
    expect(await verify()).toMatchObject({
      ok: false,
      firstBad: { customerId: '', reason: expect.stringMatching(/postings/) },
    });
  });
});

test('whoever keeps the guards on cannot rewrite history', async () => {
  for (const statement of ['update points_postings set amount = 0', 'delete from points_transactions']) {
    await expect(run(statement)).rejects.toMatchObject({ code: 'database.failed' });
  }
  expect(await verify()).toMatchObject({ ok: true });
});

test('a rebuild of the ledger puts the numbers right that were packed from wrong lots', async () => {
  const { points } = await everyNumber(world, shopId);
  await write(async (tx) => tx.update(pointsLots).set({ granted: sql`granted + 7` }));
  await world.inShop(shopId, (scope) => recountCustomers(scope, customers));
  expect((await everyNumber(world, shopId)).points.issued).toBeGreaterThan(points.issued);
  expect(await rebuildLedger(world, shopId)).toMatchObject({ ok: true });
  expect((await everyNumber(world, shopId)).points).toEqual(points);
});

test('a ledger of more customers than a page holds is read whole', async () => {
  await world.inShop(shopId, async (scope) => {
    for (let number = 0; number < 230; number += 1) {
      const order = orderState({ platformId: `n${number}`, by: { platformId: `1${number + 1000}` } });
      await deliver(scope, { kind: 'order', order });
    }
    await deliver(scope, { kind: 'account', account: person({ platformId: '9999' }), version: version(START) });
  });
  expect(await verify()).toMatchObject({ ok: true, customers: 234 });
  const before = await caches(world, shopId);
  await write(async (tx) => tx.update(pointsAccounts).set({ pending: 5, dueAt: 1 }));
  expect(await rebuildLedger(world, shopId)).toMatchObject({ ok: true, customers: 234 });
  expect(await caches(world, shopId)).toEqual(before);
});
