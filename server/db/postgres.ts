import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { type Database, guarded, type Tx } from './database.ts';
import { foreignError } from './errors.ts';

/** Keeps our advisory locks apart from those of anything else in the same database. */
const LOCK_SPACE = 0x62617a67;

/** PostgreSQL: a pool; a shop's writers take turns by an advisory lock that ends with the transaction. */
export function openPostgres(url: string, options: { max?: number; onError?: (error: Error) => void } = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 10, keepAlive: true });
  // An idle connection that breaks is replaced at its next use; unheard, the event would end the process.
  pool.on('error', (error) => options.onError?.(error));
  const handles = new WeakMap<pg.PoolClient, Tx>();

  const handleOf = (client: pg.PoolClient): Tx => {
    let handle = handles.get(client);
    if (!handle) {
      handle = drizzle(client, { casing: 'snake_case' }) as unknown as Tx;
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
    let broken: Error | undefined;
    try {
      await client.query(begin);
      if (shop !== undefined) await client.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_SPACE, shop]);
      const result = await work(handleOf(client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw foreignError(error);
    } finally {
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
