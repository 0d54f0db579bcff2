import { idParams } from '../contracts/common.ts';
import { effectDecided, effectDecision, effectsPage, effectsQuery } from '../contracts/effects.ts';
import { effectsIn, retryEffect } from '../effects/manage.usecases.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';

const WAITING_FOR_A_PERSON = ['failed', 'doubtful'] as const;

/** What is owed to the world, and what a person says of what failed or is in doubt. */
export const effectsRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/effects',
    scope: 'read',
    query: effectsQuery,
    answer: effectsPage,
    summary: 'What is owed to the world (tags, codes, messages) in one state, or what waits for a person, newest first',
    async read({ db }, { shop, query: { state, cursor = null, limit } }) {
      const states = state === undefined ? WAITING_FOR_A_PERSON : [state];
      const rows = await effectsIn({ db }, shop.id, { states, before: cursor, limit: limit + 1 });
      const items = rows.slice(0, limit);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  }),
  writes({
    method: 'post',
    path: '/effects/:id/retry',
    scope: 'write',
    params: idParams,
    body: effectDecision,
    answer: effectDecided,
    status: 202,
    summary: 'Says of what failed or is in doubt that it happened, or has it done again',
    write: (scope, { actor, params: { id }, body: { how } }) => retryEffect(scope, { id, how, actor }),
    after: async ({ jobs }, { shop }) => jobs.wake('effects', shop.id),
  }),
];
