import type { Database } from '../db/database.ts';
import { addDays, localDay } from '../shared/calendar.ts';
import { minorDigits } from '../shared/money.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { CHUNK } from './fold.rules.ts';
import { placesInGroup } from './groups.rules.ts';
import { customersAt, listChannels, placesOf, statsOfCustomers } from './insights.repository.ts';
import { answeredOnce } from './kept-answers.usecases.ts';
import { checkRange, DEFAULT_DAYS, type KpiDeps } from './kpis.usecases.ts';
import type { Stage } from './lifecycle.rules.ts';
import { standingNow, standingVersion } from './lifecycle.usecases.ts';
import { dayNumber } from './months.rules.ts';
import { holdsPlace, placesInBoth, placesUpTo } from './places.rules.ts';
import type { Segment } from './rfm.rules.ts';
import {
  placesInCell,
  placesInRfm,
  placesInStage,
  type Scored,
  type SegmentName,
  scoredCustomers,
} from './segments.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';

/** What a customer has bought, for a list. Revenue in currency units. */
export type Bought = { orders: number; revenue: number; firstDay: string | null; lastDay: string | null };

const NOTHING: Bought = { orders: 0, revenue: 0, firstDay: null, lastDay: null };

/** Tells what some customers have bought, as far as the numbers were brought up to date. */
export async function boughtBy(db: Database, shop: Shop, ids: readonly string[]) {
  const unit = 10 ** minorDigits(shop.currency);
  const rows = ids.length === 0 ? [] : await statsOfCustomers({ tx: db.read, shop }, ids);
  const found = new Map(
    rows.map(({ customerId, orders, revenue, firstDay, lastDay }) => [
      customerId,
      { orders, revenue: revenue / unit, firstDay, lastDay },
    ]),
  );
  return (id: string): Bought => found.get(id) ?? NOTHING;
}

export type MembersWanted = {
  segment?: SegmentName | undefined;
  /** As contracts/groups.ts names it, but `points`, which no order tells of. */
  group?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/**
 * Places of the customers of a segment, of a group, or of both, ascending; null where neither is asked for, or only leads,
 * who have no place: they never ordered. The same question about unchanged numbers is answered once, so that a list can be
 * gone through page by page. Call it after `foldShop`.
 * @throws AppError insights.range
 */
export async function placesMeant(deps: KpiDeps, shop: Shop, wanted: MembersWanted): Promise<Int32Array | null> {
  const { segment, group, from, to } = wanted;
  const inSegment = segment === undefined ? null : await segmentPlaces(deps, shop, segment);
  const inGroup = group === undefined ? null : await groupPlaces(deps, shop, group, { from, to });
  return inSegment && inGroup ? placesInBoth(inSegment, inGroup) : (inSegment ?? inGroup);
}

const bytesOf = (places: Int32Array): number => places.byteLength;

async function segmentPlaces(deps: KpiDeps, shop: Shop, name: SegmentName): Promise<Int32Array | null> {
  const [family, segment] = name.split(':') as ['rfm' | 'lifecycle', string];
  if (segment === 'lead') return null;
  if (family === 'rfm') {
    const work = async () => placesInRfm(await scored(deps, shop, undefined), segment as Segment);
    return answeredOnce(deps, shop, ['segment', name], { work, bytesOf });
  }
  const question = ['segment', name, await standingVersion(deps, shop)] as const;
  return answeredOnce(deps, shop, question, {
    bytesOf,
    async work() {
      const { chunks } = await shopColumns(deps.db, shop.id);
      return placesInStage(chunks, segment as Stage, { ...(await standingNow(deps, shop, chunks)), size: CHUNK });
    },
  });
}

/** The end of time, as a local day: everything known counts. */
const ALWAYS = '9999-12-31';

/** Every customer's scores up to a day: of all segments and cells at once. */
function scored(deps: KpiDeps, shop: Shop, to: string | undefined): Promise<Scored> {
  return answeredOnce(deps, shop, ['scores', to], {
    bytesOf: ({ places }) => places.length * 6,
    async work() {
      const { chunks } = await shopColumns(deps.db, shop.id);
      return scoredCustomers(chunks, { to: dayNumber(to ?? ALWAYS), size: CHUNK });
    },
  });
}

type Range = { from: string | undefined; to: string | undefined };

/** A month is a range of its own: without another one, nothing before the asked day is left out of it. */
const WHOLE_MONTH = /^month:/;

async function groupPlaces(deps: KpiDeps, shop: Shop, group: string, range: Range): Promise<Int32Array> {
  const now = deps.clock.now();
  const to = range.to ?? localDay(now, zoneAt(shop, now));
  checkRange({ from: range.from ?? to, to });
  const from = range.from ?? (WHOLE_MONTH.test(group) ? EVER : addDays(to, 1 - DEFAULT_DAYS));
  const question = ['group', group, range.from, range.to] as const;
  const cell = /^rfm-score:([1-5])-([1-5])$/.exec(group);
  return answeredOnce(deps, shop, question, {
    bytesOf,
    async work() {
      if (cell) return placesInCell(await scored(deps, shop, range.to), { r: Number(cell[1]), f: Number(cell[2]) });
      const { chunks } = await shopColumns(deps.db, shop.id);
      const channels = await listChannels(deps.db.read, shop.id);
      const sources = new Map(channels.map(({ channel, name }) => [channel, name]));
      const days = { from: dayNumber(from), to: dayNumber(to) };
      return placesInGroup(chunks, group, { asked: { ...days, calendar: shop.calendar, sources }, size: CHUNK });
    },
  });
}

/** Before every order. */
const EVER = '1000-01-01';

/** Which of some customers have one of these places. */
export async function amongPlaces(db: Database, shop: Shop, ids: readonly string[], places: Int32Array) {
  const mine = (await placesOf(db.read, shop.id, ids)).filter((place) => holdsPlace(places, place));
  return new Set(mine.length === 0 ? [] : (await customersAt(db.read, shop.id, mine)).map(({ id }) => id));
}

/** The customers at the places behind one (null: from the first), by place, a page. */
export async function customersBehind(
  db: Database,
  shop: Shop,
  places: Int32Array,
  { after, limit }: { after: number | null; limit: number },
) {
  const start = after === null ? 0 : placesUpTo(places, after);
  const page = Array.from(places.subarray(start, start + limit));
  const rows = page.length === 0 ? [] : await customersAt(db.read, shop.id, page);
  return rows.sort((a, b) => a.place - b.place);
}
