import type { Database } from './database.ts';
import { dialectOf } from './dialect.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Opens the database that a URL names: `file:./data/bazgasht.db` or `postgres://…`. It has to be of the dialect the
 * process was started with (see dialect.ts).
 */
export function openDatabase(url: string, options: { onError?: (error: Error) => void } = {}): Database {
  return dialectOf(url) === 'postgres' ? openPostgres(url, options) : openSqlite(url);
}
