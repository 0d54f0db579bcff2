import { createHmac } from 'node:crypto';
import type { World } from '../../../db/testing.ts';
import type { ShopifyDeps } from '../connect/shopify.deps.ts';
import type { ShopifyPlatform } from '../platform.ts';

type Json = Record<string, unknown>;
export type Call = { url: string; body: Json; token: string | null; range: string | null };
type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string | ReadableStream };

/** For tests only: answers in the place of Shopify, as its documentation shows them. */
export type FakeShopify = {
  platform: ShopifyPlatform;
  calls: Call[];
  /** What each operation answers: `data`, or a whole reply. The last one said stays. */
  answers: Map<string, (variables: Json, call: Call) => unknown>;
  /** Replies that come before anything else, once each. */
  first: (Reply | 'silence' | 'broken')[];
  /** Tokens that the Admin API takes; null: any. */
  accepted: Set<string> | null;
  /** What the token endpoint answers. */
  oauth: (body: Json) => Reply;
  /** What any other address answers: files. */
  file: (call: Call) => Reply;
  operations(): string[];
};

export const data = (value: unknown): Reply => ({ json: { data: value } });

/** A pair as the token endpoint gives it, numbered. */
export const pair = (number: number, fields: Json = {}): Reply => ({
  json: {
    access_token: `shpat_${number}`,
    scope: 'read_orders,read_customers',
    expires_in: 3600,
    refresh_token: `shprt_${number}`,
    refresh_token_expires_in: 7_776_000,
    ...fields,
  },
});

export const profile = {
  shop: {
    id: 'gid://shopify/Shop/1',
    name: 'Tea',
    myshopifyDomain: 'tea.myshopify.com',
    currencyCode: 'USD',
    ianaTimezone: 'Asia/Tehran',
    updatedAt: '2025-01-01T00:00:00Z',
    shopAddress: { countryCodeV2: 'IR' },
  },
};

const EMPTY_PAGE = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

function toResponse({ status = 200, headers = {}, json, text }: Reply): Response {
  return new Response(json === undefined ? (text ?? null) : JSON.stringify(json), { status, headers });
}

export function fakeShopify(): FakeShopify {
  let given = 0;
  const answers: FakeShopify['answers'] = new Map<string, (variables: Json, call: Call) => unknown>([
    ['ShopProfile', () => profile],
    ['WebhookSubscriptions', () => ({ webhookSubscriptions: EMPTY_PAGE })],
    [
      'WebhookSubscribe',
      () => ({ webhookSubscriptionCreate: { userErrors: [], webhookSubscription: { id: 'gid://x' } } }),
    ],
    ['BulkOperations', () => ({ bulkOperations: { nodes: [] } })],
    ['OrdersUpdated', () => ({ orders: EMPTY_PAGE })],
    ['CustomersUpdated', () => ({ customers: EMPTY_PAGE })],
  ]);
  const graphql = (call: Call): Response => {
    if (fake.accepted !== null && !fake.accepted.has(call.token ?? ''))
      return toResponse({ status: 401, json: { errors: 'Invalid API key or access token' } });
    const name = /(?:query|mutation) (\w+)/.exec(String(call.body.query))?.[1] ?? '';
    const answer = answers.get(name);
    if (!answer) throw new Error(`The fake has no answer to ${name}.`);
    const value = answer((call.body.variables ?? {}) as Json, call) as Reply;
    return toResponse('json' in value || 'status' in value ? value : data(value));
  };
  const silence = (signal: AbortSignal | null | undefined) =>
    new Promise<Response>((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  const fake: FakeShopify = {
    calls: [],
    answers,
    first: [],
    accepted: null,
    oauth: () => {
      given += 1;
      return pair(given);
    },
    file: () => ({ status: 404 }),
    operations: () =>
      fake.calls.flatMap(({ body }) => /(?:query|mutation) (\w+)/.exec(String(body.query ?? ''))?.[1] ?? []),
    platform: {
      apiKey: 'test',
      apiSecret: 'test-secret',
      scopes: ['read_orders'],
      appUrl: 'https://app.example.test',
      fetch: async (input, init) => {
        const headers = new Headers(init?.headers);
        const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as Json) : {};
        const call = {
          url: String(input),
          body,
          token: headers.get('x-shopify-access-token'),
          range: headers.get('range'),
        };
        fake.calls.push(call);
        const next = fake.first.shift();
        if (next === 'silence') return silence(init?.signal);
        if (next === 'broken') throw new TypeError('fetch failed');
        if (next) return toResponse(next);
        if (call.url.endsWith('/admin/oauth/access_token')) return toResponse(fake.oauth(body));
        return call.url.endsWith('/graphql.json') ? graphql(call) : toResponse(fake.file(call));
      },
    },
  };
  return fake;
}

/** The app's side of it: the world's clock is also the real one; waits are noted, not waited. */
export function fakeDeps(world: World, fake: FakeShopify, more: Partial<ShopifyDeps> = {}) {
  const waits: number[] = [];
  const woken: number[] = [];
  const deps: ShopifyDeps = {
    db: world.db,
    clock: world.clock,
    realClock: world.clock,
    ids: world.ids,
    reactions: world.reactions,
    features: world.features,
    vault: world.vault,
    logger: world.logger,
    platform: fake.platform,
    webhooks: 'shop',
    sleep: async (ms) => waits.push(ms),
    wake: (shopId) => woken.push(shopId),
    ...more,
  };
  return { deps, waits, woken };
}

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A session token as App Bridge gives it; `now` in epoch ms. */
export function sessionToken(
  now: number,
  { claims = {}, header = {}, secret = 'test-secret' }: { claims?: Json; header?: Json; secret?: string } = {},
): string {
  const seconds = Math.floor(now / 1000);
  const domain = 'https://tea.myshopify.com';
  const body = {
    iss: `${domain}/admin`,
    dest: domain,
    aud: 'test',
    sub: '42',
    jti: 'j',
    sid: 's',
    iat: seconds,
    nbf: seconds,
    exp: seconds + 60,
    ...claims,
  };
  const text = `${encoded({ alg: 'HS256', typ: 'JWT', ...header })}.${encoded(body)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
