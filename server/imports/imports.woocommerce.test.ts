import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { csvOf, NEW_YORK, readOrders, SHARED_DATA, scratchFolder } from './imports.fixtures.ts';
import { openOrders } from './imports.formats.ts';
import { plainAmount } from './imports.woocommerce.analytics.ts';

const files = scratchFolder();
afterAll(files.remove);

type Row = Record<string, string | number>;
const read = (header: readonly string[], rows: Row[], shop = NEW_YORK) =>
  readOrders(files.write(csvOf(header, rows)), 'woocommerce-csv', shop);
const single = async (header: readonly string[], ...rows: Row[]) => {
  const { orders, refused } = await read(header, rows);
  expect(refused).toEqual([]);
  expect(orders).toHaveLength(1);
  return orders[0]!;
};
const paid = (order: { lines: { unitPrice: number; quantity: number; discount: number }[] }) =>
  order.lines.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount);

const WEBTOFFEE =
  'order_id,order_number,order_date,paid_date,status,shipping_total,tax_total,cart_discount,order_discount,discount_total,order_total,order_currency,customer_id,customer_user,customer_email,billing_first_name,billing_last_name,billing_email,billing_phone,billing_country,coupon_items,refund_items,line_item_1,line_item_2'.split(
    ',',
  );
const TOFFEE = {
  order_id: 1001,
  order_number: 'W-1001',
  order_date: '2018-05-16 07:32:06',
  paid_date: '2018-05-16T07:33:00-04:00',
  status: 'wc-completed',
  shipping_total: 10,
  tax_total: '3.42',
  cart_discount: '2.00',
  order_discount: '2.00',
  discount_total: '2.00',
  order_total: '28.42',
  order_currency: 'USD',
  customer_id: 3,
  customer_user: 3,
  customer_email: 'lilly@example.test',
  billing_first_name: 'Lilly',
  billing_last_name: 'Gordon',
  billing_email: 'other@example.test',
  billing_country: 'US',
  coupon_items: 'code:flat2|amount:2.00;code:hello|amount:0',
  line_item_1:
    'name:Cup | saucer|product_id:13|sku:A12|quantity:3|total:8.00|sub_total:10.00|tax:1.44|meta:Size:L|_variation_id:14',
  line_item_2: 'name:Tea|product_id:15|sku:|quantity:1|total:9.00|sub_total:9.00',
};
const toffee = (row: Row = {}) => single(WEBTOFFEE, { ...TOFFEE, ...row });

