import type { Database } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import {
  countedOrders,
  countedWithoutCustomer,
  ordersAfter,
  ordersOfCustomer,
  reassignOrders,
} from './orders.repository.ts';

/** All orders of a customer with their lines, by placing. */
export const orderHistory = (scope: Scope, customerId: string) => ordersOfCustomer(scope, customerId);

/** The counted orders of some customers, as the numbers need them. */
export const countedHistories = (scope: Scope, customers: readonly string[]) => countedOrders(scope, customers);

/** The counted orders without a customer of some local days, as the numbers need them. */
export const countedAnonymous = (scope: Scope, from: string, to: string) => countedWithoutCustomer(scope, from, to);

/** Hands every order of one customer to another. */
export const handOverOrders = (scope: Scope, from: string, to: string) => reassignOrders(scope, from, to);

const PAGE = 5_000;

/** Every counted order of a shop, a page at a time, as the numbers need them; what changes meanwhile may be missed. */
export async function* countedPages({ db }: { db: Database }, shopId: number) {
  let after = '';
  for (;;) {
    const page = await ordersAfter(db.read, shopId, after, PAGE);
    yield page.filter(({ counts }) => counts);
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}
