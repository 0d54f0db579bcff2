import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { unwritable } from '../backup/backup.errors.ts';
import { countOf, databaseFacts } from '../backup/backup.queries.ts';
import type { Row } from '../backup/backup.types.ts';
import { type OnProgress, pagesOf } from '../backup/backup.usecases.ts';
import type { Catalogue, CatalogueTable } from '../db/catalogue.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { conflict } from '../shared/errors.ts';
import type { Shop } from '../shops/shops.types.ts';
import { hashedFile, type Written } from './export.files.ts';
import { csvCells, exportedColumns, jsonRow, leftOut, NOT_EXPORTED } from './export.rules.ts';

type ExportedTable = {
  rows: number;
  columns: string[];
  /** Columns that are not in it, with the reason. */
  leftOut: Record<string, string>;
  files: Record<string, Written>;
};

/** What an export holds: the content of its manifest.json. */
export type Manifest = {
  format: 1;
  shop: Pick<Shop, 'id' | 'platform' | 'domain' | 'currency' | 'timeZone'>;
  madeAt: string;
  migration: string;
  schema: string;
  units: Record<string, string>;
  rows: number;
  tables: Record<string, ExportedTable>;
  notExported: Readonly<Record<string, string>>;
};

const UNITS = {
  instants: 'epoch milliseconds, UTC',
  amounts: "whole minor units of the row's currency, else of the shop's",
  days: 'YYYY-MM-DD in the time zone of the shop when they were written',
  text: 'UTF-8; in CSV, text that a spreadsheet would run as a formula begins with a quote',
};
/** Spreadsheets read UTF-8 only where a file begins with this. */
const BYTE_ORDER_MARK = '\ufeff';

type Deps = { db: Database; clock: Clock; catalogue: Catalogue };

/** Makes one file of an export: in a folder, or in an archive. One after the other. */
export type Put = (name: string, work: (write: (text: string) => Promise<void>) => Promise<void>) => Promise<Written>;

/**
 * Writes everything of one shop as CSV and JSON, a file of each for every table, as it is at one instant, while the app
 * goes on. `manifest.json` comes last: a folder without it is not whole. Secrets and bodies of deliveries are left out.
 * @throws AppError backup.not_empty, backup.unwritable
 */
export async function exportShop(deps: Deps, shop: Shop, folder: string, onProgress?: OnProgress): Promise<Manifest> {
  const made: string[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0) {
      throw conflict('backup.not_empty', `${folder} is not empty: an export makes a folder of its own.`);
    }
    return await exportTo(deps, shop, (name, work) => writeFile(folder, name, made, work), onProgress);
  } catch (error) {
    for (const path of made) await rm(path, { force: true });
    throw unwritable(folder, error);
  }
}

/** As exportShop, to wherever `put` makes its files. */
export const exportTo = (deps: Deps, shop: Shop, put: Put, onProgress?: OnProgress): Promise<Manifest> =>
  deps.db.snapshot(async (tx) => {
    const manifest = await writeTables(tx, deps.catalogue, { shop, put, now: deps.clock.now(), onProgress });
    await put('manifest.json', async (write) => write(`${JSON.stringify(manifest, null, 2)}\n`));
    return manifest;
  });

type Writing = { shop: Shop; put: Put; now: number; onProgress: OnProgress | undefined };

async function writeTables(tx: Tx, catalogue: Catalogue, { shop, put, now, onProgress }: Writing): Promise<Manifest> {
  const ofShop = catalogue.tables.filter(({ name, shopField }) => shopField !== null && !(name in NOT_EXPORTED));
  let total = 0;
  for (const table of onProgress ? ofShop : []) total += await countOf(tx, table, shop.id);
  const exported: Record<string, ExportedTable> = {};
  let rows = 0;
  // Each row is read twice, once for each file: so that no more than one file has to be open.
  let halves = 0;
  const onRows = (count: number): void => {
    halves += count;
    onProgress?.(Math.floor(halves / 2), total);
  };
  for (const table of ofShop) {
    const written = await writeTable(tx, table, { shop, put }, onRows);
    exported[table.name] = written;
    rows += written.rows;
  }
  const { id, platform, domain, currency, timeZone } = shop;
  const { migration, schema } = databaseFacts(catalogue);
  return {
    format: 1,
    shop: { id, platform, domain, currency, timeZone },
    madeAt: new Date(now).toISOString(),
    migration,
    schema,
    units: UNITS,
    rows,
    tables: exported,
    notExported: NOT_EXPORTED,
  };
}

async function writeTable(
  tx: Tx,
  table: CatalogueTable,
  { shop, put }: Pick<Writing, 'shop' | 'put'>,
  onRows: (count: number) => void,
): Promise<ExportedTable> {
  const columns = exportedColumns(table);
  const names = columns.map(({ name }) => name);
  const files: Record<string, Written> = {};
  let rows = 0;
  files[`${table.name}.csv`] = await put(`${table.name}.csv`, async (write) => {
    await write(BYTE_ORDER_MARK + stringify([names]));
    for await (const page of pagesOf(tx, table, shop.id)) {
      await write(stringify(page.map((row) => csvCells(columns, row))));
      rows += page.length;
      onRows(page.length);
    }
  });
  files[`${table.name}.json`] = await put(`${table.name}.json`, async (write) => {
    await write('[');
    let first = true;
    for await (const page of pagesOf(tx, table, shop.id)) {
      await write(jsonPage(page, (row) => jsonRow(columns, row), first));
      first = false;
      onRows(page.length);
    }
    await write(first ? ']\n' : '\n]\n');
  });
  const reasons = table.columns.flatMap(({ field, name }) => {
    const reason = leftOut(table.name, field);
    return reason === null ? [] : [[name, reason] as const];
  });
  return { rows, columns: names, leftOut: Object.fromEntries(reasons), files };
}

/** One row a line, so that a long file can be looked into. */
const jsonPage = (page: Row[], line: (row: Row) => string, first: boolean): string =>
  page.map((row, index) => `${first && index === 0 ? '\n' : ',\n'}${line(row)}`).join('');

/** Makes one file, remembered in `made` so that nothing of a failed export stays. */
async function writeFile(folder: string, name: string, made: string[], work: Parameters<Put>[1]): Promise<Written> {
  const file = await hashedFile(join(folder, name));
  made.push(join(folder, name));
  try {
    await work(file.write);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file.finish();
}
