import { minorDigits } from '../shared/money.ts';
import type { Shop } from '../shops/shops.types.ts';
import { foldShop } from './fold.usecases.ts';
import { checkRange, type KpiDeps } from './kpis.usecases.ts';
import { dayNumber, dayOf } from './months.rules.ts';
import { type RfmMethod, rfmCounts, rfmCustomers, rfmScores, rfmThresholds } from './rfm.rules.ts';
import { shopColumns } from './shop-columns.usecases.ts';

export type RfmAsked = { method: RfmMethod; to?: string | undefined };
export type Rfm = Awaited<ReturnType<typeof rfm>>;

/** The end of time, as a local day: everything known counts. */
const ALWAYS = '9999-12-31';

/**
 * RFM of a shop's customers: how many have each score and stand in each of ten segments, the cuts of the quantile method,
 * and what the middle customer is like. The snapshot is the day after the last order up to `to`.
 * @throws AppError insights.range
 */
export async function rfm(deps: KpiDeps, shop: Shop, asked: RfmAsked) {
  checkAsked(asked);
  await foldShop(deps, shop.id, deps.clock.now());
  return rfmAsPacked(deps, shop, asked);
}

const checkAsked = ({ to }: RfmAsked) => to !== undefined && checkRange({ from: to, to });

/** The same of what has been packed so far. @throws AppError insights.range */
export async function rfmAsPacked({ db }: KpiDeps, shop: Shop, asked: RfmAsked) {
  const { method, to } = asked;
  checkAsked(asked);
  const { chunks } = await shopColumns(db, shop.id);
  const { snapshot, customers } = rfmCustomers(
    chunks.map(({ columns }) => columns),
    dayNumber(to ?? ALWAYS),
  );
  const { thresholds, mean_recency_days, median_monetary } = rfmThresholds(customers);
  const unit = 10 ** minorDigits(shop.currency);
  return {
    method,
    snapshot: customers.length === 0 ? null : dayOf(snapshot),
    customers: customers.length,
    ...rfmCounts(rfmScores(customers, method, thresholds)),
    ...(method === 'quantile'
      ? { thresholds: { ...thresholds, monetary: thresholds.monetary.map((value) => value / unit) } }
      : {}),
    mean_recency_days,
    median_monetary: median_monetary === null ? null : median_monetary / unit,
  };
}
