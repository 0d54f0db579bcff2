import type { Request, RequestHandler } from 'express';
import { type KeyScope, looksLikeKey, SCOPES, scopesOf } from '../api/keys.rules.ts';
import { keyOwner } from '../api/keys.usecases.ts';
import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import { addLogFields } from '../shared/logger.context.ts';
import type { Shop } from '../shops/shops.types.ts';
import { shopAt, shopById } from '../shops/shops.usecases.ts';
import { type AuthReason, refused } from './api.errors.ts';

/** Whom a request of the admin API speaks for, and what it may do. */
export type Admin = { shop: Shop; actor: string; scopes: ReadonlySet<KeyScope> };

/** What became of a session token. */
export type Session = { ok: true; domain: string; userId: string } | { ok: false; reason: AuthReason };

/** The same of a store's plugin, which knows its shop by itself. */
type StoreSession = { ok: true; shop: Shop; userId: string } | { ok: false; reason: AuthReason };

export type SessionDeps = {
  db: Database;
  clock: Clock;
  /** Checks a session token; undefined: no app is configured whose tokens could be checked. */
  verifySession: ((token: string) => Promise<Session>) | undefined;
  /** Checks a token of a store's plugin; null: it is none of theirs. */
  verifyStore?: (token: string) => Promise<StoreSession | null>;
  /** Lets a shop in whose verified token came before its install was known; it may still be unknown afterwards. */
  install?: (session: { domain: string; token: string }) => Promise<unknown>;
};

declare module 'express-serve-static-core' {
  interface Request {
    admin?: Admin;
  }
}

/** Longer than any token: a bound before anything is computed over it. */
const LONGEST = 4096;
const EVERYTHING: ReadonlySet<KeyScope> = new Set(SCOPES);

/**
 * Turns `Authorization: Bearer <session token or API key>` into `request.admin`, or fails with 401 `auth.…`. A token is the
 * merchant's own and may do everything; a key reaches only its shop, and no further than its scope.
 */
export function adminSession(deps: SessionDeps): RequestHandler {
  return async (request, response, next) => {
    const admin = await adminOf(deps, request.headers.authorization);
    if ('reason' in admin) {
      response.set('www-authenticate', 'Bearer');
      // App Bridge fetches a new token and tries once more.
      if (admin.reason === 'expired') response.set('x-shopify-retry-invalid-session-request', '1');
      throw refused(admin.reason);
    }
    addLogFields({ shop: admin.shop.id });
    request.admin = admin;
    next();
  };
}

/** Who asks; only behind `adminSession`. */
export function adminOfRequest(request: Request): Admin {
  if (!request.admin) throw refused('missing');
  return request.admin;
}

type Refusal = { reason: AuthReason };

async function adminOf(deps: SessionDeps, header: string | undefined): Promise<Admin | Refusal> {
  if (header === undefined) return { reason: 'missing' };
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined || token.length > LONGEST) return { reason: 'malformed' };
  return looksLikeKey(token) ? byKey(deps, token) : byToken(deps, token);
}

async function byKey({ db, clock }: SessionDeps, token: string): Promise<Admin | Refusal> {
  const owner = await keyOwner({ db, clock }, token);
  if (!owner) return { reason: 'key' };
  const shop = await shopById({ db }, owner.shopId);
  if (!shop || shop.state === 'uninstalled') return { reason: 'shop' };
  return { shop, actor: `key:${owner.id}`, scopes: scopesOf(owner.scope) };
}

async function byToken(deps: SessionDeps, token: string): Promise<Admin | Refusal> {
  const { db, verifySession, verifyStore, install } = deps;
  const store = (await verifyStore?.(token)) ?? null;
  if (store) return store.ok ? merchant(store.shop, store.userId) : { reason: store.reason };
  const session = (await verifySession?.(token)) ?? { ok: false as const, reason: 'malformed' as const };
  if (!session.ok) return { reason: session.reason };
  const { domain, userId } = session;
  let shop = await shopAt({ db }, 'shopify', domain);
  if (install && shop?.state !== 'installed') {
    await install({ domain, token });
    shop = await shopAt({ db }, 'shopify', domain);
  }
  if (!shop || shop.state === 'uninstalled') return { reason: 'shop' };
  return merchant(shop, userId);
}

const merchant = (shop: Shop, userId: string): Admin => ({ shop, actor: `user:${userId}`, scopes: EVERYTHING });
