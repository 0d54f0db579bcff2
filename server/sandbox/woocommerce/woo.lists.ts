import { type Answer, invalidParameter } from './woo.answers.ts';
import { boundOf } from './woo.dates.ts';
import type { Woo } from './woo.types.ts';

/** How a kind of thing is listed. */
export type Listing<T> = {
  json(item: T): unknown;
  id(item: T): number;
  createdAt(item: T): number;
  /** Null: what is asked about changes is not heard, as with customers. */
  modifiedAt: ((item: T) => number) | null;
  /** What `orderby` is when nobody asks. */
  orderBy: 'date' | 'id';
  order: 'asc' | 'desc';
};

type Bound = { name: string; after: boolean; at: 'createdAt' | 'modifiedAt' };
const BOUNDS: readonly Bound[] = [
  { name: 'after', after: true, at: 'createdAt' },
  { name: 'before', after: false, at: 'createdAt' },
  { name: 'modified_after', after: true, at: 'modifiedAt' },
  { name: 'modified_before', after: false, at: 'modifiedAt' },
];
const YES = ['1', 'true'];

/** A whole number that a parameter may be; null: it is none. */
function whole(text: string | null, otherwise: number, least: number, most: number): number | null {
  if (text === null) return otherwise;
  const number = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : null;
}

/** Keeps what lies between the bounds that were asked for. */
function between<T>(items: readonly T[], query: URLSearchParams, listing: Listing<T>, timeZone: string): T[] | Answer {
  const gmt = YES.includes(query.get('dates_are_gmt') ?? '');
  let found = [...items];
  for (const { name, after, at } of BOUNDS) {
    const text = query.get(name);
    const instantOf = listing[at];
    if (text === null || instantOf === null) continue;
    const passes = boundOf(text, { after, gmt, timeZone });
    if (passes === null) return invalidParameter(name, `${name} is not a valid date-time.`);
    found = found.filter((item) => passes(instantOf(item)));
  }
  return found;
}

function sorted<T>(items: T[], query: URLSearchParams, listing: Listing<T>): T[] {
  const orderBy = query.get('orderby') ?? listing.orderBy;
  const asc = (query.get('order') ?? listing.order) === 'asc';
  const { id, createdAt, modifiedAt } = listing;
  const key =
    orderBy === 'modified' && modifiedAt ? modifiedAt : orderBy === 'id' || orderBy === 'include' ? id : createdAt;
  // Second by second, as the store keeps time; the order within one is by id.
  const place = (item: T): number => (key === id ? id(item) : Math.floor(key(item) / 1000));
  const all = [...items].sort((a, b) => place(a) - place(b) || id(a) - id(b));
  return asc ? all : all.reverse();
}

/** Pages before and after, with the parameters that were asked for. */
function linkHeader(address: URL, page: number, pages: number): Record<string, string> {
  const to = (number: number, rel: string): string => {
    const url = new URL(address);
    url.searchParams.set('page', String(number));
    return `<${url.href}>; rel="${rel}"`;
  };
  const parts = [
    ...(page > 1 ? [to(Math.min(page - 1, pages), 'prev')] : []),
    ...(page < pages ? [to(page + 1, 'next')] : []),
  ];
  return parts.length === 0 ? {} : { link: parts.join(', ') };
}

/** A page of a list, with its totals in headers. Past the last page there is nothing, and the totals say 0. */
export function listed<T>(items: readonly T[], address: URL, listing: Listing<T>, { site, faults }: Woo): Answer {
  const query = address.searchParams;
  const perPage = whole(query.get('per_page'), 10, 1, 100);
  if (perPage === null)
    return invalidParameter('per_page', 'per_page must be between 1 (inclusive) and 100 (inclusive)');
  const page = whole(query.get('page'), 1, 1, 999_999_999);
  if (page === null) return invalidParameter('page', 'page must be greater than or equal to 1');
  // Takes the place of a page's number, as in WordPress.
  const from = whole(query.get('offset'), (page - 1) * perPage, 0, 999_999_999);
  if (from === null) return invalidParameter('offset', 'offset is not of type integer.');
  const within = between(items, query, listing, site.timeZone);
  if (!Array.isArray(within)) return within;
  const wanted = idsIn(query, 'include');
  const left = idsIn(query, 'exclude');
  const chosen = within.filter((item) => (!wanted || wanted.has(listing.id(item))) && !left?.has(listing.id(item)));
  const found = sorted(chosen, query, listing);
  const pages = Math.ceil(found.length / perPage);
  const past = found.length > 0 && from >= found.length;
  const told = faults.totals ?? { total: past ? 0 : found.length, pages: past ? 0 : pages };
  return {
    status: 200,
    body: found.slice(from, from + perPage).map((item) => listing.json(item)),
    headers: {
      'x-wp-total': String(told.total),
      'x-wp-totalpages': String(told.pages),
      ...linkHeader(address, page, pages),
    },
  };
}

/** Ids in a parameter, separated by commas or given as a list. */
function idsIn(query: URLSearchParams, name: string): Set<number> | null {
  const texts = [...query]
    .filter(([key]) => key === name || key.startsWith(`${name}[`))
    .flatMap(([, v]) => v.split(','));
  return texts.length === 0 ? null : new Set(texts.map(Number));
}
