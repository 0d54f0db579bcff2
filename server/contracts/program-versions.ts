import { z } from 'zod';
import { instant } from './common.ts';
import { programRules } from './program.ts';
import { tierProgram } from './tiers.ts';

/** The program in force: orders placed from `effectiveFrom` on go by it. */
export const programVersion = z.strictObject({ version: z.int(), effectiveFrom: instant, rules: programRules });

/**
 * New rules. `version`, if given, is the one that the caller has seen: another in force is a conflict. What GET answers
 * may be sent back changed; `effectiveFrom` is not read, a new version is in force at once.
 */
export const programChange = z.strictObject({
  rules: programRules,
  version: z.int().min(1).optional(),
  effectiveFrom: instant.optional(),
});

/** Tiers to try: those of the program when left out. */
export const tierPreviewAsked = z.strictObject({ tiers: tierProgram });

/** How many members tiers would move: up at once, down at a later review. */
export const tierPreview = z.strictObject({
  members: z.int(),
  up: z.int(),
  down: z.int(),
  stay: z.int(),
  removed: z.int(),
  entryBonuses: z.int(),
  moves: z.array(z.strictObject({ from: z.string().nullable(), to: z.string().nullable(), members: z.int() })),
});
