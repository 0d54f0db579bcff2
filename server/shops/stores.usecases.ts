import type { Database } from '../db/database.ts';
import type { Vault } from '../shared/crypto.ts';
import { conflict } from '../shared/errors.ts';
import { secretToken } from '../shared/ids.ts';
import { recordAction } from './audit.usecases.ts';
import type { Scope } from './scope.ts';
import { findShop, findTrouble, findWebhookSecret, updateShop } from './shops.repository.ts';
import { uninstall } from './shops.usecases.ts';

/** Where a store is, with its path and without a trailing slash. */
export async function keepStoreUrl(scope: Scope, storeUrl: string): Promise<void> {
  await updateShop(scope.tx, scope.shop.id, { storeUrl });
  scope.shop = (await findShop(scope.tx, scope.shop.id)) ?? scope.shop;
}

/**
 * What the store sells in now. A shop keeps the currency it began with, since its orders and points are counted in it; that
 * the two differ is kept, for the merchant to be told. @returns whether they are the same
 */
export async function noteStoreCurrency({ tx, shop }: Scope, currency: string): Promise<boolean> {
  const same = currency === shop.currency;
  await updateShop(tx, shop.id, { storeCurrency: same ? null : currency });
  return same;
}

/** The store had stopped some of our webhooks; they were made anew. */
export const noteStoppedWebhooks = ({ tx, shop, now }: Scope): Promise<void> =>
  updateShop(tx, shop.id, { webhooksStoppedAt: now });

/** A secret of its own for the shop's webhooks, made where it has none. */
export async function ensureWebhookSecret({ tx, shop }: Scope, vault: Vault): Promise<void> {
  if ((await findWebhookSecret(tx, shop.id)) !== null) return;
  const webhookSecret = vault.seal(secretToken(), `shop:${shop.id}:webhook-secret`);
  await updateShop(tx, shop.id, { webhookSecret });
}

/** What is wrong between a shop and its platform, as the shop's own row says it. */
export async function troubleOf({ db }: { db: Database }, shopId: number) {
  const none = { scopes: null, accessRefusedAt: null, storeCurrency: null, webhooksStoppedAt: null };
  return (await findTrouble(db.read, shopId)) ?? none;
}

/** What the merchant still has to do at their store; keys cannot be revoked from here. */
export const KEYS_REMAIN =
  'To make the keys worthless, remove the key called Bazgasht in WordPress under WooCommerce → Settings → Advanced → REST API.';

/**
 * The merchant takes the app out of a store from here. A Shopify shop is left at Shopify, which would let it in again at the
 * next click. @throws AppError shops.disconnect_elsewhere, shops.not_connected
 */
export async function disconnectShop(scope: Scope, actor: string): Promise<{ state: 'uninstalled'; next: string }> {
  const { platform, state } = scope.shop;
  if (platform === 'shopify')
    throw conflict('shops.disconnect_elsewhere', 'Uninstall Bazgasht in the Shopify admin, under Settings → Apps.');
  if (state !== 'installed') throw conflict('shops.not_connected', 'This store is not connected.');
  await uninstall(scope, scope.now);
  const [before, after] = [{ state }, { state: 'uninstalled' }];
  await recordAction(scope, { actor, action: 'shop.disconnected', before, after });
  return { state: 'uninstalled', next: KEYS_REMAIN };
}
