import { features, tablesOf } from '../features.ts';
import { type Catalogue, type CatalogueTable, createCatalogue } from './catalogue.ts';
import type { Database } from './database.ts';

type Row = Record<string, unknown>;

let made: Catalogue | undefined;

/** For tests only: every table of the app. */
export function testCatalogue(): Catalogue {
  made ??= createCatalogue(tablesOf(features));
  return made;
}

const plain = (value: unknown): unknown => (Buffer.isBuffer(value) ? value.toString('latin1') : value);
const text = (row: Row): string => JSON.stringify(Object.values(row).map(plain));

async function read(
  { db }: { db: Database },
  { table, shopField }: CatalogueTable,
  shopId: number | undefined,
): Promise<Row[]> {
  const owner = shopField ?? 'id';
  const rows = (await db.read.select().from(table)) as Row[];
  const mine = rows.filter((row) => shopId === undefined || row[owner] === shopId);
  const sorted = mine.map((row) => ({ row, key: text(row) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  return sorted.map(({ row }) => row);
}

/** For tests only: all rows of all tables, of one shop if asked for, each table in an order of its rows' own text. */
export async function dump(world: { db: Database }, shopId?: number): Promise<Record<string, Row[]>> {
  const found: Record<string, Row[]> = {};
  for (const table of testCatalogue().tables) found[table.name] = await read(world, table, shopId);
  return found;
}

/** One table's rows of a shop. */
export async function rowsOf(world: { db: Database }, shopId: number, name: string): Promise<Row[]> {
  const table = testCatalogue().tables.find((candidate) => candidate.name === name);
  return table ? read(world, table, shopId) : [];
}

/** Where a text stands in any column, as text or as bytes: `table.column` each. */
export function places(tables: Record<string, Row[]>, wanted: string): string[] {
  const found = new Set<string>();
  for (const [table, rows] of Object.entries(tables)) {
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        const plain = Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value);
        if (plain?.toLowerCase().includes(wanted.toLowerCase())) found.add(`${table}.${column}`);
      }
    }
  }
  return [...found].sort();
}
