import { type Column, getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { type PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import * as schema from '../schema.ts';
import { canonicalJson, sha256Hex } from '../shared/canonical.ts';
import { dialect } from './dialect.ts';

/** What a column holds, in the words of columns.ts; an instant is a whole number. */
export type ColumnKind = 'text' | 'bytes' | 'whole' | 'flag' | 'json';

/** `field` is the name in the code, `name` the one in the database. */
export type CatalogueColumn = { field: string; name: string; kind: ColumnKind; nullable: boolean };

/** One table of the app, as whatever copies whole tables needs to know it. */
export type CatalogueTable = {
  name: string;
  table: SQLiteTable;
  columns: CatalogueColumn[];
  /** Fields of the primary key, in its order. */
  key: string[];
  /** The field that says whose a row is; null for a table that belongs to no shop. */
  shopField: string | null;
};

/** What the two drivers call the same kinds; bytes on PostgreSQL are a type of our own. */
const KINDS: Record<string, ColumnKind> = {
  string: 'text',
  number: 'whole',
  boolean: 'flag',
  json: 'json',
  buffer: 'bytes',
  custom: 'bytes',
};

function kindOf(column: Column): ColumnKind {
  const kind = KINDS[column.dataType];
  if (kind === undefined) throw new Error(`No copy knows how to keep the column ${column.name} (${column.dataType}).`);
  return kind;
}

function keyOf(table: SQLiteTable): string[] {
  const { columns, primaryKeys } =
    dialect === 'postgres' ? postgresConfig(table as unknown as PgTable) : sqliteConfig(table);
  const [composite] = primaryKeys;
  const parts: { name: string }[] = composite ? composite.columns : columns.filter((column) => column.primary);
  const fields = Object.entries(getTableColumns(table));
  return parts.map((part) => String(fields.find(([, column]) => column.name === part.name)?.[0]));
}

/** A table as whatever copies whole tables needs to know it. */
export function describeTable(table: SQLiteTable): CatalogueTable {
  const name = getTableName(table);
  const columns = Object.entries(getTableColumns(table)).map(([field, column]) => ({
    field,
    name: toSnakeCase(field),
    kind: kindOf(column),
    nullable: !column.notNull,
  }));
  const owner = name === 'shops' ? 'id' : 'shopId';
  const shopField = columns.some(({ field }) => field === owner) ? owner : null;
  return { name, table, columns, key: keyOf(table), shopField };
}

let made: CatalogueTable[] | undefined;

/** Every table of the app, by name, derived from the schema: a table that is added later is in it. */
export function catalogue(): CatalogueTable[] {
  made ??= Object.values<unknown>(schema)
    .filter((value): value is SQLiteTable => is(value, Table))
    .map(describeTable)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return made;
}

/** A hash of every table's columns: equal where rows can be copied as they are, whichever database they are in. */
export const schemaHash = (tables = catalogue()): string =>
  sha256Hex(canonicalJson(tables.map(({ name, columns, key }) => ({ name, columns, key }))));
