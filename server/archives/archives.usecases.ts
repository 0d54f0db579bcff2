import type { Database } from '../db/database.ts';
import { dropFile, pieceOf } from '../files/files.usecases.ts';
import { conflict, notFound } from '../shared/errors.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import {
  type ArchiveRow,
  deleteArchive,
  findArchive,
  findOldArchive,
  insertArchive,
  listArchives,
  openArchive,
  updateArchive,
} from './archives.repository.ts';

type Db = { db: Database };

/** Archives hold everything about every customer: none stays longer than it takes to fetch it. */
const KEPT_MS = 86_400_000;
const SHOWN = 10;
/** Asked for so long ago that it can be fetched no more, and goes at the next retention. */
const RECALLED = 0;
/** Far more than a shop can have asked for within a day, one at a time. */
const MOST_ARCHIVES = 1_000;

const viewOf = (row: Omit<ArchiveRow, 'shopId'>) => {
  const { id, state, done, total, bytes, reason, startedAt, finishedAt } = row;
  const progress = state === 'done' ? 1 : total === 0 ? 0 : Math.min(1, done / total);
  return {
    id,
    state,
    progress,
    rows: done,
    bytes,
    reason,
    startedAt,
    finishedAt,
    expiresAt: startedAt + KEPT_MS,
  };
};

/** Wants everything of the shop as one file, made in the background. @throws AppError archives.running */
export async function askArchive(scope: Scope, actor: string) {
  if (await openArchive(scope.tx, scope.shop.id)) {
    throw conflict('archives.running', 'An export is being made already. Wait until it is done.');
  }
  const row: Omit<ArchiveRow, 'shopId'> = {
    id: scope.ids.next(),
    state: 'running',
    heldBy: null,
    heldUntil: scope.now,
    attempts: 0,
    fileId: null,
    done: 0,
    total: 0,
    bytes: null,
    pieces: null,
    reason: null,
    startedAt: scope.now,
    finishedAt: null,
  };
  await insertArchive(scope, row);
  await recordAction(scope, { actor, action: 'archive.ask', target: row.id, before: null, after: null });
  return viewOf(row);
}

/** The shop's archives, newest first. */
export const archivesOf = async ({ db }: Db, shopId: number) =>
  (await listArchives(db.read, shopId, SHOWN)).filter(({ startedAt }) => startedAt !== RECALLED).map(viewOf);

/** An archive's content, read as it is fetched. @throws AppError archives.unknown, archives.not_done */
export async function archiveFile({ db }: Db, shopId: number, id: string) {
  const row = await findArchive(db.read, shopId, id);
  if (!row || row.startedAt === RECALLED)
    throw notFound('archives.unknown', 'There is no such export, or not any more: exports are kept for a day.');
  const { fileId, pieces, bytes, finishedAt } = row;
  if (fileId === null || pieces === null || bytes === null) {
    throw conflict('archives.not_done', 'This export is not done.');
  }
  async function* chunks(file: string, count: number): AsyncGenerator<Buffer> {
    for (let piece = 0; piece < count; piece += 1) {
      const content = await pieceOf({ db }, { shopId, fileId: file }, piece);
      if (content === null) throw new Error(`Piece ${piece} of the archive ${id} is missing.`);
      yield content;
    }
  }
  return { bytes, finishedAt, chunks: chunks(fileId, pieces) };
}

/**
 * Somebody was erased: what was packed up before still holds them, so it can be fetched no more, and goes at the next
 * retention. One that is being made reads a moment before the erasure, and goes likewise.
 */
export async function recallArchives(scope: Scope): Promise<void> {
  for (const { id } of await listArchives(scope.tx, scope.shop.id, MOST_ARCHIVES)) {
    await updateArchive(scope, id, { startedAt: RECALLED });
  }
}

/** Forgets archives of any shop that are a day old. @returns how many */
export async function forgetArchives({ db }: Db, now: number): Promise<number> {
  for (let forgotten = 0; ; forgotten += 1) {
    const old = await findOldArchive(db.read, now - KEPT_MS);
    if (old === null) return forgotten;
    const { shopId, id, fileId } = old;
    await db.transaction((tx) => deleteArchive(tx, shopId, id), { shop: shopId });
    if (fileId !== null) await dropFile({ db }, { shopId, fileId });
  }
}
