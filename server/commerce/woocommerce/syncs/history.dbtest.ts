import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testWorld, type World } from '../../../db/testing.ts';
import { type Reading, shopsToRead, syncShop } from '../../../syncs/run.usecases.ts';
import { askSync, syncsOf } from '../../../syncs/syncs.usecases.ts';
import { connectedShop, loopbackDeps, readingOf } from '../connect/connected.fixtures.ts';
import {
  LoopbackStore,
  PLACED,
  wooCustomerJson,
  wooOrderJson,
  wooProductJson,
  wooRefundJson,
} from '../store/loopback.fixtures.ts';

let world: World;
let store: LoopbackStore;
let reading: Reading;
let shop: number;

beforeEach(async () => {
  world = await testWorld();
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
const read = (enough?: () => boolean) => syncShop(reading, shop, enough);
const points = async () => (await rows('points_accounts')).map(({ available }) => available);
const orderIds = async () => (await rows('orders')).map(({ platformId }) => Number(platformId)).sort((a, b) => a - b);
const range = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);
const fill = (count: number, from = 1) => store.put(store.orders, ...range(count, from).map((id) => wooOrderJson(id)));

describe('the history', () => {
  test('is read whole: customers, products with their categories, orders that earn as their time says', async () => {
    store.put(store.customers, wooCustomerJson(501), wooCustomerJson(502, { role: 'subscriber' }));
    store.put(store.products, wooProductJson(900));
    store.put(
      store.orders,
      ...[wooOrderJson(1), wooOrderJson(2, { status: 'completed' }), wooOrderJson(3, { at: Date.UTC(1999, 5, 1) })],
    );
    expect(await read()).toBe(5);
    const people = (await rows('customers')).map(({ platformId }) => platformId);
    expect(people.sort()).toEqual(['501', '502', null].sort());
    expect(await rows('products')).toMatchObject([{ platformId: '900', collections: ['15'] }]);
    expect(await orderIds()).toEqual([1, 2, 3]);
    // Two orders of 100; the third is from before the program.
    expect(await points()).toEqual([200]);
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 3, total: 3, refused: 0, dueAt: null });
    expect(await shopsToRead(reading)).toEqual([]);
  });

  test('X-WP-Total lies: the list is read until a page brings nothing new', async () => {
    fill(250);
    const claim = (total: string) => {
      store.before = ({ path, query }) => {
        if (path !== 'orders') return null;
        const ids = range(250).slice(Number(query.get('offset')), Number(query.get('offset')) + 100);
        return { body: ids.map((id) => store.orders.get(id)), headers: { 'x-wp-total': total } };
      };
    };
    claim('3');
    await read();
    expect(await orderIds()).toEqual(range(250));
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 250 });
    claim('900000');
    await world.inShop(shop, (scope) => askSync(scope, 'orders'));
    await read();
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 250 });
  });

  test('orders that are deleted, put in the bin or added between two pages hide none', async () => {
    fill(310);
    let pages = 0;
    store.before = ({ path }) => {
      if (path !== 'orders') return null;
      pages += 1;
      if (pages === 2) for (const id of range(60)) store.orders.delete(id);
      if (pages === 3) for (const id of range(20, 80)) store.put(store.orders, wooOrderJson(id, { status: 'trash' }));
      if (pages === 4) fill(40, 311);
      return null;
    };
    await read();
    // What went after it was read stays until the nightly pass looks for it.
    expect(await orderIds()).toEqual(range(350));
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 350, refused: 0 });
  });

  test('goes on where a store that broke down left it, and takes nothing twice', async () => {
    fill(300);
    let broken = true;
    store.before = ({ path, query }) =>
      broken && path === 'orders' && Number(query.get('offset')) > 150 ? { status: 500, body: 'Error' } : null;
    await read();
    expect(await sync('orders')).toMatchObject({ state: 'loading', errorCode: 'woocommerce.unavailable', count: 199 });
    expect((await sync('orders'))?.dueAt).toBe(world.clock.now() + 30_000);
    // Not before its time, and then only the rest.
    expect(await read()).toBe(0);
    broken = false;
    world.clock.advance(30_000);
    store.asked.length = 0;
    await read();
    expect(Math.min(...store.askedFor('orders').map(({ query }) => Number(query.get('offset'))))).toBe(198);
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 300, errorCode: null });
    expect(await orderIds()).toEqual(range(300));
    expect(await points()).toEqual([30_000]);
  });

  test('goes on rightly where most of what it had read was deleted meanwhile', async () => {
    fill(900);
    let broken = true;
    store.before = ({ path, query }) =>
      broken && path === 'orders' && Number(query.get('offset')) > 750 ? { status: 500, body: 'Error' } : null;
    await read();
    const place = Number((await sync('orders'))?.position);
    expect(place).toBeGreaterThan(700);
    for (const id of range(place - 10)) store.orders.delete(id);
    broken = false;
    world.clock.advance(30_000);
    await read();
    expect(await orderIds()).toEqual(range(900));
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 900 });
  });

  test('stops where it is asked to, and goes on there', async () => {
    fill(250);
    let left = 0;
    while ((await shopsToRead(reading)).length > 0) {
      left += 1;
      await read(() => true);
      expect(left).toBeLessThan(20);
    }
    expect(left).toBeGreaterThan(5);
    expect(await orderIds()).toEqual(range(250));
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 250 });
  });

  test('read once more it adds nothing', async () => {
    fill(120);
    store.put(store.customers, wooCustomerJson(501));
    await read();
    const before = [await points(), await rows('points_postings'), (await rows('customers')).length, await orderIds()];
    world.clock.advance(60_000);
    await world.inShop(shop, async (scope) => {
      for (const kind of ['customers', 'products', 'orders'] as const) await askSync(scope, kind);
    });
    await read();
    expect([await points(), await rows('points_postings'), (await rows('customers')).length, await orderIds()]).toEqual(
      before,
    );
  });

  test.each([false, true])(
    'refunds are read with their dates and lines (a store without /refunds: %s)',
    async (old) => {
      store.old = old;
      fill(3);
      store.refund(wooRefundJson(70, 2, { at: PLACED + 86_400_000, line: 20 }));
      store.refund(wooRefundJson(71, 3, { amount: '25.00' }));
      await read();
      const found = (await rows('orders')).sort((a, b) => Number(a.platformId) - Number(b.platformId));
      expect(found).toMatchObject([{ refunded: 0 }, { refunded: 4_000, net: 6_000 }, { refunded: 2_500, net: 7_500 }]);
      const details = (await rows('order_facts')).filter(({ kind }) => kind === 'refund-detail');
      expect(details.map(({ factId, at }) => [factId, at]).sort()).toEqual([
        ['70', PLACED + 86_400_000],
        ['71', PLACED],
      ]);
      const line = (await rows('order_lines')).find(({ platformId }) => platformId === '20');
      expect(line).toMatchObject({ refundedQuantity: 1, refundedAmount: 4_000 });
      expect(await points()).toEqual([100 + 60 + 75]);
      // All of a page at once; the store that has no such list is asked for it once.
      expect(store.askedFor('refunds').length).toBeLessThanOrEqual(old ? 1 : 2);
    },
  );

  test('things that cannot be used are counted and named, and keep nothing else from being read', async () => {
    fill(3);
    store.put(store.orders, wooOrderJson(7, { total: 'a lot' }), wooOrderJson(8));
    await read();
    expect(await orderIds()).toEqual([1, 2, 3, 8]);
    const reason = "1 of the store's orders could not be used and left out: 7.";
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 4, refused: 1, reason });
  });

  test('a store that gives the same page again and again is told of, and not asked for ever', async () => {
    fill(100);
    store.before = ({ path }) => (path === 'orders' ? { body: [...store.orders.values()] } : null);
    await read();
    expect(await sync('orders')).toMatchObject({ errorCode: 'woocommerce.paging', count: 100 });
    expect(store.askedFor('orders').length).toBeLessThan(10);
  });
});

