import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Commerce } from '../commerce/commerce.port.ts';
import type { Change } from '../commerce/commerce.types.ts';
import { erasedAmong } from '../customers/customers.usecases.ts';
import type { Database, Tx } from '../db/database.ts';
import { isDatabaseAway } from '../db/errors.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import type { Shop } from '../shops/shops.types.ts';
import type { Applier } from './applier.port.ts';
import {
  dropBody,
  dueDeliveries,
  type Finish,
  findDelivery,
  finishDelivery,
  type InboxRow,
} from './inbox.repository.ts';
import { afterFailure } from './inbox.rules.ts';
import { readDelivery } from './read.usecases.ts';

export type DrainDeps = {
  db: Database;
  clock: Clock;
  ids: Ids;
  reactions: Reactions;
  logger: Logger;
  commerce: Record<Shop['platform'], Commerce | null>;
  applier: Applier;
};

/** Deliveries in one transaction: some 10 ms of work, so that new deliveries need not wait long for the writer. */
const BATCH = 64;

/**
 * Applies a shop's due deliveries, oldest first, a batch a transaction, until none is due. A batch that fails is applied
 * one by one: the delivery at fault is retried later or parked, the others go on.
 * @param enough asked between batches: whether to leave the rest for later
 * @returns how many were finished, one way or the other
 */
export async function drainInbox(deps: DrainDeps, shopId: number, enough = () => false): Promise<number> {
  let done = 0;
  for (;;) {
    if ((await dueDeliveries(deps.db.read, shopId, deps.clock.now(), 1)).length === 0) return done;
    let batch: InboxRow[] = [];
    // Read inside the shop's turn: what another process has applied meanwhile is not due any more.
    const work = async (tx: Tx): Promise<Applied> => {
      batch = await dueDeliveries(tx, shopId, deps.clock.now(), BATCH);
      return applyAll(deps, tx, shopId, batch);
    };
    try {
      const applied = await deps.db.transaction(work, { shop: shopId });
      noteFinished(deps, shopId, applied);
      done += applied.done;
    } catch (error) {
      if (batch.length === 0 || isDatabaseAway(error)) throw error;
      if (isAppError(error) && error.retryable && batch.length > 1)
        deps.logger.warn({ err: error, shop: shopId }, 'batch failed');
      done += await applyEach(deps, shopId, batch);
    }
    // Others' turn: the web server of the same process, other shops.
    await nextTurn();
    if (enough()) return done;
  }
}

/** `erases`: the batch ended there, since an erasure may have forgotten what follows. */
type Applied = { done: number; erases: boolean; finished: { delivery: InboxRow; state: string }[] };

/** Once it is committed: what a line says has happened. */
function noteFinished({ logger, clock }: DrainDeps, shop: number, { finished }: Applied): void {
  for (const { delivery, state } of finished) {
    const { id, deliveryId, topic, receivedAt } = delivery;
    logger.info({ shop, delivery: id, deliveryId, topic, waitedMs: clock.now() - receivedAt }, `delivery ${state}`);
  }
}

async function applyAll(deps: DrainDeps, tx: Tx, shopId: number, batch: InboxRow[]): Promise<Applied> {
  const scope = await openScope(tx, shopId, deps.clock.now(), deps);
  const about = new Map<string, string>();
  const result: Applied = { done: 0, erases: false, finished: [] };
  const read = batch.map((delivery) => readOrNote(deps, scope, delivery));
  const { shop } = scope;
  await deps.applier.readAhead(
    scope,
    read.flatMap((changes) => (Array.isArray(changes) ? changes : [])),
  );
  for (const [index, delivery] of batch.entries()) {
    // Where the shop itself was changed on the way, what follows is read by what it is now.
    const changes = scope.shop === shop ? (read[index] ?? []) : readOrNote(deps, scope, delivery);
    if (!Array.isArray(changes)) {
      await finishDelivery(tx, shopId, delivery.id, changes);
      result.done += 1;
      continue;
    }
    const outcome = await deps.applier.applyChanges(scope, changes);
    await finishDelivery(tx, shopId, delivery.id, {
      state: outcome.state,
      reason: outcome.reason,
      customerId: outcome.customerId,
      errorCode: null,
      attempts: delivery.attempts + 1,
      dueAt: delivery.dueAt,
      appliedAt: deps.clock.now(),
    });
    if (outcome.forget) await dropBody(tx, shopId, delivery.id);
    else if (outcome.customerId !== null) about.set(delivery.id, outcome.customerId);
    result.done += 1;
    result.finished.push({ delivery, state: outcome.state });
    result.erases = outcome.erases;
    if (outcome.erases) break;
  }
  // A late word about somebody who was erased changed nothing; its body must not stay either.
  const erased = await erasedAmong(scope, new Set(about.values()));
  for (const [id, customer] of about) if (erased.has(customer)) await dropBody(tx, shopId, id);
  return result;
}

/** What a delivery says; or, where it cannot be read, how it ends: that needs no other delivery to be applied anew. */
function readOrNote(deps: DrainDeps, scope: Scope, delivery: InboxRow): Change[] | Finish {
  try {
    return readDelivery(scope, deps.commerce[scope.shop.platform], delivery);
  } catch (error) {
    return failed(deps, scope.shop.id, delivery, error);
  }
}

function failed({ clock, logger }: DrainDeps, shop: number, delivery: InboxRow, error: unknown): Finish {
  const result: Finish = { ...afterFailure(delivery, error, clock.now()), customerId: delivery.customerId };
  const { id, deliveryId, topic } = delivery;
  const facts = { err: error, shop, delivery: id, deliveryId, topic, attempt: result.attempts };
  logger.warn(facts, result.state === 'parked' ? 'delivery parked' : 'delivery will be retried');
  return result;
}

async function applyEach(deps: DrainDeps, shopId: number, batch: InboxRow[]): Promise<number> {
  let done = 0;
  for (const delivery of batch) {
    const erases = await applyAlone(deps, shopId, delivery);
    done += 1;
    if (erases) break;
  }
  return done;
}

/** @returns whether the rest of the batch has to be read again */
async function applyAlone(deps: DrainDeps, shopId: number, delivery: InboxRow): Promise<boolean> {
  try {
    const work = async (tx: Tx): Promise<Applied> => {
      const row = await findDelivery(tx, shopId, delivery.id);
      return applyAll(deps, tx, shopId, row?.state === 'pending' ? [row] : []);
    };
    const applied = await deps.db.transaction(work, { shop: shopId });
    noteFinished(deps, shopId, applied);
    return applied.erases;
  } catch (error) {
    // That says nothing about the delivery.
    if (isDatabaseAway(error)) throw error;
    const result = failed(deps, shopId, delivery, error);
    const work = async (tx: Tx): Promise<void> => {
      // Between the two transactions others had the shop's turn: what they came to stands.
      const row = await findDelivery(tx, shopId, delivery.id);
      if (row?.state === 'pending') await finishDelivery(tx, shopId, delivery.id, result);
    };
    await deps.db.transaction(work, { shop: shopId });
    return false;
  }
}
