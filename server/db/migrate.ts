import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Tx } from './database.ts';
import { dialectOf } from './dialect.ts';
import { isMigrated, lockMigrations, migrateWithin } from './migrations.ts';
import { sqlitePath } from './sqlite.ts';

/** How long a process waits for another one that migrates: filling a new table of a large database takes its time. */
const PATIENCE_MS = 60_000;

/**
 * Brings the database to the newest schema, in one transaction. Safe when several processes start at once: one migrates,
 * the others wait and then find nothing to do. Quick (about a millisecond) when there is nothing to do.
 */
export async function migrateDatabase(url: string): Promise<void> {
  if (dialectOf(url) === 'postgres') return migrateOnPostgres(url);
  const mine = turn.then(() => migrateOnSqlite(url));
  turn = mine.catch(() => undefined);
  return mine;
}

/** SQLite lets nothing else of a process run while it waits, so in one process one goes after the other. */
let turn: Promise<unknown> = Promise.resolve();

async function migrateOnSqlite(url: string): Promise<void> {
  const file = sqlitePath(url);
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Sqlite(file, { timeout: PATIENCE_MS });
  try {
    connection.pragma('journal_mode = WAL');
    const tx = drizzleSqlite(connection) as unknown as Tx;
    if (await isMigrated(tx)) return;
    // Two starting processes must not both find the journal empty.
    connection.exec('BEGIN IMMEDIATE');
    await migrateWithin(tx);
    connection.exec('COMMIT');
  } finally {
    connection.close();
  }
}

async function migrateOnPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tx = drizzlePostgres(client) as unknown as Tx;
    if (await isMigrated(tx)) return;
    await client.query('BEGIN');
    await lockMigrations(tx);
    await migrateWithin(tx);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
