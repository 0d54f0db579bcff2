import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { csvOf, NEW_YORK, readOrders, SHARED_DATA, scratchFolder } from './imports.fixtures.ts';
import { openOrders } from './imports.formats.ts';

const files = scratchFolder();
afterAll(files.remove);

/** The columns in an order of their own: they are found by name. */
const HEADER =
  'Id,Total,Name,Email,Financial Status,Paid at,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem taxable,Lineitem discount,Billing Name,Billing Country,Billing Phone,Phone,Cancelled at,Payment Method,Refunded Amount,Vendor,Source'.split(
    ',',
  );

const FIRST = {
  Id: '5000000536365',
  Name: '#1001',
  Email: 'ann@example.test',
  'Financial Status': 'paid',
  'Paid at': '2012-01-01 11:14:00 -0500',
  'Accepts Marketing': 'yes',
  Currency: 'USD',
  Subtotal: '27.00',
  Shipping: '5.00',
  Taxes: '2.00',
  Total: '34.00',
  'Discount Code': 'TEN',
  'Discount Amount': '3.00',
  'Created at': '2012-01-01 11:13:25 -0500',
  'Lineitem quantity': 2,
  'Lineitem name': 'Mug - Blue',
  'Lineitem price': '10.00',
  'Lineitem sku': 'MUG',
  'Lineitem discount': '0.00',
  'Billing Name': 'Ann de Vries',
  'Billing Country': 'US',
  Vendor: 'Potter',
  Source: 'web',
};
const SECOND = {
  Name: '#1001',
  'Created at': FIRST['Created at'],
  'Lineitem quantity': 1,
  'Lineitem name': 'Tea',
  'Lineitem price': '10.00',
};

const read = (rows: Record<string, string | number>[], header: readonly string[] = HEADER) =>
  readOrders(files.write(csvOf(header, rows)), 'shopify-csv');
const one = async (...rows: Record<string, string | number>[]) => {
  const { orders, refused } = await read(rows);
  expect(refused).toEqual([]);
  expect(orders).toHaveLength(1);
  return orders[0]!;
};
const paid = (order: { lines: { unitPrice: number; quantity: number; discount: number }[] }) =>
  order.lines.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount);

describe('an order', () => {
  it('is made of its neighbouring rows, the first with what concerns all', async () => {
    expect(await one(FIRST, SECOND)).toMatchObject({
      platformId: '5000000536365',
      number: '#1001',
      customer: {
        platformId: null,
        email: 'ann@example.test',
        firstName: 'Ann de',
        lastName: 'Vries',
        country: 'US',
        version: { updatedAt: Date.UTC(2012, 0, 1, 16, 13, 25) },
      },
      placedAt: Date.UTC(2012, 0, 1, 16, 13, 25),
      paidAt: Date.UTC(2012, 0, 1, 16, 14),
      cancelledAt: null,
      financial: 'paid',
      total: 3400,
      shipping: 500,
      tax: 200,
      discount: 300,
      discountCodes: ['TEN'],
      source: 'web',
      acceptsMarketing: true,
      refunds: [],
      lines: [
        {
          title: 'Mug - Blue',
          sku: 'MUG',
          vendor: 'Potter',
          quantity: 2,
          unitPrice: 1000,
          discount: 200,
          taxIncluded: 0,
        },
        { title: 'Tea', sku: null, quantity: 1, unitPrice: 1000, discount: 100 },
      ],
      version: { updatedAt: Date.UTC(2012, 0, 1, 16, 14), triggeredAt: 0 },
    });
  });

  it('of an old export is known by its number', async () => {
    const old = HEADER.filter(
      (name) => !['Id', 'Vendor', 'Phone', 'Source', 'Refunded Amount', 'Lineitem discount'].includes(name),
    );
    const { orders } = await read([FIRST], old);
    expect(orders[0]).toMatchObject({ platformId: 'number:#1001', number: '#1001', source: 'web' });
  });

  it('may be known by a phone only, or by nobody', async () => {
    const phone = { ...FIRST, Email: '', 'Billing Phone': "'+1 212 555 0123" };
    expect((await one(phone)).customer).toMatchObject({ email: null, phone: '+12125550123' });
    expect((await one({ ...FIRST, Email: 'no address' })).customer).toBeNull();
  });

  it('keeps its state, its cancellation and its refund', async () => {
    expect(await one({ ...FIRST, 'Financial Status': 'partially_refunded', 'Refunded Amount': '4.50' })).toMatchObject({
      financial: 'partially_refunded',
      refunds: [{ at: Date.UTC(2012, 0, 1, 16, 14), amount: 450, lines: [] }],
    });
    expect(await one({ ...FIRST, 'Financial Status': 'refunded' })).toMatchObject({ refunds: [{ amount: 3400 }] });
    const cancelled = {
      ...FIRST,
      'Financial Status': 'voided',
      'Paid at': '',
      'Cancelled at': '2012-01-02 00:00:00 -0500',
    };
    expect(await one(cancelled)).toMatchObject({
      financial: 'voided',
      paidAt: null,
      cancelledAt: Date.UTC(2012, 0, 2, 5),
      version: { updatedAt: Date.UTC(2012, 0, 2, 5) },
    });
    expect(await one({ ...FIRST, 'Financial Status': 'pending', 'Paid at': '' })).toMatchObject({
      financial: 'pending',
    });
  });

  it('by a gateway for tests is a test, by gift card earns nothing', async () => {
    expect((await one({ ...FIRST, 'Payment Method': '(for testing) Bogus Gateway' })).test).toBe(true);
    expect((await one({ ...FIRST, 'Payment Method': 'gift_card' })).creditPaid).toBe(3400);
  });
});

