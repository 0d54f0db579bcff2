import { readFileSync } from 'node:fs';
import type { SQLiteColumnBuilderBase } from 'drizzle-orm/sqlite-core';
import { type CatalogueTable, type ColumnKind, describeTable } from './catalogue.ts';
import { bytes, flag, json, key, table, text, whole } from './columns.ts';
import { MIGRATIONS } from './migrations.ts';

/** What stands beside each migration: the tables as they were after it. Of it only what a copy of rows needs. */
type Snapshot = { tables: Record<string, SnapshotTable> };
type SnapshotTable = {
  name: string;
  columns: Record<string, { name: string; type: string; primaryKey: boolean; notNull: boolean }>;
  compositePrimaryKeys: Record<string, { columns: string[] }>;
};

/** PostgreSQL's types, which tell all kinds apart; SQLite keeps flags as numbers and documents as text. */
const KINDS: Record<string, ColumnKind> = {
  text: 'text',
  bytea: 'bytes',
  bigint: 'whole',
  boolean: 'flag',
  json: 'json',
};
const WORDS: Record<ColumnKind, (name: string) => SQLiteColumnBuilderBase> = { text, bytes, whole, flag, json };

/** As the code would call it. */
const fieldOf = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function columnOf({ name, type, primaryKey, notNull }: SnapshotTable['columns'][string]): SQLiteColumnBuilderBase {
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`No copy knows how to keep the column ${name} (${type}).`);
  // By its name: drizzle remembers which names the fields of a table stand for, and would take these columns for all there are
  // in today's table of that name.
  const column = WORDS[kind](name) as ReturnType<typeof text>;
  if (primaryKey) return column.primaryKey();
  return notNull ? column.notNull() : column;
}

function tableOf({ name, columns, compositePrimaryKeys }: SnapshotTable): CatalogueTable {
  const fields = Object.values(columns).map((column) => [fieldOf(column.name), columnOf(column)] as const);
  const [composite] = Object.values(compositePrimaryKeys);
  const made = table(name, Object.fromEntries(fields), (of) =>
    composite ? [key({ columns: composite.columns.map((column) => of[fieldOf(column)]) as never })] : [],
  );
  return describeTable(made);
}

const known = new Map<string, CatalogueTable[]>();

/**
 * Every table as it was after a migration, by name, whichever database they are in: what a backup that was made then
 * holds. After the newest it is the catalogue.
 */
export function tablesAt(migration: string, folder = MIGRATIONS): CatalogueTable[] {
  const file = `${folder}/postgres/meta/${migration.split('_')[0]}_snapshot.json`;
  const before = known.get(file);
  if (before) return before;
  const { tables } = JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
  const made = Object.values(tables)
    .map(tableOf)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  known.set(file, made);
  return made;
}
