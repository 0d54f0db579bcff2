import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wooOrderBody, wooRefundBody } from '../commerce/woocommerce/reading/woocommerce.fixtures.ts';
import { orderChanges, toldOrder } from '../commerce/woocommerce/reading/woocommerce.orders.ts';
import { wooOrder, wooRefund } from '../commerce/woocommerce/reading/woocommerce.shapes.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import { applyChanges } from '../intake/apply.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { recordOrderDeleted, recordOrderRestored } from './facts.usecases.ts';
import { soundness, theOrder } from './orders.fixtures.ts';

const WOO = { platform: 'woocommerce' as const, currency: 'EUR' };
const context = { currency: 'EUR', timeZone: 'UTC', country: null };
const minute = (n: number) => Date.UTC(2025, 2, 3, 12, n);

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

type Step = (scope: Scope) => Promise<unknown>;
let made = 0;
async function shopAfter(steps: readonly Step[]): Promise<number> {
  made += 1;
  const shop = await testShop(world, { ...WOO, domain: `woo-${made}.example.test` });
  for (const step of steps) await world.inShop(shop, step);
  return shop;
}

const body = (fields: Record<string, unknown>) => wooOrder.parse(wooOrderBody(fields));
/** What a webhook said at that minute: totals only. */
const webhook =
  (at: number, fields: Record<string, unknown>): Step =>
  (scope) =>
    applyChanges(scope, toldOrder(body(fields), { readAt: minute(at), hash: `webhook-${at}` }, context));
/** What was read by REST at that minute, the refunds with it. */
const reading =
  (at: number, fields: Record<string, unknown>, refunds: Record<string, unknown>[] = []): Step =>
  (scope) => {
    const read = refunds.map((one) => wooRefund.parse(wooRefundBody(one)));
    return applyChanges(scope, orderChanges(body(fields), { readAt: minute(at), hash: `rest-${at}` }, context, read));
  };

const PLACED = { date_modified_gmt: '2025-03-01T10:00:00' };
const REFUNDED = { date_modified_gmt: '2025-03-02T10:00:00', refunds: [{ id: 28, total: '-10.00' }] };
const TWICE = {
  date_modified_gmt: '2025-03-03T10:00:00',
  refunds: [
    { id: 29, total: '-4.00' },
    { id: 28, total: '-10.00' },
  ],
};

describe('a refund that webhooks list by its total only', () => {
  test('lowers what earns by its share of the total, as long as no more is known', async () => {
    const shop = await shopAfter([webhook(1, PLACED), webhook(2, REFUNDED)]);
    // Goods 20.00 of 25.00: 10.00 × 20 ÷ 25 = 8.00 less.
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 1_000, net: 1_500, plainRefunds: [1_000] });
    expect((await dump(world, shop)).points_accounts).toMatchObject([{ available: 12 }]);
  });

  test('keeps its lines once they were read, whatever webhooks say later', async () => {
    const shop = await shopAfter([
      reading(1, REFUNDED, [{}]),
      webhook(2, REFUNDED),
      webhook(3, { ...REFUNDED, status: 'completed' }),
    ]);
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 1_000, net: 1_500, plainRefunds: [] });
    const { order_lines: lines, points_accounts: points } = await dump(world, shop);
    expect(lines).toMatchObject([{ refundedQuantity: 1, refundedAmount: 1_000 }]);
    expect(points).toMatchObject([{ available: 10 }]);
  });

  test('of more than its lines are worth lowers what earns by the share of the rest, too', async () => {
    const more = { ...REFUNDED, refunds: [{ id: 28, total: '-12.50' }] };
    const shop = await shopAfter([webhook(1, more), reading(2, more, [{ amount: '12.50' }])]);
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 1_250, plainRefunds: [250] });
    // Goods 20.00 less 10.00 given back, less 2.50 × 20 ÷ 25.
    expect((await dump(world, shop)).points_accounts).toMatchObject([{ available: 8 }]);
  });

  test('gets them from a reading that is older than the webhook', async () => {
    const shop = await shopAfter([webhook(3, REFUNDED), reading(1, REFUNDED, [{}])]);
    expect(await theOrder(world, shop)).toMatchObject({ plainRefunds: [], net: 1_500 });
  });

  test('of another amount than was read is taken as it is listed', async () => {
    const shop = await shopAfter([reading(1, REFUNDED, [{ amount: '9.00' }])]);
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 1_000, plainRefunds: [1_000] });
  });
});

