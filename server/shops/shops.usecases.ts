import type { Database, Tx } from '../db/database.ts';
import { isValidZone } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { conflict, notFound } from '../shared/errors.ts';
import type { Scope, ScopeDeps } from './scope.ts';
import { findShop, findShopId, insertZone, listShops, updateShop } from './shops.repository.ts';
import { NO_TOKENS, type Profile, profileChange } from './shops.rules.ts';
import type { Shop } from './shops.types.ts';

export type ShopDeps = ScopeDeps & { db: Database; clock: Clock; vault: Vault };

/** Gives a shop a webhook secret of its own, in the place of the one it has: the platform made a new one, or ours is lost. */
export async function changeWebhookSecret(
  { db, vault }: Pick<ShopDeps, 'db' | 'vault'>,
  shopId: number,
  secret: string,
): Promise<void> {
  const webhookSecret = vault.seal(secret, `shop:${shopId}:webhook-secret`);
  await db.transaction((tx) => updateShop(tx, shopId, { webhookSecret }), { shop: shopId });
}

/** A shop by its domain or its id, as operators name it. @throws AppError shops.unknown */
export async function shopByName({ db }: Pick<ShopDeps, 'db'>, name: string): Promise<Shop> {
  const wanted = name.trim().toLowerCase();
  const rows = await listShops(db.read);
  const row = rows.find(({ domain }) => domain === wanted) ?? rows.find(({ id }) => String(id) === wanted);
  const shop = row ? await findShop(db.read, row.id) : null;
  if (!shop) throw notFound('shops.unknown', `There is no shop "${name}". "shops" lists them.`, { field: 'shop' });
  return shop;
}

/** The shop of a platform with exactly this domain; null when there is none. */
export async function shopOfDomain(
  { db }: Pick<ShopDeps, 'db'>,
  platform: Shop['platform'],
  domain: string,
): Promise<Shop | null> {
  const id = await findShopId(db.read, platform, domain);
  return id === null ? null : findShop(db.read, id);
}

/** The shop with this id; null when there is none. */
export const shopOfId = ({ db }: Pick<ShopDeps, 'db'>, id: number): Promise<Shop | null> => findShop(db.read, id);

/** Every shop with its state, oldest first. */
export async function shopsList({ db }: Pick<ShopDeps, 'db'>) {
  const rows = await listShops(db.read);
  return rows.map(({ id, platform, domain, state }) => ({ id, platform, domain, state }));
}

/** The ids of all shops, inside a transaction. */
export const shopIdsIn = async (tx: Tx): Promise<number[]> => (await listShops(tx)).map(({ id }) => id);

/** Takes over what the platform says of the shop, unless a newer word is known. A new zone holds from that word on. */
export async function updateProfile(scope: Scope, profile: Profile, at: number): Promise<boolean> {
  const { tx, shop } = scope;
  if (at < shop.profileUpdatedAt) return false;
  const change = profileChange(shop, profile);
  if (change.timeZone !== undefined && !isValidZone(change.timeZone)) delete change.timeZone;
  await updateShop(tx, shop.id, { ...change, profileUpdatedAt: at });
  if (change.timeZone !== undefined) await insertZone(tx, shop.id, at, change.timeZone);
  scope.shop = (await findShop(tx, shop.id)) ?? shop;
  if (scope.shop.timeZone !== shop.timeZone) await scope.tell({ kind: 'zone-changed', from: at });
  return true;
}

/** The calendar by which the shop's months and years go. */
export async function setCalendar(scope: Scope, calendar: Shop['calendar']): Promise<void> {
  await updateShop(scope.tx, scope.shop.id, { calendar });
  scope.shop = { ...scope.shop, calendar };
}

/** The language in which the shop's merchant reads. */
export async function setLocale(scope: Scope, locale: string): Promise<void> {
  await updateShop(scope.tx, scope.shop.id, { locale });
  scope.shop = { ...scope.shop, locale };
}

/** Whether amounts of a rial shop are shown in toman. @throws AppError shops.no_toman */
export async function setShowToman(scope: Scope, showToman: boolean): Promise<void> {
  if (showToman && scope.shop.currency !== 'IRR') {
    throw conflict('shops.no_toman', `This shop sells in ${scope.shop.currency}: only rials can be shown in toman.`, {
      field: 'showToman',
    });
  }
  await updateShop(scope.tx, scope.shop.id, { showToman });
  scope.shop = { ...scope.shop, showToman };
}

/** A shop by its id, or null. */
export const shopById = ({ db }: Pick<ShopDeps, 'db'>, id: number): Promise<Shop | null> => findShop(db.read, id);

/** A shop by its platform and domain, or null. */
export async function shopAt({ db }: Pick<ShopDeps, 'db'>, platform: Shop['platform'], domain: string) {
  const id = await findShopId(db.read, platform, domain);
  return id === null ? null : findShop(db.read, id);
}

/** The merchant took the app out: the tokens are worth nothing any more, the data stays for a while. */
export async function uninstall(scope: Scope, at: number): Promise<void> {
  const { tx, shop } = scope;
  // A late delivery about an earlier stay must not put a shop out that came back since.
  if (shop.installedAt !== null && at < shop.installedAt) return;
  if (shop.state === 'uninstalled' && shop.uninstalledAt !== null && at <= shop.uninstalledAt) return;
  await updateShop(tx, shop.id, { state: 'uninstalled', uninstalledAt: at, ...NO_TOKENS });
  scope.shop = { ...shop, state: 'uninstalled', uninstalledAt: at };
}

/**
 * The merchant put the app in, for the first time or again. Data of an earlier stay goes on; after an erasure the program
 * begins anew. The tokens come with storeTokens.
 */
export async function install(scope: Scope, scopes: string[]): Promise<void> {
  const { tx, shop, now } = scope;
  const anew = shop.erasedAt === null ? {} : { erasedAt: null, programStart: now };
  const state = { state: 'installed' as const, installedAt: now, uninstalledAt: null, ...anew };
  await updateShop(tx, shop.id, { ...state, scopes: [...scopes].sort().join(',') });
  scope.shop = { ...shop, ...state };
  await scope.tell({ kind: 'access-granted', scopes });
}

/** The scopes that the merchant has granted, as the platform last said. */
export async function recordScopes(scope: Scope, scopes: string[]): Promise<void> {
  await updateShop(scope.tx, scope.shop.id, { scopes: [...scopes].sort().join(',') });
  await scope.tell({ kind: 'access-granted', scopes });
}

/**
 * The shop's data is to be erased: from here on nothing of it is taken in; its rows are deleted by the retention job. A
 * webhook secret of its own stays, so that late deliveries are still known as the shop's and answered.
 */
export async function markErased(scope: Scope): Promise<void> {
  const { tx, shop, now } = scope;
  const gone = { state: 'uninstalled' as const, name: null, scopes: null, ...NO_TOKENS };
  await updateShop(tx, shop.id, { ...gone, erasedAt: now, uninstalledAt: shop.uninstalledAt ?? now });
  scope.shop = { ...shop, state: 'uninstalled', name: null, erasedAt: now };
}
