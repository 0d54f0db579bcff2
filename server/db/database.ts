import { AsyncLocalStorage } from 'node:async_hooks';
import { Column, is, Param, Placeholder } from 'drizzle-orm';
import { AppError } from '../shared/errors.ts';
import { type Touched, touch } from './ahead.ts';
import { defer } from './deferred.ts';
import { dialect } from './dialect.ts';
import { noteFailure, refuseFailed } from './failures.ts';
import type { Tx } from './tx.ts';

export type { Tx } from './tx.ts';

export type Database = {
  /** For reading outside a transaction. On SQLite it refuses to write. */
  read: Tx;
  /**
   * Runs `work` in one durable transaction: committed when it resolves, rolled back when it throws, or when any statement in
   * it failed, whether or not somebody caught that (see failures.ts). What may be there already is written with
   * `on conflict`. With `shop`, work of the same shop waits for its turn, in this process and in every other. Never call the
   * network inside.
   * @throws AppError database.nested when a transaction is open already
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: { shop?: number }): Promise<T>;
  /**
   * Reads one state of the whole database, however long it takes and whatever is written meanwhile. Nobody waits for it.
   * It has a connection of its own and refuses to write.
   */
  snapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Connections now, how many of them have nothing to do, and how much work waits for one. */
  load(): { connections: number; idle: number; waiting: number };
  close(): Promise<void>;
};

const open = new AsyncLocalStorage<true>();

/** Runs one transaction's work; a second transaction begun inside would wait for itself, so it is refused. */
export function guarded<T>(work: () => Promise<T>): Promise<T> {
  if (open.getStore()) {
    throw new AppError('database.nested', 'A transaction is open already.');
  }
  return open.run(true, work);
}

type Preparable = { prepare(): unknown };
type Executed<Q extends Preparable> =
  ReturnType<Q['prepare']> extends { execute(values?: Record<string, unknown>): infer R } ? Awaited<R> : never;
type Prepared = {
  /** On PostgreSQL: the columns that come back; undefined for a write without any. */
  fields?: unknown;
  executeMethod: 'run' | 'all' | 'get' | 'values';
  execute(values: Record<string, unknown>): Promise<unknown>;
  getQuery(): { params: unknown[] };
} & Record<'run' | 'all' | 'get' | 'values', (values: Record<string, unknown>) => unknown>;

/**
 * Lets values go as they are to placeholders whose column does not change them. Drizzle would look at each anew, for every
 * row that is written: a twentieth of the time that applying an order takes.
 */
function lighten(params: unknown[]): void {
  params.forEach((param, index) => {
    if (!is(param, Param) || !is(param.value, Placeholder)) return;
    const { encoder, value } = param;
    if (is(encoder, Column) && encoder.mapToDriverValue === Column.prototype.mapToDriverValue) params[index] = value;
  });
}

/** Statements that say themselves what they touch. */
const keyed = new Set<string>();
/** Whether a statement of this name has said what it touches. */
export const saysWhatItTouches = (name: string | undefined): boolean => name !== undefined && keyed.has(name);

/**
 * A query that is built and prepared once per connection, for the hot path (drizzle builds a query in some 30 µs and
 * runs a prepared one in 3). `name` is unique in the app: PostgreSQL keeps the plan under it.
 *
 * `touches` says for a write which rows read ahead it changes (see ahead.ts); without it, all of its table's.
 *
 * On SQLite the rows come back at once; callers await either way. On PostgreSQL a write that returns no columns is not
 * waited for: its failure comes out at a later statement, or at the commit.
 */
export function statement<Q extends Preparable>(
  name: string,
  build: (db: Tx) => Q,
  touches?: (values: Record<string, unknown>) => Touched,
) {
  const preparedOn = preparation(name, build);
  if (touches) keyed.add(name);
  return (db: Tx, values: Record<string, unknown>): Executed<Q> | Promise<Executed<Q>> => {
    const prepared = preparedOn(db);
    if (touches && dialect === 'postgres') touch(db, touches(values));
    return (dialect === 'sqlite' ? ran(db, prepared, values) : sent(db, prepared, values)) as
      | Executed<Q>
      | Promise<Executed<Q>>;
  };
}

/**
 * A query whose rows come as arrays, columns in the order in which they were selected: for reading a whole shop, where
 * making objects of rows takes longer than reading them. Only for columns that both databases give as they are: text and
 * numbers.
 */
export function rawStatement<Q extends Preparable>(name: string, build: (db: Tx) => Q) {
  const preparedOn = preparation(name, build);
  return async (db: Tx, values: Record<string, unknown>): Promise<unknown[][]> => {
    const prepared = preparedOn(db);
    try {
      if (dialect === 'sqlite') return prepared.values(values) as unknown[][];
      const rows = (await prepared.execute(values)) as Record<string, unknown>[];
      return rows.map((row) => Object.values(row));
    } catch (error) {
      throw noteFailure(db, error);
    }
  };
}

/** Prepares a query at its first use on a connection. */
function preparation<Q extends Preparable>(name: string, build: (db: Tx) => Q): (db: Tx) => Prepared {
  const made = new WeakMap<Tx, Prepared>();
  return (db) => {
    let prepared = made.get(db);
    if (!prepared) {
      prepared = (build(db) as unknown as { prepare(name: string): Prepared }).prepare(name);
      if (dialect === 'sqlite') lighten(prepared.getQuery().params);
      made.set(db, prepared);
    }
    return prepared;
  };
}

const NOTHING: never[] = [];

function ran(db: Tx, prepared: Prepared, values: Record<string, unknown>): unknown {
  try {
    return prepared[prepared.executeMethod](values);
  } catch (error) {
    throw noteFailure(db, error);
  }
}

function sent(db: Tx, prepared: Prepared, values: Record<string, unknown>): unknown {
  refuseFailed(db);
  const run = (): Promise<unknown> => prepared.execute(values);
  if (prepared.fields === undefined && defer(db, run)) return NOTHING;
  return run().catch((error: unknown) => {
    throw noteFailure(db, error);
  });
}
