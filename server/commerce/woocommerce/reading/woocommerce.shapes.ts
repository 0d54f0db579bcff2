import { z } from 'zod';
import { piece, toText } from '../../fields.ts';
import { isJson } from '../../json.ts';
import {
  amount,
  country,
  currency,
  email,
  gmt,
  group,
  list,
  meta,
  ownId,
  quantity,
  reference,
  text,
  yes,
} from './woocommerce.fields.ts';

/** A billing or shipping address, as far as it tells who and where somebody is. */
const address = group({ first_name: text(255), last_name: text(255), country, email, phone: text(40) });

/** Goods, shipping or a fee of an order or, with negative amounts, of a refund. Amounts are without tax. */
const item = z.object({
  id: reference,
  name: text(500),
  product_id: reference,
  variation_id: reference,
  sku: text(255),
  quantity,
  subtotal: amount,
  subtotal_tax: amount,
  total: amount,
  total_tax: amount,
  meta_data: meta,
});
export type WooItem = z.output<typeof item>;

/** An order, by REST or in a delivery. */
export const wooOrder = z.object({
  id: ownId,
  number: text(255),
  status: text(60),
  currency,
  prices_include_tax: yes,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  date_paid_gmt: gmt,
  date_completed_gmt: gmt,
  total: amount,
  total_tax: amount,
  discount_total: amount,
  discount_tax: amount,
  shipping_total: amount,
  shipping_tax: amount,
  customer_id: reference,
  billing: address,
  shipping: address,
  created_via: text(60),
  line_items: list(item),
  fee_lines: list(item),
  coupon_lines: list(z.object({ code: text(255) })),
  /** Totals only: neither dates nor goods. */
  refunds: list(z.object({ id: ownId, total: amount })),
});
export type WooOrder = z.output<typeof wooOrder>;

/** A refund of an order, by REST: with its date and its goods. */
export const wooRefund = z.object({
  id: ownId,
  /** The order's id, where refunds of all orders are listed. */
  parent_id: reference,
  date_created_gmt: gmt,
  amount,
  line_items: list(item),
  shipping_lines: list(item),
  fee_lines: list(item),
});
export type WooRefund = z.output<typeof wooRefund>;

/** An account: any WordPress user, whatever their role. */
export const wooCustomer = z.object({
  id: ownId,
  email,
  first_name: text(255),
  last_name: text(255),
  role: text(60),
  is_paying_customer: yes,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  billing: address,
});
export type WooCustomer = z.output<typeof wooCustomer>;

const named = list(z.object({ id: reference, name: text(255) }));

/** A product or, where its type says so, a variation of one. */
export const wooProduct = z.object({
  id: ownId,
  name: text(500),
  type: text(60),
  status: text(60),
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  categories: named,
  tags: named,
  /** WooCommerce 9.6 and later. */
  brands: named,
});
export type WooProduct = z.output<typeof wooProduct>;

/** A coupon. Whom it is restricted to is not read: nothing here needs it, and it is personal. */
export const wooCoupon = z.object({
  id: ownId,
  code: text(255),
  status: text(60),
  usage_count: piece((value) => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : 0)),
  usage_limit: piece((value) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null)),
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  date_expires_gmt: gmt,
  meta_data: meta,
});
export type WooCoupon = z.output<typeof wooCoupon>;

/** Only an id: the thing was put into the trash, or deleted. */
export const wooDeleted = z.object({ id: ownId });

/** An `action.*` topic: the first argument of a WordPress action, for ours the id of an order. */
export const wooAction = z.object({ arg: ownId });

/** What the REST API says instead of a thing; null where a body is none of that. */
export function wooError(body: unknown): { code: string; status: number } | null {
  if (!isJson(body) || body.id !== undefined || typeof body.code !== 'string' || typeof body.message !== 'string')
    return null;
  const status = isJson(body.data) && Number.isSafeInteger(body.data.status) ? Number(body.data.status) : 0;
  return { code: toText(body.code, 100) ?? '', status };
}
