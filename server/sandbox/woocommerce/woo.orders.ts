import { createHash } from 'node:crypto';
import type { OrderLine } from '../../commerce/commerce.types.ts';
import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { formatMajor, toMajor } from '../../shared/money.ts';
import type { SandboxOrder } from '../store/sandbox.types.ts';
import { gmtTime, localTime } from './woo.dates.ts';
import { links, shownMeta } from './woo.links.ts';
import type { Woo } from './woo.types.ts';

export type WooStatus =
  | 'pending'
  | 'on-hold'
  | 'processing'
  | 'completed'
  | 'cancelled'
  | 'refunded'
  | 'failed'
  | 'checkout-draft'
  | 'trash';

const usd = (cents: number): string => formatMajor(cents, 'USD');
const digest = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

const refundedOf = ({ refunds }: SandboxOrder): number => refunds.reduce((sum, { amount }) => sum + amount, 0);

/** Where an order stands; what somebody set by hand comes first. */
export function statusOf(order: SandboxOrder, { store }: Pick<Woo, 'store'>): WooStatus {
  const note = store.notes.get(order.platformId);
  if (note?.status !== undefined) return note.status;
  if (order.cancelledAt !== null) return 'cancelled';
  if (order.refunds.length > 0 && refundedOf(order) >= order.total) return 'refunded';
  if (order.fulfilledAt !== null) return 'completed';
  return order.paidAt === null && note?.cashOnDelivery !== true ? 'on-hold' : 'processing';
}

/** How it is paid. Cash comes with the goods: until then the order is `processing` without a date. */
function paymentOf(order: SandboxOrder, woo: Woo): Json {
  if (woo.store.notes.get(order.platformId)?.cashOnDelivery === true)
    return { payment_method: 'cod', payment_method_title: 'Cash on delivery', transaction_id: '' };
  if (order.paidAt !== order.placedAt)
    return { payment_method: 'bacs', payment_method_title: 'Direct bank transfer', transaction_id: '' };
  const transaction_id = `ch_${digest(`payment ${order.platformId}`, 24)}`;
  return { payment_method: 'stripe', payment_method_title: 'Credit / Debit Card', transaction_id };
}

/** Two addresses; shipping has no e-mail. */
function addressesOf({ customer, source }: SandboxOrder): Json {
  const nobody = { first_name: '', last_name: '', company: '', address_1: '', address_2: '' };
  const names = { first_name: customer?.firstName ?? '', last_name: customer?.lastName ?? '' };
  const place = { city: '', state: '', postcode: '', country: customer?.country ?? '' };
  const phone = customer?.phone ?? '';
  const sent = source === 'pos' ? { ...nobody, ...place, country: '' } : { ...nobody, ...names, ...place };
  return {
    billing: { ...nobody, ...names, ...place, email: customer?.email ?? '', phone },
    shipping: { ...sent, phone: source === 'pos' ? '' : phone },
  };
}

/** One line item. `total` is after coupons. */
function lineItem(line: OrderLine): Json {
  const subtotal = line.unitPrice * line.quantity;
  const id = Number(line.platformId);
  return {
    id,
    name: line.title,
    product_id: Number(line.productId ?? 0),
    variation_id: 0,
    quantity: line.quantity,
    tax_class: '',
    subtotal: usd(subtotal),
    subtotal_tax: '0.00',
    total: usd(subtotal - line.discount),
    total_tax: '0.00',
    taxes: [],
    meta_data: [shownMeta(id, '_reduced_stock', String(line.quantity))],
    sku: line.sku ?? '',
    global_unique_id: '',
    price: toMajor(subtotal - line.discount, 'USD') / line.quantity,
    image: { id: '', src: '' },
    parent_name: null,
  };
}

function shippingLines(order: SandboxOrder): Json[] {
  if (order.shipping === 0) return [];
  const id = Number(`${order.platformId}90`);
  const items = order.lines.map(({ title, quantity }) => `${title} &times; ${quantity}`).join(', ');
  return [
    {
      id,
      method_title: 'Courier',
      method_id: 'flat_rate',
      instance_id: '1',
      total: usd(order.shipping),
      total_tax: '0.00',
      taxes: [],
      tax_status: 'taxable',
      meta_data: [shownMeta(id + 1, 'Items', items)],
    },
  ];
}

