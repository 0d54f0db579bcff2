import { jobsView, syncAsked, syncTaken } from '../contracts/activity.ts';
import { noQuery } from '../contracts/common.ts';
import { jobsOf, wantSync } from './background.usecases.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';

/** What works in the background, and asking for it. */
export const backgroundRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/jobs',
    scope: 'read',
    query: noQuery,
    answer: jobsView,
    summary: 'What is read from the platform, what waits, and what runs by the clock',
    read: ({ db, clock, schedule = [] }, { shop }) => jobsOf({ db, clock, schedule }, shop),
  }),
  writes({
    method: 'post',
    path: '/syncs',
    scope: 'write',
    body: syncAsked,
    answer: syncTaken,
    status: 202,
    summary: 'Wants something read from the platform again, now',
    async write(scope, { actor, body: { kind } }) {
      await wantSync(scope, kind, actor);
      return { kind, asked: true as const };
    },
    after: async ({ jobs }, { shop }) => jobs.wake('platform', shop.id),
  }),
];
