import { getTableColumns, sql, type Table } from 'drizzle-orm';

/**
 * A placeholder for every column of a table, named like it: `insert(t).values(placeholders(t))` is then run with a row.
 * Drizzle's types know placeholders only one by one, hence the cast.
 */
export function placeholders<T extends Table>(table: T, except: readonly string[] = []): never {
  const names = Object.keys(getTableColumns(table)).filter((name) => !except.includes(name));
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as never;
}
