import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';

/**
 * Drizzle on either database, typed as SQLite: every query is awaited. Also what a transaction hands to its work, which can
 * begin no other inside: not a savepoint either.
 */
export type Tx = Omit<BaseSQLiteDatabase<'async', unknown, Record<string, never>>, 'transaction'>;