describe('WebToffee', () => {
  it('one row an order, one column a line item', async () => {
    const order = await toffee();
    expect(order).toMatchObject({
      platformId: '1001',
      number: 'W-1001',
      customer: { platformId: '3', email: 'lilly@example.test', firstName: 'Lilly', lastName: 'Gordon', country: 'US' },
      placedAt: Date.UTC(2018, 4, 16, 11, 32, 6),
      paidAt: Date.UTC(2018, 4, 16, 11, 33),
      financial: 'paid',
      total: 2842,
      shipping: 1000,
      tax: 342,
      discount: 200,
      discountCodes: ['flat2', 'hello'],
      lines: [
        { title: 'Cup | saucer', productId: '13', variantId: '14', sku: 'A12', quantity: 3, taxIncluded: 0 },
        { title: 'Tea', productId: '15', variantId: null, sku: null, quantity: 1, unitPrice: 900, discount: 0 },
      ],
      version: { updatedAt: Date.UTC(2018, 4, 16, 11, 33), triggeredAt: 0 },
    });
    expect(paid(order)).toEqual([800, 900]);
  });

  it('knows a guest by the e-mail given at checkout', async () => {
    expect((await toffee({ customer_id: 0, customer_user: 0, customer_email: '' })).customer).toMatchObject({
      platformId: null,
      email: 'other@example.test',
    });
    expect(
      (await toffee({ customer_id: '', customer_user: 'x@example.test', customer_email: '', billing_email: '' }))
        .customer,
    ).toMatchObject({
      email: 'x@example.test',
    });
  });

  it.each([
    ['processing', 'paid', false],
    ['Completed', 'paid', false],
    ['wc-refunded', 'refunded', false],
    ['wc-cancelled', 'voided', true],
    ['on-hold', 'pending', false],
    ['Pending payment', 'pending', false],
    ['failed', 'pending', false],
    ['wc-shipped', 'paid', false],
  ])('the status %s', async (status, financial, cancelled) => {
    const order = await toffee({ status });
    expect(order.financial).toBe(financial);
    expect(order.cancelledAt !== null).toBe(cancelled);
  });

  it('cash on delivery is paid without a date', async () => {
    expect(await toffee({ status: 'processing', paid_date: '' })).toMatchObject({ financial: 'paid', paidAt: null });
  });

  it('refunds', async () => {
    const part = await toffee({
      refund_items:
        'amount:4.00|reason:broken; sorry|date:2019-06-19 12:13:48;amount:1.5|reason:|date:2019-07-01 00:00:00',
    });
    expect(part).toMatchObject({
      financial: 'partially_refunded',
      refunds: [
        { amount: 400, at: Date.UTC(2019, 5, 19, 16, 13, 48) },
        { amount: 150, at: Date.UTC(2019, 6, 1, 4) },
      ],
    });
    expect(await toffee({ refund_items: 'amount:28.42|reason:|date:2019-06-19 12:13:48' })).toMatchObject({
      financial: 'refunded',
    });
    expect(await toffee({ status: 'refunded' })).toMatchObject({
      refunds: [{ amount: 2842, at: Date.UTC(2018, 4, 16, 11, 33) }],
    });
  });

  it('six columns an item, and one row an item', async () => {
    const names = ['Name', 'id', 'SKU', 'Quantity', 'Total', 'Subtotal'].map((name) => `Product Item 1 ${name}`);
    const plain = WEBTOFFEE.filter((name) => !name.startsWith('line_item'));
    const apart = {
      ...TOFFEE,
      'Product Item 1 Name': 'Cup',
      'Product Item 1 id': 13,
      'Product Item 1 Quantity': 2,
      'Product Item 1 Total': '8.00',
    };
    expect(await single([...plain, ...names], apart)).toMatchObject({
      lines: [{ title: 'Cup', productId: '13', quantity: 2, unitPrice: 400 }],
    });
    const columns = ['item_product_id', 'item_name', 'item_sku', 'item_quantity', 'item_subtotal', 'item_total'];
    const rows = ['Cup', 'Tea'].map((name, index) => ({
      ...TOFFEE,
      item_name: name,
      item_product_id: 13 + index,
      item_quantity: 1,
      item_total: '5.00',
    }));
    expect(await single([...plain, ...columns], ...rows)).toMatchObject({
      lines: [{ title: 'Cup' }, { title: 'Tea', productId: '14' }],
    });
  });

  it('reads the dates of a spreadsheet as PHP does', async () => {
    expect((await toffee({ order_date: '16-05-2018 07:32:06', paid_date: '' })).placedAt).toBe(
      Date.UTC(2018, 4, 16, 11, 32, 6),
    );
    expect((await toffee({ order_date: '5/16/2018 7:32:06', paid_date: '0000-00-00 00:00:00' })).paidAt).toBeNull();
  });

  it.each([
    [{ order_id: '' }, 'The row does not say which order it belongs to.'],
    [{ order_id: 'abc' }, 'The order id "abc" is not a number.'],
    [{ order_date: '' }, 'The column "order_date" is empty.'],
    [{ order_date: '31-31-2018' }, '"31-31-2018" in "order_date" is not a date such as 2026-01-31T12:00:00Z.'],
    [{ order_total: '-' }, '"-" in "order_total" is not an amount.'],
    [{ status: 'checkout-draft' }, 'The status is "checkout-draft": this is no order yet, or no more.'],
    [{ status: 'strange', paid_date: '' }, 'The status "strange" is not known, and there is no date of payment.'],
    [
      { status: 'constructor', paid_date: '' },
      'The status "constructor" is not known, and there is no date of payment.',
    ],
    [{ line_item_1: 'name:Cup|quantity:1' }, 'Line item 1 has no quantity or no total.'],
    [{ line_item_1: 'name:Cup|quantity:some|total:1' }, '"some" in "line item 1" is not a whole number of items.'],
    [{ refund_items: 'yes' }, 'The column "refund_items" cannot be read.'],
  ])('refuses %j', async (wrong, reason) => {
    const { orders, refused } = await read(WEBTOFFEE, [
      { ...TOFFEE, order_id: 1 },
      { ...TOFFEE, ...wrong },
      { ...TOFFEE, order_id: 3 },
    ]);
    expect(refused).toEqual([{ line: 3, reason }]);
    expect(orders.map(({ platformId }) => platformId)).toEqual(['1', '3']);
  });
});

const SUITE =
  'order_id,order_number_formatted,order_number,date,status,order_shipping,order_shipping_tax,order_tax,cart_discount,order_total,customer_user,billing_email,billing_phone,order_item_1,order_item_2'.split(
    ',',
  );

it('SkyVerge’s import suite', async () => {
  const order = await single(SUITE, {
    order_id: 7,
    order_number_formatted: 'X-7',
    order_number: 7,
    date: '2015-01-02 03:04:05',
    status: 'completed',
    order_shipping: '5.00',
    order_shipping_tax: '0.50',
    order_tax: '2.00',
    cart_discount: '1.00',
    order_total: '27.50',
    customer_user: '',
    billing_email: 'g@example.test',
    billing_phone: '(212) 555-0123',
    order_item_1: 'product_id:5|2|15.00|size:L',
    order_item_2: 'sku:TEA|1|5.00',
  });
  expect(order).toMatchObject({
    platformId: '7',
    number: 'X-7',
    customer: { platformId: null, email: 'g@example.test', phone: '+12125550123' },
    placedAt: Date.UTC(2015, 0, 2, 8, 4, 5),
    currency: 'USD',
    total: 2750,
    shipping: 500,
    tax: 250,
    discount: 100,
    lines: [
      { title: 'Product 5', productId: '5', quantity: 2, unitPrice: 750 },
      { title: 'TEA', productId: null, sku: 'TEA', quantity: 1, unitPrice: 500 },
    ],
  });
});

