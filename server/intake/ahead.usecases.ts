import { readCartsAhead } from '../carts/carts.usecases.ts';
import type { Change, Contact } from '../commerce/commerce.types.ts';
import { readPeopleAhead } from '../customers/customers.usecases.ts';
import { READS_AHEAD } from '../db/ahead.ts';
import { readKnownOrders } from '../orders/history.usecases.ts';
import { readBalancesAhead } from '../points/balance.usecases.ts';
import type { Scope } from '../shops/scope.ts';

/**
 * Reads at once what a batch's changes will ask for one by one: orders, carts, people and their balances. A hint only: what
 * is not read ahead, or has been written since, is asked for when it is needed.
 */
export async function readAhead(scope: Scope, changes: Change[]): Promise<void> {
  if (!READS_AHEAD || changes.length < 2) return;
  const orders = changes.flatMap((change) => (change.kind === 'order' ? change.order : []));
  const people: Contact[] = changes.flatMap((change) => {
    if (change.kind === 'order') return change.order.customer ?? [];
    return change.kind === 'customer' ? change.customer : [];
  });
  const tokens = [
    ...orders.flatMap(({ checkoutToken }) => checkoutToken ?? []),
    ...changes.flatMap((change) => (change.kind === 'cart' ? change.cart.token : [])),
  ];
  const balances = async (): Promise<void> => readBalancesAhead(scope, await readPeopleAhead(scope, people));
  await Promise.all([readKnownOrders(scope, orders), readCartsAhead(scope, tokens), balances()]);
}
