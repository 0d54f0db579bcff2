import type { Column, Row, TableFacts } from '../backup/backup.types.ts';
import { safeCell } from '../shared/csv.ts';
import { SEALED } from '../shared/sealed.ts';

/** Tables of a shop that its export does not have, each with the reason. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  api_idempotency: 'answers kept for a day, in case a request is sent again',
  woo_handovers: 'connections of stores that are being begun: they belong to no shop, and are forgotten after a day',
  file_pieces: 'files that are being brought in or fetched; none is kept longer than a day',
  archives: 'exports like this one, kept for a day',
  points_running: 'a cache of what orders have used up of rules; the app makes it anew by itself',
  tier_sums: 'a cache of what orders came to for tiers; the app makes it anew by itself',
  customer_search: 'an index of names that stand in the other tables; "jobs run search" makes it',
};

/** Columns that an export leaves out, as `table.field`, each with the reason. Sealed ones are left out by themselves. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'inbox.body': 'the delivery as it came; what it said stands in the other tables',
  'file_pieces.content': 'a file that is being brought in or fetched',
  'insight_chunks.columns': 'a cache of the orders, packed; "jobs run rebuild" makes it',
  'api_keys.hash': 'proves who knows a key; it is worth something to nobody else',
  'woo_handovers.tokenHash': 'proves who began a connection; it is worth something to nobody else',
  'exports.json': 'an answer to a data request; "privacy exports" writes it',
  'exports.csv': 'an answer to a data request; "privacy exports" writes it',
};

const SECRET = 'a secret, sealed by the vault';

/** Why a column is left out of an export; null: it is in it. */
export function leftOut(table: string, field: string): string | null {
  if (SEALED.some((sealed) => sealed.table === table && sealed.field === field)) return SECRET;
  return LEFT_OUT[`${table}.${field}`] ?? null;
}

/** The columns of a table that an export has. */
export const exportedColumns = ({ name, columns }: TableFacts): Column[] =>
  columns.filter(({ field }) => leftOut(name, field) === null);

const plain = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('base64') : (value ?? null));

/** A row as JSON, by the names that the columns have in the database. */
export const jsonRow = (columns: readonly Column[], row: Row): string =>
  JSON.stringify(Object.fromEntries(columns.map(({ field, name }) => [name, plain(row[field])])));

/** A row as cells of a CSV file. Nothing is an empty cell; text that looks like a formula gets a quote in front. */
export const csvCells = (columns: readonly Column[], row: Row): string[] =>
  columns.map(({ field, kind }) => {
    const value = plain(row[field]);
    if (value === null) return '';
    if (kind === 'whole' || kind === 'flag') return String(value);
    return safeCell(kind === 'json' ? JSON.stringify(value) : String(value));
  });
