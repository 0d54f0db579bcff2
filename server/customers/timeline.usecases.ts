import type { Database } from '../db/database.ts';
import {
  type PersonRow,
  type TimelineEntry,
  type TimelineSource,
  timelineEntry,
  wholeSource,
} from '../features/timeline.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { listConsents } from './customers.repository.ts';
import { notesOf } from './notes.usecases.ts';

type Deps = { db: Database };

/**
 * What was noted of a person, their consents as far as they are kept, the opening of accounts and what was merged into this
 * one.
 */
export function customersTimeline(
  deps: Deps,
  shop: Shop,
  rows: readonly [PersonRow, ...PersonRow[]],
): readonly TimelineSource[] {
  const [{ id }] = rows;
  return [
    notes(deps, shop, id),
    wholeSource('consent', () => consents(deps, shop, id)),
    wholeSource('account', async () => rows.flatMap(accountsOf)),
  ];
}

const notes = (deps: Deps, shop: Shop, customerId: string): TimelineSource => ({
  kind: 'note',
  of: '',
  async read({ at, id }, limit) {
    const rows = await notesOf(deps, shop.id, customerId, { at, id, limit });
    return rows.map(({ at: when, ...note }) => timelineEntry('note', note.id, when, note));
  },
});

async function consents({ db }: Deps, shop: Shop, customerId: string): Promise<TimelineEntry[]> {
  const rows = await listConsents({ tx: db.read, shop }, customerId);
  return rows.map(({ channel, state, at, source, evidence }) =>
    timelineEntry('consent', channel, at, { channel, state, source, evidence }),
  );
}

function accountsOf({ id, registeredAt, mergedAt }: PersonRow): TimelineEntry[] {
  const event = (name: 'opened' | 'merged', at: number | null) =>
    at === null ? [] : [timelineEntry('account', `${id}:${name}`, at, { event: name, id })];
  return [...event('opened', registeredAt), ...event('merged', mergedAt)];
}
