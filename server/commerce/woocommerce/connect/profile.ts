import { z } from 'zod';
import { AppError, isAppError } from '../../../shared/errors.ts';
import type { Store } from '../store/store.types.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { frontDoor } from './front-door.ts';
import {
  isCurrency,
  profileOf,
  type StoreProfile,
  storeCountry,
  storeCurrency,
  storeLanguage,
} from './profile.rules.ts';

/** WooCommerce waits a minute for our answer about its keys: what is only nice to know has to be asked by then, in ms. */
const ASKING_MS = 25_000;

/** Answers by which a store says that it does not let us in, rather than that it has no such page. */
const CLOSED = ['woocommerce.keys_refused', 'woocommerce.permission', 'woocommerce.blocked'];

const unusable = (code: string) =>
  new AppError(
    'woocommerce.currency',
    'Bazgasht cannot count in the currency of this store: it needs a code of three letters, for example EUR or IRR.',
    { status: 409, details: { currency: code.slice(0, 10) } },
  );

/** That keys may write, by a batch of nothing: it changes nothing, and is refused to keys that only read. */
async function mayWrite(store: Store): Promise<void> {
  try {
    await store.write('POST', 'webhooks/batch', {}, z.unknown());
  } catch (error) {
    if (!isAppError(error) || CLOSED.includes(error.code)) throw error;
  }
}

/**
 * What a store says of itself with keys that came just now: that it answers at all proves that the keys are its own. What it
 * will not say is null.
 * @throws AppError as Store does where the keys do not do; woocommerce.currency
 */
export async function readProfile(deps: WooDeps, store: Store): Promise<StoreProfile> {
  const until = deps.realClock.now() + ASKING_MS;
  const maybe = async <T>(ask: () => Promise<T>): Promise<T | null> => {
    if (deps.realClock.now() > until) return null;
    try {
      return await ask();
    } catch (error) {
      deps.logger.info({ err: error }, 'a store did not tell something of itself');
      return null;
    }
  };
  const { code } = await store.read('data/currencies/current', storeCurrency);
  await mayWrite(store);
  // The name and the time zone stand at the front door alone.
  const door = await maybe(() => frontDoor(deps, store.url));
  const country = await maybe(() => store.read('settings/general/woocommerce_default_country', storeCountry));
  // Of the whole report this part alone asks nobody else.
  const only = { _fields: 'environment.language' };
  const language = await maybe(() => store.read('system_status', storeLanguage, only));
  const profile = profileOf({
    index: door?.ok ? door.index : null,
    currency: code,
    country: country?.value ?? null,
    language: language?.environment.language ?? null,
  });
  if (!isCurrency(profile.currency)) throw unusable(profile.currency);
  return profile;
}
