import type { SandboxState } from './sandbox.files.ts';
import type { Store } from './sandbox.store.ts';
import type { SandboxPlatform } from './sandbox.types.ts';

export type PlatformDeps = {
  state: SandboxState;
  keep(change: Partial<SandboxState>): void;
  store: Store;
  scopes: string[];
  /** Real time. */
  now(): number;
};

/** Shopify, as far as the app calls it: answered inside of the process. */
export function createPlatform({ state, scopes }: PlatformDeps): SandboxPlatform {
  return {
    ...{ apiKey: state.apiKey, apiSecret: state.apiSecret, scopes, appUrl: 'http://localhost' },
    fetch: async () => new Response(null, { status: 404 }),
  };
}
