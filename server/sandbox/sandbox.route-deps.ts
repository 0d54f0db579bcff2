import type { SandboxDeps, SandboxMessage } from './store/sandbox.deps.ts';
import type { Side } from './store/sandbox.kind.ts';
import type { Ran } from './store/sandbox.machine.ts';
import type { Store } from './store/sandbox.store.ts';

/** What the routes of the open store work with. */
export type RouteDeps = Pick<Side<unknown>, 'sender' | 'sessionToken' | 'signed'> & {
  deps: SandboxDeps;
  store: Store;
  shopId(): number;
  /** Where the app answers; null before the start. */
  origin(): string | null;
  messages(to: string | null): Promise<SandboxMessage[]>;
  advance(order: { advance?: string | undefined; to?: number | undefined }): Promise<Ran>;
};
