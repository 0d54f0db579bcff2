import type { OrderLine, ShopContext } from '../commerce/commerce.types.ts';
import { withRefunds } from '../commerce/woocommerce/reading/woocommerce.status.rules.ts';
import { allocate } from '../shared/allocate.ts';
import { minorDigits } from '../shared/money.ts';
import { rowError } from './imports.errors.ts';
import { type DraftOrder, lineOf, worth } from './imports.orders.ts';
import type { CsvRow } from './imports.types.ts';
import { amountOf, cell, idCell, placedCell, title } from './imports.values.ts';
import { stateOf } from './imports.woocommerce.status.ts';

const REVENUE = 'n. revenue (formatted)';

/** The header of WooCommerce's Analytics > Orders > Download. */
export const ANALYTICS_COLUMNS = ['date', 'order #', REVENUE, 'status', 'product(s)'];

/** ۱٬۲۳۴ and ١٬٢٣٤ → 1234, with ٫ as the decimal point. */
const asciiDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll('٫', '.')
    .replaceAll('٬', ',');

/**
 * The plain decimal of an amount as a shop prints it: `$1,234.50`, `1.234,50 €`, `&#36;12.50`, `۱۲٬۰۰۰ تومان`. The last
 * point or comma parts the decimals when it comes once, or after another sign, and as many digits follow as the currency
 * has, or other than three.
 */
export function plainAmount(formatted: string, currency: string): string {
  const bare = asciiDigits(formatted.replace(/<[^>]*>|&#?\w+;/g, ' '));
  const [number = ''] = /-?\s*\d[\d.,'’\s\u00a0\u202f]*/.exec(bare) ?? [];
  const minus = /-\s*\D{0,6}\d/.test(bare) ? '-' : '';
  const text = number.replace(/[^\d.,]/g, '').replace(/[.,]+$/, '');
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  if (last < 0) return minus + text;
  const sign = text.charAt(last);
  const after = text.length - last - 1;
  const once = text.indexOf(sign) === last;
  const decimals = once && (after !== 3 || minorDigits(currency) === 3);
  const digits = text.replace(/[.,]/g, '');
  return minus + (decimals ? `${digits.slice(0, -after)}.${digits.slice(-after)}` : digits);
}

/** `2× Name, 1× Name, with comma`; their prices are not told, so the revenue is shared out by quantity. */
function linesOf(row: CsvRow, orderId: string, revenue: number): OrderLine[] {
  const text = cell(row, 'product(s)');
  const items = [...text.matchAll(/(?:^|,\s*)(\d{1,7})\s*[×x]\s+([\s\S]*?)(?=,\s*\d{1,7}\s*[×x]\s|$)/g)];
  if (items.length === 0 && text !== '')
    return [lineOf(orderId, 0, { title: title(text) ?? 'Order', ...worth(revenue, 1) })];
  const quantities = items.map(([, quantity]) => Math.max(1, Number(quantity)));
  const shares = allocate(revenue, quantities);
  return items.map(([, , name = ''], index) =>
    lineOf(orderId, index, {
      title: title(name.trim()) ?? 'Item',
      ...worth(shares[index] ?? 0, quantities[index] ?? 1),
    }),
  );
}

/**
 * One row of the report. It names no e-mail and no customer id, so that the order counts as an order and not as a
 * customer's; and it tells the net revenue only, which stands for the total.
 */
export function analyticsOrder(rows: [CsvRow, ...CsvRow[]], shop: ShopContext): DraftOrder {
  const [row] = rows;
  const { currency } = shop;
  const number = idCell(row, 'order #').replace(/^#/, '');
  const platformId = `number:${number}`;
  const formatted = cell(row, REVENUE);
  if (formatted === '') throw rowError(row.line, `The column "${REVENUE}" is empty.`);
  const total = amountOf(row, plainAmount(formatted, currency), currency, REVENUE);
  const placedAt = placedCell(row, 'date', shop.timeZone, true);
  const state = stateOf(row, null);
  const codes = cell(row, 'coupon(s)')
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean);
  return {
    platformId,
    number,
    customer: null,
    placedAt,
    paidAt: null,
    cancelledAt: state.cancelled ? placedAt : null,
    test: false,
    currency,
    total,
    shipping: 0,
    tax: 0,
    discount: 0,
    creditPaid: 0,
    source: 'web',
    checkoutToken: null,
    discountCodes: codes.slice(0, 20),
    fulfilledAt: null,
    lines: linesOf(row, platformId, total),
    acceptsMarketing: false,
    ...withRefunds(state, [], { orderId: platformId, at: placedAt, total }),
  };
}
