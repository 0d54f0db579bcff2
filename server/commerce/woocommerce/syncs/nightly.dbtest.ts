import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testWorld, type World } from '../../../db/testing.ts';
import { uninstall } from '../../../shops/shops.usecases.ts';
import { askHourly, askNightly, type Reading, shopsToRead, syncShop } from '../../../syncs/run.usecases.ts';
import { askReread, resumeSyncs, syncsOf } from '../../../syncs/syncs.usecases.ts';
import { connectedShop, giveKeys, loopbackDeps, readingOf } from '../connect/connected.fixtures.ts';
import {
  LoopbackStore,
  wooCustomerJson,
  wooOrderJson,
  wooProductJson,
  wooRefundJson,
} from '../store/loopback.fixtures.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const INSTALLED = Date.UTC(2026, 0, 1);

let world: World;
let store: LoopbackStore;
let reading: Reading;
let shop: number;

beforeEach(async () => {
  world = await testWorld(INSTALLED);
  store = await new LoopbackStore().open();
  reading = readingOf(loopbackDeps(world));
  shop = await connectedShop(world, store.url);
});
afterEach(async () => {
  await store.close();
  await world.close();
});

const rows = (table: string) => rowsOf(world, shop, table) as Promise<Record<string, unknown>[]>;
const sync = async (kind: string) => (await syncsOf(world, shop)).find((row) => row.kind === kind);
const points = async () => (await rows('points_accounts')).map(({ available }) => available);
const order = async (id: number) => (await rows('orders')).find(({ platformId }) => platformId === String(id));

/** Everything that is due now, with what it makes due. */
async function readAll(): Promise<void> {
  while ((await shopsToRead(reading)).includes(shop)) await syncShop(reading, shop);
}

/** A day later, the nightly pass and what follows from it. */
async function night(days = 1): Promise<void> {
  world.clock.advance(days * DAY);
  expect(await askNightly(reading, shop)).toBe(true);
  store.asked.length = 0;
  await readAll();
}

