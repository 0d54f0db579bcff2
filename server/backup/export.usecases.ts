import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { conflict } from '../shared/errors.ts';
import type { Shop } from '../shops/shops.types.ts';
import { unwritable } from './backup.errors.ts';
import { countOf, databaseFacts, tables } from './backup.repository.ts';
import type { Row, TableFacts } from './backup.types.ts';
import { type OnProgress, pagesOf } from './backup.usecases.ts';
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

type Deps = { db: Database; clock: Clock };

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
    return await deps.db.snapshot(async (tx) => {
      const manifest = await writeTables(tx, { shop, folder, made, now: deps.clock.now(), onProgress });
      await writeFile(folder, 'manifest.json', made, async (write) => write(`${JSON.stringify(manifest, null, 2)}\n`));
      return manifest;
    });
  } catch (error) {
    for (const path of made) await rm(path, { force: true });
    throw unwritable(folder, error);
  }
}

type Writing = { shop: Shop; folder: string; made: string[]; now: number; onProgress: OnProgress | undefined };

async function writeTables(tx: Tx, { shop, folder, made, now, onProgress }: Writing): Promise<Manifest> {
  const ofShop = tables().filter(({ name, shopField }) => shopField !== null && !(name in NOT_EXPORTED));
  let total = 0;
  for (const { name } of onProgress ? ofShop : []) total += await countOf(tx, name, shop.id);
  const exported: Record<string, ExportedTable> = {};
  let rows = 0;
  for (const table of ofShop) {
    exported[table.name] = await writeTable(tx, table, { shop, folder, made }, (count) => {
      rows += count;
      onProgress?.(rows, total);
    });
  }
  const { id, platform, domain, currency, timeZone } = shop;
  const { migration, schema } = databaseFacts();
  return {
    ...{ format: 1, shop: { id, platform, domain, currency, timeZone }, madeAt: new Date(now).toISOString() },
    ...{ migration, schema, units: UNITS, rows, tables: exported, notExported: NOT_EXPORTED },
  };
}

async function writeTable(
  tx: Tx,
  table: TableFacts,
  { shop, folder, made }: Pick<Writing, 'shop' | 'folder' | 'made'>,
  onRows: (count: number) => void,
): Promise<ExportedTable> {
  const columns = exportedColumns(table);
  const names = columns.map(({ name }) => name);
  const files: Record<string, Written> = {};
  let rows = 0;
  files[`${table.name}.csv`] = await writeFile(folder, `${table.name}.csv`, made, async (writeCsv) => {
    files[`${table.name}.json`] = await writeFile(folder, `${table.name}.json`, made, async (writeJson) => {
      await writeCsv(BYTE_ORDER_MARK + stringify([names]));
      await writeJson('[');
      for await (const page of pagesOf(tx, table, shop.id)) {
        await writeCsv(stringify(page.map((row) => csvCells(columns, row))));
        await writeJson(jsonPage(page, (row) => jsonRow(columns, row), rows === 0));
        rows += page.length;
        onRows(page.length);
      }
      await writeJson(rows === 0 ? ']\n' : '\n]\n');
    });
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
async function writeFile(
  folder: string,
  name: string,
  made: string[],
  work: (write: (text: string) => Promise<void>) => Promise<void>,
): Promise<Written> {
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
