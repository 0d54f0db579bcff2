import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Json } from '../../commerce/shopify/writing/payload.parts.ts';
import { announce } from '../store/sandbox.shopping.ts';
import type { SandboxPlatform } from '../store/sandbox.types.ts';
import { answer, type Operation } from './sandbox.admin.ts';
import { jsonLines } from './sandbox.bulk.ts';
import { createOAuth } from './sandbox.oauth.ts';
import type { PlatformDeps } from './sandbox.platform.types.ts';
import { type BulkOperation, rootOf } from './sandbox.root.ts';

const json = (status: number, body: unknown): Response => Response.json(body, { status });
const UNKNOWN_TOKEN = '[API] Invalid API key or access token (unrecognized login or wrong password)';

/** A request's fields, sent as JSON or as a form. */
async function fieldsOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (request.headers.get('content-type')?.includes('json')) return JSON.parse(text) as Record<string, unknown>;
  return Object.fromEntries(new URLSearchParams(text));
}

/** Bulk operations: begun at once, worked on in the next turn, their files kept as long as the process lives. */
function createBulk({ store, state }: PlatformDeps, ask: (operation: Operation) => ReturnType<typeof answer>) {
  const operations = new Map<string, BulkOperation>();
  const work = async (operation: BulkOperation): Promise<void> => {
    await nextTurn();
    const result = await ask({ query: operation.query });
    if (operation.status !== 'RUNNING') return;
    const done = result?.data && !result.errors ? jsonLines(result.data as Json) : null;
    Object.assign(operation, done ?? {}, { status: done ? 'COMPLETED' : 'FAILED', completedAt: store.clock.now() });
    if (!state.subscriptions.some(({ topic }) => topic === 'BULK_OPERATIONS_FINISH')) return;
    const { id, status } = operation;
    const body = { admin_graphql_api_id: id, status: status.toLowerCase(), type: 'query', error_code: null };
    announce(store, 'bulk_operations/finish', body);
  };
  const begin = async (query: string): Promise<BulkOperation | string> => {
    if (!/\{[\s\S]*\bedges\b/.test(query)) return 'Bulk queries must contain at least one connection.';
    const id = `gid://shopify/BulkOperation/${operations.size + 1}`;
    const operation: BulkOperation = {
      id,
      query,
      status: 'RUNNING',
      createdAt: store.clock.now(),
      completedAt: null,
      objects: 0,
      roots: 0,
      text: '',
    };
    operations.set(id, operation);
    void work(operation);
    return operation;
  };
  return { operations, begin };
}

/** Shopify, as far as the app calls it: every address of the store, answered inside of the process. */
export function createPlatform(deps: PlatformDeps): SandboxPlatform & { code(): string } {
  const { state, store, scopes } = deps;
  const oauth = createOAuth(deps);
  // The query of a bulk operation was checked by the version that its caller speaks; the newest answers it.
  const bulk = createBulk(deps, (operation) => answer({ version: '2026-10', operation, root, bulk: true }));
  const root = rootOf({ ...deps, ...bulk });

  const respond = async (request: Request): Promise<Response> => {
    const { hostname, pathname } = new URL(request.url);
    if (hostname !== store.domain) throw new TypeError(`fetch failed: the sandbox reaches no other host (${hostname})`);
    if (pathname === '/admin/oauth/access_token' && request.method === 'POST') {
      const { status, body } = await oauth.token(await fieldsOf(request));
      return json(status, body);
    }
    const file = /^\/bulk\/(\d+)\.jsonl$/.exec(pathname)?.[1];
    if (file !== undefined) {
      const operation = bulk.operations.get(`gid://shopify/BulkOperation/${file}`);
      return operation?.status === 'COMPLETED' ? new Response(operation.text) : new Response(null, { status: 404 });
    }
    const version = /^\/admin\/api\/([\w-]+)\/graphql\.json$/.exec(pathname)?.[1];
    if (version === undefined || request.method !== 'POST') return json(404, { errors: 'Not Found' });
    if (!oauth.admits(request.headers.get('x-shopify-access-token'))) return json(401, { errors: UNKNOWN_TOKEN });
    const executed = await answer({ version, operation: await fieldsOf(request), root });
    return executed === null ? json(404, { errors: 'Not Found' }) : json(200, executed);
  };

  return {
    apiKey: state.apiKey,
    apiSecret: state.apiSecret,
    scopes,
    appUrl: 'http://localhost',
    code: oauth.code,
    fetch: (input, init) => respond(new Request(input, init)),
  };
}
