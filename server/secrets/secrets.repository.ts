import { and, asc, eq, getTableColumns, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { type Catalogue, tableNamed } from '../db/catalogue.ts';
import type { Tx } from '../db/database.ts';

type Row = Record<string, unknown>;
type Place = { table: string; field: string };

function placeOf(catalogue: Catalogue, { table, field }: Place) {
  const entry = tableNamed(catalogue, table);
  const columns = getTableColumns(entry.table) as Record<string, SQLiteColumn>;
  const column = columns[field];
  if (!column) throw new Error(`There is no column ${table}.${field}.`);
  return { ...entry, columns, column };
}

const list = (parts: unknown[]): SQL =>
  sql.join(
    parts.map((part) => sql`${part}`),
    sql`, `,
  );

/** Rows that hold something sealed in a column, in the order of the table's key, those after a row, a page. */
export async function sealedAfter(
  tx: Tx,
  catalogue: Catalogue,
  place: Place,
  after: Row | undefined,
  limit: number,
): Promise<Row[]> {
  const { table, key, columns, column } = placeOf(catalogue, place);
  const parts = key.map((field) => columns[field] as SQLiteColumn);
  const later = after && sql`(${list(parts)}) > (${list(key.map((field) => after[field]))})`;
  return (await tx
    .select()
    .from(table)
    .where(and(isNotNull(column), later))
    .orderBy(...parts.map((part) => asc(part)))
    .limit(limit)) as Row[];
}

/** Puts a value sealed anew in the place of the old one; not where something else stands there by now. */
export async function replaceSealed(
  tx: Tx,
  catalogue: Catalogue,
  place: Place,
  row: Row,
  sealed: string,
): Promise<boolean> {
  const { table, key, columns, column } = placeOf(catalogue, place);
  const same = key.map((field) => eq(columns[field] as SQLiteColumn, row[field]));
  const changed = await tx
    .update(table)
    .set({ [place.field]: sealed })
    .where(and(...same, eq(column, row[place.field])))
    .returning({ one: sql`1` });
  return changed.length === 1;
}
