import { webhookSecretOf } from '../../../shops/directory.usecases.ts';
import { openScope } from '../../../shops/scope.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { disconnectShop } from '../../../shops/stores.usecases.ts';
import { storeOf } from '../store/store.usecases.ts';
import { mendStoreWebhooks } from '../store/store.webhooks.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';

/** Somebody waits for the answer. */
const TIMEOUT_MS = 8_000;

/**
 * Takes our webhooks out of a store, as well as that goes: what stays is answered and changes nothing, and the store turns it
 * off by itself. @returns how many; null where the store could not be asked
 */
export async function removeStoreWebhooks(deps: WooDeps, shop: Shop): Promise<number | null> {
  if (shop.platform !== 'woocommerce' || shop.state !== 'installed') return null;
  try {
    const store = await storeOf({ ...deps, timeoutMs: TIMEOUT_MS }, shop);
    const secret = (await webhookSecretOf(deps, shop.id)) ?? '';
    const { removed } = await mendStoreWebhooks(store, `${deps.appUrl}/webhooks/woocommerce/${shop.id}`, [], secret);
    return removed;
  } catch (error) {
    deps.logger.info({ err: error, shop: shop.id }, 'webhooks could not be taken out of a store');
    return null;
  }
}

/**
 * Disconnects a store: its webhooks go, then its keys are forgotten here; its data is kept for a while, as after any
 * uninstall. The keys themselves cannot be revoked from outside: their owner removes them at the store.
 * @throws AppError shops.disconnect_elsewhere, shops.not_connected
 */
export async function disconnectStore(deps: WooDeps, shop: Shop, actor: string): Promise<{ webhooks: number | null }> {
  const webhooks = await removeStoreWebhooks(deps, shop);
  const { db, clock } = deps;
  await db.transaction(async (tx) => disconnectShop(await openScope(tx, shop.id, clock.now(), deps), actor), {
    shop: shop.id,
  });
  return { webhooks };
}
