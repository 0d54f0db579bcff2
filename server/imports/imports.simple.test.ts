import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { stableOrderNumber } from '../shared/stable-numbers.ts';
import { csvOf, NEW_YORK, readOrders, SHARED_DATA, scratchFolder } from './imports.fixtures.ts';
import { openOrders } from './imports.formats.ts';

const files = scratchFolder();
afterAll(files.remove);

const HEADER = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];
const ITEMS = [...HEADER, 'product', 'quantity', 'price', 'title'];
const ROW = {
  order_id: 'A-1',
  customer: '00123',
  email: ' Ann@Example.test ',
  created_at: '1997-01-01T12:00:00Z',
  total: '11.77',
  currency: 'USD',
};

const read = (rows: Record<string, string | number>[], header = HEADER) =>
  readOrders(files.write(csvOf(header, rows)), 'simple-csv');
const one = async (row: Record<string, string | number>, header = HEADER) => {
  const { orders, refused } = await read([{ ...ROW, ...row }], header);
  expect(refused).toEqual([]);
  return orders[0]!;
};

describe('an order', () => {
  it('is paid and costs what its total says', async () => {
    expect(await one({})).toMatchObject({
      platformId: stableOrderNumber('A-1'),
      number: 'A-1',
      customer: { platformId: '123', email: 'ann@example.test', phone: null },
      placedAt: Date.UTC(1997, 0, 1, 12),
      paidAt: Date.UTC(1997, 0, 1, 12),
      financial: 'paid',
      currency: 'USD',
      total: 1177,
      shipping: 0,
      tax: 0,
      discount: 0,
      lines: [{ title: 'Order', quantity: 1, unitPrice: 1177, productId: null }],
      refunds: [],
      version: { updatedAt: Date.UTC(1997, 0, 1, 12), triggeredAt: 0 },
    });
  });

  it('of nothing is an order', async () => {
    expect(await one({ total: '0' })).toMatchObject({ total: 0, lines: [{ unitPrice: 0 }] });
  });

  it('may be a guest’s, or nobody’s', async () => {
    expect((await one({ customer: '0' })).customer).toMatchObject({ platformId: null, email: 'ann@example.test' });
    expect((await one({ customer: '' })).customer?.platformId).toBeNull();
    expect((await one({ customer: '', email: '' })).customer).toBeNull();
  });

  it('reads dates without an offset in the shop’s zone', async () => {
    expect((await one({ created_at: '1997-07-01' })).placedAt).toBe(Date.UTC(1997, 6, 1, 4));
  });

  it('counts in the digits of its own currency; a foreign one is no mistake', async () => {
    expect(await one({ currency: 'irr', total: '1200000' })).toMatchObject({ currency: 'IRR', total: 1_200_000 });
    expect(await one({ currency: 'KWD', total: '1,234.5' })).toMatchObject({ currency: 'KWD', total: 1_234_500 });
    expect(await one({ currency: '' })).toMatchObject({ currency: 'USD' });
  });

  it('has the same version whenever and wherever it is read', async () => {
    expect((await one({})).version).toEqual((await one({})).version);
    expect((await one({})).version.bodyHash).not.toBe((await one({ total: '11.78' })).version.bodyHash);
  });

  it('loses NUL, which databases refuse', async () => {
    const order = await one({ product: 'p', title: 'a\u0000b', quantity: 1, price: '1' }, ITEMS);
    expect(order.lines[0]?.title).toBe('a\ufffdb');
  });
});

