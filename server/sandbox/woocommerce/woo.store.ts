import type { StoreFetch } from '../../commerce/woocommerce/store/store.types.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Sender } from '../store/sandbox.kind.ts';
import type { Store } from '../store/sandbox.store.ts';
import type { WooSite, WooState } from '../store/woo.state.ts';
import { createConnect } from './woo.connect.ts';
import { createWooPlatform } from './woo.platform.ts';
import { createWooSender } from './woo.sender.ts';
import { noFaults, type Woo } from './woo.types.ts';

export type WooStoreDeps = {
  store: Store;
  site: WooSite;
  state: WooState;
  keep(): void;
  begins: number;
  logger: Logger;
  /** Where an address of the app leads; null: nowhere. */
  reach(url: string): string | null;
  /** Real time in ms. */
  now(): number;
};

/** A WooCommerce store: what it is, its API, the page on which its owner gives keys away, and what it sends. */
export type WooStore = Woo & {
  fetch: StoreFetch;
  sender: Sender;
  connect: ReturnType<typeof createConnect>;
};

/** Opens a WooCommerce store over what was bought in a sandbox's. */
export function createWooStore(deps: WooStoreDeps): WooStore {
  const { store, site, state, keep, begins, logger, reach, now } = deps;
  const woo: Woo = { store, site, state, keep, begins, faults: noFaults() };
  const sender = createWooSender({ woo, logger, reach, fetch: globalThis.fetch });
  const connect = createConnect({ woo, reach, fetch: globalThis.fetch });
  const fetch = createWooPlatform({ woo, connect, now, ping: sender.ping });
  return Object.assign(woo, { fetch, sender, connect });
}
