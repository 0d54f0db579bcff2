import { registerShop } from '../../../onboarding/register.usecases.ts';
import { eraseShops } from '../../../privacy/erase.usecases.ts';
import { type AppError, conflict, isAppError, unauthorised } from '../../../shared/errors.ts';
import { recordAction } from '../../../shops/audit.usecases.ts';
import type { Scope } from '../../../shops/scope.ts';
import { openScope } from '../../../shops/scope.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import {
  install,
  recordScopes,
  setCalendar,
  shopById,
  shopOfDomain,
  updateProfile,
} from '../../../shops/shops.usecases.ts';
import { ensureWebhookSecret, keepStoreUrl, noteStoreCurrency } from '../../../shops/stores.usecases.ts';
import { storeTokens } from '../../../shops/tokens.usecases.ts';
import { askSync, beginSyncs, resumeSyncs } from '../../../syncs/syncs.usecases.ts';
import { explainRefusal } from '../store/store.refusal.ts';
import { createStore } from '../store/store.ts';
import type { StoreKeys } from '../store/store.types.ts';
import { keysAsTokens } from '../store/store.usecases.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { isSameSite } from './connect.rules.ts';
import { finishHandover, type Handover, noteFailure, openHandover } from './handovers.usecases.ts';
import type { StoreProfile } from './profile.rules.ts';
import { readProfile } from './profile.ts';

/** What a store sends when its owner has approved. `token`: what we called the owner, which says whose keys these are. */
export type Given = {
  token: string;
  keys: StoreKeys;
  permissions: string;
  /** The site that the request names as its sender; null: none. */
  sender: string | null;
};

/** How a store that was just approved answers us: one that is slower does not do for the minute that WooCommerce waits. */
const CALL_TIMEOUT_MS = 8_000;
const SCOPES = ['read_write'];
/** Another process may register the same shop in the same moment. */
const MOST_ATTEMPTS = 3;

const hostOf = (url: string): string => new URL(url).host;
const pathOf = (url: string): string => new URL(url).pathname;

/** Keys of another store, of nobody, or that the store's server does not let through to it: all the same from here. */
const CLOSED = ['woocommerce.keys_refused', 'woocommerce.permission', 'woocommerce.blocked'];
const notTaken = () =>
  unauthorised('woocommerce.keys_refused', 'The store for which this connection was begun does not accept these keys.');
/** To the owner who knows why. */
const explained = (error: AppError) => unauthorised(error.code, error.message);
const readOnly = () =>
  unauthorised('woocommerce.read_only', 'Bazgasht needs keys that may read and write. Begin again and approve both.');

/** One host is one shop: a second store in another folder of it would mix its customers with the first one's. */
export function refuseOtherPath(shop: Pick<Shop, 'storeUrl' | 'erasedAt'>, url: string): void {
  if (shop.storeUrl === null || shop.erasedAt !== null || pathOf(shop.storeUrl) === pathOf(url)) return;
  throw conflict('woocommerce.other_path', 'Another store of this host is connected. Give this one a name of its own.');
}

/**
 * Keys are proved by showing them to the store of the token. Somebody may have begun that for a store of their own, and led
 * another store's owner to approve with it: such keys are shown to nobody. Where the sender is hidden, they only sign what is
 * asked, so that a store to which they do not belong learns nothing of use.
 */
function refuseStranger({ storeUrl }: Handover, { sender, permissions }: Given): void {
  if (sender !== null && !isSameSite(sender, storeUrl)) throw notTaken();
  if (permissions !== 'read_write') throw readOnly();
}

/** What a refusal means here; a server that hides what shows the keys is a thing of its own. */
async function reasonOf(
  deps: WooDeps,
  { storeUrl }: Handover,
  { keys, sender }: Given,
  caught: unknown,
): Promise<unknown> {
  if (!isAppError(caught) || !CLOSED.includes(caught.code)) return caught;
  if (!isAppError(caught, 'woocommerce.keys_refused') || caught.status === 401) return notTaken();
  // To find out why, the keys have to be shown.
  if (sender === null) return notTaken();
  const why = await explainRefusal(deps, { url: storeUrl, keys });
  return why.code === caught.code ? notTaken() : explained(why);
}