const ANALYTICS =
  'Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution'.split(
    ',',
  );

describe('WooCommerce Analytics', () => {
  const row = {
    Date: '2024-03-10 12:00:00',
    'Order #': '812',
    'N. Revenue (formatted)': '$1,234.51',
    Status: 'completed',
    Customer: 'Lilly Gordon',
    'Product(s)': '2× Mug, blue, 1× Tea',
    'Coupon(s)': 'spring, TEN',
  };

  it('tells orders, not customers', async () => {
    const order = await single(ANALYTICS, row);
    expect(order).toMatchObject({
      platformId: 'number:812',
      number: '812',
      customer: null,
      placedAt: Date.UTC(2024, 2, 10, 16),
      financial: 'paid',
      total: 123_451,
      discountCodes: ['spring', 'TEN'],
      lines: [
        { title: 'Mug, blue', quantity: 2 },
        { title: 'Tea', quantity: 1 },
      ],
    });
    expect(paid(order)).toEqual([82_301, 41_150]);
  });

  it('without products has no lines; a text of another shape is one', async () => {
    expect((await single(ANALYTICS, { ...row, 'Product(s)': '' })).lines).toEqual([]);
    expect((await single(ANALYTICS, { ...row, 'Product(s)': 'Mug' })).lines).toMatchObject([
      { title: 'Mug', quantity: 1 },
    ]);
  });

  it('refuses what is no revenue', async () => {
    const { refused } = await read(ANALYTICS, [
      { ...row, 'N. Revenue (formatted)': 'free' },
      { ...row, 'Order #': 2, 'N. Revenue (formatted)': '-$5.00' },
    ]);
    expect(refused.map(({ line }) => line)).toEqual([2, 3]);
  });

  it.each([
    ['$1,234.50', 'USD', '1234.50'],
    ['1.234,50 €', 'EUR', '1234.50'],
    ['&#36;12.50', 'USD', '12.50'],
    ['<span>&euro;</span>12,5', 'EUR', '12.5'],
    ['1,234', 'USD', '1234'],
    ['1,234,567', 'JPY', '1234567'],
    ['1.234.567,00', 'USD', '1234567.00'],
    ['KD 1.234', 'KWD', '1.234'],
    ['۱۲٬۰۰۰ تومان', 'IRT', '12000'],
    ['1 234,50 kr', 'SEK', '1234.50'],
    ['CHF 1’234.50', 'CHF', '1234.50'],
    ['-$5.00', 'USD', '-5.00'],
    ['$ -5', 'USD', '-5'],
    ['', 'USD', ''],
  ])('%s in %s is %s', (formatted, currency, plain) => expect(plainAmount(formatted, currency)).toBe(plain));
});

it('refuses a header of another kind', async () => {
  await expect(openOrders(files.write('id,total\n1,2\n'), NEW_YORK, 'woocommerce-csv')).rejects.toThrow(
    'This is not a WooCommerce order file: it has no column order_id, order_date, status, order_total (it begins: id, total).',
  );
  await expect(openOrders(files.write('Date,Order #\n'), NEW_YORK, 'woocommerce-csv')).rejects.toThrow(
    /no column n\. revenue/,
  );
});

const shared = existsSync(SHARED_DATA);
if (!shared) console.log('skipped: no shared data (woocommerce-csv)');

describe.skipIf(!shared)('published headers', () => {
  it.each([
    [
      'woocommerce_webtoffee_header.csv',
      {
        order_id: 1,
        order_date: '2024-01-01 00:00:00',
        status: 'completed',
        order_total: 5,
        'Product Item 1 Name': 'Cup',
        'Product Item 1 Quantity': 1,
        'Product Item 1 Total': 5,
      },
    ],
    [
      'woocommerce_csv_import_suite_header.csv',
      {
        order_id: 1,
        date: '2024-01-01 00:00:00',
        status: 'completed',
        order_total: 5,
        order_item_1: 'product_id:1|1|5',
      },
    ],
    [
      'woocommerce_analytics_orders_header.csv',
      {
        Date: '2024-01-01 00:00:00',
        'Order #': 1,
        'N. Revenue (formatted)': '$5.00',
        Status: 'completed',
        'Product(s)': '1× Cup',
      },
    ],
  ])('%s', async (file, row) => {
    const header = readFileSync(join(SHARED_DATA, 'formats', file), 'utf8')
      .trim()
      .split(',');
    expect(await single(header, row)).toMatchObject({
      total: 500,
      financial: 'paid',
      lines: [{ quantity: 1, unitPrice: 500 }],
    });
  });
});
