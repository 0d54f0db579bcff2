import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import { updateProfile } from '../shops/shops.usecases.ts';
import { recordFulfilment, recordOrderDeleted, recordOrderEdited, recordRefund } from './facts.usecases.ts';
import {
  at,
  line,
  orderState,
  person,
  pointsOf,
  record,
  refund,
  soundness,
  theOrder,
  version,
} from './orders.fixtures.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(async () => {
  const { kept, rebuilt, ledger } = await soundness(world, shop);
  await world.close();
  expect(kept).toEqual(rebuilt);
  expect(ledger).toMatchObject({ ok: true });
});

const refunded = (fact: Partial<ReturnType<typeof refund>> = {}) =>
  world.inShop(shop, (scope) => recordRefund(scope, '7001', refund(fact)));
const deleted = (instant: number) => world.inShop(shop, (scope) => recordOrderDeleted(scope, '7001', instant));
const edited = (instant: number) => world.inShop(shop, (scope) => recordOrderEdited(scope, '7001', '81', instant));

describe('a full payload', () => {
  test('makes an order, its customer and its points', async () => {
    expect(await record(world, shop, orderState())).toMatchObject({ recorded: 'created' });
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({
      platformId: '7001',
      counts: true,
      net: 10_000,
      placedDay: '2025-03-01',
      earns: true,
    });
    expect(await pointsOf(world, shop, order.customerId)).toBe(100);
  });

  test('newer by platform time replaces the state, older and equal ones do not', async () => {
    await record(
      world,
      shop,
      orderState({ version: version(at(12)), total: 12_000, lines: [line({ unitPrice: 12_000 })] }),
    );
    expect(await record(world, shop, orderState({ version: version(at(11)) }))).toMatchObject({
      recorded: 'unchanged',
    });
    expect(await theOrder(world, shop)).toMatchObject({ total: 12_000 });
    const again = orderState({ version: version(at(12)), total: 12_000, lines: [line({ unitPrice: 12_000 })] });
    expect(await record(world, shop, again)).toMatchObject({ recorded: 'unchanged' });
    expect(await record(world, shop, orderState({ version: version(at(13)) }))).toMatchObject({ recorded: 'updated' });
    expect(await theOrder(world, shop)).toMatchObject({ total: 10_000, net: 10_000 });
  });

  test.each([
    [
      'delivery time',
      { version: version(at(10), { triggeredAt: at(20) }) },
      { version: version(at(10), { triggeredAt: at(19) }) },
    ],
    ['cancelled', { cancelledAt: at(10) }, { financial: 'paid' as const }],
    ['more refunded', { refunds: [refund({ amount: 900 })] }, { refunds: [refund({ amount: 100 })] }],
    ['paid', { financial: 'paid' as const }, { financial: 'pending' as const, paidAt: null }],
    ['hash', { version: version(at(10), { bodyHash: 'b' }) }, { version: version(at(10), { bodyHash: 'a' }) }],
  ])('of the same instant wins by %s in either order of arrival', async (_by, wins, loses) => {
    const other = await testShop(world, { domain: 'other.example.test' });
    for (const state of [wins, loses]) await record(world, shop, orderState(state));
    for (const state of [loses, wins]) await record(world, other, orderState(state));
    const { id: _a, shopId: _s, customerId: _c, ...first } = await theOrder(world, shop);
    const { id: _b, shopId: _t, customerId: _d, ...second } = await theOrder(world, other);
    expect(second).toEqual(first);
    const { version: wanted } = orderState(wins);
    expect(first).toMatchObject({ bodyHash: wanted.bodyHash, triggeredAt: wanted.triggeredAt });
  });

  test.each([
    ['a test order', { test: true }],
    ['an order in a foreign currency', { currency: 'EUR' }],
    ['a cancelled order', { cancelledAt: at(11) }],
    ['an unpaid order', { financial: 'pending' as const, paidAt: null }],
    ['a voided order', { financial: 'voided' as const }],
    ['a fully refunded order', { financial: 'refunded' as const, refunds: [refund({ amount: 10_000 })] }],
    [
      'an order refunded to its last cent',
      { financial: 'partially_refunded' as const, refunds: [refund({ amount: 10_000 })] },
    ],
    ['an order of nothing from which money came back', { total: 0, lines: [], refunds: [refund({ amount: 5 })] }],
  ])('%s is kept and counts for nothing', async (_what, fields) => {
    await record(world, shop, orderState(fields));
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({ counts: false, net: 0 });
    expect(await pointsOf(world, shop, order.customerId)).toBe(0);
    expect(await everyNumber(world, shop)).toMatchObject({ orders: 0, revenue: 0, customers: 0 });
  });

  test('a zero total is an order that counts and earns nothing', async () => {
    await record(world, shop, orderState({ total: 0, lines: [line({ discount: 10_000 })] }));
    expect(await theOrder(world, shop)).toMatchObject({ counts: true, net: 0 });
    expect(await everyNumber(world, shop)).toMatchObject({ orders: 1, revenue: 0, customers: 1 });
  });

  test('an order without any contact counts as an order, not as a customer', async () => {
    await record(world, shop, orderState({ customer: null }));
    const tables = await dump(world, shop);
    expect(tables.customers).toEqual([]);
    expect(await everyNumber(world, shop)).toMatchObject({ orders: 1, revenue: 100, customers: 0 });
  });

  test('an order that turns out to have a customer moves its numbers to them', async () => {
    await record(world, shop, orderState({ customer: null }));
    await record(world, shop, orderState({ version: version(at(11)) }));
    expect(await everyNumber(world, shop)).toMatchObject({ orders: 1, revenue: 100, customers: 1 });
    expect(await pointsOf(world, shop, (await theOrder(world, shop)).customerId)).toBe(100);
  });

  test('a customer whom the newest payload hides is learnt from an older one that comes late', async () => {
    await record(world, shop, orderState({ customer: null, version: version(at(11)) }));
    await record(world, shop, orderState());
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({ updatedAt: at(11) });
    expect(order.customerId).not.toBeNull();
    expect(await pointsOf(world, shop, order.customerId)).toBe(100);
    // The other way round the customer stays as well.
    await record(world, shop, orderState({ customer: null, version: version(at(12)) }));
    expect(await theOrder(world, shop)).toMatchObject({ customerId: order.customerId });
  });

  test('an order that changes hands takes numbers and points with it', async () => {
    await record(world, shop, orderState());
    const first = (await theOrder(world, shop)).customerId;
    await record(world, shop, orderState({ customer: person({ platformId: '502' }), version: version(at(11)) }));
    const second = (await theOrder(world, shop)).customerId;
    expect(second).not.toBe(first);
    expect([await pointsOf(world, shop, first), await pointsOf(world, shop, second)]).toEqual([0, 100]);
    expect(await everyNumber(world, shop)).toMatchObject({ customers: 1, customers_to_date: 1, orders: 1 });
  });

  test('a guest order whose customer turns out to be a known account moves once, not twice', async () => {
    await record(
      world,
      shop,
      orderState({
        platformId: '6999',
        customer: person({ platformId: '501' }),
        placedAt: at(1),
        version: version(at(1)),
      }),
    );
    await record(world, shop, orderState({ customer: person({ email: 'ada@example.test' }) }));
    await record(world, shop, orderState({ version: version(at(11)) }));
    const tables = await dump(world, shop);
    const owners = new Set(tables.orders?.map((row) => row.customerId));
    expect(owners.size).toBe(1);
    expect(await everyNumber(world, shop)).toMatchObject({ orders: 2, customers: 1, repeat_customers: 1 });
    expect(await pointsOf(world, shop, [...owners][0])).toBe(200);
  });

  test('a local day that was written stays when the shop moves to another zone; new orders go by the new one', async () => {
    const late = Date.UTC(2025, 2, 1, 22);
    await record(world, shop, orderState({ placedAt: late }));
    const tokyo = { name: null, currency: null, timeZone: 'Asia/Tokyo', locale: null, country: null };
    await world.inShop(shop, (scope) => updateProfile(scope, tokyo, at(1)));
    await record(world, shop, orderState({ placedAt: late, version: version(at(23)) }));
    await record(world, shop, orderState({ platformId: '7002', number: '#1002', placedAt: late }));
    expect(await theOrder(world, shop, '7001')).toMatchObject({ placedDay: '2025-03-01', updatedAt: at(23) });
    expect(await theOrder(world, shop, '7002')).toMatchObject({ placedDay: '2025-03-02' });
  });

  test('lines follow the payload', async () => {
    await record(world, shop, orderState({ lines: [line(), line({ platformId: '12', title: 'Cup' })] }));
    await record(
      world,
      shop,
      orderState({ version: version(at(11)), lines: [line({ platformId: '12', title: 'Mug' })] }),
    );
    expect((await dump(world, shop)).order_lines).toMatchObject([{ line: 0, platformId: '12', title: 'Mug' }]);
  });
});

