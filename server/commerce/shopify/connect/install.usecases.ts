import { addShop } from '../../../onboarding/register.usecases.ts';
import { eraseShops } from '../../../privacy/erase.usecases.ts';
import { isAppError } from '../../../shared/errors.ts';
import { recordAction } from '../../../shops/audit.usecases.ts';
import { openScope } from '../../../shops/scope.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { install, recordScopes, shopOfDomain, updateProfile } from '../../../shops/shops.usecases.ts';
import { readTokens, storeTokens } from '../../../shops/tokens.usecases.ts';
import { beginSyncs, resumeSyncs } from '../../../syncs/syncs.usecases.ts';
import { createAdmin } from '../admin/admin.ts';
import { ShopProfile, type ShopProfileQuery } from '../operations.generated.ts';
import { readShop } from '../reading/shopify.shop.ts';
import type { ShopifyDeps } from './shopify.deps.ts';
import { exchange, type Granted } from './tokens.exchange.ts';

/** Installs in this process, by domain: the admin page asks for several things at once when it opens. */
const running = new Map<string, Promise<Shop>>();

function once(domain: string, work: () => Promise<Shop>): Promise<Shop> {
  const before = running.get(domain);
  if (before !== undefined) return before;
  const working = work().finally(() => running.delete(domain));
  running.set(domain, working);
  return working;
}

/**
 * The shop that a checked session token speaks of, installed: at once where it is, else by changing the token for access.
 * @throws AppError as installByToken does
 */
export async function ensureInstalled(
  deps: ShopifyDeps,
  { domain, sessionToken }: { domain: string; sessionToken: string },
): Promise<Shop> {
  const grant = { kind: 'session' as const, sessionToken };
  // Asked again inside: another request's install may have ended between the two.
  const work = async () => (await installed(deps, domain)) ?? withGrant(deps, domain, grant);
  return (await installed(deps, domain)) ?? once(domain, work);
}

/** The shop, if it is installed and its tokens can still be used. */
async function installed(deps: ShopifyDeps, domain: string): Promise<Shop | null> {
  const shop = await shopOfDomain(deps, 'shopify', domain);
  if (shop?.state !== 'installed') return null;
  const tokens = await readTokens(deps, shop.id);
  const over = tokens?.refreshExpiresAt != null && tokens.refreshExpiresAt <= deps.realClock.now();
  return tokens !== null && tokens.refusedAt === null && !over ? shop : null;
}

/**
 * Shopify's managed install: the merchant has agreed at Shopify, and a session token of the shop (checked by the caller) is
 * changed for expiring offline tokens. For a first install, a reinstall, and where the shop's tokens are no longer
 * accepted. @throws AppError shopify.exchange_refused; shopify.unavailable and shopify.throttled are retryable
 */
export const installByToken = (
  deps: ShopifyDeps,
  { domain, sessionToken }: { domain: string; sessionToken: string },
): Promise<Shop> => once(domain, () => withGrant(deps, domain, { kind: 'session', sessionToken }));

/** The authorization code grant: the same by a code that Shopify sent with the browser. @throws as installByToken */
export const installByCode = (deps: ShopifyDeps, { domain, code }: { domain: string; code: string }): Promise<Shop> =>
  once(domain, () => withGrant(deps, domain, { kind: 'code', code }));

async function withGrant(deps: ShopifyDeps, domain: string, grant: Parameters<typeof exchange>[2]): Promise<Shop> {
  const { realClock, timeoutMs, platform } = deps;
  const granted = await exchange(platform, { domain, now: realClock.now(), timeoutMs }, grant);
  const token = { current: async () => granted.accessToken, proven: async () => undefined };
  const profile = await createAdmin(deps, domain, token).run(ShopProfile, {});
  const shop = (await shopOfDomain(deps, 'shopify', domain)) ?? (await register(deps, domain, profile));
  // What was to be erased is gone before the shop begins anew.
  if (shop.erasedAt !== null) await eraseShops(deps);
  await settle(deps, shop.id, granted, profile);
  deps.wake(shop.id);
  deps.logger.info({ shop: shop.id, again: shop.installedAt !== null }, 'a shop was installed');
  return (await shopOfDomain(deps, 'shopify', domain)) ?? shop;
}

async function register(deps: ShopifyDeps, domain: string, { shop }: ShopProfileQuery): Promise<Shop> {
  try {
    const timeZone = shop.ianaTimezone;
    await addShop(deps, { platform: 'shopify', domain, currency: shop.currencyCode, timeZone });
  } catch (error) {
    // Another process was faster.
    if (!isAppError(error, 'shops.exists')) throw error;
  }
  const made = await shopOfDomain(deps, 'shopify', domain);
  if (!made) throw new Error('The shop that was just registered is not there.');
  return made;
}

/** Tokens, profile, state and what is to be read, in one transaction: a crash leaves all of it or nothing. */
function settle(deps: ShopifyDeps, shopId: number, granted: Granted, profile: ShopProfileQuery): Promise<void> {
  const { db, clock, vault } = deps;
  return db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, clock.now(), deps);
      const before = scope.shop.state;
      await storeTokens({ tx, vault }, shopId, granted);
      const said = profileOf(profile, scope.now);
      if (said) await updateProfile(scope, said, said.at);
      if (before === 'installed') {
        await recordScopes(scope, granted.scopes);
        return resumeSyncs(scope);
      }
      await install(scope, granted.scopes);
      await beginSyncs(scope);
      await recordAction(scope, {
        actor: 'shopify',
        action: 'shop.installed',
        before: { state: before },
        after: { state: 'installed', scopes: granted.scopes },
      });
    },
    { shop: shopId },
  );
}

/** The shop's own words, by the same rules as `shop/update`, which brings the language too: here it would need one more permission. */
function profileOf({ shop }: ShopProfileQuery, now: number) {
  const body = {
    name: shop.name,
    currency: shop.currencyCode,
    iana_timezone: shop.ianaTimezone,
    country_code: shop.shopAddress.countryCodeV2,
    updated_at: shop.updatedAt,
  };
  const [change] = readShop(body, { topic: '', body: Buffer.alloc(0), triggeredAt: now, receivedAt: now });
  return change?.kind === 'shop' ? change : null;
}
