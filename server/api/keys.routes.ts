import { keyAsked, keyMade, keyRevoked, keysView } from '../contracts/activity.ts';
import { idParams, noQuery } from '../contracts/common.ts';
import { keyTooWide } from './api.errors.ts';
import { type Endpoint, reads, writes } from './endpoint.ts';
import { endKey, keysOf, makeKey } from './keys.usecases.ts';

/** Keys for programs of the merchant's. */
export const keysRoutes: Endpoint[] = [
  reads({
    method: 'get',
    path: '/api-keys',
    scope: 'admin',
    query: noQuery,
    answer: keysView,
    summary: 'The shop’s API keys, oldest first, revoked ones too',
    read: async ({ db }, { shop }) => ({ items: await keysOf({ db }, shop.id) }),
  }),
  writes({
    method: 'post',
    path: '/api-keys',
    scope: 'admin',
    body: keyAsked,
    answer: keyMade,
    status: 201,
    summary: 'Makes a key, which is shown this once',
    shownOnce: true,
    async write(scope, { actor, scopes, body }) {
      // Whoever holds a key must not get at more by it.
      if (!scopes.has(body.scope)) throw keyTooWide(body.scope);
      return makeKey(scope, { ...body, actor });
    },
  }),
  writes({
    method: 'post',
    path: '/api-keys/:id/revoke',
    scope: 'admin',
    params: idParams,
    answer: keyRevoked,
    summary: 'Ends a key at once; one that has ended stays so',
    async write(scope, { actor, params: { id } }) {
      await endKey(scope, id, actor);
      return { id, revoked: true as const };
    },
  }),
];
