import type { Database, Tx } from '../db/database.ts';
import { dropFile } from '../files/files.usecases.ts';
import { conflict, notFound } from '../shared/errors.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import { recordImport } from '../shops/imports.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import type { ReceivedFile } from './receive.usecases.ts';
import { deleteEndedRuns, findRun, insertRun, listRuns, openRun, type RunRow, updateRun } from './runs.repository.ts';

/** Runs that a page shows. */
const SHOWN = 20;
/** What came of an import is told for this long; that there was one stands in `imports` and in the audit log. */
const KEPT_MS = 30 * 86_400_000;

const busy = () =>
  conflict(
    'imports.running',
    'Another file is being imported. Wait until it is done, or cancel it; then bring the next one.',
  );

/** Refuses early what `beginRun` would refuse after a long upload. @throws AppError imports.running */
export async function refuseWhileRunning(db: Tx, shopId: number): Promise<void> {
  if (await openRun(db, shopId)) throw busy();
}

/** Sets a file that was received to be worked on. @returns the run @throws AppError imports.running */
export async function beginRun(scope: Scope, { id, totalBytes, ...about }: ReceivedFile, actor: string) {
  await refuseWhileRunning(scope.tx, scope.shop.id);
  const { file, format, earns, dryRun } = about;
  const row: Omit<RunRow, 'shopId'> = {
    id,
    file,
    format,
    earns,
    dryRun,
    state: 'running',
    heldBy: null,
    heldUntil: scope.now,
    attempts: 0,
    totalBytes,
    bytes: 0,
    position: 0,
    rows: 0,
    orders: 0,
    created: 0,
    unchanged: 0,
    refused: 0,
    refusals: [],
    errorCode: null,
    reason: null,
    startedAt: scope.now,
    finishedAt: null,
  };
  await insertRun(scope, row);
  // A dry run leaves no order that could point to an import.
  if (!dryRun) await recordImport(scope, id, { file, format, earns });
  const after = { file, format, earns, dryRun };
  await recordAction(scope, { actor, action: 'import.begin', target: id, before: null, after });
  return viewOf(row);
}

/**
 * Ends a run; what it brought in so far stays, and importing the file again adds the rest.
 * @throws AppError imports.unknown, imports.ended
 */
export async function cancelRun(scope: Scope, id: string, actor: string) {
  const row = await findRun(scope.tx, scope.shop.id, id);
  if (!row) throw notFound('imports.unknown', 'There is no such import.');
  if (row.state !== 'running') throw conflict('imports.ended', 'This import has ended already.');
  const change = {
    state: 'failed' as const,
    errorCode: 'imports.cancelled',
    finishedAt: scope.now,
    reason: row.dryRun ? 'Cancelled.' : 'Cancelled. What was brought in until then stays.',
  };
  await updateRun(scope, id, change);
  await recordAction(scope, { actor, action: 'import.cancel', target: id, before: null, after: { rows: row.rows } });
  return viewOf({ ...row, ...change });
}

/** The shop's imports, newest first. */
export const importsOf = async ({ db }: { db: Database }, shopId: number) =>
  (await listRuns(db.read, shopId, SHOWN)).map(viewOf);

const viewOf = (row: Omit<RunRow, 'shopId'>) => {
  const { id, file, format, earns, dryRun, state, rows, orders, created, unchanged, refused, refusals } = row;
  const { errorCode, reason, startedAt, finishedAt, bytes, totalBytes } = row;
  const read = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  return {
    id,
    file,
    format,
    earns,
    dryRun,
    state,
    rows,
    orders,
    created,
    unchanged,
    refused,
    refusals,
    progress: state === 'done' ? 1 : read,
    errorCode,
    reason,
    startedAt,
    finishedAt,
  };
};

/** Forgets a run's file once nobody works on it any more. */
export async function dropEndedFile({ db }: { db: Database }, shopId: number, id: string): Promise<void> {
  const row = await findRun(db.read, shopId, id);
  if (row?.state !== 'running') await dropFile({ db }, { shopId, fileId: id });
}

/** Forgets what came of imports that ended a month ago. @returns how many */
export const forgetRuns = ({ db }: { db: Database }, now: number): Promise<number> =>
  db.transaction((tx) => deleteEndedRuns(tx, now - KEPT_MS));
