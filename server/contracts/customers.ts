import { z } from 'zod';
import { amount, asOf, cursor, day, id, instant, limit, nextCursor, pageOf } from './common.ts';
import { groupName } from './groups.ts';
import { lotView, noteView, score, tierProgress } from './people.ts';
import { levelId } from './tiers.ts';

const RFM = [
  ...['champions', 'loyal_customers', 'potential_loyalists', 'new_customers', 'promising', 'need_attention'],
  ...['about_to_sleep', 'cant_lose', 'at_risk', 'hibernating'],
].map((name) => `rfm:${name}`);
const STAGES = ['lead', 'lost', 'loyal', 'at_risk', 'new', 'active'].map((name) => `lifecycle:${name}`);

/** Both families have a segment "at_risk", hence the prefixes. */
export const segmentName = z.enum([...RFM, ...STAGES]);

export const customersQuery = z.strictObject({
  query: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'how an e-mail, a phone or words of a name begin; several words have to fit all' }),
  segment: segmentName.optional(),
  tier: levelId.optional(),
  group: groupName.optional().meta({ description: 'the customers behind a figure' }),
  from: day.optional().meta({ description: 'of the group' }),
  to: day.optional().meta({ description: 'of the group' }),
  cursor: cursor.optional(),
  limit,
});

/** One line of the list: points that can be spent; revenue in currency units. */
const customerLine = z.strictObject({
  id,
  email: z.string().nullable(),
  name: z.string().nullable(),
  points: z.int(),
  tier: z.string().nullable(),
  orders: z.int(),
  revenue: amount,
});
/** `total`: how many there are in all, where that is known: for a segment or a group that nothing else narrows. */
export const customersPage = pageOf(customerLine).extend({ asOf, total: z.int().nullable() });

const words = z.string().nullable();

const order = z.strictObject({
  id,
  number: z.string(),
  placedAt: instant,
  currency: z.string(),
  total: amount,
  net: amount,
  financial: z.string(),
  counts: z.boolean(),
});

/**
 * What one transaction did to the three balances. `adjustmentId`: it was made by hand, and can be undone unless `reversedBy`
 * names what undid it; `reverses`: it is what undid that adjustment.
 */
const ledgerLine = z.strictObject({
  seq: z.int(),
  kind: z.string(),
  orderId: words,
  effectiveAt: instant,
  postedAt: instant,
  pending: z.int(),
  available: z.int(),
  reserved: z.int(),
  reason: words,
  adjustmentId: words,
  reversedBy: words,
  reverses: words,
});

export const profileQuery = z.strictObject({
  ledgerCursor: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'does not belong to this list')
    .optional(),
  ledgerLimit: limit,
});

/** One customer: amounts in currency units; null where nothing is known, or where it was erased. */
export const customerProfile = z.strictObject({
  asOf,
  id,
  platformId: words,
  email: words,
  phone: words,
  name: words,
  firstName: words,
  lastName: words,
  locale: words,
  country: words,
  registeredAt: instant.nullable(),
  createdAt: instant,
  points: z.strictObject({
    available: z.int(),
    pending: z.int(),
    reserved: z.int(),
    lifetimeEarned: z.int(),
  }),
  tier: z.strictObject({ id: z.string(), since: instant.nullable(), keptUntil: instant.nullable() }).nullable(),
  tierProgress,
  score,
  stats: z.strictObject({
    orders: z.int(),
    revenue: amount,
    firstDay: day.nullable(),
    lastDay: day.nullable(),
  }),
  consents: z.array(
    z.strictObject({ channel: z.string(), state: z.string(), at: instant, source: z.string(), evidence: words }),
  ),
  tags: z.array(z.string()),
  /** The newest; the timeline has them all. */
  notes: z.array(noteView),
  notesMore: z.boolean(),
  lots: z.array(lotView),
  lotsMore: z.boolean(),
  lastOrders: z.array(order),
  ledger: z.strictObject({ items: z.array(ledgerLine), nextCursor }),
});

/** Points to give, or below zero to take off; the reason is shown to the merchant and erased with the customer. */
export const adjustment = z.strictObject({
  points: z
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine((points) => points !== 0, 'has to be other than zero'),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    // Not every database can hold them, and nobody can read them.
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has characters that cannot be shown'),
});

export const adjusted = z.strictObject({
  id,
  customerId: id,
  points: z.int(),
  balance: z.strictObject({
    available: z.int(),
    pending: z.int(),
    reserved: z.int(),
    lifetimeEarned: z.int(),
  }),
});
