import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Commerce } from '../commerce/commerce.port.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Shop } from '../shops/shops.types.ts';
import { openScope } from '../shops/shops.usecases.ts';
import { applyDelivery } from './apply.usecases.ts';
import { dropBody, dueDeliveries, type Finish, finishDelivery, type InboxRow } from './inbox.repository.ts';
import { afterFailure } from './inbox.rules.ts';

export type DrainDeps = {
  db: Database;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  commerce: Record<Shop['platform'], Commerce | null>;
};

/** Deliveries in one transaction: some 10 ms of work, so that new deliveries need not wait long for the writer. */
const BATCH = 64;

/**
 * Applies a shop's due deliveries, oldest first, a batch a transaction, until none is due. A batch that fails is applied
 * one by one: the delivery at fault is retried later or parked, the others go on.
 * @returns how many were finished, one way or the other
 */
export async function drainInbox(deps: DrainDeps, shopId: number): Promise<number> {
  let done = 0;
  for (;;) {
    const batch = await dueDeliveries(deps.db.read, shopId, deps.clock.now(), BATCH);
    if (batch.length === 0) return done;
    try {
      await deps.db.transaction((tx) => applyAll(deps, tx, shopId, batch), { shop: shopId });
    } catch (error) {
      if (isAppError(error) && error.retryable && batch.length > 1)
        deps.logger.warn({ err: error, shop: shopId }, 'batch failed');
      for (const delivery of batch) await applyAlone(deps, shopId, delivery);
    }
    done += batch.length;
    // Others' turn: the web server of the same process, other shops.
    await nextTurn();
  }
}

async function applyAll(deps: DrainDeps, tx: Tx, shopId: number, batch: InboxRow[]): Promise<void> {
  const scope = await openScope(tx, shopId, deps.clock.now(), deps.ids);
  for (const delivery of batch) {
    const outcome = await applyDelivery(scope, deps.commerce[scope.shop.platform], delivery);
    await finishDelivery(tx, shopId, delivery.id, {
      ...{ state: outcome.state, reason: outcome.reason, customerId: outcome.customerId, errorCode: null },
      ...{ attempts: delivery.attempts + 1, dueAt: delivery.dueAt, appliedAt: deps.clock.now() },
    });
    if (outcome.forget) await dropBody(tx, shopId, delivery.id);
  }
}

async function applyAlone(deps: DrainDeps, shopId: number, delivery: InboxRow): Promise<void> {
  try {
    await deps.db.transaction((tx) => applyAll(deps, tx, shopId, [delivery]), { shop: shopId });
  } catch (error) {
    const result: Finish = { ...afterFailure(delivery, error, deps.clock.now()), customerId: delivery.customerId };
    const facts = { err: error, shop: shopId, delivery: delivery.id, topic: delivery.topic, attempt: result.attempts };
    deps.logger.warn(facts, result.state === 'parked' ? 'delivery parked' : 'delivery will be retried');
    await deps.db.transaction((tx) => finishDelivery(tx, shopId, delivery.id, result), { shop: shopId });
  }
}
