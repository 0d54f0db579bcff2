import type { Database } from '../../../db/database.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Vault } from '../../../shared/crypto.ts';
import type { Ids } from '../../../shared/ids.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { Features, Reactions } from '../../../shops/scope.ts';
import type { StoreFetch } from './store.types.ts';

/** What speaking to WooCommerce stores needs. `timeoutMs` of a call; left out: the usual one. */
export type WooDeps = {
  db: Database;
  clock: Clock;
  /** Real time: signatures, politeness and handovers do not follow a clock that is moved. */
  realClock: Clock;
  ids: Ids;
  reactions: Reactions;
  features: Features;
  vault: Vault;
  logger: Logger;
  fetch: StoreFetch;
  /** Public origin of this app without a trailing slash: where stores send. */
  appUrl: string;
  sleep: (ms: number) => Promise<unknown>;
  /** A shop has something to be read. */
  wake: (shopId: number) => void;
  timeoutMs?: number;
};
