import type { Change, ShopContext } from '../../commerce/commerce.types.ts';
import type { ShopDeps } from '../../shops/shops.usecases.ts';
import type { SandboxDeps } from './sandbox.deps.ts';
import type { SandboxState } from './sandbox.files.ts';
import type { SandboxPlatformName } from './sandbox.own.ts';
import type { Past } from './sandbox.past.ts';
import type { Store } from './sandbox.store.ts';
import type { Tell } from './sandbox.types.ts';

/** Sends what the store owes to the app. */
export type Sender = {
  /** Sends whatever is owed and does not wait for what comes later. @returns the last answer's status; 0: none */
  flush(): Promise<number>;
  /** Begins to send to the app at this origin. */
  start(origin: string): void;
  stop(): Promise<void>;
};

/** A storefront's request: who is logged in ('' for nobody) and what it asks. */
export type StorefrontRequest = { customer: string; query: Iterable<[string, string]> };

/** One running store's platform: what the app calls, and what calls the app. */
export type Side<P> = {
  platform: P;
  sender: Sender;
  sessionToken(): Promise<string>;
  /** The query with which a storefront's request is passed on; null: this platform passes none on. */
  signed: ((request: StorefrontRequest) => URLSearchParams) | null;
  /** The app answers at this address. */
  reaches(origin: string): void;
  /** Puts the app in, as the merchant would at the platform; nothing where the app does that by itself. */
  connect(): Promise<void>;
  /** Whether the app is in, as far as the store has to see to it. */
  connected(): boolean;
};

/** What was in the store before the app came, read as one of its deliveries. */
export type Word = { at: number; changes(shop: ShopContext): Change[] };

export type SideParts = {
  deps: SandboxDeps;
  state: SandboxState;
  keep(change: Partial<SandboxState>): void;
  store: Store;
};

/** What is different from one platform to the other; everything else of the sandbox is the same for both. */
export type Kind<P> = {
  name: SandboxPlatformName;
  domain: string;
  /** Whether its messages say so little that the store has to be asked before they are wholly applied. */
  asksBack: boolean;
  /** The webhooks that are owed for what happens. */
  tell(state: SandboxState): Tell;
  side(parts: SideParts): Side<P>;
  /** Registers the store with the app. @returns the shop's id */
  register(deps: ShopDeps, madeAt: number): Promise<number>;
  /** The past as the deliveries that would have told of it, oldest first. */
  words(parts: { deps: SandboxDeps; platform: P }, past: Past, begins: number): Word[];
};
