import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { customerFor } from '../customers/customers.usecases.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { recordOrderDeleted, recordRefund } from '../orders/facts.usecases.ts';
import { orderState, person, record, refund, soundness, version } from '../orders/orders.fixtures.ts';
import { redeemPoints, reservePoints } from '../points/spend.usecases.ts';
import { defineProgram } from '../program/program.usecases.ts';
import { shopByName, updateProfile } from '../shops/shops.usecases.ts';
import { sharedKpis } from './answers.usecases.ts';
import { foldShop, shopsToFold } from './fold.usecases.ts';
import { everyNumber } from './insights.fixtures.ts';
import { kpis } from './kpis.usecases.ts';
import { lifecycle } from './lifecycle.usecases.ts';
import { rebuildNumbers } from './rebuild.usecases.ts';
import { rfm } from './rfm.usecases.ts';
import { setNumberSettings } from './settings.usecases.ts';

let world: World;
let shop: number;
let made = 0;

beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(async () => {
  const { kept, rebuilt, ledger } = await soundness(world, shop);
  await world.close();
  expect(kept, 'a rebuild gives the same rows').toEqual(rebuilt);
  expect(ledger).toMatchObject({ ok: true });
});

/** An order of 100.00 USD by the n-th customer at an instant, told at that instant unless said otherwise. */
async function buys(customer: number | null, at: number, fields: Parameters<typeof orderState>[0] = {}) {
  made += 1;
  const platformId = String(8_000 + made);
  const who = customer === null ? null : person({ platformId: String(customer), email: `c${customer}@example.test` });
  const known = { platformId, number: `#${platformId}`, placedAt: at, paidAt: at, version: version(at) };
  await record(world, shop, orderState({ ...known, customer: who, ...fields }));
  return platformId;
}

