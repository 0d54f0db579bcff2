import { z } from 'zod';
import type { Change, Delivery, Refund, ShopContext } from '../../commerce.types.ts';
import {
  amount,
  gid,
  idNumber,
  idOf,
  ids,
  list,
  need,
  quantity,
  setAmount,
  shaped,
  strictInstant,
  text,
} from './shopify.fields.ts';
import { type Cash, cashIn, exact, signedCash } from './shopify.money.ts';

/** A refund, alone or inside an order. */
export const refundShape = z.object({
  ...ids,
  order_id: idNumber,
  created_at: strictInstant,
  processed_at: strictInstant,
  refund_line_items: list(
    z.object({
      line_item_id: idNumber,
      line_item: z.object({ admin_graphql_api_id: gid }).nullish().catch(null),
      quantity,
      subtotal: amount,
      subtotal_set: setAmount,
      total_tax: amount,
      total_tax_set: setAmount,
    }),
  ),
  transactions: list(z.object({ kind: text(40), status: text(40), amount, currency: text(3) })),
  order_adjustments: list(
    z.object({ kind: text(40), amount, amount_set: setAmount, tax_amount: amount, tax_amount_set: setAmount }),
  ),
  refund_shipping_lines: list(z.object({ subtotal_amount_set: setAmount, tax_amount_set: setAmount })),
});

type RefundPayload = z.output<typeof refundShape>;

/** What is known of the order that a refund belongs to; `taxesIncluded` is null when the refund comes alone. */
export type RefundContext = { currency: string; taxesIncluded: boolean | null };

/** A refund, and what an order needs to tell an edit from money given back. */
export type ReadRefund = {
  refund: Refund;
  /** Worth of what it takes back itself: goods, their tax, shipping and its tax. */
  worth: number;
  /** It says that no money moved: goods were taken out of the order. */
  moneyless: boolean;
};

const WHAT = 'refund';

const sum = (values: readonly number[], field: string): number =>
  exact(
    values.reduce((total, value) => total + value, 0),
    WHAT,
    field,
  );

/**
 * Money given back, in the order's currency. Null when the payload does not tell: it lists no transactions at all, or
 * transactions in the buyer's currency. Pending and failed ones have not moved money (yet).
 */
function moneyOf(payload: RefundPayload, currency: string, cash: Cash): number | null {
  if (!payload.transactions) return null;
  const done = payload.transactions.filter(({ kind, status }) => kind === 'refund' && status === 'success');
  if (done.some((transaction) => transaction.currency !== null && transaction.currency !== currency)) return null;
  return sum(
    done.map((transaction) => cash(null, transaction.amount, 'transactions.amount') ?? 0),
    'transactions',
  );
}

/** Shipping given back: its own list since 2024-10, before that adjustments (negative: less for the shop). */
function shippingOf(payload: RefundPayload, signed: Cash): number {
  const lines = payload.refund_shipping_lines ?? [];
  if (lines.length > 0)
    return sum(
      lines.map(
        (line) =>
          (signed(line.subtotal_amount_set, null, 'refund_shipping_lines') ?? 0) +
          (signed(line.tax_amount_set, null, 'refund_shipping_lines') ?? 0),
      ),
      'refund_shipping_lines',
    );
  return adjusted(payload, signed, true);
}

function adjusted(payload: RefundPayload, signed: Cash, shipping: boolean): number {
  const chosen = (payload.order_adjustments ?? []).filter(({ kind }) => (kind === 'shipping_refund') === shipping);
  return -sum(
    chosen.map(
      (one) =>
        (signed(one.amount_set, one.amount, 'order_adjustments.amount') ?? 0) +
        (signed(one.tax_amount_set, one.tax_amount, 'order_adjustments.tax_amount') ?? 0),
    ),
    'order_adjustments',
  );
}

