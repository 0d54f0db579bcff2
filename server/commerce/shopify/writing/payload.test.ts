import { describe, expect, it } from 'vitest';
import { lineOf, versioned } from '../../../imports/imports.orders.ts';
import type { OrderState } from '../../commerce.types.ts';
import { shopifyCommerce } from '../reading/shopify.commerce.ts';
import { shopifyPayload, shopifyTopic } from './payload.ts';

const order = (change: Partial<Parameters<typeof versioned>[0]> = {}): OrderState =>
  versioned({
    platformId: '1001',
    number: '#1001',
    customer: {
      platformId: '123',
      email: 'ann@example.test',
      phone: '+12125550123',
      firstName: 'Ann',
      lastName: 'Vries',
      locale: null,
      country: 'US',
      note: null,
      registeredAt: null,
    },
    placedAt: Date.UTC(2020, 0, 1),
    paidAt: Date.UTC(2020, 0, 1, 0, 0, 1, 5),
    cancelledAt: null,
    financial: 'paid',
    test: false,
    currency: 'USD',
    total: 2500,
    shipping: 500,
    tax: 0,
    discount: 0,
    creditPaid: 0,
    source: 'web',
    checkoutToken: null,
    discountCodes: [],
    fulfilledAt: null,
    lines: [lineOf('1001', 0, { productId: '85123A', sku: '85123A', title: 'Mug', quantity: 2, unitPrice: 1000 })],
    refunds: [],
    acceptsMarketing: false,
    ...change,
  });

describe('shopifyPayload', () => {
  it('is an order as Shopify tells it', () => {
    const line = order().lines[0]!;
    expect(shopifyPayload(order())).toMatchObject({
      id: 1001,
      admin_graphql_api_id: 'gid://shopify/Order/1001',
      name: '#1001',
      order_number: 1001,
      financial_status: 'paid',
      created_at: '2020-01-01T00:00:00Z',
      processed_at: '2020-01-01T00:00:00Z',
      updated_at: '2020-01-01T00:00:01.005Z',
      cancelled_at: null,
      currency: 'USD',
      total_price: '25.00',
      current_total_price: '25.00',
      subtotal_price: '20.00',
      total_tax: '0.00',
      total_discounts: '0.00',
      taxes_included: false,
      email: 'ann@example.test',
      contact_email: 'ann@example.test',
      customer: {
        id: 123,
        admin_graphql_api_id: 'gid://shopify/Customer/123',
        first_name: 'Ann',
        created_at: null,
      },
      line_items: [
        {
          id: Number(line.platformId),
          admin_graphql_api_id: `gid://shopify/LineItem/${line.platformId}`,
          title: 'Mug',
          sku: '85123A',
          quantity: 2,
          current_quantity: 2,
          price: '10.00',
          discount_allocations: [],
          gift_card: false,
        },
      ],
      shipping_lines: [{ price: '5.00' }],
      refunds: [],
    });
  });

  it('holds no number that JSON would change', () => {
    const body = shopifyPayload(
      order({ platformId: 'number:#1', number: 'A-1', refunds: [{ platformId: 'r', at: 0, amount: 1, lines: [] }] }),
    );
    const check = (value: unknown): void => {
      if (typeof value === 'number') expect(Number.isSafeInteger(value) || value < 1e6).toBe(true);
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(check);
    };
    check(body);
    expect(body).toMatchObject({ name: 'A-1', admin_graphql_api_id: `gid://shopify/Order/${body.id}` });
    expect(JSON.parse(JSON.stringify(body))).toEqual(body);
  });

  it('keeps a customer’s id that no double holds in its text', () => {
    const customer = { ...order().customer!, platformId: '18446744073709551615' };
    expect(shopifyPayload(order({ customer }))).toMatchObject({
      customer: { admin_graphql_api_id: 'gid://shopify/Customer/18446744073709551615' },
    });
  });

  it('knows guests by their contact only, and nobody by nothing', () => {
    const guest = { ...order().customer!, platformId: null };
    expect(shopifyPayload(order({ customer: guest }))).toMatchObject({
      customer: null,
      email: 'ann@example.test',
      billing_address: { first_name: 'Ann' },
    });
    expect(shopifyPayload(order({ customer: null }))).toMatchObject({
      customer: null,
      email: null,
      billing_address: null,
    });
  });

  it('tells discounts, tax within prices, refunds and cancellation', () => {
    const line = lineOf('1001', 0, { title: 'Mug', quantity: 2, unitPrice: 1000, discount: 300, taxIncluded: 100 });
    const refund = {
      platformId: '77',
      at: Date.UTC(2020, 0, 2),
      amount: 850,
      lines: [{ lineId: line.platformId, quantity: 1, amount: 850 }],
    };
    const body = shopifyPayload(
      order({
        lines: [line],
        discount: 300,
        discountCodes: ['TEN'],
        tax: 100,
        refunds: [refund],
        financial: 'partially_refunded',
        cancelledAt: Date.UTC(2020, 0, 3),
      }),
    );
    expect(body).toMatchObject({
      subtotal_price: '17.00',
      total_price: '25.00',
      current_total_price: '0.00',
      taxes_included: true,
      cancelled_at: '2020-01-03T00:00:00Z',
      discount_codes: [{ code: 'TEN', amount: '3.00' }],
      line_items: [{ current_quantity: 1, discount_allocations: [{ amount: '3.00' }], tax_lines: [{ price: '1.00' }] }],
      refunds: [
        {
          id: 77,
          created_at: '2020-01-02T00:00:00Z',
          refund_line_items: [{ line_item_id: Number(line.platformId), quantity: 1, subtotal: 8.5 }],
          transactions: [{ kind: 'refund', status: 'success', amount: '8.50' }],
        },
      ],
    });
  });

  it('writes amounts in the digits of their currency', () => {
    expect(shopifyPayload(order({ currency: 'JPY' }))).toMatchObject({ total_price: '2500' });
  });
});

