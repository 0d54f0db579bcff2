import type { Shop } from '../shops/shops.types.ts';
import { foldSome } from './fold.usecases.ts';
import { type Gaps, gaps } from './gaps.usecases.ts';
import { answeredOnce } from './kept-answers.usecases.ts';
import { type KpiDeps, type KpiRange, type Kpis, kpisAsPacked } from './kpis.usecases.ts';
import { type Rfm, type RfmAsked, rfmAsPacked } from './rfm.usecases.ts';
import { type Trend, type TrendAsked, trend } from './trend.usecases.ts';

/**
 * Numbers, and the same written as JSON: for a long history, writing takes as long as computing. `asOf`: the instant up to
 * which they hold, epoch ms.
 */
export type Answer<T = Kpis> = { asOf: number; numbers: T; json: Buffer };

/**
 * The same as `kpis`, for callers who come often and together: one batch of what changed is packed at most, and the same
 * question about numbers that nobody has written since is answered once.
 * @throws AppError insights.range, insights.window
 */
export const sharedKpis = (deps: KpiDeps, shop: Shop, range: KpiRange): Promise<Answer> =>
  shared(deps, shop, ['kpis', range.from, range.to, range.window], () => kpisAsPacked(deps, shop, range));

/** The same for `trend`. @throws AppError insights.range, insights.window */
export const sharedTrend = (deps: KpiDeps, shop: Shop, asked: TrendAsked): Promise<Answer<Trend>> =>
  shared(deps, shop, ['trend', asked.to, asked.window, asked.months], () => trend(deps, shop, asked));

/** The same for `gaps`. @throws AppError insights.range */
export const sharedGaps = (deps: KpiDeps, shop: Shop, range: KpiRange): Promise<Answer<Gaps>> =>
  shared(deps, shop, ['gaps', range.from, range.to], () => gaps(deps, shop, range));

/** The same for `rfm`. @throws AppError insights.range */
export const sharedRfm = (deps: KpiDeps, shop: Shop, asked: RfmAsked): Promise<Answer<Rfm>> =>
  shared(deps, shop, ['rfm', asked.method, asked.to], () => rfmAsPacked(deps, shop, asked));

async function shared<T>(
  deps: KpiDeps,
  shop: Shop,
  question: readonly [string, ...unknown[]],
  compute: () => Promise<T>,
): Promise<Answer<T>> {
  const asOf = await foldSome(deps, shop.id, deps.clock.now());
  const answer = await answeredOnce(deps, shop, question, {
    async work() {
      const numbers = await compute();
      return { numbers, json: Buffer.from(JSON.stringify(numbers)) };
    },
    // The numbers themselves take some three times what is written of them.
    bytesOf: ({ json }) => json.length * 4,
  });
  return { asOf, numbers: answer.numbers, json: answer.json };
}
