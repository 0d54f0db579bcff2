import { idParams, noQuery } from '../contracts/common.ts';
import {
  auditQuery,
  auditPage as auditShape,
  deliveriesPage,
  deliveriesQuery,
  deliveriesReplayed,
  deliveryReplayed,
  exportParams,
  exportsList,
  replayAsked,
  shopChange,
  shopDisconnected,
  shopStatus,
  shopView,
} from '../contracts/shop.ts';
import { deliveriesIn, replayParked, replaySome } from '../inbox/replay.usecases.ts';
import { exportFile, exportsOf } from '../privacy/export.usecases.ts';
import { auditPage, recordAction } from '../shops/audit.usecases.ts';
import { disconnectShop } from '../shops/stores.usecases.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';
import { changeShop, statusOf, viewOf } from './shop.usecases.ts';

/** The shop itself: settings, state, deliveries, files and the audit log. */
export const shopRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/shop',
    scope: 'read',
    query: noQuery,
    answer: shopView,
    summary: 'The shop and its settings',
    read: ({ db, clock }, { shop }) => viewOf(db.read, shop, clock.now()),
  }),
  writes({
    method: 'patch',
    path: '/shop',
    scope: 'write',
    body: shopChange,
    answer: shopView,
    summary: 'Changes settings: language, calendar, unit economics; what is left out stays',
    write: (scope, { actor, body }) => changeShop(scope, body, actor),
  }),
  reads({
    method: 'get',
    path: '/shop/status',
    scope: 'read',
    query: noQuery,
    answer: shopStatus,
    summary: 'How the shop does: state, lag, parked deliveries, the last order',
    read: ({ db, clock }, { shop }) => statusOf({ db, clock }, shop),
  }),
  reads({
    method: 'get',
    path: '/deliveries',
    scope: 'read',
    query: deliveriesQuery,
    answer: deliveriesPage,
    summary: 'Deliveries that are parked, or that wait, oldest first',
    async read({ db }, { shop, query: { state, cursor, limit } }) {
      const rows = await deliveriesIn({ db }, shop.id, state, cursor, limit + 1);
      return page(rows, limit);
    },
  }),
  writes({
    method: 'post',
    path: '/deliveries/:id/replay',
    scope: 'write',
    params: idParams,
    answer: deliveryReplayed,
    status: 202,
    summary: 'Sets a parked delivery to be applied again',
    async write(scope, { actor, params: { id } }) {
      await replayParked({ tx: scope.tx, shopId: scope.shop.id, now: scope.now }, id);
      const [before, after] = [{ state: 'parked' }, { state: 'pending' }];
      await recordAction(scope, { actor, action: 'delivery.replay', target: id, before, after });
      return { id, state: 'pending' as const };
    },
    after: async ({ jobs }, { shop }) => jobs.wake('inbox', shop.id),
  }),
  writes({
    method: 'post',
    path: '/deliveries/replay',
    scope: 'write',
    body: replayAsked,
    answer: deliveriesReplayed,
    status: 202,
    summary: 'Sets some parked deliveries, or all for which it makes sense, to be applied again',
    async write(scope, { actor, body: { ids = null } }) {
      const done = await replaySome(scope, ids);
      if (done.replayed > 0) {
        await recordAction(scope, { actor, action: 'delivery.replay_some', before: null, after: done });
      }
      return done;
    },
    after: async ({ jobs }, { shop }) => jobs.wake('inbox', shop.id),
  }),
  reads({
    method: 'get',
    path: '/exports',
    scope: 'admin',
    query: noQuery,
    answer: exportsList,
    summary: 'Answers to customers’ data requests, newest first',
    read: async ({ db }, { shop }) => ({ items: await exportsOf({ db }, shop.id) }),
  }),
  reads({
    method: 'get',
    path: '/exports/:id/:format',
    scope: 'admin',
    params: exportParams,
    query: noQuery,
    answer: 'file',
    types: ['application/json', 'text/csv'],
    summary: 'One such answer as a file, json or csv',
    async read({ db }, { shop, params: { id, format } }) {
      const file = await exportFile({ db }, shop.id, id);
      const type = format === 'json' ? 'application/json' : 'text/csv; charset=utf-8';
      return { file: { name: `${id}.${format}`, type, bytes: file[format] } };
    },
  }),
  reads({
    method: 'get',
    path: '/audit',
    scope: 'admin',
    query: auditQuery,
    answer: auditShape,
    summary: 'Who did what, newest first',
    async read({ db }, { shop, query: { cursor, limit } }) {
      return page(await auditPage({ db }, shop.id, cursor ?? null, limit + 1), limit);
    },
  }),
  writes({
    method: 'post',
    path: '/shop/disconnect',
    scope: 'admin',
    answer: shopDisconnected,
    summary: 'Disconnects a WooCommerce store; its data is kept 30 days',
    before: async ({ farewell }, { shop }) => farewell?.(shop),
    write: (scope, { actor }) => disconnectShop(scope, actor),
  }),
];

/** One row more than a page was asked for says that there is another; the next begins behind the last shown. */
function page<T extends { id: string }>(rows: readonly T[], limit: number) {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
