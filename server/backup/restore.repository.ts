import { sql } from 'drizzle-orm';
import { schemaHash } from '../db/catalogue.ts';
import type { Tx } from '../db/database.ts';
import { dialect } from '../db/dialect.ts';
import { tablesAt } from '../db/history.ts';
import {
  dropTables,
  holdTables,
  lastMigration,
  lockMigrations,
  MIGRATIONS,
  migrateWithin,
  migrationNames,
  migrationOf,
} from '../db/migrations.ts';
import type { TableFacts } from './backup.types.ts';

/** What this version knows of a migration: its tables, and the hash that a backup made at it names; null: nothing. */
export function schemaAt(migration: string, folder = MIGRATIONS): { tables: TableFacts[]; hash: string } | null {
  if (!migrationNames(dialect, folder).includes(migration)) return null;
  const tables = tablesAt(migration, folder);
  return { tables, hash: schemaHash(tables) };
}

/** What this version's newest migration is called. */
export const newestMigration = (folder = MIGRATIONS): string => lastMigration(folder);

/**
 * Keeps everybody else out of the database's tables, and from making any, until the transaction ends.
 * @returns the first table that has a row; null: the database is empty, with tables or without
 */
export async function holdEmpty(tx: Tx, folder = MIGRATIONS): Promise<string | null> {
  await lockMigrations(tx);
  const migration = await migrationOf(tx, folder);
  const tables = migration === null ? [] : tablesAt(migration, folder);
  await holdTables(
    tx,
    tables.map(({ name }) => name),
  );
  for (const { name, table } of tables) {
    const found = await tx.select({ one: sql`1` }).from(table).limit(1);
    if (found.length > 0) return name;
  }
  return null;
}

/** Brings a database that holdEmpty found empty to a migration, where need be by making its tables anew. */
export async function buildAt(tx: Tx, migration: string, folder = MIGRATIONS): Promise<void> {
  const now = await migrationOf(tx, folder);
  const names = migrationNames(dialect, folder);
  if (now !== null && names.indexOf(now) > names.indexOf(migration)) {
    await dropTables(
      tx,
      tablesAt(now, folder).map(({ name }) => name),
    );
  }
  await migrateWithin(tx, { to: migration, folder });
}

/** Brings the database, with what was loaded into it, to the newest migration. */
export const migrateOn = (tx: Tx, folder = MIGRATIONS): Promise<void> => migrateWithin(tx, { folder });
