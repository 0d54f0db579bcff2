import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Columns, type Packed, packColumns, readColumns } from './columns.rules.ts';
import { dayNumber } from './months.rules.ts';
import { chunkOf, type NumbersRange, numbersOf as numbersOfShop } from './numbers.rules.ts';
import { rfmCounts, rfmCustomers, rfmScores, rfmThresholds, segmentOf } from './rfm.rules.ts';

const numbersOf = (chunks: readonly Columns[], asked: NumbersRange) =>
  numbersOfShop({ chunks: chunks.map((columns) => chunkOf(0, columns)), anonymous: [] }, asked);

const SHARED = resolve(import.meta.dirname, '../../../shared');
const ORDERS = resolve(SHARED, 'data/cdnow_orders.csv.gz');
const GOLDEN = resolve(SHARED, 'golden/cdnow.json');
const absent = !existsSync(ORDERS) || !existsSync(GOLDEN);

const order = (day: string, net = 1000) => ({ day: dayNumber(day), net, sales: net, channel: 0 });
const chunk = (...customers: Packed['orders'][]): Columns =>
  readColumns(packColumns(customers.map((orders, index) => ({ key: index + 1, orders }))));
const range = (from: string, to: string, window = 365) => ({ from, to, window, calendar: 'gregory' as const });

/** Where the golden values differ from ours: numbers to 1e-6 of their size. */
function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (expected === null || typeof expected !== 'object') {
    const near =
      typeof expected === 'number' &&
      typeof actual === 'number' &&
      Math.abs(expected - actual) <= 1e-6 * Math.max(1, Math.abs(expected));
    return near || expected === actual ? [] : [`${path}: ${String(expected)}, not ${String(actual)}`];
  }
  const known = (actual ?? {}) as Record<string, unknown>;
  return Object.entries(expected).flatMap(([name, value]) => differences(value, known[name], `${path}.${name}`));
}

describe.skipIf(absent)(
  'the CDNOW orders give the published numbers (skipped: no shared data, where it is missing)',
  () => {
    let chunks: Columns[];
    let golden: Record<string, unknown>;

    beforeAll(() => {
      const [, ...lines] = gunzipSync(readFileSync(ORDERS)).toString().trim().split('\n');
      const customers = new Map<number, Packed>();
      for (const line of lines) {
        const [, id, , at = '', total] = line.split(',');
        const customer = customers.get(Number(id)) ?? { key: Number(id), orders: [] };
        customer.orders.push(order(at.slice(0, 10), Math.round(Number(total) * 100)));
        customers.set(customer.key, customer);
      }
      const packed = [...customers.values()];
      for (const { orders } of packed) orders.sort((a, b) => a.day - b.day);
      chunks = Array.from({ length: Math.ceil(packed.length / 256) }, (_, index) =>
        readColumns(packColumns(packed.slice(index * 256, (index + 1) * 256))),
      );
      golden = (JSON.parse(readFileSync(GOLDEN, 'utf8')) as { values: Record<string, unknown> }).values;
    });

    test('every number of the range, the months, the cohorts and the retention by 90 days', () => {
      const numbers = numbersOf(chunks, range('1997-01-01', '1998-06-30', 90));
      const monthly = Object.fromEntries(
        Object.entries(numbers.monthly).map(([month, row]) => [month, { ...row, revenue: Number(row.revenue) / 100 }]),
      );
      const inUnits = { ...numbers, revenue: numbers.revenue / 100, aov: (numbers.aov ?? 0) / 100, monthly };
      const { crr_window_90: crr, rfm: _rfm, ...rest } = golden;
      expect(differences(rest, inUnits)).toEqual([]);
      expect(differences(crr, numbers.crr)).toEqual([]);
    });

    test('RFM by NTILE and by quantile', () => {
      const { customers } = rfmCustomers(chunks, dayNumber('1998-06-30'));
      const { thresholds, ...middle } = rfmThresholds(customers);
      const ours = {
        ntile: rfmCounts(rfmScores(customers, 'ntile')),
        quantile: {
          ...rfmCounts(rfmScores(customers, 'quantile')),
          thresholds: { ...thresholds, monetary: thresholds.monetary.map((value) => value / 100) },
        },
        ...middle,
        median_monetary: (middle.median_monetary ?? 0) / 100,
      };
      const { snapshot: _snapshot, ...rfm } = golden.rfm as Record<string, unknown>;
      expect(differences(rfm, ours)).toEqual([]);
    });
  },
);

