import { describe, expect, it } from 'vitest';
import { shopifyCommerce } from './shopify.commerce.ts';

const shop = { currency: 'USD', timeZone: 'UTC', country: 'US' };

function read(more: object) {
  const payload = { id: 7, order_id: 5001, created_at: '2026-03-05T00:00:00Z', ...more };
  const body = Buffer.from(JSON.stringify(payload));
  const [change] = shopifyCommerce.read({ topic: 'refunds/create', body, triggeredAt: 1, receivedAt: 2 }, shop);
  if (change?.kind !== 'refund') throw new Error('not a refund');
  return change;
}

const goods = (subtotal: unknown, tax: unknown = 0, more: object = {}) => ({
  line_item_id: 11,
  quantity: 2,
  subtotal,
  total_tax: tax,
  ...more,
});
const money = (amount: string, more: object = {}) => ({
  kind: 'refund',
  status: 'success',
  amount,
  currency: null,
  ...more,
});

describe('a refund that comes alone', () => {
  it('is known by its own id and time and the order it belongs to', () => {
    expect(read({ processed_at: '2026-03-04T00:00:00Z', transactions: [money('5.00')] })).toEqual({
      kind: 'refund',
      orderId: '5001',
      refund: { platformId: '7', at: Date.parse('2026-03-05T00:00:00Z'), amount: 500, lines: [] },
    });
  });

  it('gives back the money of its successful refund transactions', () => {
    const transactions = [
      money('75.00'),
      money('10.00'),
      money('99.00', { status: 'failure' }),
      money('99.00', { status: 'pending' }),
      money('99.00', { kind: 'void' }),
    ];
    expect(read({ transactions }).refund.amount).toBe(8_500);
    expect(read({ transactions: [], refund_line_items: [goods(20)] }).refund.amount).toBe(0);
  });

  it('without transactions is worth its lines, tax, shipping and adjustments', () => {
    const refund_line_items = [goods(20.5, 1.64)];
    expect(read({ refund_line_items }).refund.amount).toBe(2_214);
    const order_adjustments = [
      { kind: 'shipping_refund', amount: '-10.00', tax_amount: '-0.80' },
      { kind: 'refund_discrepancy', amount: '5.00', tax_amount: '0.00' },
    ];
    expect(read({ refund_line_items, order_adjustments }).refund.amount).toBe(2_214 + 1_080 - 500);
    const usd = (amount: string) => ({ shop_money: { amount, currency_code: 'USD' } });
    const refund_shipping_lines = [{ subtotal_amount_set: usd('3.00'), tax_amount_set: usd('0.24') }];
    expect(read({ refund_line_items, refund_shipping_lines }).refund.amount).toBe(2_214 + 324);
    expect(read({ order_adjustments: [{ kind: 'refund_discrepancy', amount: '50.00' }] }).refund.amount).toBe(0);
  });

  it("with transactions in the buyer's currency is worth what the shop's money says", () => {
    const subtotal_set = { shop_money: { amount: '22.00', currency_code: 'USD' } };
    const refund_line_items = [goods('20.00', 0, { subtotal_set })];
    expect(read({ refund_line_items, transactions: [money('20.00', { currency: 'EUR' })] }).refund.amount).toBe(2_200);
  });

  it('has lines without tax, whether or not prices include it', () => {
    const lines = (paid: string) =>
      read({ refund_line_items: [goods('119.00', '19.00')], transactions: [money(paid)] }).refund.lines;
    expect(lines('119.00')).toEqual([{ lineId: '11', quantity: 2, amount: 10_000 }]);
    expect(lines('138.00')).toEqual([{ lineId: '11', quantity: 2, amount: 11_900 }]);
  });

  it('names lines by gid, for the number may be rounded', () => {
    const line = { line_item_id: 1, line_item: { admin_graphql_api_id: 'gid://shopify/LineItem/487817672276298554' } };
    expect(read({ refund_line_items: [goods(1, 0, line)] }).refund.lines[0]?.lineId).toBe('487817672276298554');
  });

  it.each([
    ['order_id', { order_id: null }],
    ['id', { id: 'x' }],
    ['created_at', { created_at: null }],
    ['refund_line_items.line_item_id', { refund_line_items: [goods(1, 0, { line_item_id: null })] }],
    ['transactions.amount', { transactions: [money('much')] }],
    ['transactions', { transactions: 'none' }],
    ['order_adjustments.amount', { order_adjustments: [{ kind: 'refund_discrepancy', amount: 'x' }] }],
  ])('is refused for its %s', (field, more) => {
    expect(() => read(more)).toThrow(`Shopify's refund cannot be used: "${field}" is missing or is not a`);
  });
});
