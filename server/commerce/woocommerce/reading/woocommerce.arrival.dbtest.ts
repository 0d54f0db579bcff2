import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { deliver } from '../../../inbox/deliveries.fixtures.ts';
import { theOrder } from '../../../orders/orders.fixtures.ts';
import { install, uninstall } from '../../../shops/shops.usecases.ts';
import { wooCustomerBody, wooOrderBody } from './woocommerce.fixtures.ts';

let world: World;
let shop: number;
let made = 0;
beforeAll(async () => {
  world = await testWorld();
});
beforeEach(async () => {
  made += 1;
  shop = await testShop(world, { platform: 'woocommerce', domain: `woo-${made}.example.test`, currency: 'EUR' });
});
afterAll(() => world.close());

const later = { date_modified_gmt: '2025-03-02T10:00:00' };
const points = async () => (await rowsOf(world, shop, 'points_accounts')).map(({ available }) => available);
const rereads = async () => (await rowsOf(world, shop, 'order_rereads')).map((row) => row.orderPlatformId);

describe('an order', () => {
  test('of the block checkout is updated before it is created, and created twice', async () => {
    const [updated, created] = [wooOrderBody({ ...later, status: 'completed' }), wooOrderBody({ status: 'pending' })];
    await deliver(world, shop, ['order.updated', updated], ['order.created', created], ['order.created', created]);
    expect(await theOrder(world, shop)).toMatchObject({ financial: 'paid', counts: true });
    expect(await points()).toEqual([20]);
  });

  test('that is a draft first is none until it is placed, and counts once', async () => {
    const draft = wooOrderBody({ status: 'checkout-draft', date_paid_gmt: '2025-03-01T10:00:00' });
    expect(await deliver(world, shop, ['order.created', draft], ['order.updated', draft])).toMatchObject([
      { state: 'ignored', body: null },
      { state: 'ignored', body: null },
    ]);
    expect(await rowsOf(world, shop, 'orders')).toEqual([]);
    expect(await rowsOf(world, shop, 'customers')).toEqual([]);
    await deliver(world, shop, ['order.updated', wooOrderBody(later)]);
    expect(await points()).toEqual([20]);
  });

  test.each(['checkout-draft', 'auto-draft', 'wc-draft'])(
    'that was set back to a %s counts no more',
    async (status) => {
      const draft = wooOrderBody({ ...later, status });
      await deliver(world, shop, ['order.created', wooOrderBody()], ['order.updated', draft]);
      expect(await theOrder(world, shop)).toMatchObject({ financial: 'pending', counts: false, net: 0 });
      expect(await points()).toEqual([0]);
      const placed = wooOrderBody({ date_modified_gmt: '2025-03-03T10:00:00' });
      await deliver(world, shop, ['order.updated', draft], ['order.updated', placed], ['order.updated', draft]);
      expect([(await theOrder(world, shop)).counts, await points()]).toEqual([true, [20]]);
    },
  );

  test('in cash on delivery counts at once; its date of payment comes later and changes no points', async () => {
    await deliver(world, shop, ['order.created', wooOrderBody()]);
    expect([(await theOrder(world, shop)).paidAt, await points()]).toEqual([null, [20]]);
    const paid = { ...later, status: 'completed', date_paid_gmt: '2025-03-02T10:00:00' };
    await deliver(world, shop, ['order.updated', wooOrderBody(paid)]);
    expect([(await theOrder(world, shop)).paidAt, await points()]).toEqual([Date.UTC(2025, 2, 2, 10), [20]]);
  });

  test.each(['cancelled', 'failed', 'refunded', 'on-hold', 'pending'])(
    'that became %s gives its points back',
    async (status) => {
      await deliver(
        world,
        shop,
        ['order.created', wooOrderBody()],
        ['order.updated', wooOrderBody({ ...later, status })],
      );
      expect(await theOrder(world, shop)).toMatchObject({ counts: false, net: 0 });
      expect(await points()).toEqual([0]);
    },
  );

  test('of the same second is as it was told last: dates are good to the second only', async () => {
    const cancelled = wooOrderBody({ status: 'cancelled' });
    await deliver(world, shop, ['order.updated', cancelled], ['order.updated', wooOrderBody()]);
    expect(await theOrder(world, shop)).toMatchObject({ counts: true });
    await deliver(world, shop, ['order.updated', cancelled]);
    expect(await theOrder(world, shop)).toMatchObject({ counts: false });
  });

  test('in the trash is gone, its refunds and points with it, and comes back restored', async () => {
    await deliver(world, shop, ['order.created', wooOrderBody()], ['order.deleted', { id: 45 }]);
    expect([(await theOrder(world, shop)).deleted, await points()]).toEqual([true, [0]]);
    await deliver(world, shop, ['order.restored', wooOrderBody()]);
    expect([(await theOrder(world, shop)).deleted, await points()]).toEqual([false, [20]]);
  });

  test('in another currency than the shop’s is shown, and stays out of money and points', async () => {
    await deliver(world, shop, ['order.created', wooOrderBody({ currency: 'USD' })]);
    expect(await theOrder(world, shop)).toMatchObject({ currency: 'USD', total: 2_500, counts: false, net: 0 });
    expect(await points()).toEqual([]);
  });
});

describe('what names an order only', () => {
  const named: [string, unknown][] = [
    ['action.woocommerce_order_refunded', { action: 'woocommerce_order_refunded', arg: 22 }],
    ['action.woocommerce_order_status_changed', { action: 'woocommerce_order_status_changed', arg: 23 }],
    ['order.deleted', { id: 24 }],
  ];

  test('has it read again where the shop is installed', async () => {
    await world.inShop(shop, (scope) => install(scope, []));
    await deliver(world, shop, ...named, ...named);
    expect((await rereads()).sort()).toEqual(['22', '23', '24']);
  });

  test('asks nothing of a registered shop, or of one that left', async () => {
    await deliver(world, shop, ...named);
    await world.inShop(shop, (scope) => uninstall(scope, world.clock.now()));
    expect(await deliver(world, shop, ...named)).toMatchObject(Array(6).fill({ state: 'applied' }));
    expect(await rereads()).toEqual([]);
  });
});

test('a signed error changes nothing, and one that a merchant can mend is parked with what to do', async () => {
  await deliver(world, shop, ['customer.created', wooCustomerBody()], ['order.created', wooOrderBody()]);
  const error = (status: number) => ({ code: `woocommerce_rest_${status}`, message: 'Sorry.', data: { status } });
  const rows = await deliver(world, shop, ['order.updated', error(404)], ['order.updated', error(403)]);
  expect(rows.slice(2)).toMatchObject([
    { state: 'ignored', reason: 'The order was deleted before the store sent this message about it.' },
    { state: 'parked', errorCode: 'delivery.no_rights', reason: expect.stringMatching(/shop manager again/) },
  ]);
  expect(await theOrder(world, shop)).toMatchObject({ counts: true });
});
