import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Commerce } from '../commerce/commerce.port.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import type { Facts } from '../facts/facts.types.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { AppError } from '../shared/errors.ts';
import { recordImport } from '../shops/imports.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { backlog } from './backlog.usecases.ts';
import { deliver, drain, drainDepsOf, inboxOf, orderBody, store } from './deliveries.fixtures.ts';
import { drainInbox } from './drain.usecases.ts';
import { deliveriesIn, replayDelivery, shopsWaiting } from './replay.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

const SENTENCE = /^[A-Z][^{}<>]{15,}\.$/;
const order = (id: number, fields: Record<string, unknown> = {}): [string, unknown] => [
  'orders/create',
  orderBody({ id, name: `#${id}`, ...fields }),
];

/** A platform whose reading is decided by the test. */
const platform = (read: Commerce['read']) => ({
  ...drainDepsOf(world),
  commerce: { shopify: { read }, woocommerce: null },
});

describe('applying', () => {
  test('deliveries are applied oldest first, in as many batches as it takes', async () => {
    const seen: string[] = [];
    await store(
      world,
      shop,
      Array.from({ length: 150 }, (_, index): [string, unknown] => ['any/topic', { index }]),
    );
    const deps = platform(({ body }) => {
      seen.push(body.toString());
      return [{ kind: 'ignored', reason: 'Nothing to do.' }];
    });
    let transactions = 0;
    const db = {
      ...deps.db,
      transaction: ((work, options) => {
        transactions += 1;
        return world.db.transaction(work, options);
      }) as typeof deps.db.transaction,
    };
    expect(await drainInbox({ ...deps, db }, shop)).toBe(150);
    expect(seen).toEqual(Array.from({ length: 150 }, (_, index) => `{"index":${index}}`));
    expect(transactions).toBe(3);
    expect(await drainInbox(deps, shop)).toBe(0);
  });

  test('an applied delivery says whom it was about and keeps its body', async () => {
    const [row] = await deliver(world, shop, order(7001));
    const [customer] = await rowsOf(world, shop, 'customers');
    expect(row).toMatchObject({
      state: 'applied',
      attempts: 1,
      errorCode: null,
      reason: null,
      customerId: customer?.id,
    });
    expect(row?.body).not.toBeNull();
  });

  test('a topic that is not used is ignored with a reason, and its body is not kept', async () => {
    const [row] = await deliver(world, shop, ['draft_orders/create', { id: 1, email: 'ada@example.test' }]);
    expect(row).toMatchObject({ state: 'ignored', errorCode: null, body: null });
    expect(row?.reason).toMatch(/draft_orders\/create/);
  });

  test('one shop’s deliveries leave another’s alone', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    await store(world, other, [order(1)]);
    await deliver(world, shop, order(1));
    expect(await inboxOf(world, other)).toMatchObject([{ state: 'pending' }]);
    expect(await shopsWaiting(world, world.clock.now())).toEqual([other]);
  });
});

