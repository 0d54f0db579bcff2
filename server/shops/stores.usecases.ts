import type { Database } from '../db/database.ts';
import type { Vault } from '../shared/crypto.ts';
import { secretToken } from '../shared/ids.ts';
import type { Scope } from './scope.ts';
import { findShop, findTrouble, findWebhookSecret, updateShop } from './shops.repository.ts';

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

/** A secret of its own for the shop's webhooks, made where it has none. */
export async function ensureWebhookSecret({ tx, shop }: Scope, vault: Vault): Promise<void> {
  if ((await findWebhookSecret(tx, shop.id)) !== null) return;
  const webhookSecret = vault.seal(secretToken(), `shop:${shop.id}:webhook-secret`);
  await updateShop(tx, shop.id, { webhookSecret });
}

/** What is wrong between a shop and its platform, as the shop's own row says it: instants are real time. */
export async function troubleOf({ db }: { db: Database }, shopId: number) {
  return (await findTrouble(db.read, shopId)) ?? { accessRefusedAt: null, storeCurrency: null };
}
