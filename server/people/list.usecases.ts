import { newestBefore, rowsOfCustomers, termsInRange, termsOfCustomers } from '../customers/customers.queries.ts';
import type { CustomerRow } from '../customers/customers.types.ts';
import { prefixesOf, rangeEnd } from '../customers/search.rules.ts';
import type { Database } from '../db/database.ts';
import { foldSome } from '../insights/fold.usecases.ts';
import { answeredOnce } from '../insights/kept-answers.usecases.ts';
import {
  amongPlaces,
  boughtBy,
  customersBehind,
  type MembersWanted,
  placesMeant,
} from '../insights/members.usecases.ts';
import { availableOf, countWithPoints, membersWithPoints } from '../points/lines.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { membersOfTier, tiersShown } from '../tiers/shown.usecases.ts';
import { type Place, readCursor, type Source, writeCursor } from './list.rules.ts';

type Deps = { db: Database; clock: Clock; ids: Ids; reactions: Reactions };
/** What narrows the list, all of it together. */
export type Wanted = MembersWanted & {
  query?: string | undefined;
  tier?: string | undefined;
  cursor?: string | undefined;
  limit: number;
};

/** Customers looked at for one answer; a page may so be short, or empty, and still have a next one. */
const MOST_LOOKED_AT = 2_000;
const LARGE_PAGE = 250;

type Candidate = { id: string; place: Place };
/** Candidates behind a place (null: the start), in the list's order; fewer than asked for: there are no more. */
type Candidates = (after: string | undefined, limit: number) => Promise<Candidate[]>;
/** Those of some customers who fit. */
type Filter = (ids: readonly string[]) => Promise<(id: string) => boolean>;

/**
 * A page of a shop's customers. With `query`: whoever's e-mail, phone or words of the name begin so, by what was found;
 * else newest first. Nobody comes twice, and who comes anew on the way changes no page. `total` is how many there are in
 * all, where that is known without looking at each.
 * @throws AppError api.cursor, insights.range
 */
export async function listCustomers(deps: Deps, shop: Shop, wanted: Wanted) {
  // One batch at most: a shop that is being imported is listed all the same.
  const asOf = await foldSome(deps, shop.id, deps.clock.now());
  const { candidates, filters, count } = await planOf(deps, shop, wanted);
  const found: Candidate[] = [];
  let next = wanted.cursor;
  let more = true;
  for (let looked = 0; more && found.length < wanted.limit && looked < MOST_LOOKED_AT; ) {
    const size = filters.length === 0 ? wanted.limit - found.length + 1 : LARGE_PAGE;
    const page = await candidates(next, size);
    more = page.length === size;
    looked += page.length;
    const fitting = await fittingOf(filters, page);
    const room = wanted.limit - found.length;
    const taken = fitting.slice(0, room);
    found.push(...taken);
    // Go on behind the last one that was taken, if some that fit are left; else behind all that were looked at.
    const last = fitting.length > room ? taken.at(-1) : page.at(-1);
    if (fitting.length > room) more = true;
    if (last) next = writeCursor(last.place);
  }
  const ids = found.map(({ id }) => id);
  const items = await shownOf(deps, shop, ids);
  return {
    asOf,
    items,
    nextCursor: more && next !== undefined ? next : null,
    total: filters.length > 0 ? null : await count(),
  };
}

async function fittingOf(filters: readonly Filter[], page: readonly Candidate[]): Promise<Candidate[]> {
  let fitting = [...page];
  for (const filter of filters) {
    if (fitting.length === 0) return fitting;
    const fits = await filter(fitting.map(({ id }) => id));
    fitting = fitting.filter(({ id }) => fits(id));
  }
  return fitting;
}

/** The narrowest way to candidates first; what else is asked for filters them. */
async function planOf(deps: Deps, shop: Shop, { query, tier, ...meant }: Wanted) {
  const { db, clock } = deps;
  const ledger = { tx: db.read, shop };
  const now = clock.now();
  const searched = query !== undefined && query.trim() !== '';
  const prefixes = searched ? prefixesOf(query) : [];
  const points = meant.group === POINTS;
  const places = await placesMeant(deps, shop, points ? { ...meant, group: undefined } : meant);
  const listed = tier !== undefined && (await membersOfTier(ledger, tier, '', 1, now)) !== null;
  const source: Source = searched ? 'search' : listed ? 'tier' : places ? 'places' : points ? 'points' : 'all';
  const filters: Filter[] = [];
  if (prefixes.length > 1) filters.push(havingAll(db, shop, prefixes));
  if (tier !== undefined && source !== 'tier') {
    filters.push(async (ids) => {
      const shown = await tiersShown(ledger, ids, now);
      return (id) => shown(id) === tier;
    });
  }
  if (meant.segment === 'lifecycle:lead') filters.push(withoutOrders(db, shop));
  if (places && source !== 'places') {
    filters.push(async (ids) => {
      const among = await amongPlaces(db, shop, ids, places);
      return (id) => among.has(id);
    });
  }
  if (points && source !== 'points') filters.push(withPoints(db, shop));
  const sources: Record<Source, Candidates> = {
    search: bySearch(db, shop, prefixes[0]),
    tier: byId('tier', async (after, limit) => (await membersOfTier(ledger, tier ?? '', after, limit, now)) ?? []),
    places: byPlace(db, shop, places ?? new Int32Array()),
    points: byId('points', (after, limit) => membersWithPoints({ db }, shop.id, after, limit)),
    all: async (after, limit) => {
      const [before = null] = after === undefined ? [] : readCursor(after, 'all', ['string']);
      const ids = await newestBefore(db.read, shop.id, before === null ? null : String(before), limit);
      return ids.map((id) => ({ id, place: ['all', id] }));
    },
  };
  return { candidates: sources[source], filters, count: counting(deps, shop, source, places) };
}

