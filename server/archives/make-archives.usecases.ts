import type { Catalogue } from '../db/catalogue.ts';
import type { Database } from '../db/database.ts';
import { dropFile, keepPiece } from '../files/files.usecases.ts';
import { type EngineDeps, type Hold, type Leased, LetGo, workOneByOne } from '../work/leased.engine.ts';
import { isSpent, pauseAfter, type RetryPolicy } from '../work/retry.rules.ts';
import { type ArchiveRow, archiveQueue, shopsWithArchives, updateArchive } from './archives.repository.ts';
import { exportTo } from './export.usecases.ts';
import { createZip } from './zip.ts';

export type ArchiveDeps = EngineDeps & { catalogue: Catalogue };

/** Whoever makes an archive has it to themselves for so long after each sign of life. */
const HELD_MS = 60_000;
/** Whatever went wrong may pass. */
const RETRY: RetryPolicy = {
  pauses: [30_000],
  most: 4,
  internal: 'Bazgasht could not make this export. Try again, or ask your operator to look at the log.',
};
/** Of the packed file, in one transaction. */
const PIECE = 512 * 1024;

/** Shops with an archive to make. */
export const shopsToArchive = ({ db }: { db: Database }, now: number): Promise<number[]> =>
  shopsWithArchives(db.read, now);

/**
 * Makes the archive that a shop wants, if nobody else holds it. It is of one instant, so that it cannot be gone on with:
 * whoever takes it up after a crash begins anew, with a file of its own.
 * @returns how many archives were worked on
 */
export const makeArchives = (deps: ArchiveDeps, shopId: number, stopping?: () => boolean): Promise<number> =>
  workOneByOne(deps, archives(deps), shopId, stopping);

/** What was made: whose pieces it is in, and how much. */
type Made = { fileId: string; bytes: number; pieces: number; rows: number };

/** Archives, as the engine works on them. */
const archives = (deps: ArchiveDeps): Leased<ArchiveRow, Made> => ({
  name: 'archive',
  queue: archiveQueue,
  leaseMs: HELD_MS,
  async admit(scope, row) {
    if (!isSpent(RETRY, row.attempts)) return true;
    await updateArchive(scope, row.id, { state: 'failed', reason: RETRY.internal, finishedAt: scope.now });
    return false;
  },
  async work(row, hold) {
    const file = { shopId: row.shopId, fileId: deps.ids.next() };
    try {
      return { fileId: file.fileId, ...(await make(deps, row, file.fileId, hold)) };
    } catch (error) {
      await dropFile(deps, file);
      throw error;
    }
  },
  async settle(scope, { id, attempts }, outcome) {
    if (outcome.ok) {
      const { rows, ...made } = outcome.result;
      const done = { ...made, state: 'done' as const, done: rows, total: rows };
      return updateArchive(scope, id, { ...done, heldBy: null, finishedAt: scope.now });
    }
    const again = { heldBy: null, done: 0 };
    if (outcome.error instanceof LetGo)
      return updateArchive(scope, id, { ...again, heldUntil: scope.now, attempts: attempts - 1 });
    return updateArchive(scope, id, { ...again, heldUntil: scope.now + pauseAfter(RETRY, attempts) });
  },
  // Made too late: the file of whoever took it over is the one that counts.
  clear: async ({ shopId }, outcome, settled) =>
    outcome.ok && !settled && dropFile(deps, { shopId, fileId: outcome.result.fileId }),
});

async function make(deps: ArchiveDeps, { shopId, id }: ArchiveRow, fileId: string, hold: Hold<ArchiveRow>) {
  let at = { done: 0, total: 0 };
  const file = pieces(deps, { shopId, fileId }, async () => {
    const mine = await hold.write((scope) => updateArchive(scope, id, at));
    if (!mine || hold.stopping()) throw new LetGo();
  });
  const zip = createZip(file.push, { now: deps.clock.now() });
  const manifest = await exportTo(deps, hold.shop, zip.file, (done, total) => {
    at = { done, total };
  });
  await zip.finish();
  return { ...(await file.finish()), rows: manifest.rows };
}

/** Keeps what is pushed in pieces of one size; `onPiece` after each. */
function pieces(deps: ArchiveDeps, file: { shopId: number; fileId: string }, onPiece: () => Promise<void>) {
  let held: Buffer[] = [];
  let length = 0;
  let bytes = 0;
  let count = 0;
  const keep = async (): Promise<void> => {
    const content = Buffer.concat(held);
    [held, length] = [[], 0];
    await keepPiece(deps, file, count, content);
    count += 1;
    await onPiece();
  };
  return {
    async push(chunk: Buffer): Promise<void> {
      held.push(chunk);
      length += chunk.length;
      bytes += chunk.length;
      if (length >= PIECE) await keep();
    },
    async finish() {
      if (length > 0) await keep();
      return { bytes, pieces: count };
    },
  };
}
