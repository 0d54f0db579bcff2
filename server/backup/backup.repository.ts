import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type CatalogueTable, catalogue, schemaHash } from '../db/catalogue.ts';
import type { Tx } from '../db/database.ts';
import { dialect } from '../db/dialect.ts';
import { lastMigration } from '../db/migrate.ts';
import type { Row, TableFacts } from './backup.types.ts';

/** Rows in one read; few where each may hold a body of megabytes, so that memory stays flat. */
const PAGE = 1000;
const PAGE_OF_BYTES = 25;
/** Values in one insert: well under what either database takes. */
const MOST_VALUES = 8000;

/** Every table, by name. */
export const tables = (): TableFacts[] => catalogue();

/** What a copy has to agree on with the database it goes to. */
export const databaseFacts = () => ({ database: dialect, migration: lastMigration(), schema: schemaHash() });

function tableNamed(name: string): CatalogueTable {
  const found = catalogue().find((table) => table.name === name);
  if (!found) throw new Error(`There is no table ${name}.`);
  return found;
}

const columnsOf = ({ table }: CatalogueTable) => getTableColumns(table) as Record<string, SQLiteColumn>;

/**
 * Rows of a table in the order of its key, those after `after` only, a page. With `shop`, of that shop only. The pages
 * of one snapshot, each after the last row of the one before, are the whole table.
 */
export async function pageOf(
  tx: Tx,
  name: string,
  { shop, after }: { shop?: number; after?: Row | undefined } = {},
): Promise<Row[]> {
  const entry = tableNamed(name);
  const columns = columnsOf(entry);
  const owner = shop === undefined ? undefined : columns[String(entry.shopField)];
  if (shop !== undefined && owner === undefined) throw new Error(`${name} belongs to no shop.`);
  // The shop is given already: naming it again would keep the databases from using the rest of the key.
  const key = entry.key.filter((field) => !(shop !== undefined && entry.key.length > 1 && field === entry.shopField));
  const later: SQL | undefined =
    after && sql`(${list(key.map((field) => columns[field]))}) > (${list(key.map((field) => after[field]))})`;
  return (await tx
    .select()
    .from(entry.table)
    .where(and(owner && eq(owner, shop), later))
    .orderBy(...entry.key.map((field) => asc(columns[field] as SQLiteColumn)))
    .limit(entry.columns.some(({ kind }) => kind === 'bytes') ? PAGE_OF_BYTES : PAGE)) as Row[];
}

const list = (parts: unknown[]): SQL =>
  sql.join(
    parts.map((part) => sql`${part}`),
    sql`, `,
  );

/** How many rows a table has, in one shop if asked for. */
export async function countOf(tx: Tx, name: string, shop?: number): Promise<number> {
  const entry = tableNamed(name);
  const owner = columnsOf(entry)[String(entry.shopField)];
  const [row] = await tx
    .select({ count: sql<number>`count(*)` })
    .from(entry.table)
    .where(shop === undefined ? undefined : owner && eq(owner, shop));
  return Number(row?.count ?? 0);
}

/** The first table that has a row, or null for an empty database. */
export async function firstFilled(tx: Tx): Promise<string | null> {
  for (const { name, table } of catalogue()) {
    const found = await tx.select({ one: sql`1` }).from(table).limit(1);
    if (found.length > 0) return name;
  }
  return null;
}

/** How many rows of a table one insert takes. */
export const rowsAtOnce = ({ columns }: TableFacts): number => Math.max(1, Math.floor(MOST_VALUES / columns.length));

/** Writes rows as they are: with the ids, times and hashes that they come with. */
export async function insertRows(tx: Tx, name: string, rows: Row[]): Promise<void> {
  if (rows.length > 0) await tx.insert(tableNamed(name).table).values(rows as never);
}
