import { LRUCache } from 'lru-cache';
import type { Database } from '../db/database.ts';
import { localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { dayNumber } from './months.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';
import { type Standards, standardsOf } from './standards.rules.ts';
import { versionOf } from './versions.repository.ts';

type Kept = { version: number; today: string; madeAt: number; standards: Standards };

/** Shops whose standards are kept, for each database its own: some hundred bytes each. */
const kept = new WeakMap<Database, LRUCache<number, Kept>>();
const MOST = 1_000;

/** In a shop of so many customers one order more changes no quintile that anybody would see … */
const LARGE = 20_000;
/** … so there the standards may be this old. */
const OLD_MS = 10 * 60_000;

/** By what one customer of a shop is measured today. Call it after `foldShop`. */
export async function shopStandards({ db, clock }: { db: Database; clock: Clock }, shop: Shop): Promise<Standards> {
  const now = clock.now();
  const today = localDay(now, zoneAt(shop, now));
  const version = await versionOf(db.read, shop.id);
  const shops = kept.get(db) ?? new LRUCache<number, Kept>({ max: MOST });
  kept.set(db, shops);
  const known = shops.get(shop.id);
  if (known && stands(known, { version, today, now })) return known.standards;
  const { chunks } = await shopColumns(db, shop.id);
  const columns = chunks.map((chunk) => chunk.columns);
  const standards = standardsOf(columns, dayNumber(today));
  shops.set(shop.id, { version, today, madeAt: now, standards });
  return standards;
}

function stands(known: Kept, { version, today, now }: { version: number; today: string; now: number }): boolean {
  if (known.today !== today) return false;
  const young = now >= known.madeAt && now - known.madeAt < OLD_MS;
  return known.version === version || (known.standards.customers >= LARGE && young);
}
