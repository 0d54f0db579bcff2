import { listConsents } from '../customers/customers.repository.ts';
import type { CustomerRow } from '../customers/customers.types.ts';
import { notesOf } from '../customers/notes.usecases.ts';
import type { Database } from '../db/database.ts';
import { ordersShownBefore, refundsShown } from '../orders/history.usecases.ts';
import { linesBefore } from '../points/lines.usecases.ts';
import { minorDigits } from '../shared/money.ts';
import type { Shop } from '../shops/shops.types.ts';
import { tierMovesOf } from '../tiers/progress.usecases.ts';
import { wholeRows } from './profile.usecases.ts';
import { type Entry, pageOfEntries, pageOfStream, type Source, type TimelineKind } from './timeline.rules.ts';

type Deps = { db: Database };

/**
 * What happened with a customer, newest first, a page: orders, refunds, points, tiers, consents as far as they are kept,
 * notes, the opening of accounts and what was merged into this one, whose history is in it.
 * @throws AppError customers.unknown, api.cursor
 */
export async function customerTimeline(
  deps: Deps,
  shop: Shop,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  const rows = await wholeRows({ tx: deps.db.read, shop }, id);
  return pageOfStream(sourcesOf(deps, shop, rows), cursor, limit);
}

/** The sources of one person, the customer first; orders, notes and tiers of those who were merged are the customer's by now. */
function sourcesOf(deps: Deps, shop: Shop, rows: readonly [CustomerRow, ...CustomerRow[]]): Source[] {
  const [{ id }] = rows;
  return [
    orders(deps, shop, id),
    notes(deps, shop, id),
    few('refund', () => refunds(deps, shop, id)),
    few('tier', () => tiers(deps, shop, id)),
    few('consent', () => consents(deps, shop, id)),
    few('account', async () => rows.flatMap(accountsOf)),
    ...points(deps, shop, rows),
  ];
}

const few = (kind: TimelineKind, all: () => Promise<Entry[]>): Source => ({
  kind,
  of: '',
  read: async (before, limit) => pageOfEntries(await all(), before, limit),
});

const entry = (kind: TimelineKind, id: string, at: number, facts: Record<string, unknown>): Entry => ({
  key: id,
  item: { id: `${kind}:${id}`, at, kind, facts },
});

const inUnits = (amount: number, currency: string): number => amount / 10 ** minorDigits(currency);

function orders(deps: Deps, shop: Shop, customerId: string): Source {
  return {
    kind: 'order',
    of: '',
    async read({ at, id }, limit) {
      const rows = await ordersShownBefore(deps, shop.id, customerId, { at, id, limit });
      return rows.map(({ placedAt, total, ...order }) =>
        entry('order', order.id, placedAt, { ...order, total: inUnits(total, order.currency) }),
      );
    },
  };
}

function notes(deps: Deps, shop: Shop, customerId: string): Source {
  return {
    kind: 'note',
    of: '',
    async read({ at, id }, limit) {
      const rows = await notesOf(deps, shop.id, customerId, { at, id, limit });
      return rows.map(({ at: when, ...note }) => entry('note', note.id, when, note));
    },
  };
}

/** Each account's chain is a source of its own; what they handed to each other is no news to the person. */
function points(deps: Deps, shop: Shop, rows: readonly CustomerRow[]): Source[] {
  const people = rows.map(({ id }) => id);
  return people.map((customerId) => ({
    kind: 'points',
    of: customerId,
    async read({ at, id }, limit) {
      const place = { at, seq: id === null ? null : Number(id) };
      const lines = await linesBefore(deps, shop.id, { customerId, people }, place, limit);
      return lines.map(({ seq, effectiveAt, ...facts }) => ({
        key: String(seq).padStart(12, '0'),
        item: { id: `points:${customerId}:${seq}`, at: effectiveAt, kind: 'points', facts },
      }));
    },
  }));
}

async function refunds(deps: Deps, shop: Shop, customerId: string): Promise<Entry[]> {
  const rows = await refundsShown(deps, shop.id, customerId);
  return rows.map(({ id, at, amount, currency, ...facts }) =>
    entry('refund', id, at, { ...facts, amount: inUnits(amount, currency), currency }),
  );
}

async function tiers(deps: Deps, shop: Shop, customerId: string): Promise<Entry[]> {
  const moves = await tierMovesOf(deps, shop.id, customerId);
  return moves.map(({ id, at, from, to, reason }) => entry('tier', id, at, { from, to, reason }));
}

async function consents({ db }: Deps, shop: Shop, customerId: string): Promise<Entry[]> {
  const rows = await listConsents({ tx: db.read, shop }, customerId);
  return rows.map(({ channel, state, at, source, evidence }) =>
    entry('consent', channel, at, { channel, state, source, evidence }),
  );
}

function accountsOf({ id, registeredAt, mergedAt }: CustomerRow): Entry[] {
  const event = (name: 'opened' | 'merged', at: number | null) =>
    at === null ? [] : [entry('account', `${id}:${name}`, at, { event: name, id })];
  return [...event('opened', registeredAt), ...event('merged', mergedAt)];
}
