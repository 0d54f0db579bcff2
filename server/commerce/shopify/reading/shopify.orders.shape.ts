import { z } from 'zod';
import { addressShape, customerShape } from './shopify.contacts.ts';
import { amount, email, ids, instant, list, setAmount, strictInstant, text, yes } from './shopify.fields.ts';
import { lineShape, shippingShape } from './shopify.lines.ts';
import { refundShape } from './shopify.refunds.ts';

/** What Bazgasht reads of a full order payload. Anything else in it may change without notice. */
export const orderShape = z.object({
  ...ids,
  name: text(64),
  order_number: text(64),
  created_at: strictInstant,
  processed_at: strictInstant,
  updated_at: strictInstant,
  cancelled_at: strictInstant,
  financial_status: text(40),
  test: yes,
  taxes_included: yes,
  total_price: amount,
  total_price_set: setAmount,
  current_total_price: amount,
  current_total_price_set: setAmount,
  total_shipping_price_set: setAmount,
  total_tax: amount,
  total_tax_set: setAmount,
  total_discounts: amount,
  total_discounts_set: setAmount,
  source_name: text(64),
  checkout_token: text(255),
  customer_locale: text(35),
  buyer_accepts_marketing: yes,
  contact_email: email,
  email,
  phone: text(40),
  customer: customerShape.nullish(),
  billing_address: addressShape,
  shipping_address: addressShape,
  line_items: list(lineShape),
  shipping_lines: list(shippingShape),
  discount_codes: list(z.object({ code: text(255) })),
  fulfillments: list(z.object({ status: text(40), created_at: instant })),
  refunds: list(refundShape),
  transactions: list(z.object({ kind: text(40), status: text(40), gateway: text(64), amount, currency: text(3) })),
});

export type OrderPayload = z.output<typeof orderShape>;