it('is read from Shopify as the order that was sent', () => {
  const whole = { unitPrice: 1000, quantity: 2, discount: 300 };
  const lines = [
    lineOf('1001', 0, { productId: '5', variantId: '6', sku: 'M', vendor: 'Potter', title: 'Mug', ...whole }),
    lineOf('1001', 1, { title: 'Card', quantity: 1, unitPrice: 500, giftCard: true }),
  ];
  const placedAt = Date.UTC(2020, 0, 1);
  const refund = {
    platformId: '77',
    at: Date.UTC(2020, 0, 2),
    amount: 850,
    lines: [{ lineId: lines[0]!.platformId, quantity: 1, amount: 850 }],
  };
  const plain = { platformId: '78', at: Date.UTC(2020, 0, 4), amount: 100, lines: [] };
  const changes: Parameters<typeof order>[0][] = [
    {},
    { lines, discount: 300, discountCodes: ['TEN'], creditPaid: 200, fulfilledAt: Date.UTC(2020, 0, 5), test: true },
    { lines, discount: 300, financial: 'partially_refunded', refunds: [refund, plain] },
    { lines, discount: 300, financial: 'refunded', refunds: [{ ...plain, amount: 2700 }], total: 2700 },
    { financial: 'pending', paidAt: null, customer: { ...order().customer!, platformId: null } },
    { cancelledAt: Date.UTC(2020, 0, 3), financial: 'voided', paidAt: null, customer: null },
    { lines: [{ ...lines[0]!, taxIncluded: 150 }], tax: 150, discount: 300, shipping: 0, total: 1700 },
  ];
  for (const change of changes) {
    const sent = order({ paidAt: placedAt, lines: [lines[0]!], ...change });
    const body = Buffer.from(JSON.stringify(shopifyPayload(sent)));
    const shop = { currency: 'USD', timeZone: 'UTC', country: 'US' };
    const [read] = shopifyCommerce.read({ topic: shopifyTopic(sent), body, triggeredAt: 1, receivedAt: 1 }, shop);
    const versionless = (found: OrderState) => ({
      ...found,
      version: null,
      customer: found.customer && { ...found.customer, version: null },
    });
    expect(read?.kind === 'order' && versionless(read.order)).toEqual(versionless(sent));
  }
});

it('is told on the topic of its state', () => {
  expect(shopifyTopic({ financial: 'paid', cancelledAt: null })).toBe('orders/paid');
  expect(shopifyTopic({ financial: 'refunded', cancelledAt: null })).toBe('orders/updated');
  expect(shopifyTopic({ financial: 'paid', cancelledAt: 1 })).toBe('orders/cancelled');
});
