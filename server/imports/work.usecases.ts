import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OrderState } from '../commerce/commerce.types.ts';
import type { Database } from '../db/database.ts';
import { importBatch, knownOf } from '../orders/import.usecases.ts';
import { isAppError } from '../shared/errors.ts';
import type { Scope } from '../shops/scope.ts';
import { type EngineDeps, type Hold, type Leased, LetGo, workOneByOne } from '../work/leased.engine.ts';
import { isSpent, pauseAfter, type RetryPolicy, refuses } from '../work/retry.rules.ts';
import { ordersIn } from './imports.formats.ts';
import { nextCost } from './imports.usecases.ts';
import { sourceOf } from './receive.usecases.ts';
import { type RunRow, runQueue, shopsWithRuns, updateRun } from './runs.repository.ts';
import { dropEndedFile } from './runs.usecases.ts';

/** Whoever takes a run up has it to themselves for so long after each sign of life. */
const HELD_MS = 60_000;
/** How often a run is taken up without getting on. */
const RETRY: RetryPolicy = {
  pauses: [30_000],
  most: 5,
  internal:
    'Bazgasht could not get on with this file. What was brought in stays; bring the file again, or ask your operator to look at the log.',
};
const MAX_REFUSALS = 100;
const MAX_ITEMS = 500;
/** A batch of a transaction of some 40 ms, to begin with; see imports.usecases. */
const FIRST_COST = 150;
const ORDER_COST = 2;
/** Refused rows and orders gone through between two looks at the time, while the part that is done is passed over. */
const LOOK_EVERY = 1_000;

/** Shops with a file to work on. */
export const shopsToImport = ({ db }: { db: Database }, now: number): Promise<number[]> => shopsWithRuns(db.read, now);

/**
 * Works on the file that a shop has brought, if nobody else holds it, until it is done, cancelled or the app stops. How far
 * it is, is written in the transaction that brings the orders in: whenever this is cut off, somebody goes on right there.
 * @returns how many files were worked on
 */
export const workImports = (deps: EngineDeps, shopId: number, stopping?: () => boolean): Promise<number> =>
  workOneByOne(deps, runs(deps), shopId, stopping);

type End = Pick<RunRow, 'state' | 'errorCode' | 'reason'>;
const end = (scope: Scope, id: string, how: End): Promise<void> =>
  updateRun(scope, id, { ...how, heldBy: null, heldUntil: scope.now, finishedAt: scope.now });

/** Runs, as the engine works on them. A refusal in words ends a run; anything else may pass, and is tried again. */
const runs = (deps: EngineDeps): Leased<RunRow, void> => ({
  name: 'import',
  queue: runQueue,
  leaseMs: HELD_MS,
  async admit(scope, row) {
    if (!isSpent(RETRY, row.attempts)) return true;
    await end(scope, row.id, { state: 'failed', errorCode: 'imports.gave_up', reason: RETRY.internal });
    return false;
  },
  work: (row, hold) => bringIn(deps, row, hold),
  async settle(scope, { id, attempts }, outcome) {
    if (outcome.ok) return end(scope, id, { state: 'done', errorCode: null, reason: null });
    const { error } = outcome;
    if (error instanceof LetGo) return updateRun(scope, id, { heldBy: null, heldUntil: scope.now, attempts: 0 });
    if (isAppError(error) && refuses(error))
      return end(scope, id, { state: 'failed', errorCode: error.code, reason: error.message });
    return updateRun(scope, id, { heldBy: null, heldUntil: scope.now + pauseAfter(RETRY, attempts) });
  },
  clear: (row) => dropEndedFile(deps, row.shopId, row.id),
});

async function bringIn(deps: EngineDeps, run: RunRow, { shop, stopping, write }: Hold<RunRow>): Promise<void> {
  const { orders, progress } = await ordersIn(sourceOf(deps, run.shopId, run), shop, run.format);
  const batch = collector();
  let renewedAt = deps.clock.now();
  const keep = async (): Promise<void> => {
    const began = performance.now();
    const mine = await write((scope, row) => record(scope, row, batch, progress()));
    batch.written(performance.now() - began);
    // Others' turn: on SQLite one batch follows another without a pause.
    await nextTurn();
    if (!mine) throw new LetGo();
  };
  /** Passing over what is done takes time too: says so before others take the run for abandoned. */
  const passOver = async (): Promise<void> => {
    const now = deps.clock.now();
    if (now - renewedAt < HELD_MS / 2) return;
    renewedAt = now;
    if (!(await write(async () => undefined))) throw new LetGo();
  };
  let seen = 0;
  for await (const result of orders) {
    seen += 1;
    if (seen <= run.position) {
      if (seen % LOOK_EVERY === 0) await passOver();
    } else {
      if (result.ok) batch.order(result.order);
      else batch.refusal({ line: result.line, reason: result.reason });
      if (!batch.isFull()) continue;
      await keep();
    }
    if (stopping()) throw new LetGo();
  }
  await keep();
}

type Batch = ReturnType<typeof collector>;
type Refusal = { line: number; reason: string };

/** Collects what goes into one transaction: about as much as may take 40 ms. */
function collector() {
  let orders: OrderState[] = [];
  let refusals: Refusal[] = [];
  let cost = 0;
  let limit = FIRST_COST;
  return {
    order: (order: OrderState) => {
      orders.push(order);
      cost += ORDER_COST + order.lines.length;
    },
    refusal: (refusal: Refusal) => {
      refusals.push(refusal);
    },
    isFull: () => cost >= limit || orders.length + refusals.length >= MAX_ITEMS,
    content: () => ({ orders, refusals }),
    written(ms: number) {
      limit = nextCost(limit, cost, ms);
      [orders, refusals, cost] = [[], [], 0];
    },
  };
}

async function record(scope: Scope, row: RunRow, batch: Batch, at: { bytes: number; rows: number }): Promise<void> {
  const { orders, refusals } = batch.content();
  const origin = { importId: row.id, earns: row.earns };
  const done = await (row.dryRun ? knownOf(scope, orders) : importBatch(scope, orders, origin));
  await updateRun(scope, row.id, {
    position: row.position + orders.length + refusals.length,
    bytes: at.bytes,
    rows: at.rows,
    orders: row.orders + orders.length,
    created: row.created + done.created,
    unchanged: row.unchanged + done.unchanged,
    refused: row.refused + refusals.length,
    refusals: [...row.refusals, ...refusals].slice(0, MAX_REFUSALS),
    attempts: 0,
  });
}
