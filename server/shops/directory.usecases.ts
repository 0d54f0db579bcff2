import { LRUCache } from 'lru-cache';
import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { findShop, findShopId, findWebhookSecret } from './shops.repository.ts';
import type { Shop } from './shops.types.ts';

/** What taking a delivery in needs to know of a shop. */
export type KnownShop = { id: number; secret: string | undefined };

/** A secret that an operator changed is in force this soon. */
const FRESH_MS = 5_000;
/** Far more shops than one process serves; a bound all the same. */
const MOST = 10_000;

/** The secret of its own that a shop signs with; undefined where the app's secret signs. */
export async function webhookSecretOf(
  { db, vault }: { db: Database; vault: Vault },
  id: number,
): Promise<string | undefined> {
  const sealed = await findWebhookSecret(db.read, id);
  return sealed === null ? undefined : vault.open(sealed, `shop:${id}:webhook-secret`);
}

type Deps = { db: Database; clock: Clock; vault: Vault };

/** Remembers what was found for some seconds; what was not found is looked for again. `fresh` looks in any case. */
function remembered({ db, clock, vault }: Deps, find: (key: string) => Promise<number | null>) {
  const known = new LRUCache<string, KnownShop>({ max: MOST, ttl: FRESH_MS, ttlResolution: 0, perf: clock });
  return async (key: string, fresh = false): Promise<KnownShop | null> => {
    const cached = fresh ? undefined : known.get(key);
    if (cached) return cached;
    const id = await find(key);
    if (id === null) return null;
    const shop = { id, secret: await webhookSecretOf({ db, vault }, id) };
    known.set(key, shop);
    return shop;
  };
}

/** Looks shops of a platform up by domain. */
export function createDirectory(deps: Deps) {
  const byDomain = (platform: Shop['platform']) =>
    remembered(deps, (domain) => findShopId(deps.db.read, platform, domain));
  const directories = { shopify: byDomain('shopify'), woocommerce: byDomain('woocommerce') };
  return async (platform: Shop['platform'], domain: string): Promise<KnownShop | null> =>
    domain.length > 253 ? null : directories[platform](domain);
}

/** As both databases hold them. */
const ID = /^[1-9]\d{0,8}$/;

/**
 * Looks shops of one platform up by our id, as text from an address. `fresh` does not go by what is remembered: a secret may
 * have been changed a moment ago, and a platform that does not send again would lose what it signed with the new one.
 */
export function createIdDirectory(deps: Deps, platform: Shop['platform']) {
  const find = remembered(deps, async (text) => {
    const shop = await findShop(deps.db.read, Number(text));
    return shop?.platform === platform ? shop.id : null;
  });
  return async (id: string, fresh = false): Promise<KnownShop | null> => (ID.test(id) ? find(id, fresh) : null);
}
