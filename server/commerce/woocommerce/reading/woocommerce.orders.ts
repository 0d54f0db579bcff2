import type { Change, OrderState, ShopContext, Version } from '../../commerce.types.ts';
import { buyerOf } from './woocommerce.contacts.ts';
import { cashIn, exact, need, refuseField } from './woocommerce.fields.ts';
import { orderLines } from './woocommerce.lines.ts';
import { listedRefunds, refundOf } from './woocommerce.refunds.ts';
import type { WooOrder, WooRefund } from './woocommerce.shapes.ts';
import { meaningOf, type StatusMeaning, statusName, withRefunds } from './woocommerce.status.rules.ts';

const WHAT = 'order';
/** As many as an order of a shop has in the most generous of campaigns. */
const MAX_CODES = 50;
/** A plug-in's own status that says nothing of money: nothing was paid yet, as far as anyone can tell. */
const NOT_PAID: StatusMeaning = { financial: 'pending', cancelled: false };

/** When something was read or received (epoch ms), and the hash of the bytes. */
export type Reading = { readAt: number; hash: string };

/**
 * When it was modified, to the second; then when it was told: a payload is built when it is sent, so that of two with the
 * same second the later one knows more. A refund that is deleted changes no date: only so does a later reading win.
 */
export const versionOf = (updatedAt: number, { readAt, hash }: Reading): Version => ({
  updatedAt,
  triggeredAt: readAt,
  bodyHash: hash,
});

function orderState(order: WooOrder, meaning: StatusMeaning, version: Version, shop: ShopContext): OrderState {
  const currency = order.currency ?? shop.currency;
  const cash = cashIn(WHAT, currency);
  const placedAt = need(order.date_created_gmt ?? order.date_modified_gmt, WHAT, 'date_created_gmt', 'a time');
  const total = cash(need(order.total, WHAT, 'total', 'an amount'), 'total');
  if (total < 0) throw refuseField(WHAT, 'total', 'an amount of zero or more');
  const { lines, off } = orderLines(order, cash);
  const listed = listedRefunds(order, cash, version.updatedAt);
  const discountTax = order.prices_include_tax ? cash(order.discount_tax, 'discount_tax') : 0;
  return {
    platformId: order.id,
    number: order.number ?? order.id,
    customer: buyerOf(order, version, shop),
    placedAt,
    paidAt: order.date_paid_gmt,
    // WooCommerce keeps no date of it: the cancellation was the last change, or came before it.
    cancelledAt: meaning.cancelled ? version.updatedAt : null,
    test: false,
    currency,
    total,
    shipping: Math.max(0, cash(order.shipping_total, 'shipping_total')),
    tax: Math.max(0, cash(order.total_tax, 'total_tax')),
    discount: Math.max(
      0,
      exact(cash(order.discount_total, 'discount_total') + discountTax + off, WHAT, 'discount_total'),
    ),
    creditPaid: 0,
    source: order.created_via ?? 'web',
    // `cart_hash` tells what was in a cart, not whose it was.
    checkoutToken: null,
    discountCodes: order.coupon_lines.slice(0, MAX_CODES).flatMap(({ code }) => code?.toLowerCase() ?? []),
    fulfilledAt: order.date_completed_gmt,
    lines,
    acceptsMarketing: false,
    version,
    ...withRefunds(meaning, listed, { orderId: order.id, at: version.updatedAt, total }),
  };
}

/**
 * What an order says, from a delivery. Drafts are none and ignored with a reason, but an order that somebody set back to a
 * draft is none any more; an order in the trash is gone.
 * @throws DeliveryRefused `delivery.bad_field` without a date or a total, or with an unusable amount
 */
export function toldOrder(order: WooOrder, reading: Reading, shop: ShopContext): Change[] {
  const status = statusName(order.status ?? '');
  const meaning = meaningOf(status, order.date_paid_gmt);
  if (meaning === 'trash') return [{ kind: 'order-deleted', orderId: order.id, at: reading.readAt }];
  const updatedAt = order.date_modified_gmt ?? order.date_created_gmt;
  const version = versionOf(need(updatedAt, WHAT, 'date_modified_gmt', 'a time'), reading);
  if (meaning === 'draft')
    return [
      { kind: 'ignored', reason: `The order ${order.id} is "${status}": it is a cart and no order yet.` },
      { kind: 'order-unplaced', orderId: order.id, version },
    ];
  return [{ kind: 'order', order: orderState(order, meaning === 'unknown' ? NOT_PAID : meaning, version, shop) }];
}

/**
 * What an order says that was read by REST; `refunds`, where they were read too, say when and what of it came back. It was
 * there when it was read, so that an earlier deletion is undone. `readAt` is when the reading began.
 * @throws DeliveryRefused as toldOrder and refundOf do
 */
export function orderChanges(
  order: WooOrder,
  reading: Reading,
  shop: ShopContext,
  refunds: readonly WooRefund[] = [],
): Change[] {
  const told = toldOrder(order, reading, shop);
  if (told[0]?.kind !== 'order') return told;
  const currency = order.currency ?? shop.currency;
  const orderId = order.id;
  return [
    // Before the order, which then is computed once, with what they say.
    ...refunds.map((refund): Change => ({ kind: 'refund-detail', orderId, refund: refundOf(refund, currency) })),
    ...told,
    { kind: 'order-restored', orderId, at: reading.readAt, onlyIfDeleted: true },
  ];
}