describe('what cannot be applied', () => {
  test.each([
    ['broken JSON', '{"id": 7'],
    ['a list', '[1]'],
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])],
    ['no id', { total_price: '1.00', created_at: '2025-03-01T10:00:00Z' }],
    ['an amount that is none', orderBody({ total_price: 'a lot' })],
    ['a day beyond the calendar', orderBody({ created_at: '9999-12-31T23:59:59-14:00' })],
    ['a day that no shop will see', orderBody({ created_at: '9998-06-01T10:00:00Z' })],
  ])('%s is parked with a sentence for the merchant, and the others go on', async (_what, body) => {
    const rows = await deliver(world, shop, order(1), ['orders/updated', body], order(2));
    expect(rows.map(({ state }) => state)).toEqual(['applied', 'parked', 'applied']);
    expect(rows[1]?.reason).toMatch(SENTENCE);
    expect(rows[1]).toMatchObject({ attempts: 1, appliedAt: null });
    expect(rows[1]?.body).not.toBeNull();
    expect(await rowsOf(world, shop, 'orders')).toHaveLength(2);
  });

  test('a failure that may pass is tried again with growing pauses, then parked; the others go on', async () => {
    await store(world, shop, [
      ['broken', {}],
      ['fine', {}],
    ]);
    const tries: number[] = [];
    const deps = platform(({ topic }) => {
      if (topic === 'fine') return [{ kind: 'ignored', reason: 'Nothing to do.' }];
      tries.push(world.clock.now());
      throw new AppError('database.failed', 'secret inner words', { retryable: true });
    });
    const start = world.clock.now();
    await drainInbox(deps, shop);
    let [row] = await inboxOf(world, shop);
    expect(row).toMatchObject({ state: 'pending', attempts: 1 });
    for (let rounds = 0; row?.state === 'pending' && rounds < 20; rounds += 1) {
      expect(await shopsWaiting(world, world.clock.now())).toEqual([]);
      world.clock.set(Number(row.dueAt) - 1);
      expect(await drainInbox(deps, shop)).toBe(0);
      world.clock.advance(1);
      expect(await shopsWaiting(world, world.clock.now())).toEqual([shop]);
      await drainInbox(deps, shop);
      [row] = await inboxOf(world, shop);
    }
    expect(row).toMatchObject({ state: 'parked', attempts: 6, errorCode: 'database.failed' });
    expect(row?.reason).toMatch(SENTENCE);
    expect(row?.reason).not.toContain('secret');
    // A batch that fails is tried once more one by one, at the same instant.
    const instants = [...new Set(tries)];
    const pauses = instants.slice(1).map((instant, index) => (instant - (instants[index] ?? 0)) / 1000);
    expect(pauses).toEqual([5, 30, 120, 600, 3600]);
    expect(world.clock.now() - start).toBeLessThan(2 * 3_600_000);
    expect((await inboxOf(world, shop))[1]).toMatchObject({ state: 'ignored' });
  });

  const refusal = (status: number, retryable: boolean) =>
    new AppError('test.refused', 'The store said that this cannot be.', { status, retryable });

  test.each([
    ['that no retry can mend is parked at once', refusal(409, false), { state: 'parked', attempts: 1 }],
    ['that may pass is tried again, whatever its status', refusal(409, true), { state: 'pending', attempts: 1 }],
    ['of ours is tried again, whether it may pass or not', refusal(500, false), { state: 'pending', attempts: 1 }],
    ['that nobody foresaw is tried again', new TypeError('secret'), { state: 'pending', errorCode: 'internal' }],
  ])('a failure %s: as it is read, and as it is applied', async (_what, error, expected) => {
    const base = drainDepsOf(world);
    const { applier } = base;
    const unreadable = platform(() => {
      throw error;
    });
    const applyChanges: typeof applier.applyChanges = (scope, changes) =>
      changes.some(({ kind }) => kind === 'order') ? Promise.reject(error) : applier.applyChanges(scope, changes);
    for (const deps of [unreadable, { ...base, applier: { ...applier, applyChanges } }]) {
      await store(world, shop, [order(1), ['any/topic', {}]]);
      const now = world.clock.now();
      await drainInbox(deps, shop);
      const [failed, fine] = (await inboxOf(world, shop)).slice(-2);
      expect(failed).toMatchObject({ ...expected, appliedAt: null });
      expect(failed?.reason).not.toContain('secret');
      if (expected.state === 'pending') expect(failed?.dueAt).toBe(now + 5_000);
      if (deps !== unreadable) expect(fine).toMatchObject({ state: 'ignored' });
      // Neither is due any more, so that the other way begins with its own.
      expect(await drainInbox(deps, shop)).toBe(0);
    }
    expect(await rowsOf(world, shop, 'orders')).toEqual([]);
  });

  test('half of what a failing delivery did is undone', async () => {
    await store(world, shop, [order(1)]);
    const good = drainDepsOf(world).commerce.shopify as Commerce;
    const deps = platform((delivery, context) => [
      ...good.read(delivery, context),
      { kind: 'shop', name: null, currency: null, timeZone: null, locale: null, country: null, at: Number.NaN },
    ]);
    await drainInbox(deps, shop);
    expect(await inboxOf(world, shop)).toMatchObject([{ state: 'pending', attempts: 1 }]);
    expect(await rowsOf(world, shop, 'orders')).toEqual([]);
  });

  test('a write that fails takes its own delivery back and nobody else’s, caught or not', async () => {
    await store(world, shop, [order(1), order(2), order(3), order(4)]);
    const again = async (scope: Scope, platformId: string) => {
      const note = () => recordImport(scope, 'import', { file: 'a.csv', format: 'simple-csv', earns: false });
      if (platformId === '1') await note();
      if (platformId === '2') await note();
      if (platformId === '3') await note().catch(() => undefined);
    };
    const reactions = {
      ...world.reactions,
      'order-changed': [
        ...world.reactions['order-changed'],
        (scope: Scope, { after }: Facts['order-changed']) => again(scope, after.platformId),
      ],
    };
    await drainInbox({ ...drainDepsOf(world), reactions }, shop);
    const rows = await inboxOf(world, shop);
    const [one, two, three, four] = rows.map(({ state, errorCode }) => [state, errorCode]);
    expect([one, four]).toEqual([
      ['applied', null],
      ['applied', null],
    ]);
    // Alike on both databases, and for both of them.
    expect(two).toEqual(three);
    expect(two?.[1]).toBe('database.failed');
    expect((await rowsOf(world, shop, 'orders')).map(({ platformId }) => platformId).sort()).toEqual(['1', '4']);
    expect(await verifyLedger(world, shop)).toMatchObject({ ok: true });
  });

  test('a platform that is not connected parks its deliveries', async () => {
    const woo = await testShop(world, { platform: 'woocommerce', domain: 'woo.example.test' });
    await store(world, woo, [['order.updated', { id: 1 }]]);
    await drainInbox({ ...drainDepsOf(world), commerce: { shopify: null, woocommerce: null } }, woo);
    expect(await inboxOf(world, woo)).toMatchObject([{ state: 'parked', errorCode: 'delivery.platform' }]);
  });
});

