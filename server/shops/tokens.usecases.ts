import type { Database, Tx } from '../db/database.ts';
import type { Vault } from '../shared/crypto.ts';
import { findTokens, takeTokenLease, updateShop } from './shops.repository.ts';

type Deps = { db: Database; vault: Vault };

/** What a platform gives an app to speak for a shop. Instants are real time; null: does not expire. */
export type TokenPair = {
  accessToken: string;
  accessExpiresAt: number | null;
  refreshToken: string | null;
  refreshExpiresAt: number | null;
};

/** The tokens of a shop, opened. `previousRefreshToken` is there until the pair in force is proven. */
export type ShopTokens = TokenPair & { previousRefreshToken: string | null; refusedAt: number | null };

/** `old`: the access token that goes; `from`: the refresh token that gave the new pair. */
type Replacement = { old: string; next: TokenPair; from: string };

/** The shop's tokens; null where it has none. @throws AppError vault.unreadable */
export async function readTokens({ db, vault }: Deps, shopId: number): Promise<ShopTokens | null> {
  const row = await findTokens(db.read, shopId);
  if (row === null || row.accessToken === null) return null;
  const { refreshToken: refresh, previousRefreshToken: previous } = row;
  return {
    accessToken: vault.open(row.accessToken, `shop:${shopId}:access-token`),
    accessExpiresAt: row.accessExpiresAt,
    refreshToken: refresh && vault.open(refresh, `shop:${shopId}:refresh-token`),
    refreshExpiresAt: row.refreshExpiresAt,
    previousRefreshToken: previous && vault.open(previous, `shop:${shopId}:previous-refresh-token`),
    refusedAt: row.accessRefusedAt,
  };
}

/** Keeps a pair of tokens, with the refresh token that it came from, and gives the lease back. */
export async function storeTokens(
  { tx, vault }: { tx: Tx; vault: Vault },
  shopId: number,
  pair: TokenPair,
  previousRefreshToken: string | null = null,
): Promise<void> {
  const { accessToken, refreshToken: refresh } = pair;
  const previous = previousRefreshToken;
  await updateShop(tx, shopId, {
    accessToken: vault.seal(accessToken, `shop:${shopId}:access-token`),
    accessExpiresAt: pair.accessExpiresAt,
    refreshToken: refresh && vault.seal(refresh, `shop:${shopId}:refresh-token`),
    refreshExpiresAt: pair.refreshExpiresAt,
    previousRefreshToken: previous && vault.seal(previous, `shop:${shopId}:previous-refresh-token`),
    refreshLeaseUntil: null,
    accessRefusedAt: null,
  });
}

/** Lets one process at a time refresh a shop's tokens; a lease that was not given back ends by itself. */
export const leaseTokens = ({ db }: Pick<Deps, 'db'>, shopId: number, now: number, until: number): Promise<boolean> =>
  db.transaction((tx) => takeTokenLease(tx, shopId, now, until));

/** Gives the lease back without new tokens. */
export const releaseTokens = ({ db }: Pick<Deps, 'db'>, shopId: number): Promise<void> =>
  db.transaction((tx) => updateShop(tx, shopId, { refreshLeaseUntil: null }));

/** Whether these are still the shop's tokens: an install or an uninstall may have come in between. */
async function holds({ tx, vault }: { tx: Tx; vault: Vault }, shopId: number, accessToken: string): Promise<boolean> {
  const row = await findTokens(tx, shopId);
  if (row === null || row.accessToken === null) return false;
  return vault.open(row.accessToken, `shop:${shopId}:access-token`) === accessToken;
}

/**
 * Puts a new pair in the place of the one that it was made from, whose refresh token stays until the new one is proven.
 * @returns whether it was done: not where the shop has other tokens by now, or none
 */
export const replaceTokens = (
  { db, vault }: Deps,
  shopId: number,
  { old, next, from }: Replacement,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const same = await holds({ tx, vault }, shopId, old);
    if (same) await storeTokens({ tx, vault }, shopId, next, from);
    return same;
  });

/** The platform accepts these tokens no longer. */
export const refuseTokens = ({ db, vault }: Deps, shopId: number, accessToken: string, now: number): Promise<void> =>
  db.transaction(async (tx) => {
    const refused = (await holds({ tx, vault }, shopId, accessToken)) ? { accessRefusedAt: now } : {};
    await updateShop(tx, shopId, { ...refused, refreshLeaseUntil: null });
  });

/** The pair in force works: the refresh token before is needed no more. */
export const forgetPreviousToken = ({ db }: Pick<Deps, 'db'>, shopId: number): Promise<void> =>
  db.transaction((tx) => updateShop(tx, shopId, { previousRefreshToken: null }));