describe('the nightly pass', () => {
  test('modified_after is exclusive, and naive UTC with dates_are_gmt: an order of the last hour before is not missed', async () => {
    await readAll();
    // The store tells local times, three hours ahead: with these, or with a zone and the flag, it would be missed.
    store.put(
      store.orders,
      wooOrderJson(1, { at: INSTALLED - HOUR + 1_000 }),
      wooOrderJson(2, { at: INSTALLED - 2 * HOUR }),
    );
    await night();
    const query = store.askedFor('orders')[0]?.query;
    expect(query?.get('modified_after')).toBe('2025-12-31T23:00:00');
    expect(query?.get('dates_are_gmt')).toBe('true');
    expect((await rows('orders')).map(({ platformId }) => platformId)).toEqual(['1']);
    expect(await sync('reconcile')).toMatchObject({ state: 'done', position: world.clock.now(), cursor: null });
  });

  test('the next pass begins where this one did, however long it took', async () => {
    await readAll();
    store.before = ({ path }) => {
      if (path === 'orders') world.clock.advance(60_000);
      return null;
    };
    await night();
    expect((await sync('reconcile'))?.position).toBe(INSTALLED + DAY);
  });

  test('modified_after is ignored for customers: new ones are found by when they registered, all of them each week', async () => {
    store.put(store.customers, wooCustomerJson(1));
    await readAll();
    store.put(store.customers, wooCustomerJson(2, { at: INSTALLED + HOUR }));
    const billing = { first_name: 'Grace', last_name: 'Quartz', email: 'c1@example.test', country: 'BG', phone: '' };
    store.put(
      store.customers,
      wooCustomerJson(1, { date_modified_gmt: '2026-01-01T02:00:00', first_name: 'Grace', billing }),
    );
    await night();
    const named = async () => (await rows('customers')).map((row) => `${row.platformId} ${row.firstName}`).sort();
    expect(await named()).toEqual(['1 Ada', '2 Ada']);
    expect(store.askedFor('customers').every(({ query }) => !query.has('modified_after'))).toBe(true);
    await night(7);
    expect(await named()).toEqual(['1 Grace', '2 Ada']);
  });

  test('deleting a refund fires nothing and does not bump date_modified: the order is read again for thirty days', async () => {
    const at = INSTALLED - DAY;
    store.put(store.orders, wooOrderJson(1, { at }), wooOrderJson(2, { at: INSTALLED - 90 * DAY }));
    store.refund(wooRefundJson(70, 1, { at, line: 10 }));
    store.refund(wooRefundJson(71, 2, { at: INSTALLED - 80 * DAY }));
    await readAll();
    expect(await points()).toEqual([60 + 60]);
    store.unrefund(70);
    await night();
    expect(await order(1)).toMatchObject({ refunded: 0, net: 10_000, updatedAt: at });
    expect(await points()).toEqual([100 + 60]);
    const included = store.askedFor('orders').flatMap(({ query }) => query.get('include') ?? []);
    expect(included.some((ids) => ids.split(',').includes('2'))).toBe(false);
  });

  test('a forced delete fires nothing: an order that is gone from the store is gone here, dated when we looked', async () => {
    store.put(store.orders, ...[1, 2, 3].map((id) => wooOrderJson(id, { at: INSTALLED - DAY })));
    await readAll();
    expect(await points()).toEqual([300]);
    store.orders.delete(2);
    await night();
    expect(await order(2)).toMatchObject({ deleted: true, counts: false });
    expect(await points()).toEqual([200]);
    const facts = (await rows('order_facts')).filter(({ kind }) => kind === 'deleted');
    expect(facts).toMatchObject([{ orderPlatformId: '2', at: world.clock.now() }]);
  });

  test('an order in the bin is in no list of orders, and is found there; restored it counts again', async () => {
    store.put(store.orders, wooOrderJson(1, { at: INSTALLED - DAY }), wooOrderJson(2, { at: INSTALLED - DAY }));
    await readAll();
    const modified = INSTALLED + HOUR;
    store.put(store.orders, wooOrderJson(1, { at: INSTALLED - DAY, modified, status: 'trash' }));
    // One that was never modified, as far as the store tells.
    store.put(store.orders, wooOrderJson(2, { at: INSTALLED - DAY, status: 'trash' }));
    await night();
    expect(await order(1)).toMatchObject({ deleted: true });
    expect(await order(2)).toMatchObject({ deleted: true });
    expect(await points()).toEqual([0]);
    store.put(store.orders, wooOrderJson(1, { at: INSTALLED - DAY, modified: modified + DAY, status: 'processing' }));
    await night();
    expect(await order(1)).toMatchObject({ deleted: false, counts: true });
    expect(await points()).toEqual([100]);
  });

  test('where most orders are gone at once, a store was emptied or exchanged: nothing is taken from customers', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => index + 1);
    store.put(store.orders, ...ids.map((id) => wooOrderJson(id, { at: INSTALLED - DAY })));
    await readAll();
    store.orders.clear();
    await night();
    expect((await rows('orders')).filter(({ counts }) => counts)).toHaveLength(60);
    expect((await sync('reconcile'))?.reason).toMatch(/no longer at the store/);
    expect(await points()).toEqual([6_000]);
  });

  test('products that changed are read', async () => {
    await readAll();
    store.put(store.products, wooProductJson(900, { at: INSTALLED + HOUR, categories: [{ id: 3, name: 'New' }] }));
    await night();
    expect(await rows('products')).toMatchObject([{ platformId: '900', collections: ['3'] }]);
  });

  test('a time zone that was changed at the store holds from now on; what it does not tell stays', async () => {
    await readAll();
    store.index = { name: 'Tea &amp; Co', timezone_string: 'Asia/Tehran', gmt_offset: 3.5 };
    store.currency = 'USD';
    await night();
    expect(await rows('shops')).toMatchObject([
      { name: 'Tea & Co', timeZone: 'Asia/Tehran', currency: 'EUR', storeCurrency: 'USD' },
    ]);
    expect((await rows('shop_zones')).map(({ fromAt }) => fromAt)).toContain(world.clock.now());
    store.before = ({ path }) => (path === '' ? { status: 403, body: 'Forbidden' } : null);
    await night();
    expect(await rows('shops')).toMatchObject([{ timeZone: 'Asia/Tehran' }]);
  });

  test('what is left of it in the next slice of time is gone on with', async () => {
    await readAll();
    const ids = Array.from({ length: 150 }, (_, index) => index + 1);
    store.put(store.orders, ...ids.map((id) => wooOrderJson(id, { at: INSTALLED + HOUR })));
    world.clock.advance(DAY);
    await askNightly(reading, shop);
    let slices = 0;
    while ((await shopsToRead(reading)).includes(shop)) {
      slices += 1;
      await syncShop(reading, shop, () => true);
      expect(slices).toBeLessThan(40);
    }
    expect(await rows('orders')).toHaveLength(150);
    expect(await sync('reconcile')).toMatchObject({ state: 'done', position: INSTALLED + DAY, count: 150 });
  });
});

