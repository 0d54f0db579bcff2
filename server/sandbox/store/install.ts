import { addShop } from '../../onboarding/register.usecases.ts';
import { localDay } from '../../shared/calendar.ts';
import type { NewShop } from '../../shops/create.usecases.ts';
import type { ShopDeps } from '../../shops/shops.usecases.ts';
import { SANDBOX_DOMAIN, SHOP_DOMAIN } from './sandbox.own.ts';

/** Where the store is. */
export const ZONE = 'America/New_York';
const YEAR = 365 * 86_400_000;

/**
 * Registers the store with the app, as it is before its merchant opens the app for the first time. Its program began a
 * year before the store was made, so that its members have points: the row has to be there before the app installs itself
 * by a session token, since it says since when orders earn.
 * @returns the shop's id
 */
export const installStore = (deps: ShopDeps, madeAt: number): Promise<number> =>
  register(deps, madeAt, { platform: 'shopify', domain: SANDBOX_DOMAIN });

/** The same for the sandbox's WooCommerce store, whose owner connects it afterwards. */
export const registerStore = (deps: ShopDeps, madeAt: number): Promise<number> =>
  register(deps, madeAt, { platform: 'woocommerce', domain: SHOP_DOMAIN });

const register = (deps: ShopDeps, madeAt: number, shop: Pick<NewShop, 'platform' | 'domain'>): Promise<number> =>
  addShop(deps, {
    ...shop,
    currency: 'USD',
    timeZone: ZONE,
    programStart: localDay(madeAt - YEAR, ZONE),
  });
