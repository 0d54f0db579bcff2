import type { Scope } from '../shops/scope.ts';
import { customersOfOrders, linesOfCustomer } from './people.repository.ts';

/** Customers of some orders, by the platform's order ids. */
export const buyersOf = (scope: Scope, platformIds: readonly string[]) => customersOfOrders(scope, platformIds);

/** Every line of every order of a customer. */
export const everyLineOf = (scope: Scope, customerId: string) => linesOfCustomer(scope, customerId);
