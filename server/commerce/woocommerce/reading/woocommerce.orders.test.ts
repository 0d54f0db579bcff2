import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMajor } from '../../../shared/money.ts';
import { DeliveryRefused } from '../../commerce.errors.ts';
import type { Change, OrderState } from '../../commerce.types.ts';
import { shaped } from './woocommerce.fields.ts';
import { wooLine, wooOrderBody, wooRefundBody } from './woocommerce.fixtures.ts';
import { orderChanges, toldOrder } from './woocommerce.orders.ts';
import { wooOrder, wooRefund } from './woocommerce.shapes.ts';

const reading = { readAt: Date.UTC(2025, 2, 1, 11), hash: 'hash' };
const shop = { currency: 'EUR', timeZone: 'Europe/Sofia', country: 'IR' };
const told = (fields: Record<string, unknown> = {}, at = shop): Change[] =>
  toldOrder(shaped(wooOrder, wooOrderBody(fields), 'order'), reading, at);
function order(fields: Record<string, unknown> = {}, at = shop): OrderState {
  const [change] = told(fields, at);
  if (change?.kind !== 'order') throw new Error('it says nothing of an order');
  return change.order;
}
const refusal = (fields: Record<string, unknown>): string => {
  try {
    told(fields);
  } catch (error) {
    if (error instanceof DeliveryRefused) return error.message;
    throw error;
  }
  return 'nothing was refused';
};
/** What the goods of an order are worth to a spend rule: after discounts, without tax. */
const worth = ({ lines }: OrderState): number[] =>
  lines.map((line) => line.unitPrice * line.quantity - line.discount - line.taxIncluded);
const fee = (total: string, tax = '0.00') => ({ id: 8, name: 'Fee', total, total_tax: tax, meta_data: [] });

describe('status', () => {
  it.each([
    ['processing', 'paid'],
    ['completed', 'paid'],
    ['pending', 'pending'],
    ['on-hold', 'pending'],
    ['failed', 'pending'],
    ['cancelled', 'voided'],
    ['refunded', 'refunded'],
    ['wc-processing', 'paid'],
  ])('%s is %s', (status, financial) => {
    expect(order({ status }).financial).toBe(financial);
    expect(order({ status }).cancelledAt === null).toBe(status !== 'cancelled');
  });

  it('cash on delivery goes to processing with date_paid null, and is paid', () => {
    expect(order({ date_paid_gmt: null })).toMatchObject({ financial: 'paid', paidAt: null });
  });

  it.each(['checkout-draft', 'auto-draft', 'draft'])('%s is no order, whatever it holds', (status) => {
    const changes = told({ status, date_paid_gmt: '2025-03-01T10:00:00' });
    expect(changes.map(({ kind }) => kind)).toEqual(['ignored', 'order-unplaced']);
  });

  it('trash is a deletion, dated by the reading', () => {
    expect(told({ status: 'trash' })).toEqual([{ kind: 'order-deleted', orderId: '45', at: reading.readAt }]);
  });

  it('a plug-in’s own status is that of a paid order when it has a date of payment', () => {
    expect(order({ status: 'shipped', date_paid_gmt: '2025-03-01T10:05:00' })).toMatchObject({
      financial: 'paid',
      paidAt: Date.UTC(2025, 2, 1, 10, 5),
    });
    expect(order({ status: 'awaiting-proof' })).toMatchObject({ financial: 'pending' });
    expect(order({ status: '' }).financial).toBe('pending');
  });
});

describe('times', () => {
  it('REST dates in GMT are naive UTC; local ones are not looked at', () => {
    expect(order({ date_created: '1999-01-01T00:00:00', date_completed_gmt: '2025-03-03T00:00:00' })).toMatchObject({
      placedAt: Date.UTC(2025, 2, 1, 10),
      fulfilledAt: Date.UTC(2025, 2, 3),
      version: { updatedAt: Date.UTC(2025, 2, 1, 10), triggeredAt: reading.readAt, bodyHash: 'hash' },
    });
  });

  it.each([null, '', false, '0000-00-00T00:00:00', []])('%j is no date', (nothing) => {
    expect(order({ date_paid_gmt: nothing, date_modified_gmt: nothing })).toMatchObject({
      paidAt: null,
      version: { updatedAt: Date.UTC(2025, 2, 1, 10) },
    });
  });

  it('a date that is none is refused', () => {
    expect(refusal({ date_modified_gmt: 'yesterday' })).toMatch(/"date_modified_gmt" is missing or is not a time\.$/);
    expect(refusal({ date_created_gmt: null, date_modified_gmt: null })).toMatch(/is not a time\.$/);
  });
});

