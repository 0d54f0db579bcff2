import { archiveFile, archivesOf, askArchive } from '../archives/archives.usecases.ts';
import { archivesView, archiveView } from '../contracts/activity.ts';
import { idParams, noQuery } from '../contracts/common.ts';
import { localDay } from '../shared/calendar.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';

/** Everything of the shop as one file. */
export const archivesRoutes: Endpoint[] = [
  writes({
    method: 'post',
    path: '/exports/archive',
    scope: 'admin',
    answer: archiveView,
    status: 202,
    summary: 'Wants everything of the shop as one file, CSV and JSON of every table; it is made in the background',
    write: (scope, { actor }) => askArchive(scope, actor),
    after: async ({ jobs }, { shop }) => jobs.wake('archives', shop.id),
  }),
  reads({
    method: 'get',
    path: '/archives',
    scope: 'admin',
    query: noQuery,
    answer: archivesView,
    summary: 'Such files, newest first; each is kept for a day',
    read: async ({ db }, { shop }) => ({ items: await archivesOf({ db }, shop.id) }),
  }),
  reads({
    method: 'get',
    path: '/archives/:id/file',
    scope: 'admin',
    params: idParams,
    query: noQuery,
    answer: 'file',
    types: ['application/zip'],
    summary: 'One such file',
    async read({ db }, { shop, params: { id } }) {
      const { bytes, finishedAt, chunks } = await archiveFile({ db }, shop.id, id);
      const name = `bazgasht-${shop.domain.replace(/[^a-z0-9.-]/g, '-')}-${localDay(finishedAt ?? 0, shop.timeZone)}.zip`;
      return { stream: { name, type: 'application/zip', bytes, chunks } };
    },
  }),
];
