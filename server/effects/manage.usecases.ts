import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { conflict, notFound } from '../shared/errors.ts';
import { recordAction } from '../shops/audit.usecases.ts';
import type { Problem } from '../shops/problems.rules.ts';
import type { Scope } from '../shops/scope.ts';
import {
  countOpenEffects,
  distrustOpen,
  type EffectRow,
  emptyEffects,
  findEffect,
  lastPlace,
  listEffectRows,
  nextDueOf,
  oldEffects,
  openOnSubject,
  queuedOf,
  releaseWaiting,
  shopsWithEffects,
  updateEffect,
  waitsOf,
} from './effects.repository.ts';

type Reads = { db: Database };

/** What a merchant finds it by, in payloads of any kind; nothing else of a payload is shown. */
const named = z.union([
  z.object({ code: z.string() }).transform(({ code }) => code),
  z.object({ tag: z.string() }).transform(({ tag }) => tag),
]);

const viewOf = (row: EffectRow) => ({
  id: row.id,
  kind: row.kind,
  key: row.key,
  state: row.state,
  customer: row.customerId,
  about: named.safeParse(row.payload).data ?? null,
  owner: row.ownerKind === null || row.ownerId === null ? null : { kind: row.ownerKind, id: row.ownerId },
  attempts: row.attempts,
  errorCode: row.errorCode,
  reason: row.reason,
  canRetry: canRetry(row),
  createdAt: row.createdAt,
  // Of one that is being done it is when whoever does it is given up.
  dueAt: row.state === 'queued' ? row.dueAt : null,
  finishedAt: row.finishedAt,
});
export type EffectView = ReturnType<typeof viewOf>;

const canRetry = ({ state, payload }: EffectRow): boolean =>
  (state === 'failed' || state === 'doubtful') && payload !== null;

/** A page of the shop's effects in some states, newest first; `before`: the last id of the page before. */
export const effectsIn = async (
  { db }: Reads,
  shopId: number,
  page: { states: readonly EffectRow['state'][]; before: string | null; limit: number },
): Promise<EffectView[]> => (await listEffectRows(db.read, shopId, page)).map(viewOf);

/**
 * What a person says of an effect that failed or is in doubt: it `happened`, or it is to be done `again`, whatever is known
 * of it. Wake the topic `effects` behind the commit.
 * @throws AppError effects.unknown, effects.not_open, effects.forgotten, effects.unwanted, effects.superseded
 */
export async function retryEffect(
  scope: Scope,
  { id, how, actor }: { id: string; how: 'again' | 'happened'; actor: string },
): Promise<{ id: string; state: 'queued' }> {
  const row = await findEffect(scope.tx, scope.shop.id, id);
  if (!row) throw notFound('effects.unknown', 'There is no such effect.');
  if (row.state !== 'failed' && row.state !== 'doubtful')
    throw conflict('effects.not_open', `This is ${row.state}: only what failed or is in doubt can be decided.`);
  if (row.payload === null || row.subject === null)
    throw conflict('effects.forgotten', 'What was to be done is not kept any more.');
  if (how === 'again' && row.unwanted !== null) throw conflict('effects.unwanted', row.unwanted.reason);
  const place = row.state === 'doubtful' ? row.place : await newPlace(scope, row, row.subject, how);
  const ahead = (await openOnSubject(scope, row.subject)).some((other) => other.id !== id && other.place < place);
  await updateEffect(scope, id, {
    state: 'queued',
    happened: how === 'happened' ? 'yes' : 'no',
    place,
    attempts: 0,
    notBefore: scope.now,
    dueAt: ahead ? null : scope.now,
    errorCode: null,
    reason: null,
    finishedAt: null,
  });
  const before = { state: row.state };
  await recordAction(scope, { actor, action: 'effect.retry', target: id, before, after: { how } });
  return { id, state: 'queued' };
}

/** One that failed goes behind whatever has been owed since; an old state must not come back over a newer one. */
async function newPlace(scope: Scope, row: EffectRow, subject: string, how: 'again' | 'happened'): Promise<number> {
  const last = await lastPlace(scope, subject);
  if (last > row.place && row.isState && how === 'again')
    throw conflict('effects.superseded', 'Something newer has taken its place: doing this again would undo that.');
  return last > row.place ? last + 1 : row.place;
}

/** What waited for the shop (a scope, a connection) is looked at again. Wake the topic `effects` behind the commit. */
export const releaseEffects = (scope: Scope, kind?: string): Promise<void> => releaseWaiting(scope, kind);

/** What keeps effects of a shop: for its problems. */
export async function effectProblems({ db }: Reads, shopId: number): Promise<Problem[]> {
  const rows = await waitsOf(db.read, shopId);
  return rows
    .flatMap(({ code, reason }) => (code === null ? [] : [{ code, message: reason ?? code }]))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** How many effects are queued in a shop, and since when the oldest was to be done. */
export const queuedEffects = ({ db }: Reads, shopId: number) => queuedOf(db.read, shopId);

/** How many effects stand in each state that is not good and over, of all shops: for metrics. */
export async function openEffects({ db }: Reads): Promise<Record<'queued' | 'doing' | 'failed' | 'doubtful', number>> {
  const counts = { queued: 0, doing: 0, failed: 0, doubtful: 0 };
  for (const { state, count } of await countOpenEffects(db.read))
    if (state in counts) counts[state as keyof typeof counts] = Number(count);
  return counts;
}

/** Shops with something to do: what the sweep wakes. */
export const shopsToPerform = ({ db }: Reads, now: number): Promise<number[]> => shopsWithEffects(db.read, now);

/** When the next of a shop's effects is due, up to an instant; null: none is. */
export async function nextEffect({ db }: Reads, shopId: number, until: number): Promise<number | null> {
  const at = await nextDueOf(db.read, shopId);
  return at !== null && at <= until ? at : null;
}

/** What ended effects said is kept this long, for looking things up and for doing them again. */
const KEPT_MS = 30 * 86_400_000;
const PIECE = 200;

/** Empties effects that ended more than 30 days ago; their keys stay for good. @returns how many */
export async function forgetEffects({ db }: Reads, now: number): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const piece = await db.transaction(async (tx) => {
      const rows = await oldEffects(tx, now - KEPT_MS, PIECE);
      for (const { shopId, id } of rows) await emptyEffects(tx, shopId, [id]);
      return rows.length;
    });
    forgotten += piece;
    if (piece < PIECE) return forgotten;
    // Others' turn: on SQLite one piece follows another without a pause.
    await nextTurn();
  }
}

/**
 * What follows a restore in each shop: effects that had not ended when the backup was made may have happened since. Each is
 * asked about first, or becomes doubtful.
 */
export const distrustEffects = (scope: Pick<Scope, 'tx' | 'shop'>): Promise<void> => distrustOpen(scope);