/** The group of whoever has points that can be spent, which no order tells of. */
const POINTS = 'points';

/** How many a list has that nothing else narrows; null where counting would be looking at each. */
function counting(deps: Deps, shop: Shop, source: Source, places: Int32Array | null) {
  return async (): Promise<number | null> => {
    if (source === 'places') return places?.length ?? null;
    if (source !== 'points') return null;
    const work = () => countWithPoints(deps, shop.id);
    return answeredOnce(deps, shop, ['with points'], { work, bytesOf: () => 8 });
  };
}

/** Customers in the order of their ids. */
function byId(source: 'tier' | 'points', page: (after: string, limit: number) => Promise<string[]>): Candidates {
  return async (after, limit) => {
    const [from = ''] = after === undefined ? [] : readCursor(after, source, ['string']);
    return (await page(String(from), limit)).map((id) => ({ id, place: [source, id] }));
  };
}

/** Leads: they are customers and never ordered. */
const withoutOrders =
  (db: Database, shop: Shop): Filter =>
  async (ids) => {
    const bought = await boughtBy(db, shop, ids);
    return (id) => bought(id).orders === 0;
  };

const withPoints =
  (db: Database, shop: Shop): Filter =>
  async (ids) => {
    const points = await availableOf({ db }, shop.id, ids);
    return (id) => (points.get(id) ?? 0) > 0;
  };

/** Customers by the first of their terms that begins so: one with several such terms comes once. */
function bySearch(db: Database, shop: Shop, prefix: string | undefined): Candidates {
  return async (after, limit) => {
    const [term = prefix, customerId = ''] =
      after === undefined ? [] : (readCursor(after, 'search', ['string', 'string']) as string[]);
    if (prefix === undefined || term === undefined || term < prefix) return [];
    const end = rangeEnd(prefix);
    const found: Candidate[] = [];
    let behind = { term, customerId };
    for (;;) {
      const rows = await termsInRange(db.read, shop.id, { after: behind, end }, limit);
      const all = rows.length === 0 ? new Map<string, string[]>() : await termsOf(db, shop, rows);
      for (const row of rows) {
        behind = row;
        const first = (all.get(row.customerId) ?? []).filter((one) => one.startsWith(prefix)).sort()[0];
        if (first !== row.term) continue;
        found.push({ id: row.customerId, place: ['search', row.term, row.customerId] });
        if (found.length === limit) return found;
      }
      if (rows.length < limit) return found;
    }
  };
}

const termsOf = (db: Database, shop: Shop, rows: readonly { customerId: string }[]) =>
  termsOfCustomers(db.read, shop.id, [...new Set(rows.map(({ customerId }) => customerId))]);

function havingAll(db: Database, shop: Shop, prefixes: readonly string[]): Filter {
  return async (ids) => {
    const terms = await termsOfCustomers(db.read, shop.id, ids);
    return (id) => prefixes.every((prefix) => (terms.get(id) ?? []).some((term) => term.startsWith(prefix)));
  };
}

function byPlace(db: Database, shop: Shop, places: Int32Array): Candidates {
  return async (after, limit) => {
    const [behind = null] = after === undefined ? [] : readCursor(after, 'places', ['number']);
    const rows = await customersBehind(db, shop, places, { after: behind === null ? null : Number(behind), limit });
    return rows.map(({ id, place }) => ({ id, place: ['places', place] }));
  };
}

/** A person's name as it is shown; null: none is known. */
export const nameOf = ({ firstName, lastName }: Pick<CustomerRow, 'firstName' | 'lastName'>): string | null =>
  [firstName, lastName].filter((part) => part !== null && part !== '').join(' ') || null;

async function shownOf({ db, clock }: Deps, shop: Shop, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await rowsOfCustomers(db.read, shop.id, ids);
  const points = await availableOf({ db }, shop.id, ids);
  const tier = await tiersShown({ tx: db.read, shop }, ids, clock.now());
  const bought = await boughtBy(db, shop, ids);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    const { orders, revenue } = bought(id);
    return row
      ? [{ id, email: row.email, name: nameOf(row), points: points.get(id) ?? 0, tier: tier(id), orders, revenue }]
      : [];
  });
}
