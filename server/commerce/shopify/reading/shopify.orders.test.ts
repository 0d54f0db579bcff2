import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { OrderState } from '../../commerce.types.ts';
import { shopifyCommerce } from './shopify.commerce.ts';

const shop = { currency: 'USD', timeZone: 'Europe/Berlin', country: 'US' };
const set = (amount: string, currency = 'USD', abroad = '1.00') => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount: abroad, currency_code: 'EUR' },
});

const line = (id: number, price: string, more: object = {}) => ({
  id,
  admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
  product_id: id * 10,
  variant_id: id * 100,
  sku: `SKU-${id}`,
  title: `Product ${id}`,
  vendor: 'Acme',
  quantity: 1,
  price,
  gift_card: false,
  tax_lines: [],
  discount_allocations: [],
  ...more,
});

const paid = (more: object = {}) => ({
  id: 5001,
  admin_graphql_api_id: 'gid://shopify/Order/5001',
  name: '#1001',
  created_at: '2026-03-01T10:00:00-05:00',
  processed_at: '2026-03-01T09:59:00-05:00',
  updated_at: '2026-03-02T00:00:00Z',
  cancelled_at: null,
  financial_status: 'paid',
  currency: 'USD',
  total_price: '100.00',
  current_total_price: '100.00',
  total_tax: '0.00',
  total_discounts: '0.00',
  line_items: [line(1, '80.00'), line(2, '20.00')],
  refunds: [],
  ...more,
});

const refund = (id: number, more: object = {}) => ({
  id,
  created_at: '2026-03-05T00:00:00Z',
  refund_line_items: [],
  transactions: [],
  order_adjustments: [],
  ...more,
});
const goods = (id: number, subtotal: string | number, tax: string | number = 0) => ({
  line_item_id: id,
  quantity: 1,
  subtotal,
  total_tax: tax,
});
const money = (amount: string, more: object = {}) => ({
  kind: 'refund',
  status: 'success',
  amount,
  currency: 'USD',
  ...more,
});

const changesOf = (payload: object) =>
  shopifyCommerce.read(
    { topic: 'orders/updated', body: Buffer.from(JSON.stringify(payload)), triggeredAt: 77, receivedAt: 88 },
    shop,
  );

function read(payload: object): OrderState {
  const [change] = changesOf(payload);
  if (change?.kind !== 'order') throw new Error('not an order');
  return change.order;
}

const net = ({ total, refunds }: OrderState) => total - refunds.reduce((sum, { amount }) => sum + amount, 0);

