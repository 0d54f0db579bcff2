import { isAppError } from '../../../shared/errors.ts';
import { type WooRefund, wooRefund } from '../reading/woocommerce.shapes.ts';
import type { Store } from '../store/store.types.ts';
import { ASKED } from './walk.rules.ts';

/** As an order names its refunds. */
type Refunded = { id: string; refunds: readonly { id: string }[] };

/** Far more than an order has. */
const MOST_PAGES = 20;

/** Stores that have no list of all refunds: it came with WooCommerce 9. */
const older = new WeakSet<Store>();

/**
 * The refunds of some orders in full, by order: the orders themselves name only id, reason and amount. An order that has
 * gone meanwhile is left out. @throws AppError as Store does
 */
export async function refundsOf(store: Store, orders: readonly Refunded[]): Promise<Map<string, WooRefund[]>> {
  const having = orders.filter(({ refunds }) => refunds.length > 0);
  if (having.length === 0) return new Map();
  if (!older.has(store)) {
    try {
      return await together(store, having);
    } catch (error) {
      if (!isAppError(error, 'woocommerce.no_api') && !isAppError(error, 'woocommerce.not_found')) throw error;
      older.add(store);
    }
  }
  const found = await Promise.all(having.map(async ({ id }) => [id, await ofOrder(store, id)] as const));
  return new Map(found.flatMap(([id, refunds]) => (refunds === null ? [] : [[id, refunds]])));
}

/** All at once by their ids. */
async function together(store: Store, orders: readonly Refunded[]): Promise<Map<string, WooRefund[]>> {
  const ids = orders.flatMap(({ refunds }) => refunds.map(({ id }) => id));
  const known = new Map<string, WooRefund>();
  for (let at = 0; at < ids.length; at += ASKED) {
    const include = ids.slice(at, at + ASKED).join(',');
    const { items } = await store.list('refunds', wooRefund, { include, per_page: ASKED });
    for (const refund of items) known.set(refund.id, refund);
  }
  return new Map(orders.map(({ id, refunds }) => [id, refunds.flatMap((one) => known.get(one.id) ?? [])]));
}

async function ofOrder(store: Store, orderId: string): Promise<WooRefund[] | null> {
  const all: WooRefund[] = [];
  try {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const { items } = await store.list(`orders/${orderId}/refunds`, wooRefund, { per_page: ASKED, page });
      all.push(...items);
      if (items.length < ASKED) break;
    }
    return all;
  } catch (error) {
    if (isAppError(error, 'woocommerce.not_found')) return null;
    throw error;
  }
}
