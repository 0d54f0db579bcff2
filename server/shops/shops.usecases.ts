import type { Database, Tx } from '../db/database.ts';
import { defineProgram } from '../program/program.usecases.ts';
import { isValidZone, startOfDay } from '../shared/calendar.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { badRequest, conflict, notFound } from '../shared/errors.ts';
import type { Ids } from '../shared/ids.ts';
import type { Scope } from './scope.ts';
import { findShop, findShopId, insertShop, insertZone, listShops, updateShop } from './shops.repository.ts';
import { type Profile, profileChange } from './shops.rules.ts';
import type { Shop } from './shops.types.ts';

export type ShopDeps = { db: Database; clock: Clock; ids: Ids; vault: Vault };

export type NewShop = {
  platform: Shop['platform'];
  domain: string;
  currency: string;
  timeZone: string;
  /** Local day on which the program begins; left out: now. */
  programStart?: string | undefined;
  webhookSecret?: string | undefined;
};

/** What a shop without access to its platform has. */
const NO_TOKENS = {
  accessToken: null,
  accessExpiresAt: null,
  refreshToken: null,
  refreshExpiresAt: null,
  previousRefreshToken: null,
  refreshLeaseUntil: null,
  accessRefusedAt: null,
};

const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

/**
 * Registers a shop without an install: it takes deliveries and files, and makes no outgoing call.
 * @returns its id
 * @throws AppError shops.invalid, shops.exists
 */
export const addShop = (deps: ShopDeps, input: NewShop): Promise<number> =>
  deps.db.transaction((tx) => registerShop(tx, deps, input));

/** As addShop, inside a transaction. */
export async function registerShop(tx: Tx, deps: Omit<ShopDeps, 'db'>, input: NewShop): Promise<number> {
  const { clock, ids, vault } = deps;
  const domain = input.domain.trim().toLowerCase();
  if (!DOMAIN.test(domain))
    throw badRequest('shops.invalid', `"${input.domain}" is no host name.`, { field: 'domain' });
  const currency = input.currency.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw badRequest('shops.invalid', 'A currency is three letters, for example USD.', { field: 'currency' });
  }
  if (!isValidZone(input.timeZone)) {
    throw badRequest('shops.invalid', `"${input.timeZone}" is no IANA time zone.`, { field: 'timeZone' });
  }
  const now = clock.now();
  const programStart = input.programStart === undefined ? now : startOfDay(input.programStart, input.timeZone);
  const row = {
    platform: input.platform,
    domain,
    state: 'registered' as const,
    name: null,
    currency,
    timeZone: input.timeZone,
    locale: 'en',
    calendar: 'gregory' as const,
    country: null,
    programStart,
    scopes: null,
    ...NO_TOKENS,
    showToman: null,
    storeUrl: null,
    storeCurrency: null,
    webhooksStoppedAt: null,
    webhookSecret: null,
    profileUpdatedAt: 0,
    createdAt: now,
    installedAt: null,
    uninstalledAt: null,
    erasedAt: null,
  };
  if ((await findShopId(tx, input.platform, domain)) !== null) {
    throw conflict('shops.exists', `The shop ${domain} is registered already.`, { field: 'domain' });
  }
  const id = await insertShop(tx, row);
  if (input.webhookSecret !== undefined) {
    await updateShop(tx, id, { webhookSecret: vault.seal(input.webhookSecret, `shop:${id}:webhook-secret`) });
  }
  await defineProgram(await openScope(tx, id, now, ids), { actor: 'system' });
  return id;
}

/** Gives a shop a webhook secret of its own, in the place of the one it has: the platform made a new one, or ours is lost. */
export async function changeWebhookSecret(
  { db, vault }: Pick<ShopDeps, 'db' | 'vault'>,
  shopId: number,
  secret: string,
): Promise<void> {
  const webhookSecret = vault.seal(secret, `shop:${shopId}:webhook-secret`);
  await db.transaction((tx) => updateShop(tx, shopId, { webhookSecret }), { shop: shopId });
}

/** Opens the scope of one shop inside a transaction. @throws AppError shops.unknown */
export async function openScope(tx: Tx, shopId: number, now: number, ids: Ids): Promise<Scope> {
  const shop = await findShop(tx, shopId);
  if (!shop) throw notFound('shops.unknown', `There is no shop ${shopId}.`);
  return { tx, shop, now, ids };
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
}

/** The scopes that the merchant has granted, as the platform last said. */
export async function recordScopes({ tx, shop }: Scope, scopes: string[]): Promise<void> {
  await updateShop(tx, shop.id, { scopes: [...scopes].sort().join(',') });
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
