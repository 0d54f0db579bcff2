import type { Database, Tx } from '../db/database.ts';
import type { Fact, ReactionsIn } from '../facts/facts.types.ts';
import type { FeatureIn } from '../features/feature.types.ts';
import type { Clock } from '../shared/clock.ts';
import type { Ids } from '../shared/ids.ts';
import type { Logger } from '../shared/logger.ts';
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

/** What all work in the background has. */
export type WorkDeps = ScopeDeps & {
  db: Database;
  clock: Clock;
  /** Not put ahead, where the app's clock is. */
  realClock: Clock;
  logger: Logger;
  features: Features;
};

/** A feature, as server/features.ts lists it. `Needs`: what its topics and schedule take besides. */
export type Feature<Needs = unknown, Endpoint = never> = FeatureIn<Scope, WorkDeps, Needs, Endpoint>;

/** All features without what only wiring asks for: whoever goes over all of them is handed this. */
export type Features = readonly Omit<Feature<never>, 'topics' | 'schedule' | 'endpoints'>[];
