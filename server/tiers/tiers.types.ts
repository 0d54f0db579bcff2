import type { TierProgram } from '../contracts/tiers.ts';
import type { Place } from '../points/running.rules.ts';
import type { Fact } from './tiers.rules.ts';
import type { customerTiers, tierMoves } from './tiers.tables.ts';

export type TierRow = typeof customerTiers.$inferSelect;
export type MoveRow = typeof tierMoves.$inferSelect;

/** What adds to a metric, with the place of its order; null: it is no order's. */
export type PlacedFact = Fact & { place: Place | null };

/** The tiers in force, with the program version that defines them. */
export type TiersInForce = { version: number; tiers: TierProgram };