describe('line items', () => {
  it('are the neighbouring rows of the same order', async () => {
    const { orders } = await read(
      [
        { ...ROW, product: '85123A', quantity: 6, price: '2.55', title: 'HOLDER' },
        { ...ROW, product: '71053', quantity: '2.0', price: '3.39', title: '' },
        { ...ROW, order_id: '7', product: '1', quantity: '', price: '5', title: 'Mug' },
      ],
      ITEMS,
    );
    expect(orders).toHaveLength(2);
    expect(orders[0]?.lines).toMatchObject([
      { productId: '85123A', sku: '85123A', title: 'HOLDER', quantity: 6, unitPrice: 255 },
      { productId: '71053', title: '71053', quantity: 2, unitPrice: 339 },
    ]);
    expect(orders[1]).toMatchObject({ platformId: '7', lines: [{ quantity: 1, unitPrice: 500 }] });
    expect(new Set(orders.flatMap(({ lines }) => lines.map(({ platformId }) => platformId))).size).toBe(3);
  });

  it('share the total exactly where the file has no prices', async () => {
    const header = [...HEADER, 'product', 'quantity'];
    const { orders } = await read(
      [
        { ...ROW, total: '10.00', product: 'a', quantity: 2 },
        { ...ROW, total: '10.00', product: 'b', quantity: 1 },
      ],
      header,
    );
    const paid = orders[0]?.lines.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount);
    expect(paid).toEqual([667, 333]);
  });

  it('are one even where an order without products is repeated', async () => {
    expect((await read([ROW, ROW])).orders.map(({ lines }) => lines.length)).toEqual([1]);
  });
});

describe('refusals', () => {
  it.each([
    [{ order_id: '' }, 'The row does not say which order it belongs to.'],
    [{ customer: 'ann' }, 'The customer "ann" is not a numeric id.'],
    [{ created_at: 'soon' }, '"soon" in "created_at" is not a date such as 2026-01-31T12:00:00Z.'],
    [{ created_at: '' }, 'The column "created_at" is empty.'],
    [{ total: '' }, 'The column "total" is empty.'],
    [{ total: '12,5x' }, '"12,5x" in "total" is not an amount.'],
    [{ total: '-3.00' }, 'The amount "-3.00" in "total" is negative.'],
    [{ total: '99999999999999999' }, '"99999999999999999" in "total" is not an amount.'],
    [{ currency: 'dollars' }, '"DOLLARS" in "currency" is not a currency code such as USD.'],
    [{ order_id: 'x'.repeat(300) }, 'The column "order_id" has more than 255 characters.'],
  ])('of %j name the line and the reason, and the rest goes on', async (wrong, reason) => {
    const { orders, refused } = await read([ROW, { ...ROW, order_id: 'bad', ...wrong }, { ...ROW, order_id: 'B' }]);
    expect(refused).toEqual([{ line: 3, reason }]);
    expect(orders.map(({ number }) => number)).toEqual(['A-1', 'B']);
  });

  it('of a row take its whole order: half of one would be wrong', async () => {
    const { orders, refused } = await read(
      [
        { ...ROW, product: 'a', quantity: 1, price: '1' },
        { ...ROW, product: 'b', quantity: 'two', price: '1' },
        { ...ROW, product: 'c', quantity: 1, price: '9007199254740' },
        { ...ROW, order_id: 'B', product: 'c', quantity: 9_000_000, price: '90071992547409.00' },
      ],
      ITEMS,
    );
    expect(orders).toEqual([]);
    expect(refused).toEqual([
      { line: 3, reason: '"two" in "quantity" is not a whole number of items.' },
      { line: 5, reason: 'Price times quantity is too large a number.' },
    ]);
  });

  it('of a row with too few columns take its order too', async () => {
    const text = `${csvOf(HEADER, [ROW, ROW])}A-1,1\n${csvOf(HEADER, [{ ...ROW, order_id: 'B' }]).split('\n')[1]}\n`;
    const { orders, refused } = await readOrders(files.write(text), 'simple-csv');
    expect(refused).toEqual([{ line: 4, reason: 'The row has 2 columns, the header has 6.' }]);
    expect(orders.map(({ number }) => number)).toEqual(['B']);
  });

  it('of an unreadable row take the order that it stands in', async () => {
    const [head, line] = csvOf(HEADER, [ROW]).split('\n');
    const bad = '"never closed,1,2';
    const inside = await readOrders(
      files.write([head, line, bad, line, 'B,1,,1997-01-01,1,USD'].join('\n')),
      'simple-csv',
    );
    expect(inside.refused.map((refusal) => refusal.line)).toEqual([3, 3]);
    expect(inside.orders.map(({ number }) => number)).toEqual(['B']);
    const between = await readOrders(files.write([head, line, bad, 'B,1,,1997-01-01,1,USD'].join('\n')), 'simple-csv');
    expect(between.refused.map((refusal) => refusal.line)).toEqual([3]);
    expect(between.orders.map(({ number }) => number)).toEqual(['A-1', 'B']);
  });

  it('take the order within which a file breaks off', async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => ({
      ...ROW,
      order_id: index,
      email: `${(index * 7919) % 9973}@e.test`,
    }));
    const whole = files.write(csvOf(HEADER, rows), { gz: true, name: 'whole.csv' });
    const packed = readFileSync(whole);
    const { orders, refused } = await readOrders(files.write(packed.subarray(0, packed.length - 4000)), 'simple-csv');
    expect(refused).toHaveLength(2);
    expect(refused[1]?.reason).toBe('The file breaks off within this order.');
    expect(orders.at(-1)?.number).toBe(String(orders.length - 1));
  });

  it('of an endless order do not fill the memory', async () => {
    const { orders, refused } = await read(Array.from({ length: 5002 }, () => ROW));
    expect(orders).toEqual([]);
    expect(refused).toEqual([{ line: 5002, reason: 'The order has more than 5000 rows.' }]);
  });

  it('of a wrong header name what is missing', async () => {
    await expect(openOrders(files.write('order_id,total\n1,2\n'), NEW_YORK, 'simple-csv')).rejects.toMatchObject({
      code: 'imports.header',
      message:
        'This is not a simple-csv file: it has no column customer, email, created_at, currency (it begins: order_id, total).',
    });
    await expect(openOrders(files.write('a;b\n1;2\n'), NEW_YORK)).rejects.toMatchObject({ code: 'imports.format' });
  });
});

