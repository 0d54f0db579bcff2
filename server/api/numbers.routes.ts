import { noQuery } from '../contracts/common.ts';
import {
  kpisQuery,
  kpis as kpisShape,
  lifecycle as lifecycleShape,
  rfmQuery,
  rfm as rfmShape,
} from '../contracts/numbers.ts';
import { sharedKpis } from '../insights/answers.usecases.ts';
import { DEFAULT_WINDOW } from '../insights/kpis.usecases.ts';
import { lifecycle } from '../insights/lifecycle.usecases.ts';
import { rfm } from '../insights/rfm.usecases.ts';
import { addDays, localDay } from '../shared/calendar.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import { type Endpoint, type ReadyAnswer, reads } from './endpoint.ts';

/** Days shown when no range is asked for. */
const DAYS = 30;

/** The numbers of a shop and the segments of its customers. */
export const numbersRoutes: Endpoint[] = [
  reads({
    ...{ method: 'get', path: '/kpis', scope: 'read', query: kpisQuery, answer: kpisShape },
    summary: 'Every number of the shop for a range of local days',
    async read(deps, { shop, query }) {
      const now = deps.clock.now();
      const { to = localDay(now, zoneAt(shop, now)), window = DEFAULT_WINDOW } = query;
      const { from = addDays(to, 1 - DAYS) } = query;
      const range = { from, to, window };
      const answer: ReadyAnswer = { ready: (await sharedKpis(deps, shop, range)).json };
      return answer;
    },
  }),
  reads({
    ...{ method: 'get', path: '/segments/rfm', scope: 'read', query: rfmQuery, answer: rfmShape },
    summary: 'Customers by RFM score and by ten named segments',
    read: (deps, { shop, query: { method, to } }) => rfm(deps, shop, { method, ...(to === undefined ? {} : { to }) }),
  }),
  reads({
    ...{ method: 'get', path: '/segments/lifecycle', scope: 'read', query: noQuery, answer: lifecycleShape },
    summary: 'Customers by stage of their life, by the shop’s own gaps between orders',
    read: (deps, { shop }) => lifecycle(deps, shop),
  }),
];
