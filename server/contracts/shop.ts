import { z } from 'zod';
import { day, id, instant, limit, pageOf } from './common.ts';

const words = z.string().nullable();
const calendar = z.enum(['gregory', 'persian']);
const state = z.enum(['registered', 'installed', 'uninstalled']);

/** A shop and what its merchant said of it: margin as a share, amounts in currency units, null until given. */
export const shopView = z.strictObject({
  id: z.int(),
  platform: z.enum(['shopify', 'woocommerce']),
  domain: z.string(),
  name: words,
  state,
  currency: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  calendar,
  country: words,
  programStart: instant,
  /** Amounts of a shop that sells in rials are shown in toman. */
  showToman: z.boolean(),
  /** The shop's local day by the app's clock. */
  today: day,
  economics: z.strictObject({
    grossMargin: z.number().nullable(),
    acquisitionCost: z.number().nullable(),
    pointCost: z.number().nullable(),
  }),
});

/** What can be changed; left out: stays as it is. */
export const shopChange = z
  .strictObject({
    locale: z.enum(['en', 'fa']).optional(),
    calendar: calendar.optional(),
    showToman: z.boolean().optional(),
    economics: z
      .strictObject({
        grossMargin: z.number().min(0).max(1).optional(),
        acquisitionCost: z.number().min(0).max(1_000_000).optional(),
        pointCost: z.number().min(0).max(1_000_000).optional(),
      })
      .optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'there is nothing to change');

/**
 * Something that is read from the platform: how many things are in (`done`), could not be used (`refused`), and are there
 * (`total`, where it is known); `reason`: what keeps it, or what was left out, in words for the merchant.
 */
const syncView = z.strictObject({
  kind: z.enum(['webhooks', 'customers', 'products', 'orders', 'rereads', 'reconcile']),
  state: z.enum(['waiting', 'asked', 'loading', 'done', 'failed']),
  done: z.int(),
  refused: z.int(),
  total: z.int().nullable(),
  errorCode: words,
  reason: words,
  nextAt: instant.nullable(),
  finishedAt: instant.nullable(),
});

/**
 * How a shop does: `lagSeconds` is the age of the oldest delivery that waits; `problems`, the gravest first, say in a
 * sentence each what is wrong between the shop and its platform, and what to do.
 */
export const shopStatus = z.strictObject({
  state,
  installedAt: instant.nullable(),
  lagSeconds: z.number(),
  waiting: z.int(),
  parked: z.int(),
  lastOrder: z.strictObject({ id, number: z.string(), placedAt: instant, counts: z.boolean() }).nullable(),
  syncs: z.array(syncView),
  problems: z.array(z.strictObject({ code: z.string(), message: z.string() })),
});

/** A store that was disconnected: `next` says what its owner still has to do there. */
export const shopDisconnected = z.strictObject({ state: z.literal('uninstalled'), next: z.string() });

export const deliveriesQuery = z.strictObject({
  state: z.enum(['parked', 'pending']).default('parked'),
  cursor: id.optional(),
  limit,
});

/**
 * A delivery of the platform's: what it was about, and why it was parked. `hint` says what to do; `replay`, whether applying it
 * again makes sense: `yes`, `later` (once the cause is mended) or `no` (it would fail for ever). Both null while it waits.
 */
export const deliveriesPage = pageOf(
  z.strictObject({
    id,
    topic: z.string(),
    state: z.string(),
    receivedAt: instant,
    attempts: z.int(),
    errorCode: words,
    reason: words,
    hint: words,
    replay: z.enum(['yes', 'later', 'no']).nullable(),
  }),
);
export const deliveryReplayed = z.strictObject({ id, state: z.literal('pending') });

/** Some by their ids, or all for which it makes sense: up to 500 at once. */
export const replayAsked = z
  .strictObject({ ids: z.array(id).min(1).max(500).optional(), all: z.literal(true).optional() })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), 'either "ids" or "all"');
/** `left`: still parked. */
export const deliveriesReplayed = z.strictObject({ replayed: z.int(), left: z.int() });

/**
 * Answers to customers' data requests, newest first. `customer` is ours, for looking them up: null for somebody whom the shop
 * does not know. `askedBy`: the customer through the platform, or the merchant. They are ready as soon as they are listed.
 */
export const exportsList = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      kind: z.string(),
      askedBy: z.enum(['platform', 'merchant']),
      requestId: words,
      customer: id.nullable(),
      state: z.literal('ready'),
      bytes: z.strictObject({ json: z.int(), csv: z.int() }),
      createdAt: instant,
    }),
  ),
});
export const exportParams = z.strictObject({ id, format: z.enum(['json', 'csv']) });

export const auditQuery = z.strictObject({ cursor: id.optional(), limit });

/** Who did what, newest first; reasons and details that spoke of a customer go with that customer. */
export const auditPage = pageOf(
  z.strictObject({
    id,
    at: instant,
    actor: z.string(),
    action: z.string(),
    target: words,
    reason: words,
    before: z.unknown(),
    after: z.unknown(),
  }),
);
