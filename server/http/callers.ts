import type { Request, RequestHandler } from 'express';
import { addLogFields } from '../shared/logger.context.ts';
import type { Shop } from '../shops/shops.types.ts';
import { type AuthReason, refused } from './http.errors.ts';

/** What one way of knowing callers made of a token. */
export type Verdict<Caller> = { ok: true; caller: Caller } | { ok: false; reason: AuthReason };

/** One way of knowing callers (a merchant's session, an API key, a plugin, a shopper); null: the token is none of its kind. */
export type Authenticator<Caller> = (token: string) => Promise<Verdict<Caller> | null>;

/** Longer than any token: a bound before anything is computed over it. */
const LONGEST = 4096;

/**
 * Lets in whoever sends `Authorization: Bearer` with a token that one of the ways knows, the first that recognises it; others
 * fail with 401 `auth.…`. `callerOf` says who it was, for whatever stands behind.
 */
export function bearerSession<Caller extends { shop: Shop }>(ways: readonly Authenticator<Caller>[]) {
  const callers = new WeakMap<Request, Caller>();
  const handler: RequestHandler = async (request, response, next) => {
    const verdict = await verdictOn(ways, request.headers.authorization);
    if (!verdict.ok) {
      response.set('www-authenticate', 'Bearer');
      // App Bridge fetches a new token and tries once more.
      if (verdict.reason === 'expired') response.set('x-shopify-retry-invalid-session-request', '1');
      throw refused(verdict.reason);
    }
    addLogFields({ shop: verdict.caller.shop.id });
    callers.set(request, verdict.caller);
    next();
  };
  const callerOf = (request: Request): Caller => {
    const caller = callers.get(request);
    if (!caller) throw refused('missing');
    return caller;
  };
  return { handler, callerOf };
}

async function verdictOn<Caller>(
  ways: readonly Authenticator<Caller>[],
  header: string | undefined,
): Promise<Verdict<Caller>> {
  if (header === undefined) return { ok: false, reason: 'missing' };
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined || token.length > LONGEST) return { ok: false, reason: 'malformed' };
  for (const way of ways) {
    const verdict = await way(token);
    if (verdict) return verdict;
  }
  return { ok: false, reason: 'malformed' };
}
