import type { TierProgram } from '../contracts/tiers.ts';
import type { customerTiers, tierMoves } from './tiers.tables.ts';

export type TierRow = typeof customerTiers.$inferSelect;
export type MoveRow = typeof tierMoves.$inferSelect;

/** The tiers in force, with the program version that defines them. */
export type TiersInForce = { version: number; tiers: TierProgram };
