import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testClock } from '../../shared/clock.ts';
import { newState } from '../store/sandbox.files.ts';
import { SANDBOX_DOMAIN, SANDBOX_SCOPES } from '../store/sandbox.own.ts';
import type { Past } from '../store/sandbox.past.ts';
import { createStore } from '../store/sandbox.store.ts';
import { createPlatform } from './sandbox.platform.ts';
import { sessionToken } from './sandbox.tokens.ts';
import { tellAsShopify } from './sandbox.told.ts';

/** Answers are looked into freely: their shape is what is tested. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Answered = any;

/** For tests only: a store without an app, in a folder of its own, with a platform that answers for it. */
export function testStore(past: Past = { customers: [], orders: [] }, start = Date.UTC(2026, 0, 1)) {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-sandbox-'));
  const clock = testClock(start);
  const state = newState(start);
  const store = createStore({ folder, clock, domain: SANDBOX_DOMAIN, past, tell: tellAsShopify(SANDBOX_DOMAIN) });
  const keep = (change: object) => void Object.assign(state, change);
  const platform = createPlatform({ state, keep, store, scopes: [...SANDBOX_SCOPES], now: clock.now });
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await platform.fetch(`https://${SANDBOX_DOMAIN}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Answered };
  };
  const exchange = async (expiring = '1') =>
    post('/admin/oauth/access_token', {
      client_id: state.apiKey,
      client_secret: state.apiSecret,
      expiring,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      subject_token: await sessionToken({ ...state, domain: SANDBOX_DOMAIN }, clock.now()),
    });
  /** Runs an operation with a token of its own. */
  const graphql = async (query: string, variables: object = {}, version = '2026-10') => {
    const token = (await exchange()).body.access_token;
    const path = `/admin/api/${version}/graphql.json`;
    return (await post(path, { query, variables }, { 'x-shopify-access-token': token })).body;
  };
  const close = () => rmSync(folder, { recursive: true, force: true });
  return { folder, clock, state, store, platform, post, exchange, graphql, close };
}
