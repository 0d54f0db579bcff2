import type { Database } from '../db/database.ts';
import { customersWithOrders } from '../orders/history.usecases.ts';
import type { Ids } from '../shared/ids.ts';
import { openScope } from '../shops/shops.usecases.ts';
import { recountAll } from './insights.usecases.ts';

/**
 * Makes the numbers of a shop anew from its orders, in one transaction, so that no reader ever sees half of them. What is
 * kept up to date order by order has to equal it row for row.
 * @returns customers counted
 */
export async function rebuildNumbers(deps: { db: Database; ids: Ids }, shopId: number, now: number): Promise<number> {
  return deps.db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, now, deps.ids);
      return recountAll(scope, await customersWithOrders(scope));
    },
    { shop: shopId },
  );
}
