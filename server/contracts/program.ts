import { z } from 'zod';
import { levelId, tierProgram } from './tiers.ts';

const points = z.int().min(0).max(1_000_000_000);
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** Which order lines a rule speaks of; an empty list says nothing. */
const match = z.strictObject({
  products: z.array(z.string().max(64)).max(1000).default([]),
  collections: z.array(z.string().max(64)).max(1000).default([]),
  vendors: z.array(z.string().max(255)).max(1000).default([]),
  types: z.array(z.string().max(255)).max(1000).default([]),
});

/** When a rule holds, by the instant the order was placed, in the shop's local time. */
const when = z.strictObject({
  from: z.int().nullable().default(null),
  until: z.int().nullable().default(null),
  /** 1 Monday … 7 Sunday; empty: every day. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
  /** Tiers whose members' orders the rule is for, by the tier at the order's first grant; none named: everybody's. */
  tiers: z.array(levelId).max(20).optional(),
});

const lotTerms = {
  /** Days from the paid instant until the points can be spent. */
  holdDays: z.int().min(0).max(365).default(0),
  /** Months after earning at which what is left expires; null: never. */
  expiryMonths: z.int().min(1).max(120).nullable().default(null),
};

const common = { id, enabled: z.boolean().default(true), when: when.prefault({}) };

/** `points` for every `per` minor units of the eligible amount. */
const spend = z.strictObject({
  ...common,
  type: z.literal('spend'),
  points,
  per: z.int().min(1).max(1_000_000_000_000),
  rounding: z.enum(['floor', 'nearest', 'ceil']).default('floor'),
  /** What is eligible besides line items after discounts. */
  include: z.strictObject({ tax: z.boolean().default(false), shipping: z.boolean().default(false) }).prefault({}),
  only: match.nullable().default(null),
  except: match.nullable().default(null),
  /** Smallest eligible amount of an order, in minor units. */
  minimum: z.int().min(0).default(0),
  caps: z
    .strictObject({
      order: points.nullable().default(null),
      day: points.nullable().default(null),
      lifetime: points.nullable().default(null),
    })
    .prefault({}),
  ...lotTerms,
});

/** A fixed number for every counted order. */
const order = z.strictObject({
  ...common,
  type: z.literal('order'),
  points,
  minimum: z.int().min(0).default(0),
  ...lotTerms,
});

/** A fixed number for a customer's n-th counted order. */
const nth = z.strictObject({ ...common, type: z.literal('nth'), n: z.int().min(1).max(1000), points, ...lotTerms });

/** A fixed number for opening an account. */
const signup = z.strictObject({ ...common, type: z.literal('signup'), points, ...lotTerms });

/** Multiplies what orders earn, in percent: 200 doubles. With `only`, just the lines that match. */
const multiplier = z.strictObject({
  ...common,
  type: z.literal('multiplier'),
  percent: z.int().min(100).max(10_000),
  only: match.nullable().default(null),
});

/** One earning rule. Ids are unique in a version and name the lots that the rule fills. */
export const earningRule = z.discriminatedUnion('type', [spend, order, nth, signup, multiplier]);

/** The rules of one program version. All additive rules add, then the single highest multiplier applies, a tier's among them. */
export const programRules = z.strictObject({
  earning: z
    .array(earningRule)
    .max(50)
    .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, 'rule ids must be unique'),
  /**
   * What becomes of spent points that are taken back later: the balance goes below zero, or the merchant bears them.
   * The version in force when they were spent decides.
   */
  clawback: z.enum(['debt', 'absorb']).default('debt'),
  /** Left out: no tiers. */
  tiers: tierProgram.optional(),
});

export type EarningRule = z.infer<typeof earningRule>;
export type SpendRule = z.infer<typeof spend>;
export type MultiplierRule = z.infer<typeof multiplier>;
export type LineMatch = z.infer<typeof match>;
export type ProgramRules = z.infer<typeof programRules>;
