import type { Scope } from '../shops/scope.ts';
import {
  allCountedOrders,
  countedOrders,
  ordersOfCustomer,
  readOrdersAhead,
  reassignOrders,
} from './orders.repository.ts';

/** All orders of a customer with their lines, by placing. */
export const orderHistory = (scope: Scope, customerId: string) => ordersOfCustomer(scope, customerId);

/** A customer's counted orders, as the numbers need them. */
export const countedHistory = (scope: Scope, customerId: string) => countedOrders(scope, customerId);

/** Hands every order of one customer to another. */
export const handOverOrders = (scope: Scope, from: string, to: string) => reassignOrders(scope, from, to);

/** Every counted order of the shop, by customer. */
export const customersWithOrders = (scope: Scope) => allCountedOrders(scope);

/** Reads ahead what is known of some orders. */
export async function readKnownOrders(scope: Scope, orders: { platformId: string; number: string }[]): Promise<void> {
  if (orders.length > 0) await readOrdersAhead(scope, orders);
}
