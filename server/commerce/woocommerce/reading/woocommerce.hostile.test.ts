import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Change } from '../../commerce.types.ts';
import { WOO_TOPICS, wooCommerce } from './woocommerce.commerce.ts';
import {
  wooCouponBody,
  wooCustomerBody,
  wooLine,
  wooOrderBody,
  wooProductBody,
  wooRefundBody,
} from './woocommerce.fixtures.ts';
import { orderChanges } from './woocommerce.orders.ts';
import { wooOrder, wooRefund } from './woocommerce.shapes.ts';

const shop = { currency: 'EUR', timeZone: 'Asia/Tehran', country: 'IR' };
const order = wooOrderBody({
  customer_id: 7,
  prices_include_tax: true,
  date_paid_gmt: '2025-03-01T10:00:00',
  discount_tax: '0.20',
  billing: { first_name: 'Ada', last_name: 'Q', country: 'IR', email: 'ada@example.test', phone: '09123456789' },
  line_items: [wooLine({ meta_data: [{ key: 'x', value: 'y' }] }), wooLine({ id: 6, total_tax: '1.00' })],
  fee_lines: [{ id: 9, total: '-1.00', total_tax: '0.00' }],
  coupon_lines: [{ id: 1, code: 'tea' }],
  refunds: [{ id: 28, total: '-10.00' }],
  total: '46.00',
});
/** One body with the fields of every topic: what a topic does not read is noise to it. */
const everything: Record<string, unknown> = {
  ...wooProductBody(),
  ...wooCouponBody(),
  ...wooCustomerBody(),
  ...order,
  action: 'woocommerce_order_refunded',
  arg: 45,
  brands: [{ id: 1, name: 'B' }],
};

type Outcome = Change[] | DeliveryRefused;
function outcome(topic: string, body: Buffer): Outcome {
  try {
    return wooCommerce.read({ topic, body, triggeredAt: 1, receivedAt: 2 }, shop);
  } catch (error) {
    if (error instanceof DeliveryRefused) return error;
    throw error;
  }
}

/** Every number a whole one that is exact, every text one that both databases hold. */
function unusable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [] : [`${path}: ${value}`];
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000') ? [] : [`${path}: bad text`];
  if (typeof value !== 'object' || value === null) return value === undefined ? [`${path}: undefined`] : [];
  return Object.entries(value).flatMap(([key, entry]) => unusable(entry, `${path}.${key}`));
}

function expectUsable(result: Outcome) {
  if (result instanceof DeliveryRefused) expect(result.message).toMatch(/^(?:WooCommerce's|The store sent) .+\.$/s);
  else expect(unusable(result)).toEqual([]);
}

/** The places of a JSON value at which something can be put instead. */
function places(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, entry]) => places(entry, [...path, key]))].filter(
    (place) => place.length > 0,
  );
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === key ? replaced(entry, rest, by) : entry));
  if (typeof value !== 'object' || value === null) return value;
  return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, by) };
}

/** Written as raw JSON, because 1e400 and lone surrogates are no values that JSON.stringify keeps. */
const RAW = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-1',
    '1e400',
    '-1e400',
    '1.5',
    '9007199254740993',
    '1e21',
    '""',
    '[]',
    '{}',
    '[[]]',
  ],
  ...['"\\u0000"', '"\\ud800"', '"a\\u0000b\\udc00"', '"1e5"', '"-5.00"', '"99999999999999999.99"', '"NaN"', '"۱۲"'],
  ...['"0000-00-00T00:00:00"', '"2026-02-31T25:00:00"', '"__proto__"', '{"1":{}}', '{"0":null,"2":[]}', '"yes"', '"0"'],
];
const garbage = fc.oneof(
  fc.constantFrom(...RAW),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 400 }).map((text) => JSON.stringify(text)),
);
const MARK = 'put it here';
const markedAt = (path: string[], json: string) =>
  Buffer.from(JSON.stringify(replaced(everything, path, MARK)).replace(`"${MARK}"`, () => json));