describe('who bought', () => {
  it('customer_id 0 is a guest, known by the billing e-mail', () => {
    expect(order({ customer_id: 0, billing: { email: ' Ada@Example.test ', country: 'bg' } }).customer).toMatchObject({
      platformId: null,
      email: 'ada@example.test',
      country: 'BG',
    });
  });

  it('customer_id decides; what the order says of the account is older than its own word', () => {
    expect(order({ customer_id: 7 }).customer).toMatchObject({ platformId: '7', version: { updatedAt: 0 } });
  });

  it.each([
    ['09123456789', 'IR', '+989123456789'],
    ['۰۹۱۲۳۴۵۶۷۸۹', 'IR', '+989123456789'],
    ['٠٩١٢٣٤٥٦٧٨٩', 'IR', '+989123456789'],
    ['+98 912 345 6789', 'BG', '+989123456789'],
    ['0888123456', 'BG', '+359888123456'],
    ['09123456789', '', '+989123456789'],
    ['12', 'IR', null],
  ])('the phone %s of the billing country %s is %s', (phone, country, expected) => {
    const billing = { email: 'a@example.test', phone, country };
    expect(order({ billing, shipping: [] }).customer?.phone).toBe(expected);
  });

  it('without any contact there is an order and no customer', () => {
    for (const billing of [{}, [], null, { email: 'nobody', phone: '1' }])
      expect(order({ billing, shipping: [] }).customer).toBeNull();
  });
});

