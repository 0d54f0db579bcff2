import type { Place } from '../points/running.rules.ts';
import type { Fact } from './tiers.rules.ts';
import type { tierMoves } from './tiers.tables.ts';

export type MoveRow = typeof tierMoves.$inferSelect;

/** What adds to a metric, with the place of its order; null: it is no order's. */
export type PlacedFact = Fact & { place: Place | null };
