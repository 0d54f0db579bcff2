import { and, asc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Catalogue, type CatalogueTable, tableNamed } from '../db/catalogue.ts';
import { statement, type Tx } from '../db/database.ts';
import { dialect } from '../db/dialect.ts';
import { tablesAt } from '../db/history.ts';
import { lastMigration, MIGRATIONS } from '../db/migrations.ts';
import type { Row } from './backup.types.ts';

/** Rows in one read; few where each may hold a body of megabytes, so that memory stays flat. */
const PAGE = 1000;
const PAGE_OF_BYTES = 25;

/** What a copy has to agree on with the database it goes to. */
export const databaseFacts = ({ schema }: Catalogue) => ({ database: dialect, migration: lastMigration(), schema });

const columnsOf = ({ table }: CatalogueTable) => getTableColumns(table) as Record<string, SQLiteColumn>;

/**
 * Rows of a table in the order of its key, those after `after` only, a page. With `shop`, of that shop only. The pages
 * of one snapshot, each after the last row of the one before, are the whole table.
 */
export async function pageOf(
  tx: Tx,
  entry: CatalogueTable,
  { shop, after }: { shop?: number; after?: Row | undefined } = {},
): Promise<Row[]> {
  const columns = columnsOf(entry);
  const owner = shop === undefined ? undefined : columns[String(entry.shopField)];
  if (shop !== undefined && owner === undefined) throw new Error(`${entry.name} belongs to no shop.`);
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
export async function countOf(tx: Tx, entry: CatalogueTable, shop?: number): Promise<number> {
  const owner = columnsOf(entry)[String(entry.shopField)];
  const [row] = await tx
    .select({ count: sql<number>`count(*)` })
    .from(entry.table)
    .where(shop === undefined ? undefined : owner && eq(owner, shop));
  return Number(row?.count ?? 0);
}

/** Rows in one statement: PostgreSQL would spend most of the time on the way there and back. */
const AT_ONCE = 50;

/** An insert of some rows of a table, prepared once for each connection: unprepared it takes five times as long. */
function inserter({ name, table, columns }: CatalogueTable, migration: string, count: number) {
  const rows = Array.from({ length: count }, (_, at) =>
    // In SQL of its own drizzle leaves the value alone: it would write nothing as the JSON text "null", or as false.
    Object.fromEntries(columns.map(({ field }) => [field, sql`${sql.placeholder(`${field}_${at}`)}`])),
  );
  // With an answer, so that it is waited for: a backup is larger than what may be on its way at once.
  return statement(`restore_${migration.split('_')[0]}.insert_${count}.${name}`, (db) =>
    db
      .insert(table)
      .values(rows as never)
      .returning({ one: sql`1` }),
  );
}
const inserters = new Map<string, ReturnType<typeof inserter>>();

/** Writes rows as they are: with the ids, times and hashes that they come with, into a table as a migration left it. */
export async function insertRows(
  tx: Tx,
  name: string,
  rows: Row[],
  { migration = lastMigration(), folder = MIGRATIONS }: { migration?: string; folder?: string } = {},
): Promise<void> {
  const entry = tableNamed({ tables: tablesAt(migration, folder) }, name);
  const columns = Object.entries(columnsOf(entry));
  for (let from = 0; from < rows.length; ) {
    const count = rows.length - from >= AT_ONCE ? AT_ONCE : 1;
    const key = [folder, migration, name, count].join(' ');
    const insert = inserters.get(key) ?? inserter(entry, migration, count);
    inserters.set(key, insert);
    const values: Row = {};
    for (let at = 0; at < count; at += 1) {
      for (const [field, column] of columns) {
        const value = rows[from + at]?.[field] ?? null;
        values[`${field}_${at}`] = value === null ? null : column.mapToDriverValue(value);
      }
    }
    await insert(tx, values);
    from += count;
  }
}
