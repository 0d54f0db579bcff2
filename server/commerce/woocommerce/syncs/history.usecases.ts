import { takeIn } from '../../../intake/take-in.usecases.ts';
import type { Next } from '../../../syncs/run.usecases.ts';
import { noteSync, type SyncRow } from '../../../syncs/syncs.usecases.ts';
import { type ListKind, pagesOf, type Reads } from './lists.ts';
import { type Batch, takeThings } from './stretches.ts';
import { walk } from './walk.ts';

/** So many of those that could not be used are named. */
const MOST_NAMED = 20;

/** What stands in the row besides its `position` (the last id read): the names of what could not be used. */
type Cursor = { refused: string[] };

/** What the merchant is told of things that could not be used; null where there are none. */
function leftOut(kind: string, count: number, names: readonly string[]): string | null {
  if (count === 0) return null;
  const more = count > names.length ? ' and others' : '';
  return `${count} of the store's ${kind} could not be used and left out: ${names.join(', ')}${more}.`;
}

/** A row with one batch more. */
function after(row: SyncRow, batch: Batch): SyncRow {
  const { refused: names } = (row.cursor as Cursor | null) ?? { refused: [] };
  return {
    ...row,
    count: row.count + batch.taken,
    refused: row.refused + batch.refused.length,
    position: Math.max(row.position, batch.last),
    cursor: { refused: [...names, ...batch.refused].slice(0, MOST_NAMED) },
  };
}

/**
 * A store's customers, products or orders from the first to the last, by rising ids. Each batch is kept with how far it
 * goes, so that the reading goes on after a crash where it was; what is read twice changes nothing.
 * @throws AppError as Store does
 */
export async function readHistory(reads: Reads, first: SyncRow, kind: ListKind, enough: () => boolean): Promise<Next> {
  const { hold } = reads;
  let row = first;
  // What is in was counted from the start of the list; where some of it has gone since, the walk steps back.
  const from = { last: row.position, offset: Math.max(0, row.count + row.refused - 1), longest: 0 };
  for await (const { fresh, total, done } of walk(pagesOf(reads, kind), from, enough)) {
    // Past its end a list may claim to hold nothing.
    row = { ...row, total: Math.max(row.total ?? 0, total ?? 0) || null };
    const stays = await takeThings(reads, fresh, async (scope, batch) => {
      row = after(row, batch);
      const { count, refused, position, cursor, total: there } = row;
      const place = { count, refused, position, cursor, total: there };
      await noteSync(scope, kind, { ...place, state: 'loading', attempts: 0, errorCode: null, reason: null });
    });
    if (!stays) return null;
    if (!done) continue;
    const { refused: names } = (row.cursor as Cursor | null) ?? { refused: [] };
    const reason = leftOut(kind, row.refused, names);
    await takeIn(hold, [], (scope) => noteSync(scope, kind, { reason, total: row.total }));
    return null;
  }
  return { inMs: 0 };
}