const folder = new URL('../../../../../shared/samples/woocommerce/', import.meta.url);
const here = existsSync(folder);
const sample = (name: string): Listed[] => {
  const { body } = JSON.parse(readFileSync(new URL(`rest.${name}.json`, folder), 'utf8')) as {
    body: string | Listed[];
  };
  return typeof body === 'string' ? (JSON.parse(body) as Listed[]) : body;
};
type Listed = { id: number; email?: string; status?: string };

describe.skipIf(!here)(`true answers of a store${here ? '' : ' (skipped: no ../shared/samples/woocommerce)'}`, () => {
  test('are read: every order, account and product of them, with refunds', async () => {
    const orders = [...sample('orders-page2'), ...[sample('order')].flat()];
    store.put(store.orders, ...new Map(orders.map((one) => [one.id, one])).values());
    store.put(store.customers, ...sample('customers'));
    store.put(store.products, ...sample('products'));
    store.put(store.refunds, ...sample('refunds-all'));
    await read();
    for (const [kind, things] of Object.entries({
      customers: store.customers,
      products: store.products,
      orders: store.orders,
    }))
      expect(await sync(kind)).toMatchObject({ state: 'done', count: things.size, refused: 0 });
    expect(await orderIds()).toEqual([...store.orders.keys()].sort((a, b) => a - b));
    // The true store gave its order back in three pieces.
    const whole = (await rows('orders')).find(({ platformId }) => platformId === '22');
    expect(whole).toMatchObject({ total: 4_178, refunded: 4_178, counts: false });
  });
});
