import { z } from 'zod';
import type { CartLine, OrderLine } from '../../commerce.types.ts';
import {
  amount,
  idNumber,
  idOf,
  ids,
  list,
  need,
  quantity,
  refuseField,
  setAmount,
  text,
  yes,
} from './shopify.fields.ts';
import { type Cash, exact } from './shopify.money.ts';

const allocations = list(z.object({ amount, amount_set: setAmount }));
const taxLines = list(z.object({ price: amount, price_set: setAmount }));

/** A line item of an order. */
export const lineShape = z.object({
  ...ids,
  product_id: idNumber,
  variant_id: idNumber,
  sku: text(255),
  title: text(500),
  name: text(500),
  vendor: text(255),
  quantity,
  price: amount,
  price_set: setAmount,
  total_discount: amount,
  total_discount_set: setAmount,
  discount_allocations: allocations,
  tax_lines: taxLines,
  gift_card: yes,
});

/** A shipping line of an order. */
export const shippingShape = z.object({
  price: amount,
  price_set: setAmount,
  discounted_price: amount,
  discounted_price_set: setAmount,
  discount_allocations: allocations,
  tax_lines: taxLines,
  is_removed: yes,
});

/** A line of a checkout. */
export const cartLineShape = z.object({
  product_id: idNumber,
  variant_id: idNumber,
  title: text(500),
  presentment_title: text(500),
  quantity,
  price: amount,
  variant_price: amount,
});

function allocated(entries: z.output<typeof allocations>, cash: Cash, field: string): number {
  let total = 0;
  for (const entry of entries ?? [])
    total += cash(entry.amount_set, entry.amount, `${field}.discount_allocations`) ?? 0;
  return total;
}

function taxOf(entries: z.output<typeof taxLines>, cash: Cash, field: string): number {
  let total = 0;
  for (const entry of entries ?? []) total += cash(entry.price_set, entry.price, `${field}.tax_lines`) ?? 0;
  return total;
}

/**
 * A line as ordered. The discount is what Shopify allocated to it, order-wide discounts included; orders from before
 * allocations only have `total_discount`. `taxIncluded` is 0 unless the shop's prices include tax.
 * @throws DeliveryRefused without an id or a price
 */
export function orderLine(line: z.output<typeof lineShape>, cash: Cash, taxesIncluded: boolean): OrderLine {
  const field = 'line_items';
  const unitPrice = need(cash(line.price_set, line.price, `${field}.price`), 'order', `${field}.price`, 'an amount');
  exact(unitPrice * line.quantity, 'order', `${field}.price`);
  const discount = line.discount_allocations?.length
    ? allocated(line.discount_allocations, cash, field)
    : (cash(line.total_discount_set, line.total_discount, `${field}.total_discount`) ?? 0);
  return {
    platformId: need(idOf(line), 'order', `${field}.id`, 'an id'),
    productId: line.product_id,
    variantId: line.variant_id,
    sku: line.sku,
    title: line.title ?? line.name ?? '',
    vendor: line.vendor,
    quantity: line.quantity,
    unitPrice,
    discount: exact(discount, 'order', `${field}.discount_allocations`),
    taxIncluded: taxesIncluded ? exact(taxOf(line.tax_lines, cash, field), 'order', `${field}.tax_lines`) : 0,
    giftCard: line.gift_card,
  };
}

/**
 * Shipping after discounts, without tax: the lines' price less what discounts took off them and less the tax inside it.
 * Null when the order lists no shipping lines.
 */
export function shippingOf(
  lines: z.output<typeof shippingShape>[] | null | undefined,
  cash: Cash,
  taxesIncluded: boolean,
): number | null {
  if (!lines?.length) return null;
  let total = 0;
  for (const line of lines) {
    if (line.is_removed) continue;
    const field = 'shipping_lines';
    const price = cash(line.price_set, line.price, `${field}.price`) ?? 0;
    const discounted = cash(line.discounted_price_set, line.discounted_price, `${field}.discounted_price`) ?? price;
    // The discounted price leaves out order-wide discounts in some versions and holds them in others.
    const charged = Math.min(discounted, price - allocated(line.discount_allocations, cash, field));
    const tax = taxesIncluded ? taxOf(line.tax_lines, cash, field) : 0;
    total += Math.max(0, charged - tax);
  }
  return exact(total, 'order', 'shipping_lines');
}

/** A line of a checkout. @throws DeliveryRefused for an unusable price */
export function cartLine(line: z.output<typeof cartLineShape>, cash: Cash): CartLine {
  const unitPrice = cash(null, line.price ?? line.variant_price, 'line_items.price');
  if (unitPrice === null) throw refuseField('checkout', 'line_items.price', 'an amount');
  return {
    productId: line.product_id,
    variantId: line.variant_id,
    title: line.title ?? line.presentment_title ?? '',
    quantity: line.quantity,
    unitPrice: exact(unitPrice, 'checkout', 'line_items.price'),
  };
}
