import type { OrderLine } from '../commerce/commerce.types.ts';
import { allocate } from '../shared/allocate.ts';
import { lineOf } from './imports.orders.ts';
import type { CsvRow } from './imports.types.ts';
import { amountCell, cell, product, quantityOf, title } from './imports.values.ts';

/** The order's own amounts, as its first row tells them. */
export type ShopifyTotals = { total: number; shipping: number; tax: number; discount: number; subtotal: number | null };

type Item = { row: CsvRow; line: OrderLine; gross: number };

function itemOf(row: CsvRow, orderId: string, index: number, currency: string): Item {
  const quantity = quantityOf(row, cell(row, 'lineitem quantity'), 'Lineitem quantity');
  const unitPrice = amountCell(row, 'lineitem price', currency);
  const gross = product(row, unitPrice, quantity);
  const sku = cell(row, 'lineitem sku').slice(0, 255);
  const line = lineOf(orderId, index, {
    sku: sku || null,
    title: title(cell(row, 'lineitem name')) ?? (sku || 'Item'),
    vendor: title(cell(row, 'vendor')),
    quantity,
    unitPrice,
    discount: Math.min(gross, amountCell(row, 'lineitem discount', currency, 0)),
  });
  return { row, line, gross };
}

/**
 * What of the order's discount its lines do not carry yet. "Discount Amount" may hold line discounts and those on
 * shipping too; the subtotal, where it agrees, tells how much came off the goods.
 */
function orderDiscount(items: readonly Item[], { discount, subtotal }: ShopifyTotals): number {
  const open = items.reduce((sum, { gross, line }) => sum + gross - line.discount, 0);
  const off = subtotal === null ? -1 : open - subtotal;
  return Math.min(open, off >= 0 && off <= discount ? off : discount);
}

/** Taxes are inside the prices when the total is made of the other parts without them. */
function includedTax(items: readonly Item[], { total, shipping, tax, subtotal }: ShopifyTotals): number[] {
  if (tax === 0 || subtotal === null || total !== subtotal + shipping) return items.map(() => 0);
  const taxed = items.map(({ row, gross, line }) =>
    cell(row, 'lineitem taxable').toLowerCase() === 'false' ? 0 : gross - line.discount,
  );
  // Shipping bears its part; the tax in it is not the lines'.
  return allocate(Math.min(tax, total), [...taxed, shipping]).slice(0, items.length);
}

/** The line items of an order's rows, the order's discount and the tax inside prices shared out among them exactly. */
export function shopifyLines(
  rows: readonly CsvRow[],
  orderId: string,
  currency: string,
  totals: ShopifyTotals,
): OrderLine[] {
  const items = rows
    .filter((row) => cell(row, 'lineitem quantity') !== '' || cell(row, 'lineitem name') !== '')
    .map((row, index) => itemOf(row, orderId, index, currency));
  const weights = items.map(({ gross, line }) => gross - line.discount);
  allocate(orderDiscount(items, totals), weights).forEach((share, index) => {
    const item = items[index];
    if (item) item.line.discount += share;
  });
  const taxes = includedTax(items, totals);
  return items.map(({ line }, index) => ({ ...line, taxIncluded: taxes[index] ?? 0 }));
}
