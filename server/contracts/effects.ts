import { z } from 'zod';
import { id, instant, limit, pageOf } from './common.ts';

const state = z.enum(['queued', 'doing', 'done', 'failed', 'doubtful', 'withdrawn']);

/** `state` left out: what waits for a person, failed or in doubt. */
export const effectsQuery = z.strictObject({ state: state.optional(), cursor: id.optional(), limit });

/**
 * Something owed to the world (a tag, a discount code, a message): `customer` and `owner` say whose it is; `about` is the code or
 * tag, by which it can be found there, null where there is none or it is not kept any more; `reason` is a sentence for the merchant. `doubtful`: the answer was lost, and a person has to say whether it happened (`canRetry`).
 */
const effectView = z.strictObject({
  id,
  kind: z.string(),
  key: z.string(),
  state,
  customer: id.nullable(),
  about: z.string().nullable(),
  owner: z.strictObject({ kind: z.string(), id: z.string() }).nullable(),
  attempts: z.int(),
  errorCode: z.string().nullable(),
  reason: z.string().nullable(),
  canRetry: z.boolean(),
  createdAt: instant,
  /** When it is to be done; null: it is over, is being done, or waits for another one on the same object. */
  dueAt: instant.nullable(),
  finishedAt: instant.nullable(),
});
export const effectsPage = pageOf(effectView);

/** `again`: do it again, whatever came of it; `happened`: it did happen, so that it must not be done again. */
export const effectDecision = z.strictObject({ how: z.enum(['again', 'happened']) });
export const effectDecided = z.strictObject({ id, state: z.literal('queued') });
