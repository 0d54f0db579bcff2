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

/** What a sample order earns, rule by rule: all additive rules add, then the single highest multiplier applies. */
export const sampleResult = z.strictObject({
  ...{ points: z.int(), eligible: z.int(), placedAt: instant },
  parts: z.array(z.strictObject({ rule: z.string(), type: z.string(), points: z.int() })),
  multiplier: z.strictObject({ rule: z.string(), percent: z.int() }).nullable(),
});
