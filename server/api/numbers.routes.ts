import { noQuery } from '../contracts/common.ts';
import {
  gapDistribution,
  gapsQuery,
  kpisQuery,
  kpis as kpisShape,
  lifecycle as lifecycleShape,
  rfmQuery,
  rfm as rfmShape,
} from '../contracts/numbers.ts';
import { trendQuery, trend as trendShape } from '../contracts/trend.ts';
import { sharedGaps, sharedKpis, sharedRfm, sharedTrend } from '../insights/answers.usecases.ts';
import { checkRange, DEFAULT_DAYS, DEFAULT_WINDOW } from '../insights/kpis.usecases.ts';
import { sharedLifecycle } from '../insights/lifecycle.usecases.ts';
import { addDays, localDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { type Endpoint, type ReadyAnswer, reads } from './endpoint.ts';

type Shown = { from?: string | undefined; to?: string | undefined };

/** The range that is asked for; without one, the last 30 local days, today among them. @throws AppError insights.range */
function rangeOf({ clock }: { clock: Clock }, shop: Shop, query: Shown) {
  const now = clock.now();
  const { to = localDay(now, zoneAt(shop, now)) } = query;
  checkRange({ from: to, to });
  return { from: query.from ?? addDays(to, 1 - DEFAULT_DAYS), to };
}

/** Written already: several callers may share it. How far it holds is another matter each time, and put in front. */
async function ready(answer: Promise<{ asOf: number; json: Buffer }>): Promise<ReadyAnswer> {
  const { asOf, json } = await answer;
  return { ready: Buffer.concat([Buffer.from(`{"asOf":${asOf},`), json.subarray(1)]) };
}

/** The numbers of a shop and the segments of its customers. */
export const numbersRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/kpis',
    scope: 'read',
    query: kpisQuery,
    answer: kpisShape,
    summary: 'Every number of the shop for a range of local days',
    read: (deps, { shop, query }) =>
      ready(sharedKpis(deps, shop, { ...rangeOf(deps, shop, query), window: query.window ?? DEFAULT_WINDOW })),
  }),
  reads({
    method: 'get',
    path: '/kpis/trend',
    scope: 'read',
    query: trendQuery,
    answer: trendShape,
    summary: 'The main numbers month by month, as kpis gives them for each month',
    read: (deps, { shop, query: { window = DEFAULT_WINDOW, months, ...query } }) =>
      ready(sharedTrend(deps, shop, { to: rangeOf(deps, shop, query).to, window, months })),
  }),
  reads({
    method: 'get',
    path: '/insights/gaps',
    scope: 'read',
    query: gapsQuery,
    answer: gapDistribution,
    summary: 'How the days between two orders of a customer are spread',
    read: (deps, { shop, query }) => ready(sharedGaps(deps, shop, rangeOf(deps, shop, query))),
  }),
  reads({
    method: 'get',
    path: '/segments/rfm',
    scope: 'read',
    query: rfmQuery,
    answer: rfmShape,
    summary: 'Customers by RFM score and by ten named segments',
    read: (deps, { shop, query: { method, to } }) => ready(sharedRfm(deps, shop, { method, to })),
  }),
  reads({
    method: 'get',
    path: '/segments/lifecycle',
    scope: 'read',
    query: noQuery,
    answer: lifecycleShape,
    summary: 'Customers by stage of their life, by the shop’s own gaps between orders',
    read: (deps, { shop }) => sharedLifecycle(deps, shop),
  }),
];