describe('webhooks', () => {
  test('are made at our address after an install', async () => {
    await readAll();
    const hooks = [...store.webhooks.values()];
    expect(hooks.length).toBeGreaterThan(5);
    expect(new Set(hooks.map((hook) => hook.delivery_url))).toEqual(
      new Set([`https://app.example.test/webhooks/woocommerce/${shop}`]),
    );
    expect(await sync('webhooks')).toMatchObject({ state: 'done', count: hooks.length, refused: 0 });
    expect((await sync('reconcile'))?.finishedAt).toBeNull();
  });

  test('one that the store disabled is made anew, and what it would have told since is looked for', async () => {
    await readAll();
    await night();
    const [first] = [...store.webhooks.values()];
    if (first) first.status = 'disabled';
    store.put(store.customers, wooCustomerJson(5));
    await night();
    expect([...store.webhooks.values()].every(({ status }) => status === 'active')).toBe(true);
    expect(store.askedFor('customers').some(({ query }) => query.get('orderby') === 'id')).toBe(true);
    expect((await rows('customers')).map(({ platformId }) => platformId)).toEqual(['5']);
    expect(await rows('shops')).toMatchObject([{ webhooksStoppedAt: world.clock.now() }]);
  });
});

describe('the hourly look', () => {
  test('the seventh failure in a row disables a webhook: it is made anew within the hour, and the gap is read', async () => {
    await readAll();
    await night();
    for (const hook of store.webhooks.values()) hook.status = 'disabled';
    store.put(store.orders, wooOrderJson(1, { at: world.clock.now() + HOUR / 2 }));
    world.clock.advance(HOUR);
    expect(await askHourly(reading, shop)).toBe(true);
    await readAll();
    expect([...store.webhooks.values()].every(({ status }) => status === 'active')).toBe(true);
    expect(await order(1)).toMatchObject({ counts: true });
  });

  test('finds nothing to ask for in a shop of a platform that is not configured', async () => {
    expect(await askHourly({ ...reading, readers: {} }, shop)).toBe(false);
    expect(await syncShop({ ...reading, readers: {} }, shop)).toBe(0);
    expect(await sync('orders')).toMatchObject({ state: 'waiting', dueAt: INSTALLED });
  });
});

test('a store that was emptied takes nothing from those either who had some of their money back', async () => {
  for (let id = 1; id <= 60; id += 1) {
    store.put(store.orders, wooOrderJson(id, { at: INSTALLED - DAY }));
    store.refund(wooRefundJson(1_000 + id, id, { at: INSTALLED - DAY }));
  }
  await readAll();
  store.orders.clear();
  await night();
  expect((await rows('orders')).filter(({ counts }) => counts)).toHaveLength(60);
  expect((await sync('reconcile'))?.reason).toMatch(/Most of the recent orders/);
});

test('webhooks that were made anew have the gap looked for, even when taking the old ones away failed at first', async () => {
  await readAll();
  for (const hook of store.webhooks.values()) hook.status = 'disabled';
  store.put(store.orders, wooOrderJson(1, { at: INSTALLED + HOUR }));
  store.before = ({ method }) => (method === 'DELETE' ? { status: 500, body: 'Error' } : null);
  world.clock.advance(DAY);
  await askHourly(reading, shop);
  await syncShop(reading, shop);
  expect(await sync('webhooks')).toMatchObject({ errorCode: 'woocommerce.unavailable' });
  store.before = () => null;
  world.clock.advance(HOUR);
  await readAll();
  expect([...store.webhooks.values()].every(({ status }) => status === 'active')).toBe(true);
  expect(await order(1)).toMatchObject({ counts: true });
});

test('many orders that are gone are noted in small transactions', async () => {
  const all = Array.from({ length: 260 }, (_, index) => wooOrderJson(index + 1, { at: INSTALLED - DAY }));
  store.put(store.orders, ...all);
  await readAll();
  for (let id = 1; id <= 120; id += 1) store.orders.delete(id);
  const noted: number[] = [];
  const { db } = world;
  const transaction: typeof db.transaction = async (work, options) => {
    const before = (await rows('order_rereads')).length;
    const result = await db.transaction(work, options);
    noted.push((await rows('order_rereads')).length - before);
    return result;
  };
  reading = readingOf(loopbackDeps({ ...world, db: { ...db, transaction } }));
  await night();
  expect(noted.reduce((sum, more) => sum + Math.max(0, more), 0)).toBe(120);
  expect(Math.max(...noted)).toBeLessThanOrEqual(50);
  expect((await rows('orders')).filter(({ deleted }) => deleted)).toHaveLength(120);
});

