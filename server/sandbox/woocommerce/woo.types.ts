import type { Store } from '../store/sandbox.store.ts';
import type { WooSite, WooState } from '../store/woo.state.ts';

/** What tests switch on. Everything is off in the sandbox. */
export type WooFaults = {
  /** Nobody answers. */
  down: boolean;
  /** A page where JSON was asked for, as a maintenance plugin or a firewall puts it there. */
  html: boolean;
  /** A message of PHP before the JSON, as a badly configured server prints it. */
  notice: boolean;
  /** `X-WP-Total` and `X-WP-TotalPages` that are not true. */
  totals: { total: number; pages: number } | null;
  /** Each answer's status instead of its own, as of an overloaded server. */
  status: number | null;
  /** How long an answer takes, in ms. */
  slowMs: number;
  /** Permalinks are plain: `/wp-json` does not exist and keys are not looked at. */
  plainPermalinks: boolean;
  /** The owner of the webhooks and keys may do nothing any more. */
  ownerWithoutRights: boolean;
  /** Nobody visits the store, so that WP-Cron does not run and deliveries wait. */
  quiet: boolean;
  /** `order.created` comes twice. */
  createdTwice: boolean;
};

export const noFaults = (): WooFaults => ({
  down: false,
  html: false,
  notice: false,
  totals: null,
  status: null,
  slowMs: 0,
  plainPermalinks: false,
  ownerWithoutRights: false,
  quiet: false,
  createdTwice: false,
});

/** One WooCommerce store: its parts, which its answers and deliveries are made of. */
export type Woo = {
  store: Store;
  site: WooSite;
  state: WooState;
  /** Makes a change of `state` durable. */
  keep(): void;
  faults: WooFaults;
  /** When the store was opened: products are as old. */
  begins: number;
};
