import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../db/database.ts';
import { applyChanges } from '../../inbox/apply.usecases.ts';
import { foldShop } from '../../insights/fold.usecases.ts';
import type { Ids } from '../../shared/ids.ts';
import { openScope } from '../../shops/shops.usecases.ts';
import type { Commerce } from '../commerce.port.ts';
import { PRODUCTS } from './sandbox.catalogue.ts';
import type { Past } from './sandbox.past.ts';
import { orderBody, productBody } from './sandbox.payloads.ts';

/** Orders in one transaction: a few days of the store, some 40 ms of work. */
const BATCH = 50;

type FillDeps = { db: Database; ids: Ids; commerce: Commerce };
type Word = { topic: string; body: unknown; at: number };

/**
 * Brings the store's past into the app: read as the deliveries it would have sent, each batch at its own time, so that
 * points and members are as old as their orders. What is there already stays as it is: after a crash it goes on.
 */
export async function fillPast(
  { db, ids, commerce }: FillDeps,
  shopId: number,
  past: Past,
  { begins, now }: { begins: number; now: number },
): Promise<void> {
  const words: Word[] = [
    ...PRODUCTS.map((product) => ({ topic: 'products/create', body: productBody(product, begins), at: begins })),
    ...past.orders.map((order) => ({ topic: 'orders/updated', body: orderBody(order), at: order.placedAt })),
  ];
  for (let from = 0; from < words.length; from += BATCH) {
    const batch = words.slice(from, from + BATCH);
    await db.transaction(
      async (tx) => {
        const scope = await openScope(tx, shopId, batch.at(-1)?.at ?? now, ids);
        for (const { topic, body, at } of batch) {
          const delivery = { topic, body: Buffer.from(JSON.stringify(body)), triggeredAt: at, receivedAt: at };
          await applyChanges(scope, commerce.read(delivery, scope.shop));
        }
      },
      { shop: shopId },
    );
    // Others' turn: whoever asks whether the app is ready.
    await nextTurn();
  }
  await foldShop({ db, ids }, shopId, now);
}