describe('money', () => {
  it('goods after discounts, shipping and tax on top', () => {
    const line = wooLine({ subtotal: '30.00', subtotal_tax: '6.00', total: '24.00', total_tax: '4.80' });
    const result = order({
      line_items: [line],
      total: '34.80',
      total_tax: '5.80',
      shipping_tax: '1.00',
      discount_total: '6.00',
      coupon_lines: [{ id: 1, code: 'TEA', discount: '6.00' }],
    });
    expect(result).toMatchObject({ total: 3_480, tax: 580, shipping: 500, discount: 600, discountCodes: ['tea'] });
    expect(result.lines).toMatchObject([{ unitPrice: 1_500, quantity: 2, discount: 600, taxIncluded: 0 }]);
  });

  it('a thousand prices with and without tax inside: goods are worth their totals to the cent', () => {
    const cents = fc.integer({ min: 0, max: 500_000 });
    const text = (amount: number) => formatMajor(amount, 'EUR');
    const items = fc.array(fc.tuple(cents, cents, cents, fc.integer({ min: 1, max: 30 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(items, fc.boolean(), (goods, inside) => {
        const lines = goods.map(([total, off, tax, quantity], index) =>
          wooLine({
            id: index + 1,
            quantity,
            total: text(total),
            total_tax: text(tax),
            subtotal: text(total + off),
            subtotal_tax: text(tax),
          }),
        );
        const total = goods.reduce((sum, [net, , tax]) => sum + net + tax, 500);
        const result = order({ line_items: lines, total: text(total), prices_include_tax: inside });
        expect(worth(result)).toEqual(goods.map(([net]) => net));
        for (const line of result.lines) expect(line.discount).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a discount by hand, a fee below zero, is taken off the goods', () => {
    expect(worth(order({ fee_lines: [fee('-4.00')], total: '21.00' }))).toEqual([1_600]);
    expect(order({ fee_lines: [fee('-4.00')], total: '21.00' }).discount).toBe(400);
    expect(worth(order({ fee_lines: [fee('4.00')], total: '29.00' }))).toEqual([2_000]);
    expect(worth(order({ fee_lines: [fee('-99.00')], total: '0.00' }))).toEqual([0]);
  });

  it('a gift card that paid after tax lowers what earns by the goods’ part of it', () => {
    const result = order({ total: '10.00' });
    expect(result.total).toBe(1_000);
    // 15.00 of 25.00 were paid by it, of which goods are 20.00.
    expect(worth(result)).toEqual([800]);
    expect(worth(order({ total: '0.00' }))).toEqual([0]);
  });

  it('a difference of a cent or two is rounding and no gift card', () => {
    expect(worth(order({ total: '24.97' }))).toEqual([2_000]);
  });

  it('a line that sold a gift card says so', () => {
    const sold = (key: string) =>
      order({ line_items: [wooLine({ meta_data: [{ id: 1, key, value: 'x' }] })] }).lines[0]?.giftCard;
    expect([sold('pw_gift_card_to_email'), sold('_wc_gc_giftcard_amount'), sold('_ywgc_amount')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(sold('_reduced_stock')).toBe(false);
  });

  it('things sold by weight keep their amount', () => {
    for (const quantity of [0.35, '1.5', 0, null])
      expect(worth(order({ line_items: [wooLine({ quantity })] }))).toEqual([2_000]);
  });

  it('another currency than the shop’s stays what it is', () => {
    expect(order({ currency: 'JPY', total: '25', line_items: [], shipping_total: '0' })).toMatchObject({
      currency: 'JPY',
      total: 25,
    });
    expect(refusal({ currency: 'toman' })).toMatch(/"currency" is missing or is not a currency code/);
  });

  it.each(['1250000', '1250000.0', '1250000.00', 1_250_000])(
    '%j rials or tomans are 1,250,000: they have no minor unit',
    (total) => {
      for (const currency of ['IRR', 'IRT']) {
        const line = wooLine({ total, subtotal: total });
        expect(order({ currency, total, line_items: [line], shipping_total: '0' })).toMatchObject({
          total: 1_250_000,
          lines: [{ unitPrice: 625_000, quantity: 2 }],
        });
      }
    },
  );

  it.each(['۱۲۵۰۰۰۰', '١٢٥', '1,250', '1٫5', '12 تومان', 'NaN', '1e5', {}, true])(
    '%j is refused clearly as an amount, not misread',
    (total) => {
      expect(refusal({ total, currency: 'IRT' })).toMatch(/"total" is missing or is not an amount/);
    },
  );

  it('nothing, too much and less than nothing are no totals', () => {
    for (const total of [null, '', '-1.00', '99999999999999999.99', 1e21])
      expect(refusal({ total })).toMatch(/"total" is missing or is not an amount/);
  });

  it.each([
    ['checkout', 'checkout'],
    ['store-api', 'store-api'],
    ['pos-rest-api', 'pos-rest-api'],
    ['', 'web'],
    [null, 'web'],
  ])('created via %j comes from %s', (created, source) => {
    expect(order({ created_via: created }).source).toBe(source);
  });

  it('cart_hash is the same for the same goods of anybody: no cart is completed by it', () => {
    expect(order().checkoutToken).toBeNull();
  });
});

describe('refunds', () => {
  it('listed totals are negative strings without dates or lines', () => {
    const result = order({ refunds: [{ id: 27, reason: '', total: '-5.00' }] });
    expect(result).toMatchObject({ financial: 'partially_refunded', total: 2_500 });
    expect(result.refunds).toEqual([{ platformId: '27', at: result.version.updatedAt, amount: 500, lines: [] }]);
  });

  it('of the whole make a refunded order, with the status or without', () => {
    expect(order({ refunds: [{ id: 27, total: '-25.00' }] }).financial).toBe('refunded');
    expect(order({ status: 'refunded' })).toMatchObject({ financial: 'refunded', refunds: [{ amount: 2_500 }] });
  });

  it('read by themselves have dates and goods; the order lists their totals and says it is there', () => {
    const body = wooOrderBody({ refunds: [{ id: 28, total: '-10.00' }] });
    const changes = orderChanges(wooOrder.parse(body), reading, shop, [wooRefund.parse(wooRefundBody())]);
    expect(changes).toMatchObject([
      {
        kind: 'refund-detail',
        orderId: '45',
        refund: {
          platformId: '28',
          at: Date.UTC(2025, 2, 2, 10),
          amount: 1_000,
          lines: [{ lineId: '5', quantity: 1, amount: 1_000 }],
        },
      },
      { kind: 'order', order: { refunds: [{ platformId: '28', amount: 1_000, lines: [] }] } },
      { kind: 'order-restored', at: reading.readAt, onlyIfDeleted: true },
    ]);
  });

  it('of more than their goods are worth: the rest is a plain amount', () => {
    const of = (fields: Record<string, unknown>) =>
      orderChanges(wooOrder.parse(wooOrderBody()), reading, shop, [wooRefund.parse(wooRefundBody(fields))])[0];
    expect(of({ amount: '12.50' })).toMatchObject({
      refund: { amount: 1_250, lines: [{ amount: 1_000 }], plain: 250 },
    });
    expect(of({ amount: '10.02' })).not.toHaveProperty('refund.plain');
    // Made by REST with a quantity and no amount of the line.
    const line = { id: 21, quantity: -1, total: '0.00', meta_data: [{ key: '_refunded_item_id', value: '5' }] };
    expect(of({ amount: '10.00', line_items: [line] })).toMatchObject({
      refund: { lines: [{ quantity: 1, amount: 0 }], plain: 1_000 },
    });
  });

  it('of shipping alone take no goods back; goods that do not say what they were make a plain amount', () => {
    const of = (fields: Record<string, unknown>) =>
      orderChanges(wooOrder.parse(wooOrderBody()), reading, shop, [wooRefund.parse(wooRefundBody(fields))])[0];
    const line = { id: 22, total: '-5.00', meta_data: [{ key: '_refunded_item_id', value: 7 }] };
    expect(of({ line_items: [], shipping_lines: [line], amount: '5.00' })).toMatchObject({
      refund: { amount: 500, lines: [{ lineId: '7', amount: 500 }] },
    });
    expect(of({ line_items: [{ id: 22, total: '-5.00', meta_data: {} }] })).toMatchObject({ refund: { lines: [] } });
  });
});
