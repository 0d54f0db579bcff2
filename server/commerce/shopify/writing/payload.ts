import { formatMajor } from '../../../shared/money.ts';
import type { OrderState } from '../../commerce.types.ts';
import {
  addressPayload,
  customerPayload,
  fulfilmentPayload,
  iso,
  isoOrNull,
  type Json,
  linePayload,
  named,
  numberOf,
  refundPayload,
  sum,
  transactionsPayload,
} from './payload.parts.ts';

function amountsPayload(order: OrderState): Json {
  const money = (amount: number) => formatMajor(amount, order.currency);
  const refunded = sum(order.refunds, ({ amount }) => amount);
  const gross = sum(order.lines, ({ unitPrice, quantity }) => unitPrice * quantity);
  const subtotal = Math.max(0, gross - sum(order.lines, ({ discount }) => discount));
  const cancelled = order.cancelledAt !== null;
  return {
    currency: order.currency,
    total_price: money(order.total),
    current_total_price: money(cancelled ? 0 : Math.max(0, order.total - refunded)),
    subtotal_price: money(subtotal),
    current_subtotal_price: money(cancelled ? 0 : Math.max(0, subtotal - refunded)),
    total_line_items_price: money(gross),
    total_tax: money(order.tax),
    current_total_tax: money(order.tax),
    total_discounts: money(order.discount),
    taxes_included: order.lines.some(({ taxIncluded }) => taxIncluded > 0),
    tax_lines: order.tax > 0 ? [{ title: 'Tax', price: money(order.tax), rate: 0 }] : [],
    shipping_lines:
      order.shipping > 0
        ? [
            {
              id: numberOf(`${order.platformId}/shipping`),
              title: 'Shipping',
              price: money(order.shipping),
              tax_lines: [],
            },
          ]
        : [],
    discount_codes: order.discountCodes.map((code, index) => ({
      code,
      amount: money(index === 0 ? order.discount : 0),
      type: 'fixed_amount',
    })),
    discount_applications: order.lines.some(({ discount }) => discount > 0)
      ? [
          {
            type: 'manual',
            title: 'Discount',
            value: money(order.discount),
            value_type: 'fixed_amount',
            allocation_method: 'across',
          },
        ]
      : [],
  };
}

/**
 * The body that Shopify would send about this order on `orders/*`. Ids that are no numbers become their stable number,
 * in the platform's own order id too; amounts are decimal text.
 */
export function shopifyPayload(order: OrderState): Json {
  const contact = { email: order.customer?.email ?? null, phone: order.customer?.phone ?? null };
  const digits = order.number.replace(/\D/g, '');
  const id = named('Order', order.platformId);
  return {
    ...id,
    name: order.number,
    order_number: digits !== '' && digits.length < 16 ? Number(digits) : id.id,
    test: order.test,
    created_at: iso(order.placedAt),
    processed_at: iso(order.placedAt),
    updated_at: iso(order.version.updatedAt),
    cancelled_at: isoOrNull(order.cancelledAt),
    financial_status: order.financial,
    ...fulfilmentPayload(order),
    source_name: order.source,
    checkout_token: order.checkoutToken,
    ...contact,
    contact_email: contact.email,
    buyer_accepts_marketing: order.acceptsMarketing,
    customer: customerPayload(order),
    billing_address: addressPayload(order),
    ...amountsPayload(order),
    line_items: order.lines.map((line) => linePayload(line, order)),
    refunds: order.refunds.map((refund) => refundPayload(refund, order)),
    transactions: transactionsPayload(order),
    note_attributes: [],
    tags: '',
  };
}

/** The topic on which Shopify tells of an order in that state. */
export function shopifyTopic(order: Pick<OrderState, 'financial' | 'cancelledAt'>): string {
  if (order.cancelledAt !== null) return 'orders/cancelled';
  return order.financial === 'paid' ? 'orders/paid' : 'orders/updated';
}
