import { createHash } from 'node:crypto';
import type { Database, Tx } from '../db/database.ts';
import { distrustEffects } from '../effects/manage.usecases.ts';
import type { Vault } from '../shared/crypto.ts';
import { damaged, refused } from './backup.errors.ts';
import { linesOf } from './backup.lines.ts';
import { databaseFacts, firstFilled, insertRows, tables } from './backup.repository.ts';
import { type Header, readHeader, readLine, readRow, type Trailer } from './backup.rules.ts';
import type { Row, TableFacts } from './backup.types.ts';

export type RestoreReport = {
  rows: number;
  tables: Record<string, number>;
  /** When the backup was taken, epoch ms, and of which kind of database. */
  madeAt: number;
  from: string;
  /** False: the key that sealed the backup is not here, so that only damage could be noticed, not forgery. */
  sealed: boolean;
};
type Deps = { db: Database; vault: Vault };
type Options = { onProgress?: (bytes: number, total: number, rows: number) => void; needSeal?: boolean };

/**
 * Takes a backup over into an empty, migrated database, in one transaction: when anything about the file is wrong, at its
 * very end too, nothing was restored. `needSeal` also refuses one that was sealed by a key which is not here.
 * @throws AppError backup.damaged, backup.refused, backup.missing
 */
export function restore({ db, vault }: Deps, file: string, options: Options = {}): Promise<RestoreReport> {
  return db.transaction(async (tx) => {
    const filled = await firstFilled(tx);
    if (filled !== null) throw refused(`This database is not empty (${filled} has rows); restore takes an empty one.`);
    const source = await linesOf(file);
    const reading: Reading = { tx, rows: {} };
    const { header, trailer } = await readAll(reading, source.lines, () =>
      options.onProgress?.(source.bytesRead(), source.size, sumOf(reading.rows)),
    );
    const sealed = checkSeal(vault, trailer);
    if (!sealed && options.needSeal) throw refused('The key that sealed this backup is not among the configured ones.');
    await distrustEffects(tx);
    return { rows: sumOf(reading.rows), tables: reading.rows, madeAt: header.madeAt, from: header.database, sealed };
  });
}

const sumOf = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

type Reading = { tx: Tx; rows: Record<string, number> };

async function readAll(reading: Reading, source: AsyncIterable<Buffer>, onPage: () => void) {
  const hash = createHash('sha256');
  const waiting = batchInto(reading, onPage);
  let header: Header | undefined;
  let trailer: Trailer | undefined;
  for await (const bytes of source) {
    if (trailer) throw damaged('something follows its end');
    const text = bytes.toString('utf8');
    if (!header) {
      header = readHeader(text);
      checkSchema(header);
    } else {
      const line = readLine(text);
      if (line.kind === 'row') await waiting.add(line.cells);
      else if (line.kind === 'table') await waiting.begin(line.table, line.columns);
      else trailer = line.trailer;
    }
    if (!trailer) hash.update(bytes).update('\n');
  }
  await waiting.flush();
  if (!header || !trailer) throw damaged('it ends too early');
  checkCounts(trailer.rows, reading.rows);
  if (trailer.sha256 !== hash.digest('hex')) throw damaged('its content is not what was written');
  return { header, trailer };
}

/** Rows that are gathered before they are written, and their text in characters: bodies can be megabytes each. */
const MOST_ROWS = 500;
const MOST_TEXT = 4_000_000;

/** Gathers rows of the table at hand and writes many at once. */
function batchInto({ tx, ...reading }: Reading, onPage: () => void) {
  const left = new Map(tables().map((table) => [table.name, table]));
  let table: TableFacts | undefined;
  let rows: Row[] = [];
  let text = 0;

  const flush = async (): Promise<void> => {
    if (!table || rows.length === 0) return;
    await insertRows(tx, table.name, rows);
    reading.rows[table.name] = (reading.rows[table.name] ?? 0) + rows.length;
    rows = [];
    text = 0;
    onPage();
  };
  const begin = async (name: string, columns: string[]): Promise<void> => {
    await flush();
    table = left.get(name);
    left.delete(name);
    if (table?.columns.map((column) => column.name).join() !== columns.join())
      throw damaged(`the table ${name} is not as this version knows it, or comes twice`);
    reading.rows[name] = 0;
  };
  const add = async (cells: unknown[]): Promise<void> => {
    if (!table) throw damaged('a row belongs to no table');
    rows.push(readRow(table.columns, cells, table.name));
    for (const cell of cells) if (typeof cell === 'string') text += cell.length;
    if (rows.length >= MOST_ROWS || text > MOST_TEXT) await flush();
  };
  return { begin, add, flush };
}

/** Rows go over as they are, so both sides have to have the same tables and have been through the same migrations. */
function checkSchema(header: Header): void {
  const { migration, schema } = databaseFacts();
  if (header.migration === migration && header.schema === schema) return;
  throw refused(
    `This backup was made at the migration ${header.migration}, this version is at ${migration}: restore it with the version that made it, then upgrade.`,
  );
}

function checkCounts(said: Record<string, number>, found: Record<string, number>): void {
  for (const { name } of tables()) {
    if (found[name] === undefined || said[name] !== found[name]) throw damaged(`${name} has not all of its rows`);
  }
}

/** Whether a key of ours sealed the hash. @throws AppError backup.damaged when one of ours did, over something else */
function checkSeal(vault: Vault, { sealed, sha256 }: Trailer): boolean {
  let known = false;
  try {
    known = vault.hasKey(vault.keyId(sealed));
    if (known && vault.open(sealed, 'backup') === sha256) return true;
  } catch (error) {
    throw damaged('its seal does not open', error);
  }
  if (known) throw damaged('its seal is of another backup');
  return false;
}