test('a deleted refund bumps no date: a newer reading undoes it, webhooks of before do not bring it back', async () => {
  const gone = { ...REFUNDED, refunds: [] };
  for (const steps of [
    [reading(1, REFUNDED, [{}]), webhook(2, REFUNDED), reading(5, gone)],
    [reading(5, gone), webhook(2, REFUNDED), reading(1, REFUNDED, [{}])],
  ]) {
    const shop = await shopAfter(steps);
    expect(await theOrder(world, shop)).toMatchObject({ refunded: 0, net: 2_500, counts: true });
    expect((await dump(world, shop)).points_accounts).toMatchObject([{ available: 20 }]);
  }
});

describe('a trashed order', () => {
  const trashed =
    (at: number): Step =>
    (scope) =>
      recordOrderDeleted(scope, '45', minute(at));
  const restored =
    (at: number): Step =>
    (scope) =>
      recordOrderRestored(scope, '45', minute(at), false);
  const counts = async (...steps: Step[]) => (await theOrder(world, await shopAfter(steps))).counts;

  test('counts no more, even where the store’s clock is ahead of ours', async () => {
    expect(await counts(webhook(1, PLACED), trashed(2))).toBe(false);
    expect(await counts(webhook(1, { date_modified_gmt: '2025-03-03T13:00:00' }), trashed(2))).toBe(false);
  });

  test('is back once it is restored, although it was modified before the deletion was delivered', async () => {
    const steps = [webhook(1, PLACED), trashed(3), restored(4)];
    expect(await counts(...steps)).toBe(true);
    expect(await counts(...steps.toReversed())).toBe(true);
    expect(await counts(...steps, trashed(5))).toBe(false);
  });

  test('is back once it was read, and stays gone when it was read before', async () => {
    expect(await counts(webhook(1, PLACED), trashed(3), reading(4, PLACED))).toBe(true);
    expect(await counts(webhook(1, PLACED), trashed(3), reading(2, PLACED))).toBe(false);
  });

  test('that is read in the trash is gone', async () => {
    expect(await counts(webhook(1, PLACED), reading(4, { ...PLACED, status: 'trash' }))).toBe(false);
  });

  test('leaves nothing behind for orders that were never deleted', async () => {
    const shop = await shopAfter([reading(1, PLACED), reading(2, PLACED)]);
    expect((await dump(world, shop)).order_facts).toEqual([]);
  });
});

/** Without what legitimately tells the order of arrival: our own ids, the chain of the ledger, lots that hold nothing. */
async function outcome(shop: number) {
  const tables = await dump(world, shop);
  const bare = (name: string, omit: string[]) =>
    (tables[name] ?? [])
      .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).filter(([key]) => !omit.includes(key)))))
      .sort();
  return {
    orders: bare('orders', ['shopId', 'id', 'customerId']),
    lines: bare('order_lines', ['shopId', 'orderId']),
    numbers: await everyNumber(world, shop),
    points: bare('points_accounts', ['shopId', 'customerId', 'seq', 'hash']),
    lots: bare('points_lots', ['shopId', 'customerId', 'source']).filter((row) => !row.includes('"granted":0')),
  };
}

test('webhooks and readings in any order, with repeats, end in the same orders, numbers and points', async () => {
  const second = { id: 29, amount: '4.00', line_items: [], shipping_lines: [] };
  const life: Step[] = [
    webhook(1, { ...PLACED, status: 'on-hold' }),
    webhook(2, PLACED),
    webhook(3, REFUNDED),
    reading(4, REFUNDED, [{}]),
    webhook(5, TWICE),
    reading(6, TWICE, [second, {}]),
    webhook(7, TWICE),
    // The first refund was deleted, which changes no date.
    reading(8, { ...TWICE, refunds: [{ id: 29, total: '-4.00' }] }, [second]),
  ];
  const wanted = await outcome(await shopAfter(life));
  expect(wanted.orders).toHaveLength(1);
  const arrivals = fc
    .shuffledSubarray([...life.keys()], { minLength: life.length })
    .chain((order) => fc.array(fc.constantFrom(...life.keys()), { maxLength: 4 }).map((twice) => [...order, ...twice]));
  await fc.assert(
    fc.asyncProperty(arrivals, async (order) => {
      const shop = await shopAfter(order.map((index) => life[index] as Step));
      expect(await outcome(shop)).toEqual(wanted);
      const { kept, rebuilt, ledger } = await soundness(world, shop);
      expect(kept).toEqual(rebuilt);
      expect(ledger).toMatchObject({ ok: true });
    }),
    { numRuns: 25, seed: 20_250_301 },
  );
}, 60_000);
