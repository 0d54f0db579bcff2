import type { SandboxState } from '../store/sandbox.files.ts';
import type { Store } from '../store/sandbox.store.ts';

/** What the platform that is played stands on. */
export type PlatformDeps = {
  state: SandboxState;
  keep(change: Partial<SandboxState>): void;
  store: Store;
  scopes: string[];
  /** Real time. */
  now(): number;
};
