import { afterAll, beforeAll, expect, test } from 'vitest';
import { WOO_TOPICS } from '../commerce/woocommerce/reading/woocommerce.commerce.ts';
import {
  wooCouponBody,
  wooCustomerBody,
  wooLine,
  wooOrderBody,
  wooProductBody,
} from '../commerce/woocommerce/reading/woocommerce.fixtures.ts';
import { dialect } from '../db/dialect.ts';
import { dump, rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { seededRandom } from '../shared/random.ts';
import { deliver, drain, inboxOf } from './deliveries.fixtures.ts';
import { hostileDelivery, type Random, type Sender } from './fuzz.fixtures.ts';
import { createReceiver } from './receive.usecases.ts';

/** Each takes about a millisecond on SQLite, some more on PostgreSQL. */
const CASES = dialect === 'sqlite' ? 10_000 : 2_000;

const order = wooOrderBody({
  id: 7001,
  number: '7001',
  customer_id: 501,
  date_paid_gmt: '2025-03-01T10:00:00',
  billing: { first_name: 'Ada', country: 'IR', email: 'ada@example.test', phone: '09123456789' },
  line_items: [wooLine(), wooLine({ id: 6, product_id: 12 })],
  coupon_lines: [{ id: 1, code: 'tea' }],
  refunds: [{ id: 31, total: '-10.00' }],
  total: '45.00',
});
const BODIES: Record<string, Record<string, unknown>> = {
  order,
  product: wooProductBody(),
  coupon: wooCouponBody(),
  customer: wooCustomerBody({ id: 501 }),
  action: { action: 'woocommerce_order_refunded', arg: 7001 },
};
const STORE: Sender = {
  topics: [...WOO_TOPICS, 'action.woocommerce_order_status_changed', 'action.wc_unknown', '', 'order.exploded'],
  bodyOf: (topic) =>
    /^(?!coupon).+\.deleted$/.test(topic) ? { id: 7001 } : (BODIES[topic.split('.')[0] ?? ''] ?? order),
  varied: (text, random) => {
    const [orderId, customerId] = [7_000 + Math.floor(random.next() * 60), 500 + Math.floor(random.next() * 30)];
    const guest = random.next() < 0.4 ? '"customer_id":0' : `"customer_id":${customerId}`;
    return text
      .replaceAll('7001', String(orderId))
      .replaceAll('"customer_id":501', guest)
      .replaceAll('501', String(customerId))
      .replaceAll('ada@', `ada${customerId}@`);
  },
};

let world: World;
let shop: number;
beforeAll(async () => {
  world = await testWorld();
  shop = await testShop(world, { platform: 'woocommerce', domain: 'woo.example.test', currency: 'EUR' });
});
afterAll(() => world.close());

async function storeAll(random: Random): Promise<void> {
  const receiver = createReceiver(world);
  for (let left = CASES; left > 0; left -= 250) {
    const group = Array.from({ length: Math.min(250, left) }, () => {
      world.clock.advance(1);
      const delivery = hostileDelivery(random, STORE);
      return receiver.receive({ ...delivery, shopId: shop, deliveryId: world.ids.next(), triggeredAt: null });
    });
    await Promise.all(group);
  }
}

test(`${CASES} hostile deliveries of a store break nothing`, async () => {
  await storeAll(seededRandom(20_250_302));
  await drain(world, shop);

  const rows = await inboxOf(world, shop);
  expect(rows).toHaveLength(CASES);
  const states = Map.groupBy(rows, ({ state }) => state);
  const stuck = (states.get('pending') ?? []).map(({ topic, reason, body }) => ({ topic, reason, body: String(body) }));
  expect(stuck.slice(0, 3)).toEqual([]);
  // The mixture is one in which something happens: a test of parsers that refuse everything would show little.
  for (const state of ['applied', 'ignored', 'parked'] as const)
    expect([state, (states.get(state) ?? []).length > CASES / 50]).toEqual([state, true]);
  for (const { state, reason } of rows) if (state !== 'applied') expect(reason).toMatch(/^[A-Z].{10,}\.$/su);

  await deliver(world, shop, ['order.updated', { ...order, id: 424_242, number: 'good', customer_id: 42_424 }]);
  expect((await rowsOf(world, shop, 'orders')).find(({ platformId }) => platformId === '424242')).toMatchObject({
    counts: true,
  });
  const { kept, rebuilt, ledger } = await soundness(world, shop);
  expect(ledger).toMatchObject({ ok: true });
  expect(kept).toEqual(rebuilt);
  const { points_transactions: posted, customers, coupons } = await dump(world, shop);
  for (const found of [posted, customers, coupons]) expect(found?.length).toBeGreaterThan(0);
  expect(posted?.length).toBeGreaterThan(10);
}, 120_000);
