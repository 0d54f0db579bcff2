import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CartState } from '../commerce/commerce.types.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { at, orderState, person, record, version } from '../orders/orders.fixtures.ts';
import { recordCart, recordCartDeleted } from './carts.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(() => world.close());

const cart = (fields: Partial<CartState> = {}): CartState => ({
  token: 'token-1',
  cartToken: null,
  customer: null,
  email: 'ada@example.test',
  phone: null,
  currency: 'USD',
  lines: [{ productId: '900', variantId: null, title: 'Tea', quantity: 1, unitPrice: 10_000 }],
  total: 10_000,
  recoveryUrl: 'https://shop.example.test/recover',
  createdAt: at(9),
  completedAt: null,
  version: version(at(10)),
  ...fields,
});
const take = (fields: Partial<CartState> = {}) => world.inShop(shop, (scope) => recordCart(scope, cart(fields)));
const theCart = async () => {
  const rows = await rowsOf(world, shop, 'carts');
  expect(rows).toHaveLength(1);
  return rows[0];
};

test('the newest step of the shopper stands, whichever came first', async () => {
  await take({ version: version(at(12)), total: 30_000 });
  await take({ version: version(at(11)), total: 20_000 });
  expect(await theCart()).toMatchObject({ total: 30_000, activityAt: at(12) });
  await take({ version: version(at(13)), total: 5_000, lines: [] });
  expect(await theCart()).toMatchObject({ total: 5_000, lines: [], activityAt: at(13) });
});

test('an order completes its cart, and a late payload does not open it again', async () => {
  await take();
  await record(world, shop, orderState({ checkoutToken: 'token-1', placedAt: at(11) }));
  await take({ version: version(at(14)), total: 11_000 });
  expect(await theCart()).toMatchObject({ completedAt: at(11), orderPlatformId: '7001', total: 11_000 });
});

test('an order before its cart completes the cart when it comes', async () => {
  await record(world, shop, orderState({ checkoutToken: 'token-1', placedAt: at(11) }));
  await take();
  expect(await theCart()).toMatchObject({
    completedAt: at(11),
    orderPlatformId: '7001',
    total: 10_000,
    createdAt: at(9),
  });
});

test('an order whose checkout is told only later completes it as well', async () => {
  await take();
  await record(world, shop, orderState(), { importId: 'file', earns: false });
  await record(world, shop, orderState({ checkoutToken: 'token-1', version: version(at(12)) }));
  expect(await theCart()).toMatchObject({ completedAt: at(10), orderPlatformId: '7001' });
});

test('the platform’s own completion stays, its earliest instant', async () => {
  await take({ version: version(at(12)), completedAt: at(12) });
  await take({ version: version(at(11)), completedAt: at(11) });
  await take({ version: version(at(13)), completedAt: null });
  expect(await theCart()).toMatchObject({ completedAt: at(11) });
});

test('a deletion before or after its cart stays', async () => {
  await world.inShop(shop, (scope) => recordCartDeleted(scope, 'token-1', at(12)));
  await take();
  expect(await theCart()).toMatchObject({ deletedAt: at(12), total: 10_000 });
  await world.inShop(shop, (scope) => recordCartDeleted(scope, 'token-1', at(11)));
  expect(await theCart()).toMatchObject({ deletedAt: at(12) });
});

test('a cart belongs to whom its contact names, and follows a merge', async () => {
  const guest = await take();
  expect(guest).not.toBeNull();
  const account = person({ platformId: '501' });
  const { customerId } = await record(world, shop, orderState({ customer: account }));
  await record(world, shop, orderState({ version: version(at(11)) }));
  expect(await theCart()).toMatchObject({ customerId });
  expect(await take({ version: version(at(9)) })).toBe(customerId);
});

test('a cart without a contact is kept for nobody', async () => {
  expect(await take({ email: null })).toBeNull();
  expect(await theCart()).toMatchObject({ customerId: null });
  expect(await rowsOf(world, shop, 'customers')).toEqual([]);
});
