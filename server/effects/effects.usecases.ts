import { isDeepStrictEqual } from 'node:util';
import type { Person } from '../features/feature.types.ts';
import { AppError } from '../shared/errors.ts';
import type { Scope } from '../shops/scope.ts';
import type { EffectKind, Ended, Why } from './effects.port.ts';
import {
  type EffectChange,
  type EffectRow,
  findByKey,
  insertEffect,
  lastPlace,
  openOfOwner,
  openOnSubject,
  rememberedOf,
  updateEffect,
} from './effects.repository.ts';
import { ERASED, SETTLE_MS, SUPERSEDED } from './effects.rules.ts';
import { keyOf } from './keys.rules.ts';

export type Owed<P> = {
  /** What it is owed for, as ids: with the kind's name it is the key. The same occasion is owed once, for ever. */
  occasion: readonly string[];
  payload: P;
  /** Whom it is about: erasing them withdraws it. */
  customerId: string | null;
  /** Whose effect it is, to be withdrawn by. */
  owner?: { kind: string; id: string };
  /** Not before this instant, epoch ms; left out: now. */
  notBefore?: number;
};

/** As the database gives it back. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/**
 * Owes an effect to the world: it is written in the transaction of its reason, and done after that. The same occasion again
 * changes nothing. Wake the topic `effects` behind the commit.
 * @returns the effect's id, and whether it is new
 * @throws AppError effects.key_reused: the same occasion with another payload
 */
export async function owe<P>(
  scope: Scope,
  kind: EffectKind<P>,
  owed: Owed<P>,
): Promise<{ id: string; isNew: boolean }> {
  const payload = plain(kind.payload.parse(owed.payload));
  const key = keyOf(kind.name, ...owed.occasion);
  const subject = keyOf(...kind.subjectOf(owed.payload));
  const { now } = scope;
  const place = (await lastPlace(scope, subject)) + 1;
  const ahead = place === 0 ? [] : await openOnSubject(scope, subject);
  const staying = ahead.filter((row) => !isSuperseded(kind, row));
  // One whose answer was lost may still be under way.
  const unsettled = ahead.some(({ happened }) => happened !== 'no');
  const { notBefore = now, owner } = owed;
  const row = {
    id: scope.ids.next(),
    kind: kind.name,
    key,
    subject,
    place,
    isState: kind.isState,
    payload,
    customerId: owed.customerId,
    ownerKind: owner?.kind ?? null,
    ownerId: owner?.id ?? null,
    state: 'queued' as const,
    happened: 'no' as const,
    attempts: 0,
    notBefore,
    dueAt: staying.length > 0 ? null : Math.max(notBefore, unsettled ? now + SETTLE_MS : now),
    fence: null,
    waits: null,
    unwanted: null,
    answer: null,
    errorCode: null,
    reason: null,
    createdAt: now,
    finishedAt: null,
  };
  if (!(await insertEffect(scope, row))) return { id: await sameAsBefore(scope, key, payload), isNew: false };
  for (const older of ahead) {
    if (isSuperseded(kind, older))
      await updateEffect(scope, older.id, endOf({ state: 'withdrawn', ...SUPERSEDED }, now));
    else if (kind.isState && older.isState && older.state === 'doing')
      await updateEffect(scope, older.id, { unwanted: SUPERSEDED });
  }
  return { id: row.id, isNew: true };
}

/** A state that is not being set right now, and that the new one makes needless. */
const isSuperseded = (kind: Pick<EffectKind, 'isState'>, row: EffectRow): boolean =>
  kind.isState && row.isState && row.state !== 'doing' && row.happened !== 'yes';

/** @returns the id of the effect that was owed under the key before */
async function sameAsBefore(scope: Scope, key: string, payload: unknown): Promise<string> {
  const before = await findByKey(scope.tx, scope.shop.id, key);
  if (!before) throw new AppError('effects.key_reused', 'An effect disappeared while it was owed.');
  // What was forgotten cannot be compared; its key still counts.
  if (before.payload !== null && !isDeepStrictEqual(before.payload, payload))
    throw new AppError(
      'effects.key_reused',
      `The effect ${before.id} is owed for the same occasion with other content.`,
    );
  return before.id;
}