const on = (day: string, hour = 12): number => Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`);
const theShop = () => world.inShop(shop, async (scope) => scope.shop);
const numbers = async (from: string, to: string, window?: number) =>
  kpis(world, await theShop(), { from, to, ...(window === undefined ? {} : { window }) });

describe('what is kept follows the orders', () => {
  test('a shop without customers has numbers of nothing', async () => {
    const none = await numbers('2025-01-01', '2025-12-31');
    expect(none).toMatchObject({ customers: 0, orders: 0, revenue: 0, aov: null, repeat_purchase_rate: null });
    expect(none).toMatchObject({ first_order_date: null, clv_historic: null, monthly: expect.anything() });
    expect(none.points).toMatchObject({ issued: 0, outstanding: 0, redemption_rate: null, liability: null });
    expect(await rfm(world, await theShop(), { method: 'ntile' })).toMatchObject({ customers: 0, snapshot: null });
  });

  test('one customer with one order', async () => {
    await buys(1, on('2025-02-03'));
    expect(await numbers('2025-02-01', '2025-02-28')).toMatchObject({
      customers: 1,
      orders: 1,
      revenue: 100,
      aov: 100,
      repeat_purchase_rate: 0,
      clv_historic: 100,
      cohorts: { '2025-02': { size: 1, active: [1] } },
      channels: { online: { orders: 1, revenue: 100, share: 1 } },
      sources: { web: { orders: 1 } },
    });
  });

  test('ten years between two orders', async () => {
    await buys(1, on('2015-01-31'));
    await buys(1, on('2025-01-31'));
    const decade = await numbers('2015-01-01', '2025-01-31', 3650);
    expect(decade.days_between_orders).toMatchObject({ n: 1, median: 3653 });
    expect(Object.keys(decade.monthly)).toHaveLength(121);
    expect(decade.monthly['2020-06']).toMatchObject({ orders: 0, return_share: 0 });
    expect(decade.crr['2024-12']).toMatchObject({ S: 1, E: 1, crr: 100 });
    expect((await numbers('2015-01-01', '2025-01-31', 365)).crr['2024-12']).toMatchObject({ S: 0, E: 0, crr: null });
  });

  test('a refund a year later lowers the month of the order, and a whole one takes it out', async () => {
    const first = await buys(1, on('2024-03-05'));
    const second = await buys(1, on('2024-03-06'));
    await world.inShop(shop, (scope) =>
      recordRefund(scope, first, refund({ platformId: '1', at: on('2025-03-20'), amount: 4_000 })),
    );
    expect((await numbers('2024-03-01', '2024-03-31')).monthly['2024-03']).toMatchObject({ orders: 2, revenue: 160 });
    await world.inShop(shop, (scope) =>
      recordRefund(scope, second, refund({ platformId: '2', at: on('2025-03-20'), amount: 10_000 })),
    );
    const after = await numbers('2024-03-01', '2025-03-31');
    expect(after).toMatchObject({
      orders: 1,
      revenue: 60,
      repeat_customers: 0,
      customers_by_order_count: { 1: 1, 2: 0 },
    });
  });

  test('a deleted order leaves an empty place, and numbers without it', async () => {
    const id = await buys(1, on('2025-01-05'));
    expect((await numbers('2025-01-01', '2025-01-31')).customers).toBe(1);
    await world.inShop(shop, (scope) => recordOrderDeleted(scope, id, on('2025-01-06')));
    expect(await numbers('2025-01-01', '2025-01-31')).toMatchObject({ customers: 0, customers_to_date: 0, revenue: 0 });
  });

  test('orders without a customer are revenue, months and channels, and nobody', async () => {
    await buys(null, on('2025-01-05'), { source: 'pos' });
    await buys(1, on('2025-01-06'));
    const january = await numbers('2025-01-01', '2025-01-31');
    expect(january).toMatchObject({ orders: 2, orders_without_customer: 1, customers: 1, orders_per_customer: 1 });
    expect(january.monthly['2025-01']).toMatchObject({ orders: 2, revenue: 200, customers: 1 });
    expect(january.channels).toMatchObject({ online: { share: 0.5 }, point_of_sale: { orders: 1, share: 0.5 } });
  });

  test('a new time zone holds for orders placed from then on', async () => {
    await buys(1, on('2025-01-31', 22));
    const tokyo = { name: null, currency: null, timeZone: 'Asia/Tokyo', locale: null, country: null };
    await world.inShop(shop, (scope) => updateProfile(scope, tokyo, on('2025-02-10')));
    await buys(2, on('2025-02-28', 22));
    const { monthly } = await numbers('2025-01-01', '2025-03-31');
    expect(monthly).toMatchObject({ '2025-01': { orders: 1 }, '2025-02': { orders: 0 }, '2025-03': { orders: 1 } });
  });

  test('months go by the Persian calendar where the shop does', async () => {
    await setNumberSettings(world, await theShop(), { calendar: 'persian' }, 'test');
    await buys(1, on('2025-03-20'));
    await buys(1, on('2025-03-21'));
    const { monthly, cohorts } = await numbers('2025-02-19', '2025-04-20');
    expect(Object.keys(monthly)).toEqual(['1403-12', '1404-01']);
    expect(cohorts['1403-12']).toMatchObject({ size: 1, active: [1, 1] });
  });

  test('a clock that jumps back is no reason to count anything twice, or not at all', async () => {
    await buys(1, on('2025-01-05'));
    await foldShop(world, shop, world.clock.now() + 86_400_000);
    await buys(1, on('2025-01-06'));
    await foldShop(world, shop, world.clock.now() - 86_400_000);
    expect(await numbers('2025-01-01', '2025-01-31')).toMatchObject({ orders: 2, customers: 1 });
  });
});

describe('bringing them up to date', () => {
  test('the sweep finds shops with changes, and none afterwards', async () => {
    await buys(1, on('2025-01-05'));
    expect(await shopsToFold(world.db)).toEqual([shop]);
    expect(await foldShop(world, shop, world.clock.now())).toBe(1);
    expect(await shopsToFold(world.db)).toEqual([]);
    // Told once more, nothing has changed.
    await buys(1, on('2025-01-05'), { platformId: '8001', number: '#8001' });
    expect(await foldShop(world, shop, world.clock.now())).toBeLessThanOrEqual(1);
  });

  test('more customers than one chunk and one batch hold', async () => {
    await world.inShop(shop, async (scope) => {
      await defineProgram(scope, { actor: 'test' });
    });
    for (let n = 1; n <= 530; n += 1) await buys(n, on('2025-01-05'));
    await buys(7, on('2025-01-09'));
    expect(await numbers('2025-01-01', '2025-01-31')).toMatchObject({
      customers: 530,
      orders: 531,
      repeat_customers: 1,
    });
    await buys(7, on('2025-01-10'));
    expect(await numbers('2025-01-01', '2025-01-31')).toMatchObject({ customers: 530, orders: 532 });
    expect(await rebuildNumbers(world, shop, world.clock.now())).toBe(530);
  }, 30_000);

  test('orders that come while a rebuild reads are counted once', async () => {
    for (let n = 1; n <= 5; n += 1) await buys(n, on('2025-01-05'));
    await foldShop(world, shop, world.clock.now());
    const rebuilding = rebuildNumbers(world, shop, world.clock.now());
    await buys(3, on('2025-01-06'));
    await foldShop(world, shop, world.clock.now());
    await buys(6, on('2025-01-07'));
    await rebuilding;
    expect(await numbers('2025-01-01', '2025-01-31')).toMatchObject({ customers: 6, orders: 7, repeat_customers: 1 });
  });

  test('a foreign shop’s orders are never among them', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    await buys(1, on('2025-01-05'));
    await record(world, other, orderState({ placedAt: on('2025-01-05'), total: 77_700 }));
    expect(await numbers('2025-01-01', '2025-01-31')).toMatchObject({ orders: 1, revenue: 100 });
    expect(await everyNumber(world, other)).toMatchObject({ orders: 1, revenue: 777 });
  });
});

describe('points, economics and stages', () => {
  test('points are issued on the order’s day, redeemed on theirs, and what is left is a liability once a cost is given', async () => {
    await world.inShop(shop, (scope) => defineProgram(scope, { actor: 'test', effectiveFrom: 0 }));
    world.clock.set(on('2026-06-10'));
    await buys(1, on('2026-06-01'));
    const customerId = String(
      await world.inShop(shop, (scope) => customerFor(scope, { platformId: '1', email: null, phone: null })),
    );
    await world.inShop(shop, (scope) => reservePoints(scope, { id: 'r1', customerId, amount: 30 }));
    await world.inShop(shop, (scope) => redeemPoints(scope, 'r1'));
    await setNumberSettings(world, await theShop(), { pointCost: 0.01 }, 'test');
    const { points } = await numbers('2026-06-01', '2026-06-30');
    expect(points).toMatchObject({ issued: 100, redeemed: 30, outstanding: 70, redemption_rate: 0.3, breakage: 0 });
    expect(points).toMatchObject({
      expected_redemption: 1,
      liability: 0.7,
      by_age: { '0-30': { points: 70, liability: 0.7 } },
    });
    expect((await numbers('2026-05-01', '2026-05-31')).points).toMatchObject({ issued: 0, outstanding: 0 });
  });

  test('unit economics stay unknown until the merchant gives margin and acquisition cost', async () => {
    await buys(1, on('2025-01-05'));
    expect((await numbers('2025-01-01', '2025-01-31')).unit_economics).toMatchObject({ payback_order: null });
    await setNumberSettings(world, await theShop(), { grossMargin: 0.4, acquisitionCost: 90 }, 'test');
    await buys(1, on('2025-02-05'));
    await buys(2, on('2025-01-06'));
    expect((await numbers('2025-01-01', '2025-02-28')).unit_economics).toMatchObject({
      gross_margin: 0.4,
      acquisition_cost: 90,
      margin_per_order: 40,
      payback_order: 3,
      // One of two was active in the second month and spent 100: five in a hundred more are worth 0.05 × 100 × 0.4.
      retention_plus_5_value: 2,
    });
  });

  test('stages go by the shop’s own gaps', async () => {
    world.clock.set(on('2025-06-30'));
    for (const [customer, days] of [
      [1, ['2025-06-01', '2025-06-05', '2025-06-10', '2025-06-15']],
      [2, ['2025-06-01', '2025-06-20', '2025-06-29']],
      [3, ['2025-06-28']],
      [4, ['2025-05-01']],
    ] as const) {
      for (const day of days) await buys(customer, on(day));
    }
    await world.inShop(shop, (scope) => customerFor(scope, { platformId: '5', email: null, phone: null }));
    const found = await lifecycle(world, await theShop());
    expect(found).toMatchObject({ at_risk_after_days: 5, lost_after_days: 15 });
    expect(found.stages).toEqual({ lead: 1, lost: 1, loyal: 1, at_risk: 0, new: 1, active: 1 });
  });

  test('RFM scores go by cuts or by equal classes', async () => {
    for (let n = 1; n <= 10; n += 1) await buys(n, on(`2025-01-${String(n + 9)}`), { total: n * 1_000 });
    const quantile = await rfm(world, await theShop(), { method: 'quantile' });
    expect(quantile).toMatchObject({ snapshot: '2025-01-20', customers: 10, f: { 1: 10 }, m: { 1: 2, 5: 2 } });
    expect((await rfm(world, await theShop(), { method: 'ntile' })).f).toEqual({ 1: 2, 2: 2, 3: 2, 4: 2, 5: 2 });
  });
});

test('the same question about unchanged numbers is answered once; a change, or another day, makes a new answer', async () => {
  await buys(1, on('2025-01-05'));
  const range = { from: '2025-01-01', to: '2025-01-31' };
  const shopRow = await theShop();
  const [first, second] = await Promise.all([sharedKpis(world, shopRow, range), sharedKpis(world, shopRow, range)]);
  expect(second?.numbers).toBe(first?.numbers);
  expect(first?.numbers).toEqual(await kpis(world, shopRow, range));
  expect(JSON.parse(String(first?.json))).toEqual(first?.numbers);
  await setNumberSettings(world, shopRow, { pointCost: 0.02 }, 'test');
  expect((await sharedKpis(world, shopRow, range)).numbers).not.toBe(first?.numbers);
  await buys(2, on('2025-01-06'));
  expect((await sharedKpis(world, shopRow, range)).numbers.customers).toBe(2);
  await expect(sharedKpis(world, shopRow, { from: 'x', to: 'y' })).rejects.toMatchObject({ code: 'insights.range' });
});

test.each([
  [{ from: '2025-02-30', to: '2025-03-01' }, 'insights.range'],
  [{ from: '2025-03-02', to: '2025-03-01' }, 'insights.range'],
  [{ from: 'yesterday', to: '2025-03-01' }, 'insights.range'],
  [{ from: '2025-01-01', to: '2025-03-01', window: 0 }, 'insights.window'],
  [{ from: '2025-01-01', to: '2025-03-01', window: 1.5 }, 'insights.window'],
  [{ from: '2025-01-01', to: '2025-03-01', window: 9_999 }, 'insights.window'],
  [{ from: '2025-01-01', to: '2025-03-01', window: Number.NaN }, 'insights.window'],
])('%j is refused with 400', async (range, code) => {
  const shopRow = await shopByName(world, String(shop));
  await expect(kpis(world, shopRow, range)).rejects.toMatchObject({ code, status: 400 });
});