describe('whatever a delivery holds', () => {
  it('the good payload is read by every topic', () => {
    const body = Buffer.from(JSON.stringify(everything));
    const id = Buffer.from('{"id":45}');
    const good = (topic: string) => (topic.endsWith('.deleted') ? id : body);
    for (const topic of WOO_TOPICS) expect([topic, outcome(topic, good(topic))]).toEqual([topic, expect.any(Array)]);
  });

  it('it is read into exact facts or refused with a sentence, any one field mutated', () => {
    const topic = fc.constantFrom('order.updated', 'order.updated', ...WOO_TOPICS);
    fc.assert(
      fc.property(topic, fc.constantFrom(...places(everything)), garbage, (name, path, json) => {
        expectUsable(outcome(name, markedAt(path, json)));
      }),
      { numRuns: 10_000 },
    );
  }, 60_000);

  it('each field in turn may be anything', () => {
    for (const path of places(everything))
      for (const json of RAW)
        for (const topic of ['order.updated', 'customer.updated', 'product.updated', 'coupon.updated'])
          expectUsable(outcome(topic, markedAt(path, json)));
  }, 60_000);

  it('any JSON at all, and any bytes', () => {
    const topic = fc.constantFrom(...WOO_TOPICS);
    fc.assert(fc.property(topic, fc.json(), (name, json) => expectUsable(outcome(name, Buffer.from(json)))));
    fc.assert(
      fc.property(topic, fc.uint8Array({ maxLength: 60 }), (name, bytes) =>
        expectUsable(outcome(name, Buffer.from(bytes))),
      ),
    );
  });

  it('refunds that were read by themselves, any one field mutated', () => {
    const body = wooRefundBody();
    fc.assert(
      fc.property(fc.constantFrom(...places(body)), fc.constantFrom(...RAW), (path, json) => {
        const text = JSON.stringify(replaced(body, path, MARK)).replace(`"${MARK}"`, () => json);
        const refund = wooRefund.safeParse(JSON.parse(text));
        if (!refund.success) return;
        try {
          const changes = orderChanges(wooOrder.parse(order), { readAt: 1, hash: 'x' }, shop, [refund.data]);
          expect(unusable(changes)).toEqual([]);
        } catch (error) {
          expect(error).toBeInstanceOf(DeliveryRefused);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('PHP’s ways', () => {
  it.each([
    ['meta_data as an object', { meta_data: {} }],
    ['lists whose keys have gaps', { line_items: { 1: wooLine() }, refunds: {}, fee_lines: false }],
    ['no addresses', { billing: [], shipping: false }],
    ['numbers as texts', { id: '45', customer_id: '7', total: 25 }],
    ['false for nothing', { date_paid_gmt: false, coupon_lines: false, number: false, created_via: false }],
  ])('%s', (_what, fields) => {
    const body = Buffer.from(JSON.stringify(wooOrderBody(fields)));
    expect(outcome('order.updated', body)).toMatchObject([
      { kind: 'order', order: { platformId: '45', total: 2_500, lines: [{ platformId: '5', quantity: 2 }] } },
    ]);
  });
});

describe('without end', () => {
  it('deep nesting inside a field that is read does no harm', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const field of ['line_items', 'billing', 'meta_data', 'id', 'total'])
      expectUsable(outcome('order.updated', markedAt([field], deep)));
  });

  it('lists that are too long are refused, long texts are cut', () => {
    const many = JSON.stringify(Array(2_001).fill(wooLine()));
    expect(outcome('order.updated', markedAt(['line_items'], many))).toMatchObject({ code: 'delivery.too_large' });
    const [change] = outcome(
      'order.updated',
      markedAt(['line_items', '0', 'name'], `"${'é'.repeat(100_000)}"`),
    ) as Change[];
    expect(change?.kind === 'order' && change.order.lines[0]?.title.length).toBe(500);
  });
});