describe('discounts', () => {
  it('of the order are shared out over the lines to the cent, whatever the prices', async () => {
    const item = fc.record({ price: fc.integer({ min: 0, max: 100_000 }), quantity: fc.integer({ min: 1, max: 9 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (items, part) => {
          const gross = items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
          const off = Math.floor(gross * part);
          const money = (amount: number) => (amount / 100).toFixed(2);
          const rows = items.map(({ price, quantity }, index) => ({
            ...(index === 0
              ? { ...FIRST, Subtotal: money(gross - off), 'Discount Amount': money(off), Total: money(gross - off) }
              : SECOND),
            'Lineitem quantity': quantity,
            'Lineitem price': money(price),
          }));
          const order = await one(...rows);
          expect(order.lines.reduce((sum, { discount }) => sum + discount, 0)).toBe(off);
          for (const amount of paid(order)) expect(amount).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('on lines are not taken twice, and those on shipping not from the goods', async () => {
    const line = { ...FIRST, 'Lineitem discount': '3.00', Subtotal: '17.00' };
    expect(paid(await one(line))).toEqual([1700]);
    const shipping = { ...FIRST, 'Discount Amount': '5.00', Subtotal: '20.00' };
    expect(paid(await one(shipping))).toEqual([2000]);
    expect(paid(await one({ ...FIRST, Subtotal: '' }))).toEqual([1700]);
  });

  it('that take everything leave nothing', async () => {
    expect(paid(await one({ ...FIRST, Subtotal: '0.00', 'Discount Amount': '99.00', Total: '0.00' }, SECOND))).toEqual([
      0, 0,
    ]);
  });
});

it('finds the tax within prices, shipping’s part left out', async () => {
  const included = { ...FIRST, Subtotal: '20.00', 'Discount Amount': '', Total: '25.00', Taxes: '5.00' };
  expect((await one(included)).lines[0]?.taxIncluded).toBe(400);
  expect((await one({ ...included, 'Lineitem taxable': 'false' })).lines[0]?.taxIncluded).toBe(0);
});

describe('refusals', () => {
  it.each([
    [{ 'Created at': '01/02/2012' }, '"01/02/2012" in "created at" is not a date such as 2026-01-31T12:00:00Z.'],
    [{ 'Financial Status': 'later' }, '"later" in "Financial Status" is not known.'],
    [{ Total: 'free' }, '"free" in "total" is not an amount.'],
    [{ Id: 'gid' }, '"gid" in "Id" is not a number.'],
    [{ 'Lineitem quantity': '1.5' }, '"1.5" in "Lineitem quantity" is not a whole number of items.'],
    [{ 'Lineitem price': '' }, 'The column "lineitem price" is empty.'],
    [{ 'Paid at': 'x' }, '"x" in "Paid at" is not a date such as 2026-01-31T12:00:00Z.'],
    [{ Name: '' }, 'The row does not say which order it belongs to.'],
  ])('of %j', async (wrong, reason) => {
    const { orders, refused } = await read([
      { ...FIRST, Name: '#1000' },
      { ...FIRST, ...wrong },
      { ...FIRST, Name: '#1002' },
    ]);
    expect(refused).toEqual([{ line: 3, reason }]);
    expect(orders).toHaveLength(2);
  });

  it('of a file of another kind', async () => {
    const file = files.write('order_id,customer,email,created_at,total,currency\n');
    await expect(openOrders(file, NEW_YORK, 'shopify-csv')).rejects.toThrow(
      /no column name, financial status, created at/,
    );
    const silent = files.write(
      csvOf(
        HEADER.filter((name) => !/Email|Phone/.test(name)),
        [],
      ),
    );
    await expect(openOrders(silent, NEW_YORK, 'shopify-csv')).rejects.toThrow(/no column email/);
  });
});

const shared = existsSync(SHARED_DATA);
if (!shared) console.log('skipped: no shared data (shopify-csv)');

describe.skipIf(!shared)('published formats', () => {
  it('the sample of 400 orders', async () => {
    const { orders, refused } = await readOrders(
      join(SHARED_DATA, 'formats/shopify_sample_from_online_retail.csv.gz'),
      'shopify-csv',
    );
    expect(refused).toEqual([]);
    expect(orders).toHaveLength(400);
    expect(orders.reduce((sum, { lines }) => sum + lines.length, 0)).toBe(7519);
    expect(orders.reduce((sum, { total }) => sum + total, 0)).toBe(14_747_388);
    expect(orders[0]).toMatchObject({
      platformId: '5000000536365',
      currency: 'GBP',
      customer: { email: 'customer17850@example.com' },
    });
  });

  it('the header of today’s export', async () => {
    const header = readFileSync(join(SHARED_DATA, 'formats/shopify_orders_export_header.csv'), 'utf8')
      .trim()
      .split(',');
    const { orders } = await read([FIRST, SECOND], header);
    expect(orders[0]).toMatchObject({ platformId: '5000000536365', total: 3400, lines: [{}, {}] });
  });
});
