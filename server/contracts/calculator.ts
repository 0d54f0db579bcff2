import { z } from 'zod';
import { day, instant } from './common.ts';
import { programRules } from './program.ts';
import { levelId } from './tiers.ts';

/** A sample order: amounts in minor units; `rules` to try, those in force when left out. */
export const sampleOrder = z.strictObject({
  rules: programRules.optional(),
  lines: z
    .array(
      z.strictObject({
        product: z.string().max(64).nullable().default(null),
        quantity: z.int().min(1).max(10_000).default(1),
        unitPrice: z.int().min(0).max(1_000_000_000_000),
      }),
    )
    .min(1)
    .max(50),
  discount: z.int().min(0).default(0),
  shipping: z.int().min(0).default(0),
  tax: z.int().min(0).default(0),
  tier: levelId.nullable().default(null),
  /** Which order of the customer's it is. */
  nth: z.int().min(1).max(1000).default(1),
  on: day.optional(),
});

/**
 * What a sample order earns, rule by rule: all additive rules add, then the single highest multiplier applies.
 * - `parts`: `points` before any multiplier and `earned` with it, rounded as the rule says, of the amount that is `eligible`;
 *   `points` of the order is the sum of what is earned
 * - `multiplier`: the highest that applied, a tier's as `tier:` and its level; `whole` false: to some lines only
 * - `lines`: by what percentage each line earned, since one can have a higher multiplier than the others
 */
export const sampleResult = z.strictObject({
  points: z.int(),
  eligible: z.int(),
  placedAt: instant,
  parts: z.array(
    z.strictObject({
      rule: z.string(),
      type: z.string(),
      points: z.int(),
      earned: z.int(),
      eligible: z.int().nullable(),
    }),
  ),
  multiplier: z.strictObject({ rule: z.string(), percent: z.int(), whole: z.boolean() }).nullable(),
  lines: z.array(z.int()),
});
