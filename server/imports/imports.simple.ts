import type { OrderLine, ShopContext } from '../commerce/commerce.types.ts';
import { allocate } from '../shared/allocate.ts';
import { stableOrderNumber } from '../shared/stable-numbers.ts';
import type { CsvFile } from './imports.csv.ts';
import { rowError } from './imports.errors.ts';
import { customerOf, type DraftOrder, lineOf, ordersOf, requireColumns, worth } from './imports.orders.ts';
import type { CsvRow, ImportedOrder } from './imports.types.ts';
import {
  amountCell,
  cell,
  contactOf,
  currencyCell,
  idCell,
  placedCell,
  product,
  quantityOf,
  title,
} from './imports.values.ts';

const REQUIRED = ['order_id', 'customer', 'email', 'created_at', 'total', 'currency'];

/** Shopify's ids are 64 bits wide. */
const CUSTOMER = /^\d{1,20}$/;

/** The platform's customer id: digits without leading zeros (`00123` is 123); null for none, and for a guest's 0. */
function customerId(row: CsvRow): string | null {
  const text = cell(row, 'customer');
  if (text === '') return null;
  if (!CUSTOMER.test(text)) throw rowError(row.line, `The customer "${text.slice(0, 60)}" is not a numeric id.`);
  const id = text.replace(/^0+/, '');
  return id === '' ? null : id;
}

const ITEM_COLUMNS = ['product', 'quantity', 'price', 'title'];

function lineItems(rows: readonly CsvRow[], orderId: string, currency: string, total: number): OrderLine[] {
  const items = rows.filter((row) => ITEM_COLUMNS.some((column) => cell(row, column) !== ''));
  if (items.length === 0) return [lineOf(orderId, 0, { title: 'Order', quantity: 1, unitPrice: total })];
  const quantities = items.map((row) =>
    cell(row, 'quantity') === '' ? 1 : quantityOf(row, cell(row, 'quantity'), 'quantity'),
  );
  // Without prices, what the order cost is all that is known of them.
  const shares = items[0]?.record.price === undefined ? allocate(total, quantities) : null;
  return items.map((row, index) => {
    const quantity = quantities[index] ?? 1;
    const id = cell(row, 'product').slice(0, 255);
    const known = { productId: id || null, sku: id || null, title: title(cell(row, 'title')) ?? (id || 'Item') };
    if (shares !== null) return lineOf(orderId, index, { ...known, ...worth(shares[index] ?? 0, quantity) });
    const unitPrice = amountCell(row, 'price', currency);
    product(row, unitPrice, quantity);
    return lineOf(orderId, index, { ...known, quantity, unitPrice });
  });
}

function orderOf(rows: [CsvRow, ...CsvRow[]], shop: ShopContext): DraftOrder {
  const [row] = rows;
  const number = idCell(row, 'order_id');
  const platformId = stableOrderNumber(number);
  const currency = currencyCell(row, 'currency', shop.currency);
  const total = amountCell(row, 'total', currency);
  const placedAt = placedCell(row, 'created_at', shop.timeZone);
  const contact = contactOf(cell(row, 'email'), '', shop.country);
  return {
    platformId,
    number,
    customer: customerOf({ platformId: customerId(row), ...contact }),
    placedAt,
    paidAt: placedAt,
    cancelledAt: null,
    financial: 'paid',
    test: false,
    currency,
    total,
    shipping: 0,
    tax: 0,
    discount: 0,
    creditPaid: 0,
    source: 'web',
    checkoutToken: null,
    discountCodes: [],
    fulfilledAt: null,
    lines: lineItems(rows, platformId, currency, total),
    refunds: [],
    acceptsMarketing: false,
  };
}

/**
 * Orders of a `simple-csv` file: one row a line item with the order's fields repeated, or one row an order. Each is paid,
 * and costs what its `total` says. Throws `imports.header` when columns are missing.
 */
export function simpleOrders(csv: CsvFile, shop: ShopContext): AsyncGenerator<ImportedOrder> {
  requireColumns(csv.header, REQUIRED, 'simple-csv');
  return ordersOf(
    csv.rows,
    (record) => (record.order_id ?? '').trim(),
    (rows) => orderOf(rows, shop),
  );
}