function couponLines({ store }: Woo, order: SandboxOrder): Json[] {
  return order.discountCodes.map((code, index) => {
    const coupon = store.coupons.get(code);
    const id = Number(`${order.platformId}8${index}`);
    const nominal = Number(coupon?.amount ?? 0);
    const kind = coupon?.discount_type ?? 'fixed_cart';
    const info = JSON.stringify([coupon?.id ?? 0, code, kind === 'fixed_cart' ? null : kind, nominal]);
    return {
      id,
      code,
      discount: usd(order.discount),
      discount_tax: '0.00',
      meta_data: [shownMeta(id, 'coupon_info', info)],
      discount_type: kind,
      nominal_amount: nominal,
      free_shipping: coupon?.free_shipping ?? false,
    };
  });
}

function metaOf(order: SandboxOrder): Json[] {
  const first = Number(`${order.platformId}70`);
  const origin = [
    { id: first + 1, key: '_wc_order_attribution_source_type', value: 'utm' },
    { id: first + 2, key: '_wc_order_attribution_utm_source', value: order.source },
  ];
  const elsewhere = order.source !== 'web' && order.source !== 'pos';
  return [{ id: first, key: 'is_vat_exempt', value: 'no' }, ...(elsewhere ? origin : [])];
}

const VIA: Record<string, string> = { web: 'store-api', pos: 'pos-rest-api' };

/** Whether it waits for its money at the till, and whether its owner may change its lines. */
const stateOf = (status: WooStatus, total: number): Json => ({
  is_editable: ['pending', 'on-hold', 'checkout-draft'].includes(status),
  needs_payment: ['pending', 'failed', 'checkout-draft'].includes(status) && total > 0,
  needs_processing: true,
});

/** An order as `orders/:id` gives it, and as webhooks carry it. */
export function orderJson(order: SandboxOrder, woo: Woo): Json {
  const { url, timeZone, version } = woo.site;
  const id = Number(order.platformId);
  const status = statusOf(order, woo);
  const local = (instant: number | null) => (instant === null ? null : localTime(instant, timeZone));
  const gmt = (instant: number | null) => (instant === null ? null : gmtTime(instant));
  const modified = order.version.updatedAt;
  const key = `wc_order_${digest(`order ${id}`, 13)}`;
  const extras = {
    email_templates: [{ embeddable: true, href: `${url}/wp-json/wc/v3/orders/${id}/actions/email_templates` }],
  };
  return {
    id,
    parent_id: 0,
    status,
    currency: order.currency,
    version,
    prices_include_tax: false,
    date_created: local(order.placedAt),
    date_modified: local(modified),
    discount_total: usd(order.discount),
    discount_tax: '0.00',
    shipping_total: usd(order.shipping),
    shipping_tax: '0.00',
    cart_tax: '0.00',
    total: usd(order.total),
    total_tax: '0.00',
    customer_id: Number(order.customer?.platformId ?? 0),
    order_key: key,
    ...addressesOf(order),
    ...paymentOf(order, woo),
    customer_ip_address: '127.0.0.1',
    customer_user_agent: 'sandbox',
    created_via: VIA[order.source] ?? 'checkout',
    customer_note: '',
    date_completed: local(order.fulfilledAt),
    date_paid: local(order.paidAt),
    cart_hash: digest(`cart ${id}`, 32),
    number: order.number.replace('#', ''),
    meta_data: metaOf(order),
    line_items: order.lines.map(lineItem),
    tax_lines: [],
    shipping_lines: shippingLines(order),
    fee_lines: [],
    coupon_lines: couponLines(woo, order),
    refunds: [...order.refunds].reverse().map((refund) => ({
      id: Number(refund.platformId),
      reason: '',
      total: `-${usd(refund.amount)}`,
      total_tax: '0.00',
    })),
    payment_url: `${url}/checkout/order-pay/${id}/?pay_for_order=true&key=${key}`,
    ...stateOf(status, order.total),
    date_created_gmt: gmt(order.placedAt),
    date_modified_gmt: gmt(modified),
    date_completed_gmt: gmt(order.fulfilledAt),
    date_paid_gmt: gmt(order.paidAt),
    currency_symbol: '$',
    _links: { ...links(url, `orders/${id}`), ...extras },
  };
}
