import type { Database } from '../../../db/database.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Vault } from '../../../shared/crypto.ts';
import { isAppError } from '../../../shared/errors.ts';
import {
  forgetPreviousToken,
  leaseTokens,
  readTokens,
  refuseTokens,
  releaseTokens,
  replaceTokens,
  type ShopTokens,
} from '../../../shops/tokens.usecases.ts';
import type { TokenSource } from '../admin/admin.ts';
import type { ShopifyPlatform } from '../platform.ts';
import { tokenRevoked, unavailable } from '../shopify.errors.ts';
import { exchange } from './tokens.exchange.ts';

export type TokenDeps = {
  db: Database;
  vault: Vault;
  platform: ShopifyPlatform;
  /** Real time: tokens do not follow a clock that is moved. */
  realClock: Clock;
  sleep: (ms: number) => Promise<unknown>;
  timeoutMs?: number;
};

/** Refreshed this long before the end, so that no call starts with a token that ends on the way. */
const EARLY_MS = 5 * 60_000;
/** Longer than an exchange with its timeout: the lease of a process that died is over after this. */
const LEASE_MS = 45_000;
const LOOK_AGAIN_MS = 250;
const MAX_LOOKS = 200;

/** Refreshes in this process, by shop: whoever comes meanwhile waits for the same one. */
type Running = Map<string, Promise<string>>;
const runningOf = new WeakMap<Database, Running>();

function runningIn(db: Database): Running {
  const known = runningOf.get(db) ?? new Map<string, Promise<string>>();
  runningOf.set(db, known);
  return known;
}

/**
 * The tokens of one shop, refreshed before they end. One process refreshes a shop at a time (a lease in its row; no
 * transaction is open meanwhile). The new pair is stored before it is used, and the refresh token before stays until the
 * new pair has worked: Shopify takes an old one until its successor is used.
 */
export function tokensOf(deps: TokenDeps, shop: { id: number; domain: string }): TokenSource {
  const running = runningIn(deps.db);
  return {
    async current(refused) {
      const tokens = await usableTokens(deps, shop.id);
      if (isFresh(deps, tokens, refused)) return tokens.accessToken;
      const key = `${shop.id}`;
      const refreshing = running.get(key) ?? refreshAlone(deps, shop, refused).finally(() => running.delete(key));
      running.set(key, refreshing);
      return refreshing;
    },
    async proven(token) {
      const tokens = await readTokens(deps, shop.id);
      if (tokens?.previousRefreshToken && tokens.accessToken === token) await forgetPreviousToken(deps, shop.id);
    },
  };
}

/** @throws AppError shopify.token_revoked */
async function usableTokens(deps: TokenDeps, shopId: number): Promise<ShopTokens> {
  const tokens = await readTokens(deps, shopId);
  if (tokens === null || tokens.refusedAt !== null) throw tokenRevoked();
  return tokens;
}

const isFresh = ({ realClock }: TokenDeps, tokens: ShopTokens, refused: string | undefined): boolean =>
  tokens.accessToken !== refused &&
  (tokens.accessExpiresAt === null || tokens.accessExpiresAt - EARLY_MS > realClock.now());

async function refreshAlone(
  deps: TokenDeps,
  shop: { id: number; domain: string },
  refused: string | undefined,
): Promise<string> {
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const now = deps.realClock.now();
    const leased = await leaseTokens(deps, shop.id, now, now + LEASE_MS);
    // Read under the lease: another process may have refreshed a moment ago.
    const tokens = await usableTokens(deps, shop.id);
    if (isFresh(deps, tokens, refused)) {
      if (leased) await releaseTokens(deps, shop.id);
      return tokens.accessToken;
    }
    if (leased) return refresh(deps, shop, tokens);
    await deps.sleep(LOOK_AGAIN_MS);
  }
  throw unavailable('Another process is renewing the access to this shop.');
}

async function refresh(deps: TokenDeps, shop: { id: number; domain: string }, tokens: ShopTokens): Promise<string> {
  const { platform, realClock, timeoutMs } = deps;
  for (const refreshToken of [tokens.refreshToken, tokens.previousRefreshToken]) {
    if (refreshToken === null) continue;
    try {
      const about = { domain: shop.domain, now: realClock.now(), timeoutMs };
      const pair = await exchange(platform, about, { kind: 'refresh', refreshToken });
      const replacement = { old: tokens.accessToken, next: pair, from: refreshToken };
      if (await replaceTokens(deps, shop.id, replacement)) return pair.accessToken;
      await releaseTokens(deps, shop.id);
      return (await usableTokens(deps, shop.id)).accessToken;
    } catch (error) {
      if (isAppError(error, 'shopify.exchange_refused')) continue;
      await releaseTokens(deps, shop.id);
      throw error;
    }
  }
  await refuseTokens(deps, shop.id, tokens.accessToken, realClock.now());
  throw tokenRevoked();
}
