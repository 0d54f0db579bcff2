import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Tx } from '../db/database.ts';
import { isDatabaseAway } from '../db/errors.ts';
import type { Clock } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Scope, ScopeDeps } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { afterFailure, type RetryPolicy, type Verdict } from './retry.rules.ts';

export type InlineDeps = ScopeDeps & { db: Database; clock: Clock; logger: Logger };

/** What came of some rows. */
export type Worked = {
  /** How many were settled, from the first one on. */
  done: number;
  /** The rest must be read again before it is worked on: what was done may have changed it. */
  readAgain: boolean;
  /** Said once it is committed, and not before: for the log. */
  committed(): void;
};

/** Records in the same transaction that a row failed, so that no other has to be worked on anew. */
export type Fail<Row> = (row: Row, error: unknown) => Promise<unknown>;

/** Work that is done inside the shop's own transaction: it calls nobody, so that neither a claim nor a lease is needed. */
export type Inline<Row> = {
  /** What a row is called in the log. */
  name: string;
  /** Rows in one transaction: little enough that others need not wait long for the writer. */
  batch: number;
  retry: RetryPolicy;
  /** Rows to be worked on now, in the order in which they are. */
  due(db: Tx, shopId: number, now: number, limit: number): Promise<Row[]>;
  /** The row as it is now, if nobody has settled it; null: there is nothing left to do. */
  stillDue(tx: Tx, shopId: number, row: Row): Promise<Row | null>;
  attemptsOf(row: Row): number;
  /** What the log says of a row. */
  about(row: Row): Record<string, unknown>;
  /** Settles rows, in their order. Throws where one of them fails: then they are worked on one by one. */
  work(scope: Scope, rows: Row[], fail: Fail<Row>): Promise<Worked>;
  /** Records that a row is due again later, or parked with its reason. */
  failed(tx: Tx, shopId: number, row: Row, verdict: Verdict): Promise<unknown>;
};

/**
 * Works on a shop's due rows, a batch a transaction, until none is due. A batch that fails is worked on one by one: the row at
 * fault is retried later or parked, the others go on.
 * @param enough asked between batches: whether to leave the rest for later
 * @returns how many were settled, one way or the other
 */
export async function workInline<Row>(
  deps: InlineDeps,
  kind: Inline<Row>,
  shopId: number,
  enough = () => false,
): Promise<number> {
  let done = 0;
  for (;;) {
    if ((await kind.due(deps.db.read, shopId, deps.clock.now(), 1)).length === 0) return done;
    let batch: Row[] = [];
    // Read inside the shop's turn: what another process has settled meanwhile is not due any more.
    const work = async (tx: Tx): Promise<Worked> => {
      batch = await kind.due(tx, shopId, deps.clock.now(), kind.batch);
      return workOn(deps, kind, tx, shopId, batch);
    };
    try {
      const worked = await deps.db.transaction(work, { shop: shopId });
      worked.committed();
      done += worked.done;
    } catch (error) {
      if (batch.length === 0 || isDatabaseAway(error)) throw error;
      if (isAppError(error) && error.retryable && batch.length > 1)
        deps.logger.warn({ err: error, shop: shopId }, 'batch failed');
      done += await oneByOne(deps, kind, shopId, batch);
    }
    // Others' turn: the web server of the same process, other shops.
    await nextTurn();
    if (enough()) return done;
  }
}

async function workOn<Row>(deps: InlineDeps, kind: Inline<Row>, tx: Tx, shopId: number, rows: Row[]): Promise<Worked> {
  const scope = await openScope(tx, shopId, deps.clock.now(), deps);
  return kind.work(scope, rows, (row, error) =>
    kind.failed(tx, shopId, row, verdictOn(deps, kind, shopId, row, error)),
  );
}

function verdictOn<Row>(
  { clock, logger }: InlineDeps,
  kind: Inline<Row>,
  shop: number,
  row: Row,
  error: unknown,
): Verdict {
  const attempts = kind.attemptsOf(row) + 1;
  const verdict = afterFailure(kind.retry, { attempts }, error, clock.now());
  const facts = { err: error, shop, ...kind.about(row), attempt: attempts };
  logger.warn(facts, `${kind.name} ${verdict.again ? 'will be retried' : 'parked'}`);
  return verdict;
}

async function oneByOne<Row>(deps: InlineDeps, kind: Inline<Row>, shopId: number, batch: Row[]): Promise<number> {
  let done = 0;
  for (const row of batch) {
    const readAgain = await alone(deps, kind, shopId, row);
    done += 1;
    if (readAgain) break;
  }
  return done;
}

/** @returns whether the rest of the batch has to be read again */
async function alone<Row>(deps: InlineDeps, kind: Inline<Row>, shopId: number, row: Row): Promise<boolean> {
  try {
    const work = async (tx: Tx): Promise<Worked> => {
      const now = await kind.stillDue(tx, shopId, row);
      return workOn(deps, kind, tx, shopId, now === null ? [] : [now]);
    };
    const worked = await deps.db.transaction(work, { shop: shopId });
    worked.committed();
    return worked.readAgain;
  } catch (error) {
    // That says nothing about the row.
    if (isDatabaseAway(error)) throw error;
    const verdict = verdictOn(deps, kind, shopId, row, error);
    const work = async (tx: Tx): Promise<void> => {
      // Between the two transactions others had the shop's turn: what they came to stands.
      if ((await kind.stillDue(tx, shopId, row)) !== null) await kind.failed(tx, shopId, row, verdict);
    };
    await deps.db.transaction(work, { shop: shopId });
    return false;
  }
}
