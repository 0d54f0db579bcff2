import type { ShopContext } from '../commerce/commerce.types.ts';
import { withRefunds } from '../commerce/woocommerce/reading/woocommerce.status.rules.ts';
import type { CsvFile } from './imports.csv.ts';
import { rowError } from './imports.errors.ts';
import { customerOf, type DraftOrder, ordersOf, requireColumns } from './imports.orders.ts';
import type { CsvRow, ImportedOrder } from './imports.types.ts';
import {
  amountCell,
  cell,
  contactOf,
  countryOf,
  currencyCell,
  dateOf,
  firstCell,
  idCell,
  placedCell,
} from './imports.values.ts';
import { ANALYTICS_COLUMNS, analyticsOrder } from './imports.woocommerce.analytics.ts';
import { itemPlaces, wooLines, wooRefunds } from './imports.woocommerce.lines.ts';
import { stateOf } from './imports.woocommerce.status.ts';

/** Which plug-in wrote the file: WebToffee says order_date, SkyVerge's CSV Import Suite says date. */
type Layout = { date: string; required: string[] };

const WEBTOFFEE: Layout = { date: 'order_date', required: ['order_id', 'order_date', 'status', 'order_total'] };
const SUITE: Layout = { date: 'date', required: ['order_id', 'date', 'status', 'order_total'] };

/** WebToffee's tax_total holds all taxes; the suite tells the tax on goods and the tax on shipping apart. */
function taxOf(row: CsvRow, currency: string): number {
  if (row.record.tax_total !== undefined) return amountCell(row, 'tax_total', currency, 0);
  return amountCell(row, 'order_tax', currency, 0) + amountCell(row, 'order_shipping_tax', currency, 0);
}

/** Coupons and discounts by hand; the plug-ins write the same sum into several of these columns. */
const discountOf = (row: CsvRow, currency: string): number =>
  Math.max(...['discount_total', 'cart_discount', 'order_discount'].map((name) => amountCell(row, name, currency, 0)));

function customerIn(row: CsvRow, shop: ShopContext) {
  const country = countryOf(firstCell(row, 'billing_country', 'shipping_country'));
  const id =
    [cell(row, 'customer_id'), cell(row, 'customer_user')].find((text) => /^[1-9]\d{0,19}$/.test(text)) ?? null;
  const user = cell(row, 'customer_user');
  const named = user.includes('@') ? user : '';
  // An account is identified by its own e-mail, a guest by the one given at checkout.
  const email =
    id === null
      ? firstCell(row, 'billing_email', 'customer_email') || named
      : firstCell(row, 'customer_email', 'billing_email') || named;
  return customerOf({
    platformId: id,
    ...contactOf(email, firstCell(row, 'billing_phone', 'shipping_phone'), country ?? shop.country),
    firstName: firstCell(row, 'billing_first_name', 'shipping_first_name').slice(0, 255) || null,
    lastName: firstCell(row, 'billing_last_name', 'shipping_last_name').slice(0, 255) || null,
    country,
  });
}

const codesOf = (row: CsvRow): string[] =>
  [...cell(row, 'coupon_items').matchAll(/(?:^|;)code:([^|;]+)/g)].map(([, code = '']) => code.trim()).slice(0, 20);

function idOf(row: CsvRow): string {
  const id = idCell(row, 'order_id');
  if (/^[1-9]\d{0,19}$/.test(id)) return id;
  throw rowError(row.line, `The order id "${id.slice(0, 60)}" is not a number.`);
}

function orderOf(rows: [CsvRow, ...CsvRow[]], shop: ShopContext, layout: Layout, places: number): DraftOrder {
  const [row] = rows;
  const platformId = idOf(row);
  const currencyColumn = row.record.order_currency === undefined ? 'currency' : 'order_currency';
  const currency = currencyCell(row, currencyColumn, shop.currency);
  const total = amountCell(row, 'order_total', currency);
  const placedAt = placedCell(row, layout.date, shop.timeZone, true);
  const paidAt = dateOf(row, cell(row, 'paid_date'), shop.timeZone, 'paid_date', true);
  const at = Math.max(placedAt, paidAt ?? 0);
  const state = stateOf(row, paidAt);
  const listed = wooRefunds(row, platformId, currency, shop.timeZone, at);
  return {
    platformId,
    number: firstCell(row, 'order_number_formatted', 'order_number').slice(0, 255) || platformId,
    customer: customerIn(row, shop),
    hearsay: true,
    placedAt,
    paidAt,
    cancelledAt: state.cancelled ? at : null,
    test: false,
    currency,
    total,
    shipping: amountCell(
      row,
      row.record.shipping_total === undefined ? 'order_shipping' : 'shipping_total',
      currency,
      0,
    ),
    tax: taxOf(row, currency),
    discount: discountOf(row, currency),
    creditPaid: 0,
    source: 'web',
    checkoutToken: null,
    discountCodes: codesOf(row),
    fulfilledAt: dateOf(row, cell(row, 'completed_date'), shop.timeZone, 'completed_date', true),
    lines: wooLines(rows, platformId, currency, places),
    acceptsMarketing: false,
    ...withRefunds(state, listed, { orderId: platformId, at, total }),
  };
}

/**
 * Orders of a WooCommerce file, by its header: WebToffee's export (one column, six columns or one row a line item),
 * SkyVerge's CSV Import Suite, or WooCommerce's own Analytics > Orders. Dates are in the shop's zone. Throws
 * `imports.header` when it is none of them.
 */
export function wooOrders(csv: CsvFile, shop: ShopContext): AsyncGenerator<ImportedOrder> {
  const { header } = csv;
  if (header.includes('order #')) {
    requireColumns(header, ANALYTICS_COLUMNS, 'WooCommerce Analytics');
    return ordersOf(
      csv.rows,
      (record) => (record['order #'] ?? '').trim(),
      (rows) => analyticsOrder(rows, shop),
    );
  }
  const layout = header.includes('order_date') || !header.includes('date') ? WEBTOFFEE : SUITE;
  requireColumns(header, layout.required, 'WooCommerce order');
  const places = itemPlaces(header);
  return ordersOf(
    csv.rows,
    (record) => (record.order_id ?? '').trim(),
    (rows) => orderOf(rows, shop, layout, places),
  );
}