describe('facts that come alone', () => {
  test('a refund before its order waits for it', async () => {
    expect(await refunded()).toBeNull();
    await record(world, shop, orderState());
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 4_000, net: 6_000, plainRefunds: [4_000] });
  });

  test('a refund is not counted twice when the full payload lists it too, in any order and with repeats', async () => {
    await record(world, shop, orderState());
    await refunded();
    await refunded();
    const listing = orderState({ version: version(at(13)), refunds: [refund()], financial: 'partially_refunded' });
    await record(world, shop, listing);
    await refunded();
    await record(world, shop, listing);
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({ refunded: 4_000, net: 6_000 });
    expect(await pointsOf(world, shop, order.customerId)).toBe(60);
  });

  test('a refund with lines lowers those lines', async () => {
    const goods = [line({ quantity: 2, unitPrice: 3_000 }), line({ platformId: '12', unitPrice: 4_000 })];
    await record(world, shop, orderState({ lines: goods }));
    await refunded({ amount: 3_000, lines: [{ lineId: '11', quantity: 1, amount: 3_000 }] });
    expect((await dump(world, shop)).order_lines).toMatchObject([
      { platformId: '11', refundedQuantity: 1, refundedAmount: 3_000 },
      { platformId: '12', refundedQuantity: 0, refundedAmount: 0 },
    ]);
    expect(await pointsOf(world, shop, (await theOrder(world, shop)).customerId)).toBe(70);
  });

  test('a refund that a newer full payload no longer lists was deleted and is undone', async () => {
    await record(world, shop, orderState({ version: version(at(13)), refunds: [refund()] }));
    await refunded();
    await record(world, shop, orderState({ version: version(at(14)) }));
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({ refunded: 0, net: 10_000 });
    expect(await pointsOf(world, shop, order.customerId)).toBe(100);
    await record(world, shop, orderState({ version: version(at(13)), refunds: [refund()] }));
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 0 });
  });

  test('a deletion stands against older payloads and ends with a later one', async () => {
    await record(world, shop, orderState());
    await deleted(at(12));
    expect(await theOrder(world, shop)).toMatchObject({ deleted: true, counts: false, net: 0 });
    await record(world, shop, orderState({ version: version(at(11)) }));
    expect(await theOrder(world, shop)).toMatchObject({ deleted: true, counts: false });
    await record(world, shop, orderState({ version: version(at(13)) }));
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({ deleted: false, counts: true, net: 10_000 });
    expect(await pointsOf(world, shop, order.customerId)).toBe(100);
    // An earlier deletion that comes late changes nothing any more.
    await deleted(at(9));
    expect(await theOrder(world, shop)).toMatchObject({ deleted: false });
  });

  test('a deletion before its order keeps it from counting', async () => {
    await deleted(at(12));
    await record(world, shop, orderState());
    expect(await theOrder(world, shop)).toMatchObject({ deleted: true, counts: false });
  });

  test('an edit marks the order to be read again until a later payload comes', async () => {
    await edited(at(12));
    await record(world, shop, orderState());
    expect(await theOrder(world, shop)).toMatchObject({ rereadSince: at(12), counts: true });
    await record(world, shop, orderState({ version: version(at(13)) }));
    expect(await theOrder(world, shop)).toMatchObject({ rereadSince: null });
    await edited(at(12));
    expect(await theOrder(world, shop)).toMatchObject({ rereadSince: null });
    await edited(at(14));
    expect(await theOrder(world, shop)).toMatchObject({ rereadSince: at(14) });
  });

  test('of two words about one parcel the newer stands, whichever came first', async () => {
    const parcel = (instant: number, fulfilledAt: number | null) =>
      world.inShop(shop, (scope) =>
        recordFulfilment(scope, { orderId: '7001', fulfilmentId: '61', at: instant, fulfilledAt, deliveredAt: null }),
      );
    await record(world, shop, orderState());
    await parcel(at(14), null);
    await parcel(at(12), at(12));
    expect(await theOrder(world, shop)).toMatchObject({ fulfilledAt: null });
    await parcel(at(15), at(15));
    await world.inShop(shop, (scope) =>
      recordFulfilment(scope, {
        orderId: '7001',
        fulfilmentId: '61/delivered',
        at: at(16),
        fulfilledAt: null,
        deliveredAt: at(16),
      }),
    );
    await record(world, shop, orderState({ version: version(at(17)) }));
    expect(await theOrder(world, shop)).toMatchObject({ fulfilledAt: at(15), deliveredAt: at(16) });
  });
});

