import { createHash } from 'node:crypto';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import type { Scope, ScopeDeps } from '../shops/scope.ts';
import { openScope } from '../shops/scope.usecases.ts';
import { shopIdsIn } from '../shops/shops.usecases.ts';
import { damaged, refused } from './backup.errors.ts';
import { linesOf } from './backup.lines.ts';
import { insertRows } from './backup.repository.ts';
import { type Header, readHeader, readLine, readRow, type Trailer } from './backup.rules.ts';
import type { Row, TableFacts } from './backup.types.ts';
import { buildAt, holdEmpty, migrateOn, newestMigration, schemaAt } from './restore.repository.ts';

export type RestoreReport = {
  rows: number;
  tables: Record<string, number>;
  /** When the backup was taken, epoch ms, and of which kind of database. */
  madeAt: number;
  from: string;
  /** The migration at which it was taken; the database is at the newest now. */
  migration: string;
  /** False: the key that sealed the backup is not here, so that only damage could be noticed, not forgery. */
  sealed: boolean;
};

/**
 * What has to happen in each shop before anybody works on what was restored: the world went on since the backup was
 * taken. It runs in the restore's own transaction, so that there is no instant at which it has not happened.
 */
export type AfterRestore = (scope: Scope) => Promise<unknown>;

type Deps = ScopeDeps & { db: Database; vault: Vault; clock: Clock };
type Options = {
  onProgress?: (bytes: number, total: number, rows: number) => void;
  needSeal?: boolean;
  after?: readonly AfterRestore[];
  /** Other migrations than the app's own: for tests. */
  folder?: string;
};

/**
 * Takes a backup over into an empty database: builds its tables as they were when the backup was taken, loads the rows,
 * then migrates. The database may have been migrated or not. All of it is one transaction: when anything about the file
 * is wrong, at its very end too, or a migration fails, nothing was restored and the database is as it was before.
 * `needSeal` also refuses one that was sealed by a key which is not here.
 * @throws AppError backup.damaged, backup.refused, backup.missing; database.newer where a later version migrated it
 */
export function restore(deps: Deps, file: string, options: Options = {}): Promise<RestoreReport> {
  const { db, vault, clock } = deps;
  const { folder } = options;
  return db.transaction(async (tx) => {
    const filled = await holdEmpty(tx, folder);
    if (filled !== null) throw refused(`This database is not empty (${filled} has rows); restore takes an empty one.`);
    const source = await linesOf(file);
    const reading: Reading = { tx, folder, rows: {} };
    const { header, trailer } = await readAll(reading, source.lines, () =>
      options.onProgress?.(source.bytesRead(), source.size, sumOf(reading.rows)),
    );
    const sealed = checkSeal(vault, trailer);
    if (!sealed && options.needSeal) throw refused('The key that sealed this backup is not among the configured ones.');
    await migrateOn(tx, folder);
    await settle(tx, clock.now(), deps, options.after ?? []);
    const { madeAt, database: from, migration } = header;
    return { rows: sumOf(reading.rows), tables: reading.rows, madeAt, from, migration, sealed };
  });
}

async function settle(tx: Tx, now: number, deps: ScopeDeps, steps: readonly AfterRestore[]): Promise<void> {
  if (steps.length === 0) return;
  for (const shopId of await shopIdsIn(tx)) {
    const scope = await openScope(tx, shopId, now, deps);
    for (const step of steps) await step(scope);
  }
}

const sumOf = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

type Reading = { tx: Tx; folder: string | undefined; rows: Record<string, number> };

async function readAll(reading: Reading, source: AsyncIterable<Buffer>, onPage: () => void) {
  const hash = createHash('sha256');
  let waiting: Batch | undefined;
  let header: Header | undefined;
  let tables: TableFacts[] = [];
  let trailer: Trailer | undefined;
  for await (const bytes of source) {
    if (trailer) throw damaged('something follows its end');
    const text = bytes.toString('utf8');
    if (!header || !waiting) {
      header = readHeader(text);
      tables = tablesOf(header, reading.folder);
      await buildAt(reading.tx, header.migration, reading.folder);
      waiting = batchInto(reading, { migration: header.migration, tables, onPage });
    } else {
      const line = readLine(text);
      if (line.kind === 'row') await waiting.add(line.cells);
      else if (line.kind === 'table') await waiting.begin(line.table, line.columns);
      else trailer = line.trailer;
    }
    if (!trailer) hash.update(bytes).update('\n');
  }
  await waiting?.flush();
  if (!header || !trailer) throw damaged('it ends too early');
  checkCounts(tables, trailer.rows, reading.rows);
  if (trailer.sha256 !== hash.digest('hex')) throw damaged('its content is not what was written');
  return { header, trailer };
}

/** Rows that are gathered before they are written, and their text in characters: bodies can be megabytes each. */
const MOST_ROWS = 500;
const MOST_TEXT = 4_000_000;

type Batch = ReturnType<typeof batchInto>;
type Into = { migration: string; tables: TableFacts[]; onPage: () => void };

/** Gathers rows of the table at hand and writes many at once. */
function batchInto({ tx, folder, rows: counts }: Reading, { migration, tables, onPage }: Into) {
  const left = new Map(tables.map((table) => [table.name, table]));
  let table: TableFacts | undefined;
  let rows: Row[] = [];
  let text = 0;

  const flush = async (): Promise<void> => {
    if (!table || rows.length === 0) return;
    await insertRows(tx, table.name, rows, { migration, ...(folder !== undefined && { folder }) });
    counts[table.name] = (counts[table.name] ?? 0) + rows.length;
    rows = [];
    text = 0;
    onPage();
  };
  const begin = async (name: string, columns: string[]): Promise<void> => {
    await flush();
    table = left.get(name);
    left.delete(name);
    if (table?.columns.map((column) => column.name).join() !== columns.join())
      throw damaged(`the table ${name} is not as it was at that migration, or comes twice`);
    counts[name] = 0;
  };
  const add = async (cells: unknown[]): Promise<void> => {
    if (!table) throw damaged('a row belongs to no table');
    rows.push(readRow(table.columns, cells, table.name));
    for (const cell of cells) if (typeof cell === 'string') text += cell.length;
    if (rows.length >= MOST_ROWS || text > MOST_TEXT) await flush();
  };
  return { begin, add, flush };
}

/** The tables as the backup has them. @throws AppError backup.refused where this version cannot know */
function tablesOf({ migration, schema }: Header, folder?: string): TableFacts[] {
  const known = schemaAt(migration, folder);
  const asked = `This backup was made at the migration ${migration}`;
  if (known === null) {
    const newest = newestMigration(folder);
    throw refused(`${asked}, this version knows those up to ${newest}: use the version that made it, or a newer one.`);
  }
  if (known.hash === schema) return known.tables;
  throw refused(`${asked}, but with other tables than this version had then: use the version that made it.`);
}

function checkCounts(tables: TableFacts[], said: Record<string, number>, found: Record<string, number>): void {
  for (const { name } of tables) {
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
