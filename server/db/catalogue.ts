import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import { type PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { type SQLiteColumn, type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import { canonicalJson, sha256Hex } from '../shared/canonical.ts';
import { dialect } from './dialect.ts';

/** A table of the app, one of its columns, and a table whose rows are shops' or a shop. */
export type AppTable = SQLiteTable;
export type AppColumn = SQLiteColumn;
export type ShopTable = AppTable & ({ shopId: AppColumn } | { id: AppColumn; domain: AppColumn });

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

/** Every table of the app, and a hash of all: equal where rows can be copied as they are, whichever database they are in. */
export type Catalogue = { readonly tables: readonly CatalogueTable[]; readonly schema: string };

/** Describes tables, by name. server/features.ts has those of the app: a table that is added to a feature is in it. */
export function createCatalogue(tables: readonly AppTable[]): Catalogue {
  const described = tables.map(describeTable).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { tables: described, schema: schemaHash(described) };
}

/** A hash of every table's columns. */
export const schemaHash = (tables: readonly CatalogueTable[]): string =>
  sha256Hex(canonicalJson(tables.map(({ name, columns, key }) => ({ name, columns, key }))));

/** A table by its name. @throws Error for one that the catalogue does not have */
export function tableNamed({ tables }: Pick<Catalogue, 'tables'>, name: string): CatalogueTable {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new Error(`There is no table ${name}.`);
  return found;
}
