import { z } from 'zod';

const points = z.int().min(0).max(1_000_000_000);

/** Names a level in rules, pins and moves; it stays when the level is renamed. */
export const levelId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

const label = z.string().trim().min(1).max(80);

/** What members of a level get besides a multiplier. Stored and shown; each takes effect where its feature does. */
const perks = z.strictObject({
  freeShipping: z.boolean().default(false),
  /** The customer tag that lets members in early. */
  earlyAccessTag: z.string().trim().min(1).max(255).nullable().default(null),
  birthdayBonus: points.default(0),
  exclusiveRewards: z.boolean().default(false),
  gift: z.string().trim().min(1).max(500).nullable().default(null),
});

const level = z.strictObject({
  id: levelId,
  name: z.union([label, z.strictObject({ en: label, fa: label })]),
  /** What the metric has to reach: points, minor units or orders; 0 makes a base level that everybody has. */
  threshold: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** Multiplies what orders earn, in percent; 100: none. */
  percent: z.int().min(100).max(10_000).default(100),
  /** Points for reaching the level, once a person. */
  entryBonus: points.default(0),
  perks: perks.prefault({}),
});

/** The tiers of one program version, lowest first. */
export const tierProgram = z.strictObject({
  enabled: z.boolean().default(false),
  /** Points earned less clawed back (never the balance), net revenue in minor units, or counted orders. */
  metric: z.enum(['earned', 'spend', 'orders']).default('earned'),
  window: z.enum(['lifetime', 'rolling-12-months', 'calendar-year']).default('rolling-12-months'),
  /** Days after the period in which a level is still kept. */
  graceDays: z.int().min(0).max(731).default(30),
  levels: z
    .array(level)
    .min(1)
    .max(20)
    .refine((levels) => new Set(levels.map(({ id }) => id)).size === levels.length, 'level ids must be unique')
    .refine(
      (levels) => levels.every(({ threshold }, n) => n === 0 || threshold > (levels[n - 1]?.threshold ?? 0)),
      'thresholds must rise from level to level',
    )
    .refine(
      (levels) => levels.every(({ threshold, entryBonus }) => threshold > 0 || entryBonus === 0),
      'a base level has no entry bonus: use a sign-up rule',
    ),
});

export type TierProgram = z.infer<typeof tierProgram>;
export type TierLevel = z.infer<typeof level>;
