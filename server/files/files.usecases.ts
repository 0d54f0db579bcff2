import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { deletePieces, findOldFile, findPiece, insertPiece } from './files.repository.ts';

type Deps = { db: Database; clock: Clock };
type FileOf = { shopId: number; fileId: string };

/** Left behind by whoever broke off: nothing needs a file for longer. */
const KEPT_MS = 86_400_000;
/** Pieces dropped in one transaction. */
const AT_ONCE = 8;

/** Keeps one piece of a file, durable when it resolves. */
export const keepPiece = ({ db, clock }: Deps, { shopId, fileId }: FileOf, piece: number, content: Buffer) =>
  db.transaction((tx) => insertPiece(tx, { shopId, fileId, piece, content, createdAt: clock.now() }));

/** One piece of a file; null: it is not there, or not any more. */
export const pieceOf = ({ db }: Pick<Deps, 'db'>, { shopId, fileId }: FileOf, piece: number) =>
  findPiece(db.read, shopId, fileId, piece);

/** Forgets a file, a few pieces a transaction. @returns how many pieces */
export async function dropFile({ db }: Pick<Deps, 'db'>, { shopId, fileId }: FileOf): Promise<number> {
  for (let dropped = 0; ; ) {
    const some = await db.transaction((tx) => deletePieces(tx, shopId, fileId, AT_ONCE));
    dropped += some;
    if (some < AT_ONCE) return dropped;
    // Others' turn: on SQLite one transaction follows another without a pause.
    await nextTurn();
  }
}

/** Forgets files of any shop that are a day old. @returns how many */
export async function dropOldFiles({ db }: Pick<Deps, 'db'>, now: number): Promise<number> {
  for (let files = 0; ; files += 1) {
    const old = await findOldFile(db.read, now - KEPT_MS);
    if (old === null) return files;
    await dropFile({ db }, old);
  }
}

/** Cuts what comes in chunks of any size into pieces of one size; the last may be shorter. */
export async function* cut(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let rest = chunk;
    while (length + rest.length >= size) {
      const taken = rest.subarray(0, size - length);
      yield Buffer.concat([...held, taken]);
      rest = rest.subarray(taken.length);
      held = [];
      length = 0;
    }
    // A copy: a sliver of a large chunk would keep the whole of it in memory.
    if (rest.length > 0) held.push(Buffer.from(rest));
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(held);
}