/**
 * Takes the keys that a store sends after its owner approved, proves them by calling that store, and installs the shop, or
 * gives an installed one its new keys. All that is kept is kept in one transaction; who comes second with a token, gets 401.
 * @throws AppError woocommerce.handover, woocommerce.keys_refused and woocommerce.read_only (401), woocommerce.currency,
 *   woocommerce.other_path; woocommerce.unreachable and the like are retryable
 */
export async function connectStore(deps: WooDeps, given: Given): Promise<Shop> {
  const { keys } = given;
  const handover = await openHandover(deps, given.token, deps.realClock.now());
  try {
    refuseStranger(handover, given);
    const store = createStore(
      { ...deps, timeoutMs: CALL_TIMEOUT_MS },
      { url: handover.storeUrl, keys, signOnly: given.sender === null },
    );
    const profile = await readProfile(deps, store);
    return await keep(deps, { handover, url: store.url, keys, profile });
  } catch (caught) {
    const error = await reasonOf(deps, handover, given, caught);
    await noteFailure(deps, handover, isAppError(error) ? error.code : 'internal');
    deps.logger.warn({ err: caught }, 'keys of a store were not taken');
    throw error;
  }
}

type Kept = { handover: Handover; url: string; keys: StoreKeys; profile: StoreProfile };

/** The shop of a store: by the address at which it answers, or by the one that was typed and leads there. */
async function knownShop(deps: WooDeps, { handover, url }: Kept): Promise<Shop | null> {
  for (const host of new Set([hostOf(url), hostOf(handover.storeUrl)])) {
    const shop = await shopOfDomain(deps, 'woocommerce', host);
    if (shop) return shop;
  }
  return null;
}

async function keep(deps: WooDeps, kept: Kept): Promise<Shop> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await knownShop(deps, kept);
    // What was to be erased is gone before the shop begins anew.
    if (known !== null && known.erasedAt !== null) await eraseShops(deps);
    try {
      const options = known === null ? {} : { shop: known.id };
      const id = await deps.db.transaction((tx) => settle(deps, kept, { tx, known }), options);
      deps.wake(id);
      const shop = await shopById(deps, id);
      if (!shop) throw new Error('The shop that was just connected is not there.');
      deps.logger.info({ shop: id, again: known?.installedAt != null }, 'a store was connected');
      return shop;
    } catch (error) {
      const raced = isAppError(error, 'shops.exists');
      if (known !== null || !raced || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

type Place = { tx: Scope['tx']; known: Shop | null };

async function settle(deps: WooDeps, kept: Kept, { tx, known }: Place): Promise<number> {
  const { handover, url, keys, profile } = kept;
  const { currency } = profile;
  const shop = { platform: 'woocommerce' as const, domain: hostOf(url), currency, timeZone: profile.timeZone ?? 'UTC' };
  const id = known?.id ?? (await registerShop(tx, deps, shop));
  const scope = await openScope(tx, id, deps.clock.now(), deps);
  const { state, erasedAt } = scope.shop;
  refuseOtherPath(scope.shop, url);
  await finishHandover(tx, handover, deps.realClock.now());
  await storeTokens({ tx, vault: deps.vault }, id, keysAsTokens(keys));
  await keepStoreUrl(scope, url);
  await ensureWebhookSecret(scope, deps.vault);
  await noteStoreCurrency(scope, currency);
  await takeOver(scope, profile, known === null || erasedAt !== null);
  await begin(scope, state);
  const action = state === 'installed' ? 'shop.reconnected' : 'shop.installed';
  const after = { state: 'installed', scopes: SCOPES, storeUrl: url };
  await recordAction(scope, { actor: 'woocommerce', action, before: { state }, after });
  return id;
}

/** The store's own words. Language and calendar are a suggestion for a shop that begins; later they are the merchant's choice. */
async function takeOver(scope: Scope, profile: StoreProfile, begins: boolean): Promise<void> {
  const { name, timeZone, country, locale, calendar } = profile;
  const said = { name, timeZone, country, currency: null, locale: begins ? locale : null };
  await updateProfile(scope, said, scope.now);
  if (begins) await setCalendar(scope, calendar);
}

/** A shop that comes has its history read; one with new keys goes on, and looks for what it missed meanwhile. */
async function begin(scope: Scope, before: Shop['state']): Promise<void> {
  if (before !== 'installed') {
    await install(scope, SCOPES);
    return beginSyncs(scope);
  }
  await recordScopes(scope, SCOPES);
  await resumeSyncs(scope);
  await askSync(scope, 'webhooks');
  await askSync(scope, 'reconcile');
}