describe('rereads', () => {
  const ask = (...ids: string[]) =>
    world.inShop(shop, async (scope) => {
      for (const id of ids) await askReread(scope, id, scope.now);
    });

  test('an order that a delivery only names is read with its refunds', async () => {
    await readAll();
    store.put(store.orders, wooOrderJson(7, { at: INSTALLED - DAY }));
    store.refund(wooRefundJson(70, 7, { at: INSTALLED - HOUR, line: 70 }));
    await ask('7');
    await readAll();
    expect(await order(7)).toMatchObject({ refunded: 4_000, net: 6_000 });
    expect(await rows('order_rereads')).toEqual([]);
  });

  test('one that is gone is a deletion as of the reading; one that cannot be read is left after five times', async () => {
    await readAll();
    store.put(store.orders, wooOrderJson(7, { at: INSTALLED - DAY }), wooOrderJson(8, { total: 'much' }));
    await ask('7');
    await readAll();
    store.orders.delete(7);
    world.clock.advance(HOUR);
    await ask('7', '8');
    await readAll();
    expect(await order(7)).toMatchObject({ deleted: true });
    expect(await points()).toEqual([0]);
    expect(await rows('order_rereads')).toMatchObject([{ orderPlatformId: '8', attempts: 5 }]);
    expect(await sync('rereads')).toMatchObject({ state: 'done' });
  });

  test('a store without its API for a while (WooCommerce switched off) loses no order', async () => {
    store.put(store.orders, wooOrderJson(7, { at: INSTALLED - DAY }));
    await readAll();
    const body = { code: 'rest_no_route', message: 'No route was found.', data: { status: 404 } };
    store.before = () => ({ status: 404, body });
    await ask('7');
    await syncShop(reading, shop);
    expect(await order(7)).toMatchObject({ deleted: false, counts: true });
    expect(await sync('rereads')).toMatchObject({ errorCode: 'woocommerce.no_api', state: 'waiting', attempts: 1 });
    store.before = () => null;
    world.clock.advance(30_000);
    await readAll();
    expect(await sync('rereads')).toMatchObject({ state: 'done', errorCode: null, reason: null });
    expect(await rows('order_rereads')).toEqual([]);
    expect(await points()).toEqual([100]);
  });
});

describe('a store in trouble', () => {
  const down = async (answer: { status?: number; body: unknown }) => {
    await readAll();
    store.put(store.orders, wooOrderJson(1, { at: INSTALLED + HOUR }));
    store.before = () => answer;
    world.clock.advance(DAY);
    await askNightly(reading, shop);
    for (let step = 0; step < 24 * 4; step += 1) {
      await syncShop(reading, shop);
      world.clock.advance(HOUR / 4);
    }
  };

  test.each([
    ['down', { status: 500, body: 'Error establishing a database connection' }, 'woocommerce.unavailable'],
    ['answering with a page instead of JSON', { body: '<!doctype html><h1>Maintenance</h1>' }, 'woocommerce.not_json'],
  ])('that is %s for a day is tried again and heals', async (_name, answer, errorCode) => {
    await down(answer);
    const row = await sync('reconcile');
    expect(row).toMatchObject({ errorCode, state: 'waiting', position: INSTALLED });
    expect(row?.attempts).toBeGreaterThan(20);
    expect(row?.attempts).toBeLessThan(31);
    expect(row?.reason).toMatch(/store/);
    store.before = () => null;
    world.clock.advance(HOUR);
    await readAll();
    expect(await order(1)).toMatchObject({ counts: true });
    expect(await sync('reconcile')).toMatchObject({ state: 'done', errorCode: null, reason: null, attempts: 0 });
  });

  test('keys that were revoked stand there for the merchant, and nothing is asked until new ones come', async () => {
    await readAll();
    store.revoked = true;
    store.put(store.orders, wooOrderJson(1, { at: INSTALLED + HOUR }));
    await night();
    expect(await sync('reconcile')).toMatchObject({ errorCode: 'woocommerce.keys_refused', dueAt: null });
    expect((await sync('reconcile'))?.reason).toMatch(/Connect the store again/);
    store.asked.length = 0;
    world.clock.advance(DAY);
    await readAll();
    expect(store.asked).toEqual([]);
    store.revoked = false;
    await giveKeys(world, shop);
    await world.inShop(shop, (scope) => resumeSyncs(scope));
    await readAll();
    expect(await order(1)).toMatchObject({ counts: true });
    expect(await sync('reconcile')).toMatchObject({ state: 'done', errorCode: null });
  });

  test('a shop that left is read no more', async () => {
    await world.inShop(shop, (scope) => uninstall(scope, scope.now));
    expect(await askNightly(reading, shop)).toBe(false);
    expect(await syncShop(reading, shop)).toBe(0);
    expect(store.asked).toEqual([]);
  });
});
