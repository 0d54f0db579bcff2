import type { Shop } from '../shops/shops.types.ts';
import { gapDistributionOf } from './gaps.rules.ts';
import { checkRange, type KpiDeps, type KpiRange } from './kpis.usecases.ts';
import { dayNumber } from './months.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';

export type Gaps = Awaited<ReturnType<typeof gaps>>;

/**
 * How the days between two orders of a customer are spread, of the gaps that end in the range. Call it after the shop was
 * folded.
 * @throws AppError insights.range
 */
export async function gaps({ db }: KpiDeps, shop: Shop, { from, to }: KpiRange) {
  checkRange({ from, to });
  const { chunks } = await shopColumns(db, shop.id);
  const columns = chunks.map((chunk) => chunk.columns);
  return { from, to, ...gapDistributionOf(columns, { from: dayNumber(from), to: dayNumber(to) }) };
}
