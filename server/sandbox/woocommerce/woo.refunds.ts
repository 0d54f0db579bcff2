import type { Refund } from '../../commerce/commerce.types.ts';
import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { formatMajor, toMajor } from '../../shared/money.ts';
import type { SandboxOrder } from '../store/sandbox.types.ts';
import type { WooSite } from '../store/woo.state.ts';
import { dates } from './woo.dates.ts';
import { links, shownMeta } from './woo.links.ts';

const usd = (cents: number): string => formatMajor(cents, 'USD');

function refundedLine(order: SandboxOrder, refund: Refund, index: number): Json {
  const { lineId = '', quantity = 0, amount = 0 } = refund.lines[index] ?? {};
  const line = order.lines.find(({ platformId }) => platformId === lineId);
  const id = Number(`${refund.platformId}${index + 1}`);
  return {
    id,
    name: line?.title ?? '',
    product_id: Number(line?.productId ?? 0),
    variation_id: 0,
    quantity: -quantity,
    tax_class: '',
    subtotal: usd(-amount),
    subtotal_tax: '0.00',
    total: usd(-amount),
    total_tax: '0.00',
    taxes: [],
    meta_data: [shownMeta(id, '_refunded_item_id', lineId)],
    sku: line?.sku ?? '',
    global_unique_id: '',
    price: toMajor(amount, 'USD') / quantity,
    image: { id: '', src: '' },
    parent_name: null,
  };
}

/** What went back of the shipping: what the money is more than the goods. */
function refundedShipping(order: SandboxOrder, refund: Refund): Json[] {
  const rest = refund.amount - refund.lines.reduce((sum, { amount }) => sum + amount, 0);
  if (rest <= 0 || order.shipping === 0) return [];
  const id = Number(`${refund.platformId}0`);
  return [
    {
      id,
      method_title: 'Courier',
      method_id: 'flat_rate',
      instance_id: '1',
      total: usd(-rest),
      total_tax: '0.00',
      taxes: [],
      tax_status: 'taxable',
      meta_data: [shownMeta(id, '_refunded_item_id', `${order.platformId}90`)],
    },
  ];
}

/** A refund as `orders/:id/refunds` gives it; amounts that go back are negative but for `amount`. */
export function refundJson(order: SandboxOrder, refund: Refund, { url, timeZone }: WooSite): Json {
  const id = Number(refund.platformId);
  const last = order.refunds.at(-1) === refund;
  const whole = last && order.refunds.reduce((sum, { amount }) => sum + amount, 0) >= order.total;
  const path = `orders/${order.platformId}/refunds/${id}`;
  const up = [{ href: `${url}/wp-json/wc/v3/orders/${order.platformId}` }];
  return {
    id,
    ...dates('date_created', refund.at, timeZone),
    amount: usd(refund.amount),
    reason: '',
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [{ id, key: '_refund_type', value: whole ? 'full' : 'partial' }],
    line_items: refund.lines.map((_, index) => refundedLine(order, refund, index)),
    shipping_lines: refundedShipping(order, refund),
    tax_lines: [],
    fee_lines: [],
    _links: { ...links(url, path, ['GET', 'DELETE']), up },
  };
}

/** The same as `refunds` lists it: with its order. */
export function listedRefundJson(order: SandboxOrder, refund: Refund, site: WooSite): Json {
  const { id, ...rest } = refundJson(order, refund, site);
  return { id, parent_id: Number(order.platformId), ...rest };
}
