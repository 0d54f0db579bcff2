import type { Duplex } from 'node:stream';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { AppError } from '../shared/errors.ts';
import { forgetAll, noteStatement } from './ahead.ts';
import { type Database, guarded, saysWhatItTouches, type Tx } from './database.ts';
import { beginDeferring, defer, endDeferring, refuseUnsent } from './deferred.ts';
import { foreignError } from './errors.ts';
import { beginFate, endFate, noteFailure, refuseFailed } from './failures.ts';

/** Keeps our advisory locks apart from those of anything else in the same database. */
const LOCK_SPACE = 0x62617a67;

const LOCK = { name: 'lock', text: 'SELECT pg_advisory_xact_lock($1, $2)' };

/**
 * Holds a connection's packets back until the running code waits for something: everything sent up to then goes in one. The
 * driver corks its own socket in the same way for the messages of one statement.
 */
function gatherOn(client: pg.PoolClient): () => void {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  let corked = false;
  const send = (): void => {
    corked = false;
    stream.uncork();
  };
  return () => {
    if (corked) return;
    corked = true;
    stream.cork();
    process.nextTick(send);
  };
}

/** Sends the commit behind the last writes; where one of them failed there, PostgreSQL rolls back instead. */
async function committed(client: pg.PoolClient, tx: Tx): Promise<void> {
  await refuseUnsent(tx);
  const commit = client.query('COMMIT');
  commit.catch(() => undefined);
  await endDeferring(tx);
  // It says so in its answer only, also where nobody waited for the statement that failed.
  const { command } = await commit;
  if (command === 'COMMIT') return;
  refuseFailed(tx);
  throw new AppError('database.failed', 'The database rolled the work back.');
}

/** A client's drizzle, of whose every statement the rows read ahead hear, and of whose every failure its transaction. */
function watched(client: pg.PoolClient): Tx {
  const query = async (config: { name?: string; text: string }, values?: unknown[]) => {
    refuseFailed(handle);
    if (!saysWhatItTouches(config.name)) noteStatement(handle, config.text);
    try {
      return await client.query(config, values);
    } catch (error) {
      throw noteFailure(handle, error);
    }
  };
  const handle = drizzle({ query } as unknown as pg.PoolClient, { casing: 'snake_case' }) as unknown as Tx;
  return handle;
}

/** PostgreSQL: a pool; a shop's writers take turns by an advisory lock that ends with the transaction. */
export function openPostgres(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    keepAlive: true,
    pipeline: true,
    options: '-c plan_cache_mode=force_generic_plan',
  });
  // An idle connection that breaks is replaced at its next use; unheard, the event would end the process.
  pool.on('error', (error) => options.onError?.(error));
  const handles = new WeakMap<pg.PoolClient, Tx>();

  const handleOf = (client: pg.PoolClient): Tx => {
    let handle = handles.get(client);
    if (!handle) {
      handle = watched(client);
      handles.set(client, handle);
      client.on('error', (error) => options.onError?.(error));
    }
    return handle;
  };

  const attempt = async <T>(
    work: (tx: Tx) => Promise<T>,
    { shop, begin = 'BEGIN' }: { shop?: number | undefined; begin?: string },
  ): Promise<T> => {
    const client = await pool.connect().catch((error) => {
      throw foreignError(error);
    });
    const tx = handleOf(client);
    let broken: Error | undefined;
    try {
      beginFate(tx, { failed: null });
      beginDeferring(tx, gatherOn(client));
      // Neither is waited for: whatever comes next on this connection comes after them.
      defer(tx, () => client.query(begin));
      if (shop !== undefined) defer(tx, () => client.query(LOCK, [LOCK_SPACE, shop]));
      const result = await work(tx);
      await committed(client, tx);
      return result;
    } catch (error) {
      await endDeferring(tx);
      const first = noteFailure(tx, error);
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw foreignError(first);
    } finally {
      forgetAll(tx);
      endFate(tx);
      client.release(broken);
    }
  };

  return {
    read: drizzle(pool, { casing: 'snake_case' }) as unknown as Tx,
    transaction: (work, { shop } = {}) => guarded(() => attempt(work, { shop })),
    snapshot: (work) => attempt(work, { begin: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' }),
    load: () => ({ connections: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => pool.end(),
  };
}
