import { z } from 'zod';
import { id, instant } from './common.ts';

const words = z.string().nullable();

/** What works in the background for the shop: what is read from the platform, what waits, and what runs by the clock. */
export const jobsView = z.strictObject({
  syncs: z.array(
    z.strictObject({
      kind: z.string(),
      state: z.string(),
      count: z.int(),
      refused: z.int(),
      total: z.int().nullable(),
      reason: words,
      errorCode: words,
      dueAt: instant.nullable(),
      startedAt: instant,
      finishedAt: instant.nullable(),
    }),
  ),
  queues: z.array(z.strictObject({ name: z.string(), waiting: z.int(), oldestAt: instant.nullable() })),
  /** `next` by the app's clock; `last` null: has not run since this was kept. */
  schedule: z.array(
    z.strictObject({
      name: z.string(),
      cron: z.string(),
      next: instant,
      last: z.strictObject({ at: instant, ok: z.boolean(), seconds: z.number() }).nullable(),
    }),
  ),
});

/** Wants the platform read again. */
export const syncAsked = z.strictObject({ kind: z.enum(['reconcile', 'webhooks', 'orders', 'customers']) });
export const syncTaken = z.strictObject({ kind: z.string(), asked: z.literal(true) });

const keyScope = z.enum(['read', 'write', 'admin']);
export const keysView = z.strictObject({
  items: z.array(
    z.strictObject({
      id,
      name: z.string(),
      scope: keyScope,
      createdAt: instant,
      lastUsedAt: instant.nullable(),
      revokedAt: instant.nullable(),
    }),
  ),
});
export const keyAsked = z.strictObject({ name: z.string().trim().min(1).max(80), scope: keyScope.default('read') });
/** `key` is shown this once. */
export const keyMade = z.strictObject({ id, name: z.string(), scope: keyScope, key: z.string() });
export const keyRevoked = z.strictObject({ id, revoked: z.literal(true) });

/**
 * A file of past orders that is being brought in, or was. `line`/`reason` of the first refused rows. Of a dry run `created` and
 * `unchanged` say what bringing it in would come to. One that was cancelled failed with the code `imports.cancelled`.
 */
export const importView = z.strictObject({
  id,
  file: z.string(),
  format: z.string(),
  earns: z.boolean(),
  dryRun: z.boolean(),
  state: z.enum(['running', 'done', 'failed']),
  rows: z.int(),
  orders: z.int(),
  created: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  progress: z.number().min(0).max(1),
  refusals: z.array(z.strictObject({ line: z.int(), reason: z.string() })),
  errorCode: words,
  reason: words,
  startedAt: instant,
  finishedAt: instant.nullable(),
});
export const importsView = z.strictObject({ items: z.array(importView) });
export const importQuery = z.strictObject({
  format: z.enum(['shopify-csv', 'woocommerce-csv', 'simple-csv']),
  earn: z.enum(['true', 'false']).default('false'),
  dryRun: z.enum(['true', 'false']).default('false'),
  file: z.string().min(1).max(255),
});

/** Everything of the shop as a file: CSV and JSON, packed as zip. It can be fetched until `expiresAt`. */
export const archiveView = z.strictObject({
  id,
  state: z.enum(['running', 'done', 'failed']),
  progress: z.number().min(0).max(1),
  rows: z.int(),
  bytes: z.int().nullable(),
  reason: words,
  startedAt: instant,
  finishedAt: instant.nullable(),
  expiresAt: instant,
});
export const archivesView = z.strictObject({ items: z.array(archiveView) });
