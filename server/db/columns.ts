import * as postgres from './columns.postgres.ts';
import * as sqlite from './columns.sqlite.ts';
import { dialect } from './dialect.ts';

/**
 * The words in which every table is written, once for both databases. They are typed as SQLite's, whose query builders
 * have the same shape as PostgreSQL's for all that repositories use (select, insert … on conflict, update … returning).
 */
export const { table, text, bytes, whole, flag, instant, json, index, unique, key } = (
  dialect === 'postgres' ? postgres : sqlite
) as typeof sqlite;
