import type { Database } from '../db/database.ts';
import { type Authenticator, bearerSession } from '../http/callers.ts';
import type { AuthReason } from '../http/http.errors.ts';
import type { Clock } from '../shared/clock.ts';
import type { Shop } from '../shops/shops.types.ts';
import { shopAt, shopById } from '../shops/shops.usecases.ts';
import { type KeyScope, looksLikeKey, SCOPES, scopesOf } from './keys.rules.ts';
import { keyOwner } from './keys.usecases.ts';

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

const EVERYTHING: ReadonlySet<KeyScope> = new Set(SCOPES);

/**
 * Who may use the admin API: programs with a key of the shop, which reach no further than its scope, and merchants with a
 * session token of their platform, who may do everything.
 */
export const adminSession = (deps: SessionDeps) => bearerSession([byKey(deps), byStore(deps), byPlatform(deps)]);

const byKey =
  ({ db, clock }: SessionDeps): Authenticator<Admin> =>
  async (token) => {
    if (!looksLikeKey(token)) return null;
    const owner = await keyOwner({ db, clock }, token);
    if (!owner) return { ok: false, reason: 'key' };
    const shop = await shopById({ db }, owner.shopId);
    if (!shop || shop.state === 'uninstalled') return { ok: false, reason: 'shop' };
    return { ok: true, caller: { shop, actor: `key:${owner.id}`, scopes: scopesOf(owner.scope) } };
  };

const byStore =
  ({ verifyStore }: SessionDeps): Authenticator<Admin> =>
  async (token) => {
    const store = (await verifyStore?.(token)) ?? null;
    return store?.ok ? { ok: true, caller: merchant(store.shop, store.userId) } : store;
  };

const byPlatform =
  ({ db, verifySession, install }: SessionDeps): Authenticator<Admin> =>
  async (token) => {
    const session = await verifySession?.(token);
    if (!session) return null;
    if (!session.ok) return session;
    const { domain, userId } = session;
    let shop = await shopAt({ db }, 'shopify', domain);
    if (install && shop?.state !== 'installed') {
      await install({ domain, token });
      shop = await shopAt({ db }, 'shopify', domain);
    }
    if (!shop || shop.state === 'uninstalled') return { ok: false, reason: 'shop' };
    return { ok: true, caller: merchant(shop, userId) };
  };

const merchant = (shop: Shop, userId: string): Admin => ({ shop, actor: `user:${userId}`, scopes: EVERYTHING });
