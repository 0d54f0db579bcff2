import type { Database } from '../db/database.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../shared/crypto.ts';
import { findShopId, findWebhookSecret } from './shops.repository.ts';
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

/** Looks shops up by domain; what was found is remembered for some seconds, what was not found is looked for again. */
export function createDirectory({ db, clock, vault }: { db: Database; clock: Clock; vault: Vault }) {
  const known = new Map<string, { shop: KnownShop; until: number }>();
  return async (platform: Shop['platform'], domain: string): Promise<KnownShop | null> => {
    if (domain.length > 253) return null;
    const key = `${platform}:${domain}`;
    const cached = known.get(key);
    const now = clock.now();
    if (cached && cached.until > now) return cached.shop;
    const id = await findShopId(db.read, platform, domain);
    if (id === null) return null;
    const shop = { id, secret: await webhookSecretOf({ db, vault }, id) };
    if (known.size >= MOST) known.clear();
    known.set(key, { shop, until: now + FRESH_MS });
    return shop;
  };
}
