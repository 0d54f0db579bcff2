import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { migrate as migrateSqlite } from 'drizzle-orm/better-sqlite3/migrator';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { dialectOf } from './dialect.ts';
import { sqlitePath } from './sqlite.ts';

const folderOf = (dialect: 'sqlite' | 'postgres'): string =>
  fileURLToPath(new URL(`../../drizzle/${dialect}`, import.meta.url));

/** The names of a database's migrations, oldest first. */
export function migrationNames(dialect: 'sqlite' | 'postgres'): string[] {
  const text = readFileSync(`${folderOf(dialect)}/meta/_journal.json`, 'utf8');
  return (JSON.parse(text) as { entries: { tag: string }[] }).entries.map(({ tag }) => tag);
}

/** How many migrations the folder holds: what the database's own count is compared with. */
const expectedCount = (dialect: 'sqlite' | 'postgres'): number => migrationNames(dialect).length;

/** The newest migration. Both databases have the same ones, under the same names. */
export const lastMigration = (): string => migrationNames('sqlite').at(-1) ?? '';

/**
 * Brings the database to the newest schema. Safe when several processes start at once: one migrates, the others wait
 * and then find nothing to do. Quick (about a millisecond) when there is nothing to do.
 */
export async function migrateDatabase(url: string): Promise<void> {
  if (dialectOf(url) === 'postgres') await migrateOnPostgres(url);
  else migrateOnSqlite(url);
}

function migrateOnSqlite(url: string): void {
  const file = sqlitePath(url);
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Sqlite(file, { timeout: 30_000 });
  try {
    connection.pragma('journal_mode = WAL');
    if (sqliteCount(connection) === expectedCount('sqlite')) return;
    // The migrator's own BEGIN is deferred: two starting processes would both pass its look at the journal.
    const gate = new Sqlite(`${file}.migrating`, { timeout: 60_000 });
    gate.exec('BEGIN IMMEDIATE');
    try {
      migrateSqlite(drizzleSqlite(connection), { migrationsFolder: folderOf('sqlite') });
    } finally {
      gate.exec('ROLLBACK');
      gate.close();
    }
  } finally {
    connection.close();
  }
}

function sqliteCount(connection: Sqlite.Database): number {
  const known = connection.prepare("SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  if (!known) return 0;
  return Number(connection.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get());
}

async function migrateOnPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('bazgasht.migrate'))");
    await migratePostgres(drizzlePostgres(client), { migrationsFolder: folderOf('postgres') });
  } finally {
    await client.end();
  }
}