const shared = existsSync(SHARED_DATA);
if (!shared) console.log('skipped: no shared data (simple-csv)');

describe.skipIf(!shared)('real files', () => {
  it('CDNOW: every order, customer and cent', async () => {
    const { orders, refused } = await readOrders(join(SHARED_DATA, 'cdnow_orders.csv.gz'), 'simple-csv');
    expect(refused).toEqual([]);
    expect(orders).toHaveLength(67_591);
    expect(new Set(orders.map(({ platformId }) => platformId)).size).toBe(67_591);
    expect(new Set(orders.map(({ customer }) => customer?.platformId)).size).toBe(23_570);
    expect(orders.reduce((sum, { total }) => sum + total, 0)).toBe(250_031_563);
  }, 60_000);

  it('Online Retail: every order, line and customer', async () => {
    const { orders } = await openOrders(join(SHARED_DATA, 'online_retail_orders.csv.gz'), NEW_YORK, 'simple-csv');
    const counts = { orders: 0, lines: 0, total: 0, ofLines: 0 };
    const customers = new Set<string>();
    for await (const result of orders) {
      if (!result.ok) throw new Error(`${result.line}: ${result.reason}`);
      counts.orders += 1;
      counts.lines += result.order.lines.length;
      counts.total += result.order.total;
      for (const { unitPrice, quantity } of result.order.lines) counts.ofLines += unitPrice * quantity;
      customers.add(result.order.customer?.platformId ?? '');
    }
    expect(counts).toMatchObject({ orders: 18_532, lines: 397_884 });
    expect(customers.size).toBe(4338);
    expect(Math.abs(counts.total - counts.ofLines)).toBeLessThan(counts.orders);
  }, 60_000);
});
