import { z } from 'zod';
import { amount, id, instant, limit, pageOf } from './common.ts';

const words = z.string().nullable();

/** What is left of a grant, and where; `from` says where it came from. */
export const lotView = z.strictObject({
  from: z.enum(['order', 'sign-up', 'tier', 'adjustment', 'transfer', 'other']),
  orderNumber: words,
  granted: z.int(),
  pending: z.int(),
  available: z.int(),
  reserved: z.int(),
  spent: z.int(),
  expired: z.int(),
  earnedAt: instant.nullable(),
  availableAt: instant,
  expiresAt: instant.nullable(),
});

/**
 * How far a member is on the way to the next level: what the metric comes to in the period of today (`have`) and what it has
 * to reach (`need`), in points, currency units or orders. Null: no tiers; `next` null: the highest.
 */
export const tierProgress = z
  .strictObject({
    metric: z.enum(['earned', 'spend', 'orders']),
    have: amount,
    next: z.strictObject({ id: z.string(), name: z.unknown(), need: amount }).nullable(),
  })
  .nullable();

/** 0–100, and each part with what it is made of: `points` of at most `most`, by `value` of the customer's. */
export const score = z.strictObject({
  total: z.int().min(0).max(100),
  parts: z.array(
    z.strictObject({
      name: z.enum(['recency', 'frequency', 'spend', 'engagement']),
      points: z.int(),
      most: z.int(),
      value: z.number().nullable(),
    }),
  ),
});

const noteKind = z.enum(['note', 'call', 'meeting']);
const text = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  // Line breaks are welcome here; what no database can hold is not.
  .refine((given) => given.isWellFormed() && !given.includes('\0'), 'has characters that cannot be shown');
/** A note of the merchant's; `at`: when the call or the meeting was, now if left out. */
export const noteChange = z.strictObject({ kind: noteKind.default('note'), text, at: instant.optional() });
export const noteView = z.strictObject({ id, kind: noteKind, text: z.string(), at: instant, actor: z.string() });
export const noteParams = z.strictObject({ id, note: id });
export const noteGone = z.strictObject({ id, deleted: z.literal(true) });

const tag = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc}\p{Cs},]*$/u, 'has characters that no tag can have');
export const tagChange = z.strictObject({
  add: z.array(tag).max(50).default([]),
  remove: z.array(z.string().max(255)).max(50).default([]),
});
export const tagsView = z.strictObject({ tags: z.array(z.string()) });

/** What happens with a customer. Of one instant the consequence stands above its cause, as the newer would. */
export const TIMELINE_KINDS = ['tier', 'points', 'refund', 'order', 'consent', 'note', 'account'] as const;

/** What stands in `facts`, by kind; amounts are in currency units. */
const FACTS = [
  'order: id, number, total, currency, financial, counts',
  'refund: orderId, number, amount, currency',
  'points: kind (of the ledger), orderId, orderNumber, postedAt, pending, available, reserved, reason, adjustmentId, ' +
    'reversedBy, reverses (as in the ledger of a customer)',
  'tier: from, to (ids of levels, or null), reason',
  'consent: channel, state, source, evidence',
  'note: id, kind, text, actor',
  'account: event (opened, merged), id (of the account)',
].join('; ');

export const timelineQuery = z.strictObject({ cursor: z.string().max(200).optional(), limit });
/** What happened with a customer, newest first. */
export const timelinePage = pageOf(
  z.strictObject({
    id: z.string(),
    at: instant,
    kind: z.enum(TIMELINE_KINDS),
    facts: z.record(z.string(), z.unknown()).meta({ description: FACTS }),
  }),
);

export const adjustmentParams = z.strictObject({ id, adjustment: id });
/** A reversal of an adjustment: points the other way, named after it; a second one finds the first. */
export const reversed = z.strictObject({
  id,
  reverses: id,
  customerId: id,
  points: z.int(),
  balance: z.strictObject({ available: z.int(), pending: z.int(), reserved: z.int(), lifetimeEarned: z.int() }),
});

export const erasureAsked = z.strictObject({ confirm: z.literal('erase') });
export const erased = z.strictObject({ id, erased: z.literal(true) });
export const dataExportMade = z.strictObject({ id, createdAt: instant });
