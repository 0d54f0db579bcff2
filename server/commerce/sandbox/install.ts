import { localDay } from '../../shared/calendar.ts';
import { addShop, type ShopDeps } from '../../shops/shops.usecases.ts';
import { SANDBOX_DOMAIN } from './sandbox.own.ts';

const ZONE = 'America/New_York';
const YEAR = 365 * 86_400_000;

/**
 * Registers the store with the app, as it is before its merchant opens the app for the first time. Its program began a
 * year before the store was made, so that its members have points: the row has to be there before the app installs itself
 * by a session token, since it says since when orders earn.
 * @returns the shop's id
 */
export const installStore = (deps: ShopDeps, madeAt: number): Promise<number> =>
  addShop(deps, {
    ...{ platform: 'shopify', domain: SANDBOX_DOMAIN, currency: 'USD', timeZone: ZONE },
    programStart: localDay(madeAt - YEAR, ZONE),
  });
