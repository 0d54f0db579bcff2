import { noQuery } from '../contracts/common.ts';
import {
  kpisQuery,
  kpis as kpisShape,
  lifecycle as lifecycleShape,
  rfmQuery,
  rfm as rfmShape,
} from '../contracts/numbers.ts';
import { DEFAULT_WINDOW, type Kpis, kpis } from '../insights/kpis.usecases.ts';
import { lifecycle } from '../insights/lifecycle.usecases.ts';
import { rfm } from '../insights/rfm.usecases.ts';
import { together } from '../insights/together.usecases.ts';
import { addDays, localDay } from '../shared/calendar.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import { type Endpoint, type ReadyAnswer, reads } from './endpoint.ts';

/** Days shown when no range is asked for. */
const DAYS = 30;

/** Written once for all who share it: for a long history that takes longer than computing it. */
const ready = (numbers: Kpis): ReadyAnswer => ({ ready: Buffer.from(JSON.stringify(numbers)) });
const shared = together<ReadyAnswer>();

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
      return shared(deps.db, `${shop.id} ${from} ${to} ${window}`, async () => ready(await kpis(deps, shop, range)));
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
