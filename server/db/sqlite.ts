import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { type Database, guarded, type Tx } from './database.ts';
import { foreignError } from './errors.ts';
import { beginFate, endFate, type Fate, noteFailure, refuseFailed } from './failures.ts';

/** How long a writer waits for another process's transaction (each at most some 50 ms) before it gives up. */
const BUSY_MS = 10_000;

/** The file that a `file:` URL names. */
export const sqlitePath = (url: string): string => resolve(url.replace(/^file:(\/\/)?/, ''));

/** A connection's drizzle whose statements, after one has failed, are refused as PostgreSQL would refuse them. */
function watched(connection: Sqlite.Database, fate: Fate): Tx {
  const watch =
    <Values extends unknown[], Result>(call: (...values: Values) => Result) =>
    (...values: Values): Result => {
      if (fate.failed !== null) throw fate.failed.error;
      try {
        return call(...values);
      } catch (error) {
        fate.failed = { error };
        throw error;
      }
    };
  const prepare = watch((text: string) => {
    const statement = connection.prepare(text);
    const [run, all, get] = [statement.run, statement.all, statement.get].map((call) => watch(call.bind(statement)));
    return Object.assign(statement, { run, all, get });
  });
  return drizzle({ prepare } as unknown as Sqlite.Database, { casing: 'snake_case' }) as unknown as Tx;
}

/**
 * SQLite: one connection that writes, behind a queue, and one that only reads. WAL with `synchronous=FULL`: what was
 * committed survives kill -9 and a power cut.
 */
export function openSqlite(url: string): Database & { writer: Sqlite.Database } {
  const file = sqlitePath(url);
  mkdirSync(dirname(file), { recursive: true });
  const writer = new Sqlite(file, { timeout: BUSY_MS });
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL');
  writer.pragma('foreign_keys = ON');
  // 16 MB of log between checkpoints: each checkpoint makes the main file durable too, which is the dearer flush.
  writer.pragma('wal_autocheckpoint = 4000');
  writer.pragma('cache_size = -32768');
  const reader = new Sqlite(file, { timeout: BUSY_MS });
  reader.pragma('query_only = ON');
  reader.pragma('cache_size = -32768');
  const fate: Fate = { failed: null };
  const tx = watched(writer, fate);
  const begin = writer.prepare('BEGIN IMMEDIATE');
  const commit = writer.prepare('COMMIT');
  const rollback = writer.prepare('ROLLBACK');
  let turn: Promise<unknown> = Promise.resolve();
  /** Transactions begun and not ended: the first of them writes, the others wait. */
  let open = 0;

  const attempt = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    try {
      begin.run();
    } catch (error) {
      throw foreignError(error);
    }
    beginFate(tx, fate);
    try {
      const result = await work(tx);
      refuseFailed(tx);
      commit.run();
      return result;
    } catch (error) {
      if (writer.inTransaction) rollback.run();
      throw foreignError(noteFailure(tx, error));
    } finally {
      fate.failed = null;
      endFate(tx);
    }
  };

  /** In write-ahead mode a reader keeps the state it began with, and writers go on. */
  const snapshot = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const connection = new Sqlite(file, { timeout: BUSY_MS });
    const own: Fate = { failed: null };
    const handle = watched(connection, own);
    beginFate(handle, own);
    try {
      connection.pragma('query_only = ON');
      connection.exec('BEGIN');
      // A deferred transaction takes its state with its first read.
      connection.prepare('SELECT count(*) FROM sqlite_master').get();
      const result = await work(handle);
      refuseFailed(handle);
      return result;
    } catch (error) {
      throw foreignError(noteFailure(handle, error));
    } finally {
      connection.close();
    }
  };

  return {
    writer,
    snapshot,
    read: drizzle(reader, { casing: 'snake_case' }) as unknown as Tx,
    transaction: (work) =>
      guarded(() => {
        open += 1;
        const result = turn
          .then(() => attempt(work))
          .finally(() => {
            open -= 1;
          });
        turn = result.catch(() => undefined);
        return result;
      }),
    load: () => ({ connections: 2, idle: open > 0 ? 1 : 2, waiting: Math.max(0, open - 1) }),
    close: async () => {
      await turn;
      reader.close();
      writer.close();
    },
  };
}
