import type { Database } from '../db/database.ts';
import { isValidDay } from '../shared/calendar.ts';
import { badRequest } from '../shared/errors.ts';
import { toMajor } from '../shared/money.ts';
import type { Shop } from '../shops/shops.types.ts';
import { buyersIn, lifetimeTotals, rangeTotals } from './insights.repository.ts';

export type KpiRange = { from: string; to: string };

/** Amounts in currency units, rates as shares of 1; null where there is nothing to divide by. */
export type Kpis = {
  from: string;
  to: string;
  currency: string;
  /** Customers who bought in the range. */
  customers: number;
  /** Counted orders placed in the range. */
  orders: number;
  /** Net revenue: total paid with tax and shipping, less refunds, on the local day the order was placed. */
  revenue: number;
  /** revenue ÷ orders. */
  aov: number | null;
  /** Customers with two counted orders or more, over lifetime up to `to`. */
  repeat_customers: number;
  /** repeat_customers ÷ customers with one or more, over lifetime up to `to`. */
  repeat_purchase_rate: number | null;
  /** orders ÷ customers, in the range. */
  orders_per_customer: number | null;
};

/**
 * The first numbers of a shop. `from` and `to` are local days, both included, and choose what is summed; look-backs use
 * all history up to `to`.
 * @throws AppError insights.range
 */
export async function kpis({ db }: { db: Database }, shop: Shop, { from, to }: KpiRange): Promise<Kpis> {
  checkRange({ from, to });
  const { orders, revenue } = await rangeTotals(db.read, shop.id, from, to);
  const customers = await buyersIn(db.read, shop.id, from, to);
  const { firsts, seconds } = await lifetimeTotals(db.read, shop.id, to);
  const units = toMajor(revenue, shop.currency);
  return {
    from,
    to,
    currency: shop.currency,
    customers,
    orders,
    revenue: units,
    aov: ratio(units, orders),
    repeat_customers: seconds,
    repeat_purchase_rate: ratio(seconds, firsts),
    orders_per_customer: ratio(orders, customers),
  };
}

function checkRange({ from, to }: KpiRange): void {
  for (const [field, value] of Object.entries({ from, to })) {
    if (!isValidDay(value)) {
      throw badRequest('insights.range', `"${field}" has to be a day such as 2026-03-21.`, { field });
    }
  }
  if (from > to) throw badRequest('insights.range', '"from" lies after "to".', { field: 'from' });
}

const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);
