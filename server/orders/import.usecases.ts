import type { OrderState } from '../commerce/commerce.types.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import { recordImport } from '../shops/imports.usecases.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { isKnown, type Origin, recordOrder } from './orders.usecases.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };
export type ImportedBatch = { created: number; unchanged: number };

/**
 * Opens an import: its orders will point to it.
 * @returns a function that writes one batch of orders in one transaction, and the import's id
 */
export async function beginImport(
  { db, clock, ids, reactions }: Deps,
  shopId: number,
  about: { file: string; format: string; earns: boolean },
): Promise<(orders: OrderState[]) => Promise<ImportedBatch>> {
  const importId = ids.next();
  await db.transaction(
    async (tx) => recordImport(await openScope(tx, shopId, clock.now(), { ids, reactions }), importId, about),
    {
      shop: shopId,
    },
  );
  const origin = { importId, earns: about.earns };
  return (orders) =>
    db.transaction(
      async (tx) => importBatch(await openScope(tx, shopId, clock.now(), { ids, reactions }), orders, origin),
      {
        shop: shopId,
      },
    );
}

/** Writes some orders of an import that was opened. */
export async function importBatch(scope: Scope, orders: readonly OrderState[], origin: Origin): Promise<ImportedBatch> {
  const batch = { created: 0, unchanged: 0 };
  for (const order of orders) {
    const { recorded } = await recordOrder(scope, order, origin);
    if (recorded === 'created') batch.created += 1;
    else batch.unchanged += 1;
  }
  return batch;
}

/** What importing some orders would come to, without doing it; an order that a file has twice counts twice. */
export async function knownOf(scope: Scope, orders: readonly OrderState[]): Promise<ImportedBatch> {
  const batch = { created: 0, unchanged: 0 };
  for (const order of orders) {
    if (await isKnown(scope, order)) batch.unchanged += 1;
    else batch.created += 1;
  }
  return batch;
}
