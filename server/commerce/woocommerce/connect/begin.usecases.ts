import { isAppError } from '../../../shared/errors.ts';
import { shopOfDomain } from '../../../shops/shops.usecases.ts';
import type { Locale } from '../../../words/locales.ts';
import { storeAddress } from '../store/store.address.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { authorizeUrl, callbackFault } from './connect.rules.ts';
import { troubleOf } from './connect.troubles.ts';
import type { Trouble } from './connect.types.ts';
import { refuseOtherPath } from './connect.usecases.ts';
import { type FrontDoor, frontDoor } from './front-door.ts';
import { beginHandover } from './handovers.usecases.ts';

export type ConnectOptions = {
  /** What the operator said stores can send to; undefined: nothing so far. */
  publicUrl: string | undefined;
  /** Lets stores, and this app, have any address: for tests and the practice store. */
  allowPrivate: boolean;
};

/** What the merchant asks for. `knowing`: that the store has no https was said, and they want it all the same. */
export type Asked = { store: string; locale: Locale; knowing: boolean };

/** `go`: the page of the store on which its owner approves. `insecure`: only http, so that they should know first. */
export type Begun =
  | { kind: 'go'; url: string; token: string }
  | { kind: 'insecure'; storeUrl: string }
  | { kind: 'trouble'; trouble: Trouble };

/** No answer under https: a store without it may answer under http. */
const SILENT = ['woocommerce.unreachable', 'woocommerce.certificate', 'woocommerce.timed_out'];

async function lookAt(deps: WooDeps, url: string, mayBePlain: boolean): Promise<FrontDoor> {
  try {
    return await frontDoor(deps, url);
  } catch (error) {
    if (!mayBePlain || !isAppError(error) || !SILENT.includes(error.code)) throw error;
    const plain = await frontDoor(deps, url.replace(/^https:/, 'http:')).catch(() => null);
    if (plain?.ok) return plain;
    throw error;
  }
}

async function tryBegin(deps: WooDeps, { publicUrl, allowPrivate }: ConnectOptions, asked: Asked): Promise<Begun> {
  const fault = callbackFault(publicUrl, allowPrivate);
  if (fault !== null || publicUrl === undefined) return { kind: 'trouble', trouble: fault ?? 'app_url_missing' };
  const address = storeAddress(asked.store, { allowPrivate });
  if (!address.ok) return { kind: 'trouble', trouble: address.reason };
  const typedScheme = /^\s*[a-z][a-z0-9+.-]*:\/\//i.test(asked.store);
  const door = await lookAt(deps, address.url, !typedScheme);
  if (!door.ok) return { kind: 'trouble', trouble: door.trouble };
  if (door.url.startsWith('http:') && !asked.knowing) return { kind: 'insecure', storeUrl: door.url };
  const known = await shopOfDomain(deps, 'woocommerce', new URL(door.url).host);
  if (known) refuseOtherPath(known, door.url);
  const { locale } = asked;
  const token = await beginHandover(deps, { storeUrl: door.url, locale, now: deps.realClock.now() });
  return { kind: 'go', url: authorizeUrl(door.url, publicUrl, token), token };
}

/** Looks at the store that a merchant named, and begins a handover of its keys where nothing stands in the way. */
export async function beginConnect(deps: WooDeps, options: ConnectOptions, asked: Asked): Promise<Begun> {
  try {
    return await tryBegin(deps, options, asked);
  } catch (error) {
    if (!isAppError(error)) throw error;
    // Anybody can ask for this page: one short line each.
    deps.logger.info({ outcome: error.code }, 'a store could not be connected');
    return { kind: 'trouble', trouble: troubleOf(error.code) };
  }
}
