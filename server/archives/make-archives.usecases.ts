import type { Database } from '../db/database.ts';
import { dropFile, keepPiece } from '../files/files.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
import type { Reactions } from '../shops/scope.ts';
import { inShop } from '../shops/scope.usecases.ts';
import { type ArchiveRow, findArchive, openArchive, shopsWithArchives, updateArchive } from './archives.repository.ts';
import { exportTo } from './export.usecases.ts';
import { createZip } from './zip.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions; logger: Logger };

/** Whoever makes an archive has it to themselves for so long after each sign of life. */
const HELD_MS = 60_000;
/** After a failure that may pass. */
const PAUSE_MS = 30_000;
const MOST_ATTEMPTS = 4;
/** Of the packed file, in one transaction. */
const PIECE = 512 * 1024;
const GAVE_UP = 'Bazgasht could not make this export. Try again, or ask your operator to look at the log.';

/** It is not ours to go on with: the app stops, or another process has taken it over. */
class Abandoned extends Error {}

/** Shops with an archive to make. */
export const shopsToArchive = ({ db }: Pick<Deps, 'db'>, now: number): Promise<number[]> =>
  shopsWithArchives(db.read, now);

/**
 * Makes the archive that a shop wants, if it is in nobody else's hands. It is of one instant, so that it cannot be gone on
 * with: whoever takes it up after a crash begins anew, with a file of its own.
 * @returns how many archives were worked on
 */
export async function makeArchives(deps: Deps, shopId: number, stopping: () => boolean = () => false): Promise<number> {
  const held = await takeUp(deps, shopId);
  if (held === null) return 0;
  const file = { shopId, fileId: held.heldBy };
  try {
    await make(deps, held, stopping);
  } catch (error) {
    await dropFile(deps, file);
    await failed(deps, held, error);
  }
  return 1;
}

type Held = ArchiveRow & { heldBy: string };

const takeUp = (deps: Deps, shopId: number): Promise<Held | null> =>
  inShop(deps, shopId, async (scope) => {
    const row = await openArchive(scope.tx, shopId);
    if (!row || row.heldUntil > scope.now) return null;
    if (row.attempts >= MOST_ATTEMPTS) {
      await updateArchive(scope, row.id, { state: 'failed', reason: GAVE_UP, finishedAt: scope.now });
      return null;
    }
    const held = { heldBy: deps.ids.next(), heldUntil: scope.now + HELD_MS, attempts: row.attempts + 1 };
    await updateArchive(scope, row.id, held);
    return { ...row, ...held };
  });

/** Changes an archive if it is still in these hands. @returns whether it was */
const change = (deps: Deps, held: Held, set: (now: number) => Partial<ArchiveRow>): Promise<boolean> =>
  inShop(deps, held.shopId, async (scope) => {
    const row = await findArchive(scope.tx, held.shopId, held.id);
    if (row?.state !== 'running' || row.heldBy !== held.heldBy) return false;
    await updateArchive(scope, held.id, set(scope.now));
    return true;
  });

async function make(deps: Deps, held: Held, stopping: () => boolean): Promise<void> {
  const shop = await inShop(deps, held.shopId, async (scope) => scope.shop);
  let at = { done: 0, total: 0 };
  const file = pieces(deps, held, async () => {
    const mine = await change(deps, held, (now) => ({ ...at, heldUntil: now + HELD_MS }));
    if (!mine || stopping()) throw new Abandoned();
  });
  const zip = createZip(file.push, { now: deps.clock.now() });
  const manifest = await exportTo(deps, shop, zip.file, (done, total) => {
    at = { done, total };
  });
  await zip.finish();
  const { bytes, count } = await file.finish();
  const { heldBy: fileId } = held;
  const done = { state: 'done' as const, fileId, bytes, pieces: count, done: manifest.rows, total: manifest.rows };
  const mine = await change(deps, held, (now) => ({ ...done, heldBy: null, finishedAt: now }));
  if (!mine) throw new Abandoned();
}

/** Keeps what is pushed in pieces of one size; `onPiece` after each. */
function pieces(deps: Deps, { shopId, heldBy: fileId }: Held, onPiece: () => Promise<void>) {
  let held: Buffer[] = [];
  let length = 0;
  let bytes = 0;
  let count = 0;
  const keep = async (): Promise<void> => {
    const content = Buffer.concat(held);
    [held, length] = [[], 0];
    await keepPiece(deps, { shopId, fileId }, count, content);
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
      return { bytes, count };
    },
  };
}

/** Stopped: whoever comes next begins at once. Anything else may pass, and is tried again. */
async function failed(deps: Deps, held: Held, error: unknown): Promise<void> {
  const stopped = error instanceof Abandoned;
  if (!stopped) deps.logger.warn({ err: error, shop: held.shopId, archive: held.id }, 'an export could not be made');
  await change(deps, held, (now) => ({
    heldBy: null,
    done: 0,
    heldUntil: stopped ? now : now + PAUSE_MS,
    ...(stopped && { attempts: held.attempts - 1 }),
  }));
}