describe('an order', () => {
  it('is placed and paid when it was processed, and is as new as Shopify says', () => {
    expect(read(paid())).toMatchObject({
      platformId: '5001',
      number: '#1001',
      placedAt: Date.parse('2026-03-01T14:59:00Z'),
      paidAt: Date.parse('2026-03-01T14:59:00Z'),
      financial: 'paid',
      currency: 'USD',
      total: 10_000,
      customer: null,
      source: 'unknown',
      version: {
        updatedAt: Date.parse('2026-03-02T00:00:00Z'),
        triggeredAt: 77,
        bodyHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(read(paid({ processed_at: null })).placedAt).toBe(Date.parse('2026-03-01T15:00:00Z'));
    expect(read(paid({ financial_status: 'pending' })).paidAt).toBeNull();
    expect(read(paid({ financial_status: 'expired' })).financial).toBe('pending');
    expect(read(paid({ updated_at: null })).version.updatedAt).toBe(Date.parse('2026-03-01T14:59:00Z'));
  });

  it("is counted in the shop's money where Shopify gives it", () => {
    const order = read(
      paid({ currency: 'EUR', total_price: '50.00', total_price_set: set('110.00'), current_total_price: null }),
    );
    expect(order).toMatchObject({ currency: 'USD', total: 11_000 });
    const foreign = read(paid({ currency: 'JPY', total_price: '1500', current_total_price: '1500', line_items: [] }));
    expect(foreign).toMatchObject({ currency: 'JPY', total: 1_500 });
    expect(read(paid({ currency: null })).currency).toBe('USD');
  });

  it('has ids by gid, else by number, and never a rounded one', () => {
    const ids = (payload: object) => read(paid(payload)).platformId;
    expect(ids({ id: 1, admin_graphql_api_id: 'gid://shopify/Order/820982911946154508' })).toBe('820982911946154508');
    expect(ids({ id: 123, admin_graphql_api_id: 'https://www.example.com/' })).toBe('123');
    expect(ids({ id: '987', admin_graphql_api_id: null })).toBe('987');
  });

  it('takes discounts as allocated, tax only where it is inside the price, and flags gift cards', () => {
    const taxed = {
      quantity: 3,
      total_discount: '9.00',
      discount_allocations: [{ amount: '5.00', amount_set: set('5.50') }, { amount: '1.00' }],
      tax_lines: [{ price: '2.00', price_set: set('2.20') }, { price: '0.30' }],
    };
    const lines = [
      line(1, '80.00', taxed),
      line(2, '5', { total_discount: '1.00', gift_card: true, product_id: null, sku: '' }),
    ];
    const [first, second] = read(paid({ taxes_included: true, line_items: lines })).lines;
    expect(first).toEqual({
      platformId: '1',
      productId: '10',
      variantId: '100',
      sku: 'SKU-1',
      title: 'Product 1',
      vendor: 'Acme',
      quantity: 3,
      unitPrice: 8_000,
      discount: 650,
      taxIncluded: 250,
      giftCard: false,
    });
    expect(second).toMatchObject({ productId: null, sku: null, unitPrice: 500, discount: 100, giftCard: true });
    expect(read(paid({ line_items: lines })).lines[0]?.taxIncluded).toBe(0);
  });

  it('charges shipping after discounts and without the tax inside it', () => {
    const shipping = (line: object, taxesIncluded = false) =>
      read(paid({ taxes_included: taxesIncluded, shipping_lines: [line] })).shipping;
    expect(shipping({ price: '10.00', discounted_price: '10.00', discount_allocations: [] })).toBe(1_000);
    expect(shipping({ price: '10.00', discounted_price: '0.00', discount_allocations: [{ amount: '10.00' }] })).toBe(0);
    expect(shipping({ price: '10.00', discounted_price: '10.00', discount_allocations: [{ amount: '4.00' }] })).toBe(
      600,
    );
    expect(shipping({ price: '11.90', tax_lines: [{ price: '1.90' }] }, true)).toBe(1_000);
    expect(shipping({ price: '10.00', is_removed: true })).toBe(0);
    expect(read(paid({ shipping_lines: [], total_shipping_price_set: set('7.00') })).shipping).toBe(700);
  });

  it('knows what gift cards and store credit paid only where the transactions tell', () => {
    const sale = (gateway: string, amount: string, more: object = {}) => ({
      kind: 'sale',
      status: 'success',
      gateway,
      amount,
      ...more,
    });
    const transactions = [
      sale('gift_card', '30.00'),
      sale('shopify_store_credit', '5.00'),
      sale('gift_card', '9.00', { status: 'failure' }),
      sale('visa', '65.00'),
    ];
    expect(read(paid({ transactions })).creditPaid).toBe(3_500);
    expect(read(paid({ payment_gateway_names: ['gift_card'] })).creditPaid).toBe(0);
  });

  it('is fulfilled by its newest successful fulfilment', () => {
    const fulfillments = [
      { status: 'success', created_at: '2026-03-03T00:00:00Z', updated_at: '2026-03-09T00:00:00Z' },
      { status: 'success', created_at: '2026-03-04T00:00:00Z' },
      { status: 'cancelled', created_at: '2026-03-05T00:00:00Z' },
    ];
    expect(read(paid({ fulfillments })).fulfilledAt).toBe(Date.parse('2026-03-04T00:00:00Z'));
  });
});

describe('the contact of an order', () => {
  const customer = {
    id: 42,
    email: ' Ann@Example.com ',
    phone: '+1 613-555-0135',
    first_name: 'Ann',
    updated_at: '2026-01-01T00:00:00Z',
    created_at: '2025-01-01T00:00:00Z',
    default_address: { country_code: 'CA' },
  };

  it('is the customer, as new as the customer', () => {
    expect(read(paid({ customer, email: 'other@example.com', customer_locale: 'fr' })).customer).toEqual({
      platformId: '42',
      email: 'ann@example.com',
      phone: '+16135550135',
      firstName: 'Ann',
      lastName: null,
      locale: 'fr',
      country: 'CA',
      note: null,
      registeredAt: Date.parse('2025-01-01T00:00:00Z'),
      version: { updatedAt: Date.parse('2026-01-01T00:00:00Z'), triggeredAt: 77, bodyHash: expect.any(String) },
    });
    expect(read(paid({ customer: { id: 42 } })).customer?.version.updatedAt).toBe(0);
  });

  it('else is the guest by e-mail or phone, as new as the order', () => {
    const billing = { first_name: 'Bo', last_name: 'Li', phone: '(613) 555-0135', country_code: 'CA' };
    const guest = read(paid({ contact_email: 'BO@example.com', billing_address: billing })).customer;
    expect(guest).toMatchObject({
      platformId: null,
      email: 'bo@example.com',
      phone: '+16135550135',
      firstName: 'Bo',
      country: 'CA',
    });
    expect(guest?.version.updatedAt).toBe(Date.parse('2026-03-02T00:00:00Z'));
    expect(read(paid({ email: '', contact_email: null, billing_address: { first_name: 'Bo' } })).customer).toBeNull();
  });

  it('who ticked the box has consented when the order was placed', () => {
    const [, consent] = changesOf(paid({ customer, buyer_accepts_marketing: true }));
    expect(consent).toEqual({
      kind: 'consent',
      contact: { platformId: '42', email: 'ann@example.com', phone: '+16135550135' },
      consent: {
        channel: 'email',
        state: 'subscribed',
        at: Date.parse('2026-03-01T14:59:00Z'),
        source: 'checkout',
        evidence: 'Order #1001',
      },
    });
    expect(changesOf(paid({ buyer_accepts_marketing: true }))).toHaveLength(1);
  });
});

describe('what an order comes to', () => {
  it('includes lines added by an edit', () => {
    expect(read(paid({ current_total_price: '130.00' })).total).toBe(13_000);
    expect(read(paid({ total_price: '130.00', current_total_price: '130.00' })).total).toBe(13_000);
  });

  it('stays when money goes back for goods', () => {
    const refunds = [refund(9, { refund_line_items: [goods(2, 20)], transactions: [money('20.00')] })];
    const order = read(paid({ current_total_price: '80.00', financial_status: 'partially_refunded', refunds }));
    expect(order.total).toBe(10_000);
    expect(order.refunds).toEqual([
      {
        platformId: '9',
        at: Date.parse('2026-03-05T00:00:00Z'),
        amount: 2_000,
        lines: [{ lineId: '2', quantity: 1, amount: 2_000 }],
      },
    ]);
  });

  it('falls by a line that an edit removed, with its tax, and that is no refund of money', () => {
    const refunds = [refund(9, { refund_line_items: [goods(2, 20, '1.60')] })];
    const order = read(paid({ total_price: '101.60', current_total_price: '80.00', refunds }));
    expect(order.total).toBe(8_000);
    expect(order.refunds[0]).toMatchObject({ amount: 0, lines: [{ lineId: '2', amount: 2_000 }] });
  });

  it('does not fall again when what was paid too much is paid back', () => {
    const removal = refund(9, { refund_line_items: [goods(2, 20)] });
    const payback = refund(10, { transactions: [money('20.00')] });
    for (const refunds of [
      [removal, payback],
      [payback, removal],
    ])
      expect(net(read(paid({ current_total_price: '80.00', refunds })))).toBe(8_000);
    const inParts = [
      removal,
      refund(10, { transactions: [money('12.00')] }),
      refund(11, { transactions: [money('13.00')] }),
    ];
    expect(net(read(paid({ current_total_price: '80.00', refunds: inParts })))).toBe(7_500);
    const more = refund(10, { transactions: [money('25.00')] });
    expect(net(read(paid({ current_total_price: '80.00', refunds: [removal, more] })))).toBe(7_500);
  });

  it('keeps additions beside removals', () => {
    const refunds = [refund(9, { refund_line_items: [goods(2, 20)] })];
    expect(read(paid({ total_price: '130.00', current_total_price: '110.00', refunds })).total).toBe(11_000);
    expect(read(paid({ total_price: '100.00', current_total_price: '110.00', refunds })).total).toBe(11_000);
  });

  it('stays when the order is cancelled', () => {
    const refunds = [refund(9, { refund_line_items: [goods(1, 80), goods(2, 20)] })];
    const cancelled = {
      cancelled_at: '2026-03-05T00:00:00Z',
      financial_status: 'voided',
      current_total_price: '0.00',
      refunds,
    };
    expect(read(paid(cancelled))).toMatchObject({ total: 10_000, cancelledAt: Date.parse('2026-03-05T00:00:00Z') });
  });
});

describe('an order is refused', () => {
  it.each([
    ['id', { id: null, admin_graphql_api_id: null }],
    ['id', { id: 1e20, admin_graphql_api_id: null }],
    ['created_at', { created_at: null, processed_at: null }],
    ['cancelled_at', { cancelled_at: 'last week' }],
    ['total_price', { total_price: null }],
    ['total_price', { total_price: 'ten' }],
    ['total_price', { total_price: '-1.00' }],
    ['total_price', { total_price: '1e400' }],
    ['total_price', { total_price: { amount: '1' } }],
    ['currency', { currency: 'dollars' }],
    ['line_items', { line_items: { 0: line(1, '1') } }],
    ['line_items.0', { line_items: [null] }],
    ['line_items.0.quantity', { line_items: [line(1, '1.00', { quantity: 1.5 })] }],
    ['line_items.price', { line_items: [line(1, 'free')] }],
    ['line_items.price', { line_items: [line(1, '90000000000000.00', { quantity: 1_000_000 })] }],
    ['customer', { customer: ['x'] }],
    ['refund_line_items.subtotal', { refunds: [refund(1, { refund_line_items: [goods(1, 'x')] })] }],
  ])('for its %s', (field, more) => {
    const payload = paid(more);
    expect(() => changesOf(payload)).toThrow(DeliveryRefused);
    expect(() => changesOf(payload)).toThrow(new RegExp(`cannot be used: "${field}" is missing or is not (an?|what) `));
  });

  it('for more lines than any order has', () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => line(index + 1, '1.00'));
    expect(() => changesOf(paid({ line_items: lines }))).toThrow('"line_items" has more than 2000 entries');
    expect(read(paid({ line_items: lines.slice(0, 2_000) })).lines).toHaveLength(2_000);
  });
});
