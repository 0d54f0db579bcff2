import type { Database } from '../db/database.ts';
import { minorDigits } from '../shared/money.ts';
import type { Shop } from '../shops/shops.types.ts';
import { CHUNK } from './fold.rules.ts';
import { customersAt, placesOf, statsOfCustomers } from './insights.repository.ts';
import type { KpiDeps } from './kpis.usecases.ts';
import type { Stage } from './lifecycle.rules.ts';
import { standingNow } from './lifecycle.usecases.ts';
import type { Segment } from './rfm.rules.ts';
import { placesInRfm, placesInStage, type SegmentName } from './segments.rules.ts';
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

/**
 * Places of the customers of a segment, ascending; null for leads, who have no place: they never ordered. Call it after
 * `foldShop`.
 */
export async function segmentPlaces(deps: KpiDeps, shop: Shop, name: SegmentName): Promise<number[] | null> {
  const [family, segment] = name.split(':') as ['rfm' | 'lifecycle', string];
  if (segment === 'lead') return null;
  const { chunks } = await shopColumns(deps.db, shop.id);
  if (family === 'rfm') return placesInRfm(chunks, segment as Segment, CHUNK);
  return placesInStage(chunks, segment as Stage, { ...(await standingNow(deps, shop, chunks)), size: CHUNK });
}

/** Which of some customers have one of these places. */
export async function amongPlaces(db: Database, shop: Shop, ids: readonly string[], places: readonly number[]) {
  const wanted = new Set(places);
  const mine = (await placesOf(db.read, shop.id, ids)).filter((place) => wanted.has(place));
  return new Set(mine.length === 0 ? [] : (await customersAt(db.read, shop.id, mine)).map(({ id }) => id));
}

/** The customers at some places, by place. */
export async function customersAtPlaces(db: Database, shop: Shop, places: readonly number[]) {
  const rows = places.length === 0 ? [] : await customersAt(db.read, shop.id, places);
  return rows.sort((a, b) => a.place - b.place);
}