describe('parked deliveries', () => {
  test('are listed, replayed and then applied', async () => {
    const [row] = await deliver(world, shop, ['orders/create', '{"broken"']);
    expect(await deliveriesIn(world, shop, 'parked')).toMatchObject([{ id: row?.id, topic: 'orders/create' }]);
    await replayDelivery(world, shop, String(row?.id), world.clock.now());
    expect(await inboxOf(world, shop)).toMatchObject([
      { state: 'pending', attempts: 0, errorCode: null, reason: null },
    ]);
    const deps = platform(() => [{ kind: 'ignored', reason: 'Read by a newer version.' }]);
    expect(await drainInbox(deps, shop)).toBe(1);
    expect(await inboxOf(world, shop)).toMatchObject([{ state: 'ignored' }]);
  });

  test('of another shop, of another state and of no kind are refused', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    const [row] = await deliver(world, shop, ['orders/create', '{"broken"']);
    const again = (owner: number, id: unknown) => replayDelivery(world, owner, String(id), world.clock.now());
    await expect(again(other, row?.id)).rejects.toMatchObject({ code: 'delivery.unknown' });
    await expect(again(shop, 'nothing')).rejects.toMatchObject({ code: 'delivery.unknown' });
    await again(shop, row?.id);
    await expect(again(shop, row?.id)).rejects.toMatchObject({ code: 'delivery.not_parked' });
  });

  test('whose body was deleted say so', async () => {
    const [row] = await deliver(world, shop, ['orders/create', '{"email":"ada@example.test"']);
    await deliver(world, shop, ['customers/redact', { customer: { id: 9, email: 'ada@example.test' } }]);
    expect((await inboxOf(world, shop))[0]).toMatchObject({ id: row?.id, state: 'ignored', body: null });
  });
});

test('the backlog counts by state and knows the oldest that waits', async () => {
  await deliver(world, shop, order(1), ['orders/create', '{'], ['unknown', {}]);
  await store(world, shop, [order(2), order(3)]);
  const { byState, oldest } = await backlog(world);
  expect(Object.fromEntries(byState.map(({ state, count }) => [state, count]))).toEqual({
    parked: 1,
    pending: 2,
  });
  expect(oldest).toEqual([{ shopId: shop, receivedAt: world.clock.now() - 1, count: 2 }]);
});

test('a failure says nothing of a delivery that another process has applied meanwhile', async () => {
  await store(world, shop, [order(1)]);
  let failures = 0;
  const transaction: World['db']['transaction'] = async (work, options) => {
    if (failures === 2) return world.db.transaction(work, options);
    const broken = world.db.transaction(async (tx) => {
      await work(tx);
      throw new AppError('database.failed', 'The database refused the work.', { retryable: true });
    }, options);
    return broken.catch(async (error) => {
      failures += 1;
      // The delivery alone has failed, too; before that is noted, somebody else has its shop's turn.
      if (failures === 2) await drain(world, shop);
      throw error;
    });
  };
  const deps = drainDepsOf(world);
  await drainInbox({ ...deps, db: { ...deps.db, transaction } }, shop);
  expect(await inboxOf(world, shop)).toMatchObject([{ state: 'applied', attempts: 1, errorCode: null }]);
});

test('draining twice at once applies everything once', async () => {
  await store(
    world,
    shop,
    Array.from({ length: 10 }, (_, index) => order(index + 1)),
  );
  await Promise.all([drain(world, shop), drain(world, shop)]);
  expect(await rowsOf(world, shop, 'orders')).toHaveLength(10);
  expect((await rowsOf(world, shop, 'inbox')).map(({ attempts }) => attempts)).toEqual(Array(10).fill(1));
  expect(await rowsOf(world, shop, 'points_accounts')).toMatchObject([{ available: 1_000 }]);
});
