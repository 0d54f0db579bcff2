import type { Tx } from '../db/database.ts';
import type { Ids } from '../shared/ids.ts';
import type { Shop } from './shops.types.ts';

/**
 * What a use case works in: one shop, one open transaction, one instant. Every repository function takes it (or the
 * shop's id), so no query can forget the shop.
 */
export type Scope = { tx: Tx; shop: Shop; now: number; ids: Ids };
