import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ArchiveRow,
  archiveQueue,
  findArchive,
  insertArchive,
  updateArchive,
} from '../archives/archives.repository.ts';
import { rowsOf } from '../db/testing.tables.ts';
import type { World } from '../db/testing.ts';
import { AppError } from '../shared/errors.ts';
import type { Random } from '../shared/random.ts';
import type { Scope } from '../shops/scope.ts';

/** For tests only: rows to be worked on. `total` counts how often one came to an end. */
export type Row = ArchiveRow;
export const rowQueue = archiveQueue;
export const findRow = findArchive;
export const updateRow = updateArchive;

/** Rows that are due now. */
export const addRows = (world: World, shop: number, ids: readonly string[]): Promise<void> =>
  world.inShop(shop, async (scope) => {
    const none = { heldBy: null, attempts: 0, fileId: null, done: 0, total: 0, bytes: null, pieces: null };
    for (const id of ids)
      await insertArchive(scope, {
        ...none,
        id,
        state: 'running',
        heldUntil: scope.now,
        reason: null,
        startedAt: scope.now,
        finishedAt: null,
      });
  });

/** Brings a row to its end, and counts that as it stands there now. */
export async function endRow(
  scope: Scope,
  { id }: Row,
  state: 'done' | 'failed',
  reason: string | null,
): Promise<void> {
  const { total } = (await findRow(scope.tx, scope.shop.id, id)) ?? { total: 0 };
  await updateRow(scope, id, { state, reason, heldBy: null, total: total + 1, finishedAt: scope.now });
}

export const rowsNow = async (world: World, shop: number): Promise<Row[]> =>
  (await rowsOf(world, shop, 'archives')) as Row[];

export const refusal = (): AppError => new AppError('test.refused', 'It will not have it.', { status: 409 });
export const passing = (): AppError => new AppError('test.busy', 'It is busy.', { status: 409, retryable: true });

/** A process that now and then dies with a transaction: what that did is kept or not, and nothing it does later counts. */
export function mortal(world: World, random: Random, chance: number) {
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Error('dead');
  };
  const transaction: World['db']['transaction'] = async (work, options) => {
    if (isDead || random.next() < chance) die();
    const result = await world.db.transaction(work, options);
    return isDead || random.next() < chance ? die() : result;
  };
  const { clock, ids, reactions, logger } = world;
  return { deps: { db: { ...world.db, transaction }, clock, ids, reactions, logger }, isDead: () => isDead };
}

/** Lets others go on, for some turns. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}
