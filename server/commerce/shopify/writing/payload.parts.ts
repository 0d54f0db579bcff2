import { formatMajor } from '../../../shared/money.ts';
import { stableOrderNumber } from '../../../shared/stable-numbers.ts';
import type { OrderLine, OrderState, Refund } from '../../commerce.types.ts';

/** A JSON object. */
export type Json = Record<string, unknown>;

/** An instant as Shopify writes it. */
export const iso = (instant: number): string => new Date(instant).toISOString().replace('.000Z', 'Z');
/** The same, where there may be none. */
export const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

/** Shopify names everything twice: by a number and by a text that holds it. */
export function named(type: string, id: string): Json {
  const number = /^\d+$/.test(id) ? id : stableOrderNumber(id);
  return { id: Number(number), admin_graphql_api_id: `gid://shopify/${type}/${number}` };
}

/** The number that stands for an id. */
export const numberOf = (id: string | null): number | null => (id === null ? null : Number(stableOrderNumber(id)));

/** What the items come to. */
export const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);

/** The order's customer; null for a guest. */
export function customerPayload({ customer }: OrderState): Json | null {
  // An export without customer ids makes guests, as a checkout without an account does.
  if (customer === null || customer.platformId === null) return null;
  return {
    ...named('Customer', customer.platformId),
    email: customer.email,
    phone: customer.phone,
    first_name: customer.firstName,
    last_name: customer.lastName,
    created_at: isoOrNull(customer.registeredAt),
    updated_at: iso(customer.version.updatedAt),
  };
}

/** The billing address, as far as a file tells it. */
export function addressPayload({ customer }: OrderState): Json | null {
  if (customer === null || (customer.firstName === null && customer.lastName === null && customer.country === null))
    return null;
  return {
    first_name: customer.firstName,
    last_name: customer.lastName,
    country_code: customer.country,
    phone: customer.phone,
  };
}

/** One line item. */
export function linePayload(line: OrderLine, { currency, refunds }: OrderState): Json {
  const money = (amount: number) => formatMajor(amount, currency);
  const back = sum(refunds, ({ lines }) => sum(lines, (part) => (part.lineId === line.platformId ? part.quantity : 0)));
  return {
    ...named('LineItem', line.platformId),
    product_id: numberOf(line.productId),
    variant_id: numberOf(line.variantId),
    title: line.title,
    name: line.title,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    current_quantity: Math.max(0, line.quantity - back),
    price: money(line.unitPrice),
    total_discount: '0.00',
    discount_allocations: line.discount > 0 ? [{ amount: money(line.discount), discount_application_index: 0 }] : [],
    tax_lines: line.taxIncluded > 0 ? [{ title: 'Tax', price: money(line.taxIncluded), rate: 0 }] : [],
    gift_card: line.giftCard,
    taxable: true,
  };
}

/** One refund, with its goods and its money. */
export function refundPayload(refund: Refund, { currency }: OrderState): Json {
  const money = (amount: number) => formatMajor(amount, currency);
  const transaction = `${refund.platformId}/transaction`;
  return {
    ...named('Refund', refund.platformId),
    created_at: iso(refund.at),
    processed_at: iso(refund.at),
    refund_line_items: refund.lines.map((line, index) => ({
      id: numberOf(`${refund.platformId}/${index}`),
      line_item_id: numberOf(line.lineId),
      quantity: line.quantity,
      subtotal: Number(money(line.amount)),
      total_tax: 0,
    })),
    transactions: [
      {
        ...named('OrderTransaction', transaction),
        kind: 'refund',
        status: 'success',
        amount: money(refund.amount),
        currency,
      },
    ],
    order_adjustments: [],
  };
}

/** Whether and when everything was sent. */
export function fulfilmentPayload({ platformId, fulfilledAt }: OrderState): Json {
  if (fulfilledAt === null) return { fulfillment_status: null, fulfillments: [] };
  const at = iso(fulfilledAt);
  const fulfilment = {
    ...named('Fulfillment', `${platformId}/fulfilment`),
    status: 'success',
    created_at: at,
    updated_at: at,
  };
  return { fulfillment_status: 'fulfilled', fulfillments: [fulfilment] };
}

/** Only what gift cards and store credit paid is listed: nothing else about payments is known. */
export function transactionsPayload({ platformId, creditPaid, currency }: OrderState): Json[] {
  if (creditPaid === 0) return [];
  const payment = {
    kind: 'sale',
    status: 'success',
    gateway: 'gift_card',
    amount: formatMajor(creditPaid, currency),
    currency,
  };
  return [{ ...named('OrderTransaction', `${platformId}/credit`), ...payment }];
}
