import { z } from 'zod';
import type { Shop } from '../../shops/shops.types.ts';
import { readTokens, refuseTokens, type TokenPair } from '../../shops/tokens.usecases.ts';
import { createStore } from './store.ts';
import type { Store, StoreKeys } from './store.types.ts';
import type { WooDeps } from './woocommerce.deps.ts';
import { keysRefused, notConnected } from './woocommerce.errors.ts';

const keysShape = z.object({ key: z.string().min(1), secret: z.string().min(1) });

/** A store's keys in the form in which a shop's access is kept (sealed): they do not expire and are not renewed. */
export const keysAsTokens = ({ key, secret }: StoreKeys): TokenPair => ({
  ...{ accessToken: JSON.stringify({ key, secret }), accessExpiresAt: null },
  ...{ refreshToken: null, refreshExpiresAt: null },
});

function keysOf(accessToken: string): StoreKeys {
  try {
    return keysShape.parse(JSON.parse(accessToken));
  } catch {
    throw keysRefused();
  }
}

/**
 * The API of a shop's store, with the keys that it gave. Once the store refuses them that is noted, and nothing is asked
 * any more until the merchant connects it again.
 * @throws AppError woocommerce.not_connected, woocommerce.keys_refused
 */
export async function storeOf(deps: WooDeps, shop: Pick<Shop, 'id' | 'storeUrl'>): Promise<Store> {
  const tokens = await readTokens(deps, shop.id);
  if (tokens === null || shop.storeUrl === null) throw notConnected();
  if (tokens.refusedAt !== null) throw keysRefused();
  const { accessToken } = tokens;
  return createStore(deps, {
    url: shop.storeUrl,
    keys: keysOf(accessToken),
    onRefused: () => refuseTokens(deps, shop.id, accessToken, deps.realClock.now()),
    onMoved: async (url) => deps.logger.warn({ shop: shop.id, url }, 'the store answers at another address'),
  });
}
