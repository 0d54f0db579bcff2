import { dialect } from './dialect.ts';
import type { Tx } from './tx.ts';

/**
 * Rows that a batch has read ahead: one question for all of its orders, rather than each order's own, which on PostgreSQL
 * costs a round trip. SQLite answers in a microsecond and needs none of this.
 *
 * A memory is as good as what makes it forget. A write through a `statement` that says which rows it touches makes those be
 * asked for anew; any other write makes its whole table be forgotten (see postgres.ts), so a repository that knows nothing of
 * this is right, too.
 */
export const READS_AHEAD = dialect === 'postgres';

type Row = object;
/** What a write touches: a table's rows under a key, and any remembered row with this id. */
export type Touched = { table: string; key: string; id?: unknown };

type Memory = Map<string, Map<string, Row[]>>;
const memories = new WeakMap<Tx, Memory>();

/** Keys hold the shop, as every key does. */
export const aheadKey = (shop: number, ...parts: string[]): string => [shop, ...parts].join('/');

/** Remembers until the end of the transaction what a table holds under each key; nothing is an answer, too. */
export function remember<R extends Row>(tx: Tx, table: string, keys: Iterable<string>, rows: [key: string, row: R][]) {
  const memory: Memory = memories.get(tx) ?? new Map();
  memories.set(tx, memory);
  const known = memory.get(table) ?? new Map<string, Row[]>();
  memory.set(table, known);
  for (const key of keys) known.set(key, []);
  for (const [key, row] of rows) known.get(key)?.push(row);
}

/** The rows under a key, if they were read ahead and nothing touched them since. Copies: what the caller does to them is its own. */
export function recall<R extends Row>(tx: Tx, table: string, key: string): R[] | undefined {
  const rows = memories.get(tx)?.get(table)?.get(key);
  return rows?.map((row) => ({ ...row }) as R);
}

/** What a keyed write touched has to be asked for anew. */
export function touch(tx: Tx, { table, key, id }: Touched): void {
  const known = memories.get(tx)?.get(table);
  if (known === undefined) return;
  known.delete(key);
  if (id === undefined) return;
  for (const [other, rows] of known) if (rows.some((row) => (row as { id?: unknown }).id === id)) known.delete(other);
}

const WRITE = /^(?:insert into|update|delete from) "(\w+)"/;

/** Some other statement: a reading one leaves the memory alone, a writing one makes its table be forgotten. */
export function noteStatement(tx: Tx, text: string): void {
  const memory = memories.get(tx);
  if (memory === undefined || text.startsWith('select ')) return;
  const table = WRITE.exec(text)?.[1];
  // Whatever it is, it may have changed anything.
  if (table === undefined) memory.clear();
  else memory.delete(table);
}

/** The transaction has ended: its handle's next one begins without a memory. */
export function forgetAll(tx: Tx): void {
  memories.delete(tx);
}
