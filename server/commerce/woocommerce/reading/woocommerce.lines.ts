import { allocate } from '../../../shared/allocate.ts';
import type { OrderLine } from '../../commerce.types.ts';
import { type Cash, exact, need } from './woocommerce.fields.ts';
import type { WooItem, WooOrder } from './woocommerce.shapes.ts';

const WHAT = 'order';
/** Meta of a line that sold a gift card: PW, WooCommerce's own, YITH. */
const GIFT_CARD = /^_?(pw_gift_card|wc_gc_giftcard|ywgc)_/;

/** What one line came to. `net` is after discounts and without tax. */
type Worth = { item: WooItem; net: number; tax: number; before: number };

function worthOf(item: WooItem, cash: Cash, withTax: boolean): Worth {
  const field = 'line_items';
  const net = cash(item.total, `${field}.total`);
  const tax = cash(item.total_tax, `${field}.total_tax`);
  const subtotal = item.subtotal === null ? net : cash(item.subtotal, `${field}.subtotal`);
  const subtotalTax = item.subtotal_tax === null ? tax : cash(item.subtotal_tax, `${field}.subtotal_tax`);
  return { item, net, tax, before: exact(subtotal + (withTax ? subtotalTax : 0), WHAT, `${field}.subtotal`) };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/**
 * What was taken off the goods outside of their own lines, without tax: fees and lines below zero (discounts by hand, points
 * and store credit of plug-ins), and the goods' part of what the total lacks of its parts (gift cards that pay after
 * tax). A difference that rounding each part explains is none.
 */
function takenOff(order: WooOrder, goods: readonly Worth[], cash: Cash): number {
  const fees = order.fee_lines.map((fee) => ({
    net: cash(fee.total, 'fee_lines.total'),
    tax: cash(fee.total_tax, 'fee_lines.total_tax'),
  }));
  const below = sum([...fees, ...goods], ({ net }) => Math.min(0, net));
  const shipping = cash(order.shipping_total, 'shipping_total') + cash(order.shipping_tax, 'shipping_tax');
  const parts = exact(sum([...fees, ...goods], ({ net, tax }) => net + tax) + shipping, WHAT, 'line_items.total');
  const missing = parts - cash(order.total, 'total');
  const rounding = goods.length + fees.length + 2;
  const worth = sum(goods, ({ net }) => Math.max(0, net));
  const [share = 0] = missing > rounding ? allocate(missing, [worth, Math.max(0, parts - worth)]) : [];
  return Math.min(worth, exact(share - below, WHAT, 'fee_lines.total'));
}

/**
 * The lines of an order as ordered. Where prices include tax, unit prices and discounts do too and `taxIncluded` is the tax
 * inside of them. `off` is what was taken off the goods outside of their own lines, shared out in the lines' discounts.
 * @throws DeliveryRefused for a line without an id, and for amounts that are none
 */
export function orderLines(order: WooOrder, cash: Cash): { lines: OrderLine[]; off: number } {
  const withTax = order.prices_include_tax;
  const goods = order.line_items.map((item) => worthOf(item, cash, withTax));
  const off = takenOff(order, goods, cash);
  const shares = allocate(
    off,
    goods.map(({ net }) => Math.max(0, net)),
  );
  const lines = goods.map(({ item, net, tax, before }, index) => {
    const taxIncluded = withTax ? Math.max(0, tax) : 0;
    const paid = Math.max(0, net) + taxIncluded;
    const quantity = Math.max(1, item.quantity);
    const unitPrice = Math.ceil(Math.max(before, paid) / quantity);
    const gross = exact(unitPrice * quantity, WHAT, 'line_items.subtotal');
    return {
      platformId: need(item.id, WHAT, 'line_items.id', 'an id'),
      productId: item.product_id,
      variantId: item.variation_id,
      sku: item.sku,
      title: item.name ?? '',
      vendor: null,
      quantity,
      unitPrice,
      discount: gross - paid + (shares[index] ?? 0),
      taxIncluded,
      giftCard: [...item.meta_data.keys()].some((key) => GIFT_CARD.test(key)),
    };
  });
  return { lines, off };
}