/** The same in plain form. */
const unpackColumns = (columns: Columns): Packed[] =>
  Array.from({ length: columns.customers }, (_, slot) => ({
    key: columns.keys[slot] as number,
    orders: Array.from(
      { length: (columns.starts[slot + 1] as number) - (columns.starts[slot] as number) },
      (_, index) => {
        const at = (columns.starts[slot] as number) + index;
        const { days, nets, sales, channels } = columns;
        return {
          day: days[at] as number,
          net: nets[at] as number,
          sales: sales[at] as number,
          channel: channels[at] as number,
        };
      },
    ),
  }));

describe('small shops', () => {
  test('without orders every rate is unknown, not zero', () => {
    const numbers = numbersOf([], range('2026-01-01', '2026-01-31'));
    expect(numbers).toMatchObject({ customers: 0, orders: 0, revenue: 0, aov: null, repeat_purchase_rate: null });
    expect(numbers.first_order_date).toBeNull();
  });

  test('one customer, one order', () => {
    const numbers = numbersOf([chunk([order('2026-01-05')])], range('2026-01-01', '2026-01-31'));
    expect(numbers).toMatchObject({ customers: 1, orders: 1, repeat_purchase_rate: 0, returning_customer_rate: 0 });
    expect(numbers.cohorts).toMatchObject({ '2026-01': { size: 1, active: [1] } });
  });

  test('the range chooses what is summed, look-backs use everything before it', () => {
    const numbers = numbersOf(
      [chunk([order('2025-06-01'), order('2026-01-05')], [order('2026-01-09')])],
      range('2026-01-01', '2026-01-31'),
    );
    expect(numbers).toMatchObject({ customers: 2, orders: 2, returning_customer_rate: 0.5, repeat_purchase_rate: 0.5 });
    expect(numbers.monthly).toEqual({ '2026-01': expect.objectContaining({ new: 1, returning: 1, return_share: 1 }) });
  });

  test('months without orders are shown as such, in the middle and up to today', () => {
    const asked = { ...range('2026-01-01', '2026-12-31', 31), today: '2026-05-10' };
    const { monthly, crr } = numbersOf([chunk([order('2026-01-05'), order('2026-03-05')])], asked);
    expect(Object.keys(monthly)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04', '2026-05']);
    expect(monthly['2026-02']).toMatchObject({ orders: 0, customers: 0, return_share: 0 });
    expect(crr['2026-04']).toMatchObject({ S: 1, E: 0, crr: 0, crr_strict: 0, churn: 100 });
  });

  test('orders after the range change nothing', () => {
    const before = numbersOf([chunk([order('2026-01-05')])], range('2026-01-01', '2026-01-31'));
    const after = numbersOf([chunk([order('2026-01-05'), order('2026-02-05')])], range('2026-01-01', '2026-01-31'));
    expect(after).toMatchObject({ repeat_customers: before.repeat_customers, orders: before.orders });
  });

  test('a customer who comes back counts in CRR and not in CRR strict', () => {
    const numbers = numbersOf(
      [chunk([order('2025-01-10'), order('2026-02-10')], [order('2026-01-10')])],
      range('2026-01-01', '2026-03-31', 60),
    );
    expect(numbers.crr['2026-02']).toMatchObject({ S: 1, E: 2, N: 0, crr: 200, crr_strict: 100 });
  });
});

test('columns read back what was packed, at any alignment of the bytes', () => {
  const packed = fc.array(
    fc.record({
      key: fc.integer({ min: 1, max: 2 ** 40 }),
      orders: fc.array(
        fc.record({
          day: fc.integer({ min: 0, max: 40_000 }),
          net: fc.maxSafeNat(),
          sales: fc.maxSafeNat(),
          channel: fc.integer({ min: 0, max: 255 }),
        }),
      ),
    }),
  );
  fc.assert(
    fc.property(packed, fc.integer({ min: 0, max: 7 }), (customers, shift) => {
      const bytes = Buffer.alloc(4096 * 64);
      const content = packColumns(customers);
      const start = shift;
      content.copy(bytes, start);
      expect(unpackColumns(readColumns(bytes.subarray(start, start + content.length)))).toEqual(customers);
    }),
    { seed: 7, numRuns: 50 },
  );
});

test('ties of NTILE go by the platform’s numeric ids, also between customers who have none', () => {
  const alike = [5, Number.NaN, 4, Number.NaN, 3, Number.NaN, 2, Number.NaN, 1, Number.NaN];
  const customers = alike.map((key) => ({ key, recency: 1, frequency: 1, monetary: 1 }));
  expect([...rfmScores(customers, 'ntile').f]).toEqual([3, 3, 2, 4, 2, 4, 1, 5, 1, 5]);
});

test('each pair of scores has one of ten segments', () => {
  const names = new Set([1, 2, 3, 4, 5].flatMap((r) => [1, 2, 3, 4, 5].map((f) => segmentOf(r, f))));
  expect(names.size).toBe(10);
});
