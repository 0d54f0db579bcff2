import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { OrderState, ShopContext } from '../commerce/commerce.types.ts';
import { openCsv } from './imports.csv.ts';
import { openOrders } from './imports.formats.ts';
import type { CsvRow, ImportedOrder, ImportFormat, Refused } from './imports.types.ts';

/** A shop for tests: dollars, New York time. */
export const NEW_YORK: ShopContext = { currency: 'USD', timeZone: 'America/New_York', country: 'US' };

/** Where the real data sets lie beside the repository; tests that need them are skipped when they are not there. */
export const SHARED_DATA = resolve(import.meta.dirname, '../../../shared/data');

/** A folder for the files of one test file, and how to be rid of it. */
export function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-imports-'));
  let count = 0;
  return {
    /** Writes a file and returns its path. `gz` packs it, whatever its name. */
    write(content: string | Buffer, { gz = false, name }: { gz?: boolean; name?: string } = {}): string {
      count += 1;
      const path = join(folder, name ?? `file-${count}.csv`);
      writeFileSync(path, gz ? gzipSync(content) : content);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** CSV text of a header and rows; cells are quoted where they must be. */
export function csvText(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const quote = (cell: string | number) =>
    /[",\r\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell;
  return [header, ...rows].map((row) => `${row.map(quote).join(',')}\n`).join('');
}

/** CSV text of rows given by column name; columns that a row leaves out are empty. */
export function csvOf(header: readonly string[], rows: readonly Record<string, string | number>[]): string {
  return csvText(
    header,
    rows.map((row) => header.map((name) => row[name] ?? '')),
  );
}

/** All rows of a CSV file. */
export async function rowsOf(file: string): Promise<CsvRow[]> {
  return Array.fromAsync((await openCsv(file)).rows);
}

/** What a file's orders become, good and refused apart. */
export async function readOrders(
  file: string,
  format: ImportFormat,
  shop: ShopContext = NEW_YORK,
): Promise<{ orders: OrderState[]; refused: Omit<Refused, 'ok'>[] }> {
  const { orders } = await openOrders(file, shop, format);
  const results: ImportedOrder[] = await Array.fromAsync(orders);
  return {
    orders: results.flatMap((result) => (result.ok ? [result.order] : [])),
    refused: results.flatMap((result) => (result.ok ? [] : [{ line: result.line, reason: result.reason }])),
  };
}