describe('imported orders', () => {
  const origin = { importId: 'import-1', earns: false };
  const fromFile = orderState({
    platformId: 'number:#1001',
    number: '#1001',
    customer: person({ email: 'ada@example.test' }),
  });

  test('an order of a file meets its webhook by the number and takes the platform id', async () => {
    await record(world, shop, fromFile, origin);
    await record(world, shop, orderState({ version: version(at(11)) }));
    expect(await theOrder(world, shop)).toMatchObject({ platformId: '7001', importId: 'import-1', earns: false });
  });

  test('it takes the platform id of a payload older than the file, and the facts that wait under it', async () => {
    await record(
      world,
      shop,
      { ...fromFile, version: version(at(11)), refunds: [refund({ platformId: 'file', amount: 1_000, at: at(11) })] },
      origin,
    );
    await refunded({ at: at(12), amount: 2_000 });
    await record(world, shop, orderState({ version: version(at(10)) }));
    expect(await theOrder(world, shop)).toMatchObject({ platformId: '7001', updatedAt: at(11), refunded: 3_000 });
    expect((await dump(world, shop)).order_facts?.map((row) => row.orderPlatformId)).toEqual(['7001', '7001']);
  });

  test('a file without platform ids meets the order that a webhook brought', async () => {
    await record(world, shop, orderState());
    expect(await record(world, shop, fromFile, origin)).toMatchObject({ recorded: 'unchanged' });
    const later = { ...fromFile, version: version(at(12)), source: 'file' };
    expect(await record(world, shop, later, origin)).toMatchObject({ recorded: 'updated' });
    expect(await theOrder(world, shop)).toMatchObject({
      platformId: '7001',
      source: 'file',
      earns: true,
    });
  });

  test('never earn, whatever mentions them later', async () => {
    await record(world, shop, orderState(), origin);
    await record(world, shop, orderState({ version: version(at(12)), total: 12_000 }));
    await refunded({ at: at(13) });
    await record(world, shop, orderState({ version: version(at(14)) }), { importId: 'import-2', earns: true });
    const order = await theOrder(world, shop);
    expect(order).toMatchObject({ earns: false, importId: 'import-1', counts: true });
    expect((await dump(world, shop)).points_transactions).toEqual([]);
  });

  test('earn when they were imported to earn', async () => {
    await record(world, shop, orderState(), { importId: 'import-1', earns: true });
    expect(await pointsOf(world, shop, (await theOrder(world, shop)).customerId)).toBe(100);
  });
});