/** What a row becomes when its effect ends. */
export const endOf = (ended: Ended, now: number): EffectChange => ({
  state: ended.state,
  answer: ended.state === 'done' ? ended.answer : null,
  errorCode: ended.state === 'done' ? (ended.unwanted?.code ?? null) : ended.code,
  reason: ended.state === 'done' ? (ended.unwanted?.reason ?? null) : ended.reason,
  finishedAt: now,
  dueAt: null,
  fence: null,
  waits: null,
});

/** Lets the next effect of a subject go, after one of it has ended; `inMs`: not before. */
export async function letNextGo(scope: Scope, subject: string | null, inMs = 0): Promise<void> {
  if (subject === null) return;
  const [next] = await openOnSubject(scope, subject, 1);
  if (next?.state !== 'queued' || next.dueAt !== null) return;
  await updateEffect(scope, next.id, { dueAt: Math.max(next.notBefore, scope.now + inMs) });
}

/**
 * The reason of some effects has gone. What surely has not happened is withdrawn; what is under way, or may have happened, is
 * marked: its owner is told how it ends.
 * @returns how many were withdrawn, and how many are under way or in doubt
 */
export async function withdraw(
  scope: Scope,
  which: { owner: { kind: string; id: string } } | { kind: string; occasion: readonly string[] },
  why: Why,
): Promise<{ withdrawn: number; underWay: number }> {
  const rows =
    'owner' in which ? await openOfOwner(scope, which.owner.kind, which.owner.id) : await ofKey(scope, which);
  const done = { withdrawn: 0, underWay: 0 };
  for (const row of rows) {
    if (await withdrawRow(scope, row, why, {})) done.withdrawn += 1;
    else done.underWay += 1;
  }
  return done;
}

async function ofKey(scope: Scope, { kind, occasion }: { kind: string; occasion: readonly string[] }) {
  const row = await findByKey(scope.tx, scope.shop.id, keyOf(kind, ...occasion));
  return row && ['queued', 'doing', 'doubtful'].includes(row.state) ? [row] : [];
}

/** @returns whether it ended */
async function withdrawRow(scope: Scope, row: EffectRow, why: Why, besides: EffectChange): Promise<boolean> {
  const ends = row.state === 'queued' && row.happened === 'no';
  const change = ends
    ? endOf({ state: 'withdrawn', code: why.code, reason: why.reason }, scope.now)
    : { unwanted: why };
  await updateEffect(scope, row.id, { ...change, ...besides });
  if (ends) await letNextGo(scope, row.subject);
  return ends;
}

/** Erases a person from effects, as forgetEffectsOf does. */
export async function forgetEffectsAbout(scope: Scope, { customerIds }: Person): Promise<void> {
  for (const id of customerIds) await forgetEffectsOf(scope, id);
}

/**
 * Erases a customer from effects: what has not been done is withdrawn, and what effects said, and were answered, is emptied.
 * Nothing is sent once this is committed; what is on its way at that moment cannot be called back.
 */
export async function forgetEffectsOf(scope: Scope, customerId: string): Promise<void> {
  const empty = { payload: null, answer: null };
  for (const row of await rememberedOf(scope, customerId)) {
    // Without what it said nobody can look whether it happened, nor do it again.
    const open = row.state === 'queued' || row.state === 'doubtful';
    if (open) {
      await updateEffect(scope, row.id, { ...endOf({ state: 'withdrawn', ...ERASED }, scope.now), ...empty });
      await letNextGo(scope, row.subject);
    } else if (row.state === 'doing')
      await updateEffect(scope, row.id, { unwanted: ERASED, payload: null, answer: null });
    else await updateEffect(scope, row.id, empty);
  }
}
