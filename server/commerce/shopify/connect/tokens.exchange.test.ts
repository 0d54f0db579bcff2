import '@shopify/shopify-api/adapters/node';
import { createHmac } from 'node:crypto';
import { ApiVersion, LogSeverity, RequestedTokenType, shopifyApi } from '@shopify/shopify-api';
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sessionToken } from '../reading/shopify.fixtures.ts';
import { checkQuery } from './auth.signed.ts';
import { exchange, type Grant } from './tokens.exchange.ts';

const NOW = Date.UTC(2026, 0, 1);
const DOMAIN = 'tea.myshopify.com';
const KEYS = { apiKey: 'test', apiSecret: 'test-secret' };
const ANSWER = {
  access_token: 'shpat_1',
  scope: 'read_orders,read_customers',
  expires_in: 3_600,
  refresh_token: 'shprt_1',
  refresh_token_expires_in: 7_776_000,
};

const theirs = shopifyApi({
  apiKey: KEYS.apiKey,
  apiSecretKey: KEYS.apiSecret,
  apiVersion: ApiVersion.October26,
  hostName: 'app.example.test',
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
});

type Sent = { url: string; method: string | undefined; accept: string | null; type: string | null; body: unknown };

/** A Shopify that gives one answer, and what it was asked. */
function shopify(answer: unknown = ANSWER, status = 200) {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    const [accept, type] = [headers.get('accept'), headers.get('content-type')];
    sent.push({ url: String(input), method: init?.method, accept, type, body: JSON.parse(String(init?.body)) });
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status });
  };
  return { sent, fetch };
}

const ours = (fetch: typeof globalThis.fetch, grant: Grant) =>
  exchange({ ...KEYS, scopes: [], appUrl: 'https://app.example.test', fetch }, { domain: DOMAIN, now: NOW }, grant);

// The library knows the machine's time only.
beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe("Shopify's own library", () => {
  const token = sessionToken(NOW);
  const calls = [
    {
      name: 'an exchange',
      grant: { kind: 'session', sessionToken: token } as const,
      run: () =>
        theirs.auth.tokenExchange({
          shop: DOMAIN,
          sessionToken: token,
          requestedTokenType: RequestedTokenType.OfflineAccessToken,
          expiring: true,
        }),
    },
    {
      name: 'a refresh',
      grant: { kind: 'refresh', refreshToken: 'shprt_0' } as const,
      run: () => theirs.auth.refreshToken({ shop: DOMAIN, refreshToken: 'shprt_0' }),
    },
  ];

  test.each(calls)('asks for $name in the same words, and reads the same from the answer', async ({ grant, run }) => {
    const [to, from] = [shopify(), shopify()];
    setAbstractFetchFunc(from.fetch);
    const { session } = await run();
    const granted = await ours(to.fetch, grant);
    expect(to.sent).toEqual(from.sent);
    expect(granted).toEqual({
      accessToken: session.accessToken,
      accessExpiresAt: session.expires?.getTime(),
      refreshToken: session.refreshToken,
      refreshExpiresAt: session.refreshTokenExpires?.getTime(),
      scopes: session.scope?.split(','),
    });
  });

  test.each(calls)('is not as careful with what $name may bring', async ({ grant, run }) => {
    const page = shopify('<html>This store is unavailable</html>', 404);
    setAbstractFetchFunc(page.fetch);
    await expect(run()).rejects.toThrow(SyntaxError);
    await expect(ours(page.fetch, grant)).rejects.toMatchObject({ code: 'shopify.shop_closed' });
    const nothing = shopify({ scope: 'read_orders' });
    setAbstractFetchFunc(nothing.fetch);
    expect((await run()).session.accessToken).toBeUndefined();
    await expect(ours(nothing.fetch, grant)).rejects.toMatchObject({ code: 'shopify.unavailable', retryable: true });
  });

  test('agrees on which addresses Shopify signed', async () => {
    const query = new URLSearchParams({ code: 'c d', shop: DOMAIN, state: 's', timestamp: String(NOW / 1000) });
    const hmac = createHmac('sha256', KEYS.apiSecret).update(query.toString().replaceAll('+', '%20')).digest('hex');
    for (const [name, value] of Object.entries({
      hmac,
      other: hmac.replace(/^./, (first) => (first === '0' ? '1' : '0')),
    })) {
      const signed = new URLSearchParams(query);
      signed.set('hmac', value);
      const verdict = await theirs.utils.validateHmac(Object.fromEntries(signed));
      expect([name, checkQuery(signed, KEYS.apiSecret, NOW).ok]).toEqual([name, verdict]);
      expect(verdict).toBe(name === 'hmac');
    }
  });
});
