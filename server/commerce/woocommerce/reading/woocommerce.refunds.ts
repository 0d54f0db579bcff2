import type { Refund } from '../../commerce.types.ts';
import { type Cash, cashIn, need } from './woocommerce.fields.ts';
import type { WooItem, WooOrder, WooRefund } from './woocommerce.shapes.ts';

const WHAT = 'refund';

/** The refunds that an order lists: negative totals without a date or goods, so that the order's own time dates them. */
export const listedRefunds = (order: WooOrder, cash: Cash, at: number): Refund[] =>
  order.refunds.map(({ id, total }) => ({
    platformId: id,
    at,
    amount: Math.abs(cash(total, 'refunds.total')),
    lines: [],
  }));

/** What of an order a line of a refund gave back; null where it does not say. */
function givenBack(item: WooItem, cash: Cash): Refund['lines'][number] | null {
  const of = item.meta_data.get('_refunded_item_id');
  const lineId = typeof of === 'number' || typeof of === 'string' ? String(of) : '';
  if (!/^[1-9]\d{0,19}$/.test(lineId)) return null;
  const amount = Math.abs(cash(item.total, 'line_items.total'));
  return { lineId, quantity: item.quantity, amount };
}

/**
 * A refund as read by itself: its date and what it gave back, shipping and fees under the ids of their own lines, so
 * that a refund of shipping alone takes no goods back. One whose goods do not say what they were is a plain amount; so is what
 * goes beyond its goods and their tax, where it is more than rounding explains.
 * @throws DeliveryRefused without a date, and for amounts that are none
 */
export function refundOf(refund: WooRefund, currency: string): Refund {
  const cash = cashIn(WHAT, currency);
  const items = [...refund.line_items, ...refund.shipping_lines, ...refund.fee_lines];
  const lines = items.map((item) => givenBack(item, cash));
  const amount = Math.abs(cash(refund.amount, 'amount'));
  const worth = items.map(({ total, total_tax: tax }) => Math.abs(cash(total, 'total') + cash(tax, 'total_tax')));
  const beyond = amount - worth.reduce((sum, one) => sum + one, 0);
  return {
    platformId: refund.id,
    at: need(refund.date_created_gmt, WHAT, 'date_created_gmt', 'a time'),
    amount,
    lines: lines.some((line) => line === null) ? [] : lines.filter((line) => line !== null),
    ...(beyond > items.length + 1 ? { plain: beyond } : {}),
  };
}
