import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OrderState } from '../commerce/commerce.types.ts';
import type { Database } from '../db/database.ts';
import { importBatch, knownOf } from '../orders/import.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Reactions, Scope } from '../shops/scope.ts';
import { inShop } from '../shops/scope.usecases.ts';
import { ordersIn } from './imports.formats.ts';
import { nextCost } from './imports.usecases.ts';
import { sourceOf } from './receive.usecases.ts';
import { findRun, openRun, type RunRow, shopsWithRuns, updateRun } from './runs.repository.ts';
import { dropEndedFile } from './runs.usecases.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions; logger: Logger };

/** Whoever takes a run up has it to themselves for so long after each sign of life. */
const HELD_MS = 60_000;
/** After a failure that may pass. */
const PAUSE_MS = 30_000;
/** Times that a run is taken up without getting on. */
const MOST_ATTEMPTS = 5;
const MAX_REFUSALS = 100;
const MAX_ITEMS = 500;
/** A batch of a transaction of some 40 ms, to begin with; see imports.usecases. */
const FIRST_COST = 150;
const ORDER_COST = 2;
/** Refused rows and orders gone through between two looks at the time, while the part that is done is passed over. */
const LOOK_EVERY = 1_000;

const GAVE_UP =
  'Bazgasht could not get on with this file. What was brought in stays; bring the file again, or ask your operator to look at the log.';

/** Shops with a file to work on. */
export const shopsToImport = ({ db }: Pick<Deps, 'db'>, now: number): Promise<number[]> => shopsWithRuns(db.read, now);

/**
 * Works on the file that a shop has brought, if it is in nobody else's hands, until it is done, cancelled or the app
 * stops. How far it is, is written in the transaction that brings the orders in: whenever this is cut off, somebody goes on
 * right there.
 * @returns how many files were worked on
 */
export async function workImports(deps: Deps, shopId: number, stopping: () => boolean = () => false): Promise<number> {
  const run = await takeUp(deps, shopId);
  if (run === null) return 0;
  try {
    await bringIn(deps, run, stopping);
  } catch (error) {
    await failed(deps, run, error);
  }
  await dropEndedFile(deps, shopId, run.id);
  return 1;
}

type Held = RunRow & { heldBy: string };

const takeUp = (deps: Deps, shopId: number): Promise<Held | null> =>
  inShop(deps, shopId, async (scope) => {
    const row = await openRun(scope.tx, shopId);
    if (!row || row.heldUntil > scope.now) return null;
    if (row.attempts >= MOST_ATTEMPTS) {
      await end(scope, row.id, { state: 'failed', errorCode: 'imports.gave_up', reason: GAVE_UP });
      return null;
    }
    const held = { heldBy: deps.ids.next(), heldUntil: scope.now + HELD_MS, attempts: row.attempts + 1 };
    await updateRun(scope, row.id, held);
    return { ...row, ...held };
  });

type End = Pick<RunRow, 'state' | 'errorCode' | 'reason'>;
const end = (scope: Scope, id: string, how: End): Promise<void> =>
  updateRun(scope, id, { ...how, heldBy: null, heldUntil: scope.now, finishedAt: scope.now });

/** Changes a run if it is still in these hands and runs. @returns whether it was */
const change = (deps: Deps, run: Held, work: (scope: Scope, row: RunRow) => Promise<unknown>): Promise<boolean> =>
  inShop(deps, run.shopId, async (scope) => {
    const row = await findRun(scope.tx, run.shopId, run.id);
    if (row?.state !== 'running' || row.heldBy !== run.heldBy) return false;
    await work(scope, row);
    return true;
  });

async function bringIn(deps: Deps, run: Held, stopping: () => boolean): Promise<void> {
  const shop = await inShop(deps, run.shopId, async (scope) => scope.shop);
  const { orders, progress } = await ordersIn(sourceOf(deps, run.shopId, run), shop, run.format);
  const batch = collector();
  const letGo = (): Promise<boolean> =>
    change(deps, run, (scope) => updateRun(scope, run.id, { heldBy: null, heldUntil: scope.now, attempts: 0 }));
  const write = async (): Promise<boolean> => {
    const began = performance.now();
    const mine = await change(deps, run, (scope, row) => record(scope, row, batch, progress()));
    batch.written(performance.now() - began);
    // Others' turn: on SQLite one batch follows another without a pause.
    await nextTurn();
    return mine;
  };
  let seen = 0;
  for await (const result of orders) {
    seen += 1;
    if (seen <= run.position) {
      const late = seen % LOOK_EVERY === 0 && !(await stillHeld(deps, run));
      if (late || stopping()) return void (await letGo());
      continue;
    }
    if (result.ok) batch.order(result.order);
    else batch.refusal({ line: result.line, reason: result.reason });
    if (!batch.isFull()) continue;
    if (!(await write())) return;
    if (stopping()) return void (await letGo());
  }
  if (!(await write())) return;
  await change(deps, run, (scope) => end(scope, run.id, { state: 'done', errorCode: null, reason: null }));
}

/** Passing over what is done takes time too: says so before others take the run for abandoned. */
async function stillHeld(deps: Deps, run: Held): Promise<boolean> {
  const now = deps.clock.now();
  if (run.heldUntil - now > HELD_MS / 2) return true;
  run.heldUntil = now + HELD_MS;
  return change(deps, run, (scope) => updateRun(scope, run.id, { heldUntil: run.heldUntil }));
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
    heldUntil: scope.now + HELD_MS,
    attempts: 0,
  });
}

/** A refusal in words ends the run; anything else may pass, and is tried again. */
async function failed(deps: Deps, run: Held, error: unknown): Promise<void> {
  deps.logger.warn({ err: error, shop: run.shopId, import: run.id }, 'an import did not go on');
  const final = isAppError(error) && !error.retryable && error.status < 500 ? error : null;
  await change(deps, run, (scope) =>
    final
      ? end(scope, run.id, { state: 'failed', errorCode: final.code, reason: final.message })
      : updateRun(scope, run.id, { heldBy: null, heldUntil: scope.now + PAUSE_MS }),
  );
}
