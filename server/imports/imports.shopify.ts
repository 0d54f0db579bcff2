import type { FinancialState, Refund, ShopContext } from '../commerce/commerce.types.ts';
import type { CsvFile } from './imports.csv.ts';
import { rowError } from './imports.errors.ts';
import { customerOf, type DraftOrder, ordersOf, requireColumns } from './imports.orders.ts';
import { type ShopifyTotals, shopifyLines } from './imports.shopify.lines.ts';
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
  namesOf,
  placedCell,
  unquoted,
} from './imports.values.ts';

const REQUIRED = [
  'name',
  'financial status',
  'created at',
  'total',
  'lineitem quantity',
  'lineitem name',
  'lineitem price',
];
const CONTACTS = ['email', 'phone', 'billing phone'];

const FINANCIAL: Readonly<Record<string, FinancialState>> = {
  paid: 'paid',
  partially_refunded: 'partially_refunded',
  refunded: 'refunded',
  pending: 'pending',
  authorized: 'authorized',
  partially_paid: 'partially_paid',
  unpaid: 'pending',
  voided: 'voided',
  expired: 'voided',
};

function financialOf(row: CsvRow): FinancialState {
  const text = cell(row, 'financial status');
  const state = FINANCIAL[text.toLowerCase().replaceAll(' ', '_')];
  if (state === undefined) throw rowError(row.line, `"${text.slice(0, 60)}" in "Financial Status" is not known.`);
  return state;
}

/** Exports older than 2019 carry no id: the order is then known by its number. */
function platformIdOf(row: CsvRow, number: string): string {
  const id = unquoted(cell(row, 'id'));
  if (/^\d{1,20}$/.test(id)) return id;
  if (id !== '') throw rowError(row.line, `"${id.slice(0, 60)}" in "Id" is not a number.`);
  return `number:${number}`;
}

/** The export tells only how much was given back; it counts as given when the order was paid. */
function refundsOf(
  row: CsvRow,
  orderId: string,
  at: number,
  total: number,
  financial: FinancialState,
  currency: string,
): Refund[] {
  const told = amountCell(row, 'refunded amount', currency, 0);
  const amount = told === 0 && financial === 'refunded' ? total : told;
  return amount === 0 ? [] : [{ platformId: `${orderId}/refund`, at, amount, lines: [] }];
}

function totalsOf(row: CsvRow, currency: string): ShopifyTotals {
  return {
    total: amountCell(row, 'total', currency),
    shipping: amountCell(row, 'shipping', currency, 0),
    tax: amountCell(row, 'taxes', currency, 0),
    discount: amountCell(row, 'discount amount', currency, 0),
    subtotal: cell(row, 'subtotal') === '' ? null : amountCell(row, 'subtotal', currency),
  };
}

function customerIn(row: CsvRow, shop: ShopContext) {
  const country = countryOf(firstCell(row, 'billing country', 'shipping country'));
  const phone = firstCell(row, 'phone', 'billing phone', 'shipping phone');
  const contact = contactOf(cell(row, 'email'), phone, country ?? shop.country);
  return customerOf({
    platformId: null,
    ...contact,
    ...namesOf(firstCell(row, 'billing name', 'shipping name')),
    country,
  });
}

function orderOf(rows: [CsvRow, ...CsvRow[]], shop: ShopContext): DraftOrder {
  const [row] = rows;
  const zone = shop.timeZone;
  const number = idCell(row, 'name');
  const platformId = platformIdOf(row, number);
  const currency = currencyCell(row, 'currency', shop.currency);
  const financial = financialOf(row);
  const totals = totalsOf(row, currency);
  const placedAt = placedCell(row, 'created at', zone);
  const paidAt = dateOf(row, cell(row, 'paid at'), zone, 'Paid at');
  const lines = shopifyLines(rows, platformId, currency, totals);
  const onLines = lines.reduce((sum, line) => sum + line.discount, 0);
  const payment = cell(row, 'payment method').toLowerCase();
  const { subtotal: _, ...amounts } = totals;
  return {
    platformId,
    number,
    customer: customerIn(row, shop),
    placedAt,
    paidAt,
    cancelledAt: dateOf(row, cell(row, 'cancelled at'), zone, 'Cancelled at'),
    financial,
    test: payment.includes('bogus'),
    currency,
    ...amounts,
    discount: Math.max(amounts.discount, onLines),
    // Next to another method the export does not tell which part it paid.
    creditPaid: payment === 'gift_card' || payment === 'shopify_store_credit' ? amounts.total : 0,
    source: cell(row, 'source').slice(0, 100) || 'web',
    checkoutToken: null,
    discountCodes: cell(row, 'discount code')
      .split(',')
      .map((code) => code.trim())
      .filter(Boolean)
      .slice(0, 20),
    fulfilledAt: dateOf(row, cell(row, 'fulfilled at'), zone, 'Fulfilled at'),
    lines,
    refunds: refundsOf(row, platformId, Math.max(placedAt, paidAt ?? 0), totals.total, financial, currency),
    acceptsMarketing: /^(yes|true|1)$/i.test(cell(row, 'accepts marketing')),
  };
}

/**
 * Orders of Shopify's "Export orders": one row a line item, the order's fields on its first row. Customers have no id
 * there and are known by e-mail, else phone. Throws `imports.header` when columns are missing.
 */
export function shopifyOrders(csv: CsvFile, shop: ShopContext): AsyncGenerator<ImportedOrder> {
  requireColumns(csv.header, REQUIRED, 'Shopify order export');
  if (!CONTACTS.some((column) => csv.header.includes(column)))
    requireColumns(csv.header, ['email'], 'Shopify order export');
  return ordersOf(
    csv.rows,
    (record) => (record.name ?? '').trim(),
    (rows) => orderOf(rows, shop),
  );
}
