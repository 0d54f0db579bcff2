import type { OrderLine, Refund } from '../commerce/commerce.types.ts';
import { rowError } from './imports.errors.ts';
import { lineOf, worth } from './imports.orders.ts';
import type { CsvRow } from './imports.types.ts';
import { amountOf, cell, dateOf, quantityOf, title } from './imports.values.ts';

/** What a file says of one line item; '' where it says nothing. Totals are without tax. */
type Item = {
  name: string;
  productId: string;
  variantId: string;
  sku: string;
  quantity: string;
  total: string;
  subtotal: string;
};

const KEYS = /^(name|product_id|sku|quantity|total|sub_total|subtotal|tax|tax_data|refunded|_variation_id|meta):/;

/** `name:Mug|product_id:5|quantity:2|…`; a bar within a name or a meta value does not begin a field. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let last = '';
  for (const part of text.split('|')) {
    const key = KEYS.exec(part)?.[1];
    if (key === undefined && last !== '') fields.set(last, `${fields.get(last)}|${part}`);
    if (key === undefined || (key !== 'meta' && fields.has(key))) continue;
    last = key;
    fields.set(key, part.slice(key.length + 1));
  }
  return fields;
}

function webtoffeeItem(text: string): Item {
  const fields = fieldsOf(text);
  const get = (key: string) => (fields.get(key) ?? '').trim();
  return {
    name: get('name'),
    productId: get('product_id'),
    variantId: get('_variation_id'),
    sku: get('sku'),
    quantity: get('quantity'),
    total: get('total'),
    subtotal: get('sub_total') || get('subtotal'),
  };
}

/** `product_id:5|2|19.90|size:L` or `sku:MUG|2|19.90`. */
function suiteItem(text: string): Item {
  const [product = '', quantity = '', total = ''] = text.split('|');
  const [, kind = '', value = ''] = /^\s*(product_id|sku)\s*:(.*)$/.exec(product) ?? [];
  const id = value.trim();
  return {
    name: '',
    productId: kind === 'product_id' ? id : '',
    variantId: '',
    sku: kind === 'sku' ? id : '',
    quantity: quantity.trim(),
    total: total.trim(),
    subtotal: '',
  };
}

const columnsItem = (row: CsvRow, prefix: string, names: Record<'id' | 'total' | 'subtotal', string>): Item => ({
  name: cell(row, `${prefix}name`),
  productId: cell(row, `${prefix}${names.id}`),
  variantId: '',
  sku: cell(row, `${prefix}sku`),
  quantity: cell(row, `${prefix}quantity`),
  total: cell(row, `${prefix}${names.total}`),
  subtotal: cell(row, `${prefix}${names.subtotal}`),
});

/** Line items in the three shapes that exports have: one column an item, six columns an item, or one row an item. */
function itemsOf(row: CsvRow, count: number): Item[] {
  const items: Item[] = [];
  for (let place = 1; place <= count; place += 1) {
    const packed = cell(row, `line_item_${place}`);
    const suite = cell(row, `order_item_${place}`);
    const apart = columnsItem(row, `product item ${place} `, { id: 'id', total: 'total', subtotal: 'subtotal' });
    if (packed !== '') items.push(webtoffeeItem(packed));
    else if (suite !== '') items.push(suiteItem(suite));
    else if (apart.quantity !== '' || apart.name !== '') items.push(apart);
  }
  return items;
}

function lineItem(row: CsvRow, item: Item, orderId: string, index: number, currency: string): OrderLine {
  if (item.quantity === '' || item.total === '')
    throw rowError(row.line, `Line item ${index + 1} has no quantity or no total.`);
  const name = `line item ${index + 1}`;
  const quantity = quantityOf(row, item.quantity, name);
  const total = amountOf(row, item.total, currency, name);
  const before = item.subtotal === '' ? total : amountOf(row, item.subtotal, currency, name);
  const id = (text: string) => (/^[1-9]\d{0,19}$/.test(text) ? text : null);
  return lineOf(orderId, index, {
    productId: id(item.productId),
    variantId: id(item.variantId),
    sku: item.sku.slice(0, 255) || null,
    title: title(item.name) ?? (item.sku.slice(0, 255) || (id(item.productId) ? `Product ${item.productId}` : 'Item')),
    ...worth(total, quantity, before),
  });
}

/** How many line items the header has room for. */
export const itemPlaces = (header: readonly string[]): number =>
  header.reduce((most, name) => {
    const place = /^(?:line_item_|order_item_|product item )(\d{1,4})\b/.exec(name)?.[1];
    return Math.max(most, Number(place ?? 0));
  }, 0);

/** The order's line items, from its first row or, where each has a row of its own, from all of them. */
export function wooLines(
  rows: readonly [CsvRow, ...CsvRow[]],
  orderId: string,
  currency: string,
  places: number,
): OrderLine[] {
  const packed = itemsOf(rows[0], places);
  const items =
    packed.length > 0
      ? packed.map((item) => ({ row: rows[0], item }))
      : rows
          .map((row) => ({
            row,
            item: columnsItem(row, 'item_', { id: 'product_id', total: 'total', subtotal: 'subtotal' }),
          }))
          .filter(({ item }) => item.quantity !== '' || item.name !== '');
  return items.map(({ row, item }, index) => lineItem(row, item, orderId, index, currency));
}

const REFUND = /amount:\s*(-?[\d.,]+)\s*\|reason:([\s\S]*?)\|date:\s*([^;|]*)(?:;|$)/g;

/** `amount:46.00|reason:…|date:2019-06-19 12:13:48`, several with semicolons between. */
export function wooRefunds(row: CsvRow, orderId: string, currency: string, zone: string, otherwise: number): Refund[] {
  const text = cell(row, 'refund_items');
  const refunds = [...text.matchAll(REFUND)].map(([, amount = '', , date = ''], index) => ({
    platformId: `${orderId}/refund/${index}`,
    at: dateOf(row, date.trim(), zone, 'refund_items', true) ?? otherwise,
    amount: amountOf(row, amount.replace(/^-/, ''), currency, 'refund_items'),
    lines: [],
  }));
  if (text !== '' && refunds.length === 0) throw rowError(row.line, 'The column "refund_items" cannot be read.');
  return refunds;
}
