import { takeIn } from '../../../intake/take-in.usecases.ts';
import { isAppError } from '../../../shared/errors.ts';
import { noteStoreCurrency } from '../../../shops/stores.usecases.ts';
import type { Change } from '../../commerce.types.ts';
import { frontDoor } from '../connect/front-door.ts';
import { profileOf, type SiteIndex, storeCountry, storeCurrency } from '../connect/profile.rules.ts';
import type { Reads } from './lists.ts';

/** Null where it is not to be had: what was known stays. */
async function indexOf({ deps, store }: Reads): Promise<SiteIndex | null> {
  const door = await frontDoor(deps, store.url);
  return door.ok && (door.index.timezone_string || door.index.gmt_offset !== null) ? door.index : null;
}

/** What the store does not tell these keys, or not in a shape that is known, is left as it was. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!isAppError(error) || error.retryable || error.code === 'woocommerce.keys_refused') throw error;
    return null;
  }
}

/**
 * Takes over what the store now says of itself. A zone that was changed there holds from now on; a currency that was
 * changed is noted, since what was counted stays counted.
 * @returns false where the shop is no longer installed
 * @throws AppError as Store does, where it may be gone the next time or the keys are refused
 */
export async function rereadProfile(reads: Reads): Promise<boolean> {
  const { deps, store, hold } = reads;
  const currency = await orNull(() => store.read('data/currencies/current', storeCurrency));
  const country = await orNull(() => store.read('settings/general/woocommerce_default_country', storeCountry));
  const index = await orNull(() => indexOf(reads));
  const nothing = { name: null, timezone_string: null, gmt_offset: null };
  const parts = { index: index ?? nothing, currency: currency?.code ?? '', country: country?.value ?? null };
  const said = profileOf({ ...parts, language: null });
  const zone = index === null ? null : said.timeZone;
  const at = deps.clock.now();
  const change: Change = {
    kind: 'shop',
    name: said.name,
    currency: null,
    timeZone: zone,
    locale: null,
    country: said.country,
    at,
  };
  return takeIn(hold, [[change]], async (scope) => {
    if (currency !== null) await noteStoreCurrency(scope, said.currency);
  });
}
