import { bounded } from '../../../shared/text.ts';
import type { ShopifyPlatform } from '../platform.ts';
import { unavailable } from '../shopify.errors.ts';

/** Shopify answers within a few seconds or not at all. */
export const TIMEOUT_MS = 20_000;
/** An answer to one query is far smaller. */
const MAX_ANSWER = 20 * 1024 * 1024;

export type Answer = { status: number; retryAfter: string | null; requestId: string | null; json: unknown };
export type SendOptions = {
  body: unknown;
  headers?: Record<string, string>;
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Posts JSON to Shopify. `json` is null where the answer is none. Redirects are not followed: a token must not go
 * elsewhere. @throws AppError shopify.unavailable (retryable) without an answer in time
 */
export async function send(
  platform: Pick<ShopifyPlatform, 'fetch'>,
  url: string,
  options: SendOptions,
): Promise<Answer> {
  const late = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  try {
    const response = await platform.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...options.headers },
      body: JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, late]) : late,
    });
    const text = await response.text();
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      requestId: bounded(response.headers.get('x-request-id') ?? '', 100) || null,
      json: text.length > MAX_ANSWER ? null : parsed(text),
    };
  } catch (cause) {
    throw unavailable('Shopify did not answer.', { cause });
  }
}
