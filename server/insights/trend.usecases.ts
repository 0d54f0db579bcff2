import { addMonthsInCalendar, localDay } from '../shared/calendar.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { listPointsDays } from './insights.repository.ts';
import { checkRange, DEFAULT_WINDOW, type KpiDeps } from './kpis.usecases.ts';
import { dayNumber } from './months.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';
import { trendFrom } from './trend.rules.ts';

/** `to`: the last local day of the last month shown; `window`: W of customer retention in days. */
export type TrendAsked = { to: string; months: number; window?: number };
export type Trend = Awaited<ReturnType<typeof trend>>;

/**
 * The main numbers of the months up to a day, oldest first: each month says what `kpis` says of it. Months are those of the
 * shop's calendar. Call it after the shop was folded.
 * @throws AppError insights.range, insights.window
 */
export async function trend({ db, clock }: KpiDeps, shop: Shop, { to, months, window = DEFAULT_WINDOW }: TrendAsked) {
  checkRange({ from: to, to, window });
  const { calendar, currency } = shop;
  const from = addMonthsInCalendar(to, 1 - months, calendar);
  const now = clock.now();
  const columns = await shopColumns(db, shop.id);
  const today = dayNumber(localDay(now, zoneAt(shop, now)));
  const asked = { from: dayNumber(from), to: dayNumber(to), window, calendar, currency, today };
  return { currency, months: trendFrom(columns, asked, await listPointsDays(db.read, shop.id)) };
}
