import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { type Database, guarded, type Tx } from './database.ts';
import { foreignError } from './errors.ts';

/** How long a writer waits for another process's transaction (each at most some 50 ms) before it gives up. */
const BUSY_MS = 10_000;

/** The file that a `file:` URL names. */
export const sqlitePath = (url: string): string => resolve(url.replace(/^file:(\/\/)?/, ''));

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
  const tx = drizzle(writer, { casing: 'snake_case' }) as unknown as Tx;
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
    try {
      const result = await work(tx);
      commit.run();
      return result;
    } catch (error) {
      if (writer.inTransaction) rollback.run();
      throw foreignError(error);
    }
  };

  /** In write-ahead mode a reader keeps the state it began with, and writers go on. */
  const snapshot = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const connection = new Sqlite(file, { timeout: BUSY_MS });
    try {
      connection.pragma('query_only = ON');
      connection.exec('BEGIN');
      // A deferred transaction takes its state with its first read.
      connection.prepare('SELECT count(*) FROM sqlite_master').get();
      return await work(drizzle(connection, { casing: 'snake_case' }) as unknown as Tx);
    } catch (error) {
      throw foreignError(error);
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