function goodsOf(payload: RefundPayload, cash: Cash) {
  return (payload.refund_line_items ?? []).map((line) => ({
    lineId: need(
      line.line_item?.admin_graphql_api_id ?? line.line_item_id,
      WHAT,
      'refund_line_items.line_item_id',
      'an id',
    ),
    quantity: line.quantity,
    subtotal: cash(line.subtotal_set, line.subtotal, 'refund_line_items.subtotal') ?? 0,
    tax: cash(line.total_tax_set, line.total_tax, 'refund_line_items.total_tax') ?? 0,
  }));
}

/**
 * One refund. `amount` is the money given back: the successful transactions of kind `refund`. Where the payload does
 * not tell the money (see moneyOf) it is the worth of the lines with tax, shipping, and the adjustments, whose sign is
 * the shop's (−30 gives 30 more back). Line amounts are after discounts and without tax: a `subtotal` holds the tax of
 * a shop whose prices include it. A refund that comes alone does not say so; it does when the money equals the
 * subtotals. Dated by its record, not by a processing time that may be set back: an order knows the refunds recorded
 * before its update.
 * @throws DeliveryRefused `delivery.bad_field` without an id or a time, or with unusable amounts
 */
export function readRefund(payload: RefundPayload, order: RefundContext): ReadRefund {
  const cash = cashIn(WHAT, order.currency);
  const signed = signedCash(WHAT, order.currency);
  const goods = goodsOf(payload, cash);
  const money = moneyOf(payload, order.currency, cash);
  const shipping = shippingOf(payload, signed);
  const other = adjusted(payload, signed, false);
  const subtotals = sum(
    goods.map((line) => line.subtotal),
    'refund_line_items',
  );
  const tax = sum(
    goods.map((line) => line.tax),
    'refund_line_items',
  );
  const inside = order.taxesIncluded ?? money === subtotals + shipping + other;
  const worth = exact(subtotals + (inside ? 0 : tax) + shipping, WHAT, 'refund_line_items');
  const transactions = payload.transactions ?? null;
  return {
    refund: {
      platformId: need(idOf(payload), WHAT, 'id', 'an id'),
      at: need(payload.created_at ?? payload.processed_at, WHAT, 'created_at', 'a time'),
      amount: money ?? Math.max(0, exact(worth + other, WHAT, 'order_adjustments')),
      lines: goods.map((line) => ({
        lineId: line.lineId,
        quantity: line.quantity,
        amount: Math.max(0, line.subtotal - (inside ? line.tax : 0)),
      })),
    },
    worth: Math.max(0, worth),
    moneyless: transactions !== null && !transactions.some(({ kind }) => kind === 'refund'),
  };
}

/** What goods removed without money were worth: what an edit took out, or a return that is not paid back yet. */
export const removedWorth = (read: readonly ReadRefund[]): number =>
  sum(
    read.map(({ worth, moneyless }) => (moneyless ? worth : 0)),
    'refunds',
  );

/**
 * The refunds of an order that edits made smaller by `removed`. Shopify records a line taken out of an order as a
 * refund without money, and pays back what was paid too much for it in another refund, without lines. So money beyond
 * what its own refund takes back settles the removal first: it is no loss to the shop, for the customer no longer owed
 * it.
 */
export function settle(read: readonly ReadRefund[], removed: number): Refund[] {
  let unsettled = removed;
  return read.map(({ refund, worth }) => {
    const settled = Math.max(0, Math.min(unsettled, refund.amount - worth));
    unsettled -= settled;
    return settled === 0 ? refund : { ...refund, amount: refund.amount - settled };
  });
}

/** `refunds/create`. @throws DeliveryRefused as readRefund does, or when it names no order */
export function readRefunds(body: unknown, _delivery: Delivery, shop: ShopContext): Change[] {
  const payload = shaped(refundShape, body, WHAT);
  const orderId = need(payload.order_id, WHAT, 'order_id', 'an id');
  return [
    { kind: 'refund', orderId, refund: readRefund(payload, { currency: shop.currency, taxesIncluded: null }).refund },
  ];
}
