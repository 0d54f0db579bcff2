import { z } from 'zod';
import { openScope } from '../../../shops/scope.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { keepStoreUrl } from '../../../shops/stores.usecases.ts';
import { readTokens, refuseTokens, type TokenPair } from '../../../shops/tokens.usecases.ts';
import { createStore } from './store.ts';
import type { Store, StoreKeys } from './store.types.ts';
import type { WooDeps } from './woocommerce.deps.ts';
import { keysRefused, notConnected } from './woocommerce.errors.ts';

const keysShape = z.object({ key: z.string().min(1), secret: z.string().min(1) });

/** A store's keys in the form in which a shop's access is kept (sealed): they do not expire and are not renewed. */
export const keysAsTokens = ({ key, secret }: StoreKeys): TokenPair => ({
  accessToken: JSON.stringify({ key, secret }),
  accessExpiresAt: null,
  refreshToken: null,
  refreshExpiresAt: null,
});

function keysOf(accessToken: string): StoreKeys {
  try {
    return keysShape.parse(JSON.parse(accessToken));
  } catch {
    throw keysRefused();
  }
}

/**
 * A store that has https now is asked by it from here on, so that nothing can be read on the way any more. What leads to
 * another name or folder is followed and noted in the log: whether it is the same store, its owner says by connecting it again.
 */
async function moved(deps: WooDeps, { id, storeUrl }: { id: number; storeUrl: string }, url: string): Promise<void> {
  const [from, to] = [new URL(storeUrl), new URL(url)];
  const same = from.hostname === to.hostname && from.pathname === to.pathname;
  deps.logger.warn({ shop: id, url, kept: same }, 'the store answers at another address');
  if (!same) return;
  await deps.db.transaction(
    async (tx) => {
      const scope = await openScope(tx, id, deps.clock.now(), deps);
      // It may have been connected anew meanwhile.
      if (scope.shop.storeUrl === storeUrl) await keepStoreUrl(scope, url);
    },
    { shop: id },
  );
}

/**
 * The API of a shop's store, with the keys that it gave. Once the store refuses them that is noted, and nothing is asked
 * any more until the merchant connects it again. `signal`: nothing is sent once it is aborted.
 * @throws AppError woocommerce.not_connected, woocommerce.keys_refused
 */
export async function storeOf(
  deps: WooDeps,
  shop: Pick<Shop, 'id' | 'storeUrl'>,
  signal?: AbortSignal,
): Promise<Store> {
  const tokens = await readTokens(deps, shop.id);
  if (tokens === null || shop.storeUrl === null) throw notConnected();
  if (tokens.refusedAt !== null) throw keysRefused();
  const { accessToken } = tokens;
  const { id, storeUrl } = shop;
  return createStore(deps, {
    url: storeUrl,
    keys: keysOf(accessToken),
    onRefused: () => refuseTokens(deps, id, accessToken, deps.realClock.now()),
    onMoved: (url) => moved(deps, { id, storeUrl }, url),
    signal,
  });
}
