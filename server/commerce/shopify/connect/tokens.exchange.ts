import { z } from 'zod';
import type { TokenPair } from '../../../shops/tokens.usecases.ts';
import { send } from '../admin/admin.send.ts';
import type { ShopifyPlatform } from '../platform.ts';
import { exchangeRefused, refusedCall, shopClosed, throttled, unavailable } from '../shopify.errors.ts';

/** What is exchanged for a pair of tokens. */
export type Grant =
  | { kind: 'session'; sessionToken: string }
  | { kind: 'code'; code: string }
  | { kind: 'refresh'; refreshToken: string };

export type Granted = TokenPair & { scopes: string[] };

const seconds = z.number().positive().max(10_000_000_000).nullish();
const answerShape = z.object({
  access_token: z.string().min(1).max(1_000),
  scope: z.string().max(10_000).catch(''),
  expires_in: seconds,
  refresh_token: z.string().min(1).max(1_000).nullish(),
  refresh_token_expires_in: seconds,
});
const refusalShape = z.object({ error: z.string().max(100) });

const OFFLINE = 'urn:shopify:params:oauth:token-type:offline-access-token';
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

function fieldsOf(grant: Grant): Record<string, string> {
  if (grant.kind === 'refresh') return { grant_type: 'refresh_token', refresh_token: grant.refreshToken };
  if (grant.kind === 'code') return { code: grant.code, expiring: '1' };
  return {
    grant_type: EXCHANGE,
    subject_token: grant.sessionToken,
    subject_token_type: ID_TOKEN,
    requested_token_type: OFFLINE,
    expiring: '1',
  };
}

/**
 * Asks Shopify for expiring offline tokens. `now` is real time in epoch ms.
 * @throws AppError shopify.exchange_refused when Shopify refuses the grant for good; shopify.unavailable and
 *   shopify.throttled are retryable; shopify.shop_closed, shopify.refused
 */
export async function exchange(
  platform: ShopifyPlatform,
  { domain, now, timeoutMs }: { domain: string; now: number; timeoutMs?: number | undefined },
  grant: Grant,
): Promise<Granted> {
  const keys = { client_id: platform.apiKey, client_secret: platform.apiSecret };
  const url = `https://${domain}/admin/oauth/access_token`;
  const { status, json } = await send(platform, url, { body: { ...keys, ...fieldsOf(grant) }, timeoutMs });
  if (status === 429) throw throttled();
  if (status === 402 || status === 404 || status === 423) throw shopClosed(status);
  if (status >= 400 && status < 500) {
    const refusal = refusalShape.safeParse(json);
    const reason = refusal.success ? refusal.data.error : 'unknown';
    // That is about the app's own keys, not about what this shop granted.
    if (reason === 'invalid_client') throw refusedCall('it does not know SHOPIFY_API_KEY and SHOPIFY_API_SECRET.');
    throw exchangeRefused({ status, reason });
  }
  const answer = answerShape.safeParse(json);
  if (status !== 200 || !answer.success) throw unavailable('Shopify gave no access just now.', { details: { status } });
  const { data } = answer;
  const after = (span: number | null | undefined) => (span ? now + Math.floor(span * 1000) : null);
  return {
    accessToken: data.access_token,
    accessExpiresAt: after(data.expires_in),
    refreshToken: data.refresh_token ?? null,
    refreshExpiresAt: after(data.refresh_token_expires_in),
    scopes: data.scope.split(',').flatMap((scope) => scope.trim() || []),
  };
}
