import type { Database } from '../db/database.ts';
import { isValidDay, localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { badRequest } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import type { Reactions } from '../shops/scope.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { foldShop } from './fold.usecases.ts';
import { findEconomics, listChannels, listPointsDays } from './insights.repository.ts';
import { kpisFrom } from './kpis.rules.ts';
import { numbersOf } from './numbers.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';

export type KpiDeps = { db: Database; ids: Ids; reactions: Reactions; clock: Clock };
/** Local days, both included, and W of customer retention in days. */
export type KpiRange = { from: string; to: string; window?: number };
/** Amounts in currency units, rates as shares of 1 (CRR in per cent), null where there is nothing to divide by. */
export type Kpis = ReturnType<typeof kpisFrom>;

/** W unless said otherwise: a customer is who bought within a year. */
export const DEFAULT_WINDOW = 365;
/** Days of a range when none is asked for. */
export const DEFAULT_DAYS = 30;
/** Ten years: beyond that nobody would ever be lost. */
const LONGEST_WINDOW = 3_660;

/**
 * Every number of a shop. `from` and `to` choose what is summed; first orders and look-backs use all history up to `to`.
 * What changed since the numbers were last brought up to date is packed first, so nothing is missing.
 * @throws AppError insights.range, insights.window
 */
export async function kpis(deps: KpiDeps, shop: Shop, range: KpiRange): Promise<Kpis> {
  checkRange(range);
  await foldShop(deps, shop.id, deps.clock.now());
  return kpisAsPacked(deps, shop, range);
}

/** The same of what has been packed so far. @throws AppError insights.range, insights.window */
export async function kpisAsPacked({ db, clock }: KpiDeps, shop: Shop, range: KpiRange): Promise<Kpis> {
  const { from, to, window = DEFAULT_WINDOW } = range;
  checkRange(range);
  const columns = await shopColumns(db, shop.id);
  const today = localDay(clock.now(), zoneAt(shop, clock.now()));
  const economics = await findEconomics(db.read, shop.id);
  const channels = await listChannels(db.read, shop.id);
  return kpisFrom(
    numbersOf(columns, { from, to, window, calendar: shop.calendar, today }),
    { from, to, window, currency: shop.currency },
    {
      economics: economics ?? { grossMargin: null, acquisitionCost: null, pointCost: null },
      pointsDays: await listPointsDays(db.read, shop.id),
      sources: new Map(channels.map(({ channel, name }) => [channel, name])),
    },
  );
}

/** @throws AppError insights.range, insights.window */
export function checkRange({ from, to, window }: KpiRange): void {
  for (const [field, value] of Object.entries({ to, from })) {
    if (!isValidDay(value)) throw refused('range', field, 'has to be a day such as 2026-03-21');
  }
  if (from > to) throw refused('range', 'from', 'lies after "to"');
  if (window !== undefined && !(Number.isInteger(window) && window >= 1 && window <= LONGEST_WINDOW)) {
    throw refused('window', 'window', `has to be a whole number of days from 1 to ${LONGEST_WINDOW}`);
  }
}

const refused = (what: 'range' | 'window', field: string, reason: string) =>
  badRequest(`insights.${what}`, `"${field}" ${reason}.`, { field, reason });
