import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Refund } from '../commerce/commerce.types.ts';
import type { Database } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import {
  countedAfter,
  countedOrders,
  countedWithoutCustomer,
  findOrder,
  lastTaken,
  newestOrders,
  ordersOfCustomer,
  readOrdersAhead,
  reassignOrders,
} from './orders.repository.ts';
import { isRefundInForce } from './orders.rules.ts';
import { ordersBefore, ordersWithIds, refundedOrders } from './shown.repository.ts';

/** The orders of a customer with their lines, by placing: all, or those placed at an instant or later. */
export const orderHistory = (scope: Scope, customerId: string, from = Number.MIN_SAFE_INTEGER) =>
  ordersOfCustomer(scope, customerId, from);

/** The counted orders of some customers, as the numbers need them. */
export const countedHistories = (scope: Scope, customers: readonly string[]) => countedOrders(scope, customers);

/** The counted orders without a customer of some local days, as the numbers need them. */
export const countedAnonymous = (scope: Scope, from: string, to: string) => countedWithoutCustomer(scope, from, to);

/** Hands every order of one customer to another. */
export const handOverOrders = (scope: Scope, from: string, to: string) => reassignOrders(scope, from, to);

/** Whether an order is known as it was at that platform time, or later, with nothing left to be read again. */
export async function isOrderCurrent(scope: Scope, platformId: string, updatedAt: number): Promise<boolean> {
  const known = await findOrder(scope, platformId, '');
  return known !== null && known.updatedAt >= updatedAt && known.rereadSince === null;
}

const PAGE = 10_000;

/** Every counted order of a shop, a page at a time, as the numbers need them; what changes meanwhile may be missed. */
export async function* countedPages({ db }: { db: Database }, shopId: number) {
  let after = '';
  for (;;) {
    const rows = (await countedAfter(db.read, shopId, after, PAGE)) as CountedRow[];
    yield rows.map(([id, customerId, platformId, at, day, net, total, tax, shipping, source]) => {
      return { id, customerId, platformId, at, day, net, total, tax, shipping, source };
    });
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last[0];
    // Others' turn: on SQLite a page is read without a pause.
    await nextTurn();
  }
}

/** In the order in which the repository selects them. */
type CountedRow = [
  ...[id: string, customerId: string | null, platformId: string, at: number, day: string],
  ...[net: number, total: number, tax: number, shipping: number, source: string],
];

/** Reads ahead what is known of some orders. */
export async function readKnownOrders(scope: Scope, orders: { platformId: string; number: string }[]): Promise<void> {
  if (orders.length > 0) await readOrdersAhead(scope, orders);
}

/** A customer's newest orders, for showing. Amounts in minor units. */
export const ordersShown = ({ db }: { db: Database }, shopId: number, customerId: string, limit: number) =>
  newestOrders(db.read, shopId, customerId, limit);

/** Some orders, by our ids; those that are none of the shop's orders are left out. */
export async function ordersByIds({ db }: { db: Database }, shopId: number, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await ordersWithIds(db.read, shopId, ids);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A customer's orders before a place in (placed, id), newest first, a page; `id` null: none of that instant. */
export const ordersShownBefore = (
  { db }: { db: Database },
  shopId: number,
  customerId: string,
  { at, id, limit }: { at: number; id: string | null; limit: number },
) => ordersBefore(db.read, shopId, customerId, at, id, limit);

/** What a customer was given back, in no order. Amounts in minor units. */
export async function refundsShown({ db }: { db: Database }, shopId: number, customerId: string) {
  const rows = await refundedOrders(db.read, shopId, customerId);
  return rows.filter(isRefundInForce).map(({ id: orderId, factId, number, currency, at, data }) => ({
    id: `${orderId}:${factId}`,
    orderId,
    number,
    currency,
    at,
    amount: (data as Refund).amount,
  }));
}

/** The order of a shop that was taken in last, or null. */
export const newestOrder = ({ db }: { db: Database }, shopId: number) => lastTaken(db.read, shopId);
