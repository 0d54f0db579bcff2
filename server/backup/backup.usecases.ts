import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Catalogue, CatalogueTable } from '../db/catalogue.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { unwritable } from './backup.errors.ts';
import { countOf, databaseFacts, pageOf } from './backup.repository.ts';
import { FORMAT, type Header, rowLine, type Trailer } from './backup.rules.ts';
import type { Row } from './backup.types.ts';

export type BackupReport = {
  file: string;
  bytes: number;
  rows: number;
  tables: Record<string, number>;
  sha256: string;
};
export type OnProgress = (rows: number, total: number) => void;
type Deps = { db: Database; clock: Clock; vault: Vault; catalogue: Catalogue };

/**
 * Writes the whole database into one compressed file, as it is at one instant, while the app goes on. The file appears
 * under its name only when it is whole, readable by its owner only, and replaces an older one in the same step.
 * Secrets in it are sealed as they are in the database.
 * @throws AppError backup.unwritable
 */
export async function backup(deps: Deps, file: string, onProgress?: OnProgress): Promise<BackupReport> {
  const target = resolve(file);
  const draft = `${target}.${process.pid}.part`;
  try {
    const report = await deps.db.snapshot(async (tx) => {
      const result: { trailer?: Trailer } = {};
      await pipeline(
        Readable.from(lines(deps, tx, result, onProgress)),
        createGzip(),
        createWriteStream(draft, { mode: 0o600 }),
      );
      return result.trailer;
    });
    const bytes = await onDisk(draft);
    await rename(draft, target);
    await onDisk(dirname(target));
    const counts = report?.rows ?? {};
    const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { file: target, bytes, rows, tables: counts, sha256: report?.sha256 ?? '' };
  } catch (error) {
    await rm(draft, { force: true });
    throw unwritable(file, error);
  }
}

/** Waits until a file, or a folder's list of files, is on the disk. @returns its size in bytes */
async function onDisk(path: string): Promise<number> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, 'r');
    await handle.sync();
    return (await handle.stat()).size;
  } finally {
    await handle?.close();
  }
}

/** The file's text, a page of rows at a time. */
async function* lines(
  { clock, vault, catalogue }: Deps,
  tx: Tx,
  result: { trailer?: Trailer },
  onProgress?: OnProgress,
) {
  const hash = createHash('sha256');
  const header: Header = { bazgasht: 'backup', format: FORMAT, madeAt: clock.now(), ...databaseFacts(catalogue) };
  yield hashed(hash, `${JSON.stringify(header)}\n`);
  let total = 0;
  for (const table of onProgress ? catalogue.tables : []) total += await countOf(tx, table);
  const counts: Record<string, number> = {};
  let done = 0;
  for (const table of catalogue.tables) {
    counts[table.name] = 0;
    yield hashed(hash, `${JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) })}\n`);
    for await (const rows of pagesOf(tx, table)) {
      yield hashed(hash, rows.map((row) => rowLine(table.columns, row)).join(''));
      counts[table.name] = (counts[table.name] ?? 0) + rows.length;
      done += rows.length;
      onProgress?.(done, total);
    }
  }
  const sha256 = hash.digest('hex');
  result.trailer = { end: true, rows: counts, sha256, sealed: vault.seal(sha256, 'backup') };
  yield Buffer.from(`${JSON.stringify(result.trailer)}\n`);
}

function hashed(hash: Hash, text: string): Buffer {
  const bytes = Buffer.from(text);
  hash.update(bytes);
  return bytes;
}

/** All rows of a table, of one shop if asked for, page by page in the order of the key. */
export async function* pagesOf(tx: Tx, table: CatalogueTable, shop?: number): AsyncGenerator<Row[]> {
  let after: Row | undefined;
  for (;;) {
    const rows = await pageOf(tx, table, { after, ...(shop === undefined ? {} : { shop }) });
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1);
  }
}
