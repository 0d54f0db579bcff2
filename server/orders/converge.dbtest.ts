import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import type { Scope } from '../shops/scope.ts';
import { recordFulfilment, recordOrderDeleted, recordOrderEdited, recordRefund } from './facts.usecases.ts';
import { at, line, orderState, person, refund, soundness, version } from './orders.fixtures.ts';
import { recordOrder } from './orders.usecases.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

type Step = (scope: Scope) => Promise<unknown>;

const ada = person({ platformId: '501', email: 'ada@example.test' });
const full =
  (hour: number, fields: Parameters<typeof orderState>[0] = {}): Step =>
  (scope) =>
    recordOrder(scope, orderState({ version: version(at(hour)), ...fields }));

/** The life of one order and its neighbour, in the order in which it happened. */
const LIFE: Step[] = [
  full(10, { financial: 'pending', paidAt: null, customer: ada }),
  full(11, { customer: ada, lines: [line({ quantity: 2, unitPrice: 5_000 })] }),
  (scope) => recordOrderEdited(scope, '7001', '81', at(12)),
  full(13, { customer: ada, total: 15_000, lines: [line({ quantity: 3, unitPrice: 5_000 })] }),
  (scope) =>
    recordRefund(
      scope,
      '7001',
      refund({ at: at(14), amount: 5_000, lines: [{ lineId: '11', quantity: 1, amount: 5_000 }] }),
    ),
  full(15, {
    customer: ada,
    total: 15_000,
    lines: [line({ quantity: 3, unitPrice: 5_000 })],
    financial: 'partially_refunded',
    refunds: [refund({ at: at(14), amount: 5_000, lines: [{ lineId: '11', quantity: 1, amount: 5_000 }] })],
  }),
  (scope) => recordRefund(scope, '7001', refund({ platformId: '32', at: at(16), amount: 1_000 })),
  (scope) =>
    recordFulfilment(scope, {
      orderId: '7001',
      fulfilmentId: '61',
      at: at(17),
      fulfilledAt: at(17),
      deliveredAt: null,
    }),
  full(10, { platformId: '7002', number: '#1002', customer: ada, placedAt: at(8), paidAt: at(8) }),
  (scope) => recordOrderDeleted(scope, '7002', at(12)),
];

/** Without what legitimately tells the order of arrival: our own ids, the chain of the ledger, lots that hold nothing. */
async function outcome(shopId: number) {
  const tables = await dump(world, shopId);
  const bare = (name: string, omit: string[]) =>
    (tables[name] ?? [])
      .map((row) => JSON.stringify(Object.fromEntries(Object.entries(row).filter(([key]) => !omit.includes(key)))))
      .sort();
  return {
    orders: bare('orders', ['shopId', 'id', 'customerId']),
    lines: bare('order_lines', ['shopId', 'orderId']),
    numbers: await everyNumber(world, shopId),
    points: bare('points_accounts', ['shopId', 'customerId', 'seq', 'hash']),
    lots: bare('points_lots', ['shopId', 'customerId', 'source']).filter((row) => !row.includes('"granted":0')),
  };
}

let made = 0;
async function after(steps: Step[]) {
  made += 1;
  const shopId = await testShop(world, { domain: `shop-${made}.example.test` });
  for (const step of steps) await world.inShop(shopId, step);
  return shopId;
}

test('deliveries in any order, with repeats, end in the same orders, numbers, balances and lots', async () => {
  const wanted = await outcome(await after(LIFE));
  expect(wanted.points).toHaveLength(1);
  const arrivals = fc
    .shuffledSubarray([...LIFE.keys()], { minLength: LIFE.length })
    .chain((order) => fc.array(fc.constantFrom(...LIFE.keys()), { maxLength: 4 }).map((twice) => [...order, ...twice]));
  await fc.assert(
    fc.asyncProperty(arrivals, async (order) => {
      const shopId = await after(order.map((index) => LIFE[index] as Step));
      expect(await outcome(shopId)).toEqual(wanted);
      const { kept, rebuilt, ledger } = await soundness(world, shopId);
      expect(kept).toEqual(rebuilt);
      expect(ledger).toMatchObject({ ok: true });
    }),
    { numRuns: 25, seed: 20_250_301 },
  );
}, 60_000);
