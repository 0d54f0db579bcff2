import type { Commerce } from '../commerce/commerce.port.ts';
import type { Change } from '../commerce/commerce.types.ts';
import { erasedAmong } from '../customers/customers.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { type Fail, type Inline, type InlineDeps, type Worked, workInline } from '../work/inline.engine.ts';
import type { Applier } from './applier.port.ts';
import { dropBody, dueDeliveries, findDelivery, finishDelivery, type InboxRow } from './inbox.repository.ts';
import { finishAfter, RETRY } from './inbox.rules.ts';
import { readDelivery } from './read.usecases.ts';

export type DrainDeps = InlineDeps & {
  commerce: Record<Shop['platform'], Commerce | null>;
  applier: Applier;
};

/** Some 10 ms of work, so that new deliveries need not wait long for the writer. */
const BATCH = 64;

/** Deliveries, as the engine works on them: oldest first. */
const deliveries = (deps: DrainDeps): Inline<InboxRow> => ({
  name: 'delivery',
  batch: BATCH,
  retry: RETRY,
  due: dueDeliveries,
  stillDue: async (tx, shopId, { id }) => {
    const row = await findDelivery(tx, shopId, id);
    return row?.state === 'pending' ? row : null;
  },
  attemptsOf: ({ attempts }) => attempts,
  about: ({ id, deliveryId, topic }) => ({ delivery: id, deliveryId, topic }),
  work: (scope, rows, fail) => applyAll(deps, scope, rows, fail),
  failed: (tx, shopId, row, verdict) => finishDelivery(tx, shopId, row.id, finishAfter(row, verdict)),
});

/**
 * Applies a shop's due deliveries, oldest first, a batch a transaction, until none is due.
 * @param enough asked between batches: whether to leave the rest for later
 * @returns how many were finished, one way or the other
 */
export const drainInbox = (deps: DrainDeps, shopId: number, enough?: () => boolean): Promise<number> =>
  workInline(deps, deliveries(deps), shopId, enough);

type Finished = { delivery: InboxRow; state: string };

/** What a line of the log says has happened. */
function noteFinished({ logger, clock }: DrainDeps, shop: number, finished: Finished[]): void {
  for (const { delivery, state } of finished) {
    const { id, deliveryId, topic, receivedAt } = delivery;
    logger.info({ shop, delivery: id, deliveryId, topic, waitedMs: clock.now() - receivedAt }, `delivery ${state}`);
  }
}

async function applyAll(deps: DrainDeps, scope: Scope, batch: InboxRow[], fail: Fail<InboxRow>): Promise<Worked> {
  const { tx, shop } = scope;
  const about = new Map<string, string>();
  const finished: Finished[] = [];
  let done = 0;
  let erases = false;
  const read = batch.map((delivery) => readOrError(deps, scope, delivery));
  await deps.applier.readAhead(
    scope,
    read.flatMap((changes) => (Array.isArray(changes) ? changes : [])),
  );
  for (const [index, delivery] of batch.entries()) {
    // Where the shop itself was changed on the way, what follows is read by what it is now.
    const changes = scope.shop === shop ? (read[index] ?? []) : readOrError(deps, scope, delivery);
    if (!Array.isArray(changes)) {
      await fail(delivery, changes.error);
      done += 1;
      continue;
    }
    const outcome = await deps.applier.applyChanges(scope, changes);
    await finishDelivery(tx, shop.id, delivery.id, {
      state: outcome.state,
      reason: outcome.reason,
      customerId: outcome.customerId,
      errorCode: null,
      attempts: delivery.attempts + 1,
      dueAt: delivery.dueAt,
      appliedAt: deps.clock.now(),
    });
    if (outcome.forget) await dropBody(tx, shop.id, delivery.id);
    else if (outcome.customerId !== null) about.set(delivery.id, outcome.customerId);
    done += 1;
    finished.push({ delivery, state: outcome.state });
    erases = outcome.erases;
    // The batch ends here: an erasure may have forgotten what follows.
    if (erases) break;
  }
  // A late word about somebody who was erased changed nothing; its body must not stay either.
  const erased = await erasedAmong(scope, new Set(about.values()));
  for (const [id, customer] of about) if (erased.has(customer)) await dropBody(tx, shop.id, id);
  return { done, readAgain: erases, committed: () => noteFinished(deps, shop.id, finished) };
}

/** What a delivery says, or why it cannot be read: that needs no other delivery to be applied anew. */
function readOrError(deps: DrainDeps, scope: Scope, delivery: InboxRow): Change[] | { error: unknown } {
  try {
    return readDelivery(scope, deps.commerce[scope.shop.platform], delivery);
  } catch (error) {
    return { error };
  }
}
