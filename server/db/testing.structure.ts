import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { dialect } from './dialect.ts';

const STRUCTURE = {
  sqlite: [sql`select type || ' ' || name || ' ' || coalesce(sql, '') as text from sqlite_master`],
  postgres: [
    sql`select concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable) as text
      from information_schema.columns where table_schema in ('public', 'drizzle')`,
    sql`select indexdef as text from pg_indexes where schemaname = 'public'`,
    sql`select pg_get_triggerdef(oid) as text from pg_trigger where not tgisinternal`,
    sql`select proname as text from pg_proc where pronamespace = 'public'::regnamespace`,
  ],
};
const JOURNAL = {
  sqlite: sql`select hash || ' ' || created_at as text from __drizzle_migrations`,
  postgres: sql`select hash || ' ' || created_at as text from drizzle.__drizzle_migrations`,
};

/** For tests only: everything a database consists of, without rows: tables, indexes, triggers, functions. */
export async function structureOf(db: Database): Promise<string[]> {
  const found: string[] = [];
  for (const query of STRUCTURE[dialect]) {
    const rows = await db.read.select({ text: sql<string>`text` }).from(sql`(${query}) as facts`);
    found.push(...rows.map(({ text }) => text));
  }
  return found.sort();
}

/** What a database says it has been through. */
export async function journalOf(db: Database): Promise<string[]> {
  const rows = await db.read.select({ text: sql<string>`text` }).from(sql`(${JOURNAL[dialect]}) as journal`);
  return rows.map(({ text }) => text);
}

/** The only column of a query's rows, which it has to call `value`. */
export async function valuesOf(db: Database, query: string): Promise<unknown[]> {
  const rows = await db.read.select({ value: sql<unknown>`value` }).from(sql`(${sql.raw(query)}) as answer`);
  return rows.map(({ value }) => value);
}
