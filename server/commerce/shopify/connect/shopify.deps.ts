import type { Database } from '../../../db/database.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Vault } from '../../../shared/crypto.ts';
import type { Ids } from '../../../shared/ids.ts';
import type { Logger } from '../../../shared/logger.ts';
import type { Features, Reactions } from '../../../shops/scope.ts';
import { type Admin, createAdmin } from '../admin/admin.ts';
import type { ShopifyPlatform } from '../platform.ts';
import { tokensOf } from './tokens.ts';

/** What speaking to Shopify needs. `timeoutMs` of a call; left out: the usual one. */
export type ShopifyDeps = {
  db: Database;
  clock: Clock;
  /** Real time: tokens do not follow a clock that is moved. */
  realClock: Clock;
  ids: Ids;
  reactions: Reactions;
  features: Features;
  vault: Vault;
  logger: Logger;
  platform: ShopifyPlatform;
  /** Who subscribes to webhooks: we do, in each shop, or the app's deployed settings do, for all. */
  webhooks: 'shop' | 'app';
  sleep: (ms: number) => Promise<unknown>;
  /** A shop has something to be read. */
  wake: (shopId: number) => void;
  timeoutMs?: number;
};

/** The Admin API client of a shop that is installed. */
export const adminOf = (deps: ShopifyDeps, shop: { id: number; domain: string }): Admin =>
  createAdmin(deps, shop.domain, tokensOf(deps, shop));
