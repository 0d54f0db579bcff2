import { takeIn } from '../../../intake/take-in.usecases.ts';
import type { Next } from '../../../syncs/run.usecases.ts';
import { noteSync, type SyncRow } from '../../../syncs/syncs.usecases.ts';
import { checkKnown, checkRefunded } from './known.usecases.ts';
import { type ListKind, pageOf, pagesOf, type Reads } from './lists.ts';
import { rereadProfile } from './profile.usecases.ts';
import { changedSince, OVERLAP_MS } from './reconcile.rules.ts';
import { takeThings } from './stretches.ts';
import { ASKED } from './walk.rules.ts';
import { walk } from './walk.ts';

/** Where a pass is: which of its parts, since when, and how far that part is. */
type Cursor = { part: number; began: number; last: number; offset: number };

/** How a part of a pass ended: done, to be gone on with, or with the shop no longer installed. */
type Ended = 'done' | 'later' | 'left';
type Pass = { reads: Reads; row: SyncRow; cursor: Cursor; enough: () => boolean };

/** New customers looked through in one night: 5,000; the weekly walk finds the rest. */
const MOST_PAGES = 50;

const EMPTIED =
  'Most of the recent orders are no longer at the store. Bazgasht keeps them, since a store that was emptied or exchanged should cost no customer their points. Cancel at the store what is not to count.';

const keep = ({ reads: { hold }, row, cursor }: Pass): Promise<boolean> =>
  takeIn(hold, [], (scope) => noteSync(scope, 'reconcile', { cursor, count: row.count, refused: row.refused }));

/** Takes in what changed in a list since the last pass, less an hour. */
const changed =
  (kind: ListKind, more: Record<string, string> = {}) =>
  async (pass: Pass): Promise<Ended> => {
    const { reads, row, cursor, enough } = pass;
    const query = { ...changedSince(row.position), ...more };
    const from = { last: cursor.last, offset: cursor.offset, longest: 0 };
    for await (const { fresh, place, done } of walk(pagesOf(reads, kind, query), from, enough)) {
      const stays = await takeThings(reads, fresh, async (_scope, batch) => {
        row.count += batch.taken;
        row.refused += batch.refused.length;
      });
      if (!stays) return 'left';
      if (done) return 'done';
      pass.cursor = { ...cursor, last: place.last, offset: place.offset };
      if (!(await keep(pass))) return 'left';
    }
    return 'later';
  };

/**
 * Customers cannot be asked for by when they changed, so those are looked through who registered since the last pass, newest
 * first. What else changed of them comes by webhook, with their orders, and with the weekly walk.
 */
async function registered({ reads, row }: Pass): Promise<Ended> {
  const since = row.position - OVERLAP_MS;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const newest = { orderby: 'registered_date', order: 'desc', per_page: ASKED, offset: page * ASKED };
    const { items, refused } = await pageOf(reads, 'customers', newest);
    const recent = items.filter(({ at }) => at !== null && at >= since);
    const stays = await takeThings(reads, recent, async (_scope, batch) => {
      row.count += batch.taken;
      row.refused += batch.refused.length;
    });
    if (!stays) return 'left';
    if (recent.length < items.length || items.length + refused.length === 0) break;
  }
  return 'done';
}

/** In this order. Orders in the bin are in no other list. */
const PARTS: ((pass: Pass) => Promise<Ended>)[] = [
  async ({ reads }) => ((await rereadProfile(reads)) ? 'done' : 'left'),
  changed('orders'),
  changed('orders', { status: 'trash' }),
  changed('products'),
  registered,
  async (pass) => {
    const looked = await checkKnown(pass.reads);
    if (looked === 'emptied') pass.row.reason = EMPTIED;
    if (looked !== 'done') return looked === 'left' ? 'left' : 'done';
    // Only now: what is not there is taken for deleted.
    return (await checkRefunded(pass.reads)) ? 'done' : 'left';
  },
];

/**
 * The nightly pass: what changed since the last one, less an hour, and what changes without a trace (refunds that were
 * deleted, orders that were deleted for good). It goes on in the part where it was; the next pass begins where this one did.
 * @throws AppError as Store does
 */
export async function reconcile(reads: Reads, row: SyncRow, enough: () => boolean): Promise<Next> {
  const began = reads.deps.clock.now();
  const cursor = (row.cursor as Cursor | null) ?? { part: 0, began, last: 0, offset: 0 };
  const pass: Pass = { reads, row: { ...row, reason: null }, cursor, enough };
  for (let part = cursor.part; part < PARTS.length; part += 1) {
    const ended = await PARTS[part]?.(pass);
    if (ended === 'left') return null;
    if (ended === 'later') return { inMs: 0 };
    pass.cursor = { ...cursor, part: part + 1, last: 0, offset: 0 };
    if (!(await keep(pass))) return null;
    if (enough() && part + 1 < PARTS.length) return { inMs: 0 };
  }
  const { count, refused, reason } = pass.row;
  const done = { position: cursor.began, cursor: null, count, refused, reason };
  await takeIn(reads.hold, [], (scope) => noteSync(scope, 'reconcile', done));
  return null;
}
