import type { TierProgram } from '../contracts/tiers.ts';
import type { customerTiers } from './program.tables.ts';

/** The tier that a customer holds. */
export type TierRow = typeof customerTiers.$inferSelect;

/** The tiers in force, with the program version that defines them. */
export type TiersInForce = { version: number; tiers: TierProgram };
