import type { Tx } from '../db/database.ts';
import type { Fact, ReactionsIn } from '../facts/facts.types.ts';
import type { Ids } from '../shared/ids.ts';
import type { Shop } from './shops.types.ts';

/**
 * What a use case works in: one shop, one open transaction, one instant. Every repository function takes it (or the
 * shop's id), so no query can forget the shop.
 */
export type Scope = {
  tx: Tx;
  shop: Shop;
  now: number;
  ids: Ids;
  /** Tells what has become known: everything that follows is done in this transaction (facts/tell.ts). */
  tell(fact: Fact): Promise<void>;
};

/** What every kind of fact leads to. server/reactions.ts has the one record. */
export type Reactions = ReactionsIn<Scope>;

/** What opening a scope takes. */
export type ScopeDeps = { ids: Ids; reactions: Reactions };
