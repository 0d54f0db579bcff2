import { z } from 'zod';
import type { AppError } from '../../../shared/errors.ts';
import { bounded } from '../../../shared/text.ts';
import { accessDenied, outdated, refusedCall, shopClosed, unavailable } from '../shopify.errors.ts';
import type { Answer } from './admin.send.ts';

/**
 * What an answer means for the caller. By hand: Shopify's client throws one kind of error for what is refused, asked too fast and
 * perhaps done, and these are the three that must be told apart.
 */
export type Outcome =
  | { kind: 'data'; data: unknown; problems: Problem[] }
  /** Asked too fast: the same call again after `waitMs`; nothing was done. */
  | { kind: 'wait'; waitMs: number }
  /** The token is not accepted. */
  | { kind: 'token' }
  /** Perhaps done, perhaps not. */
  | { kind: 'unclear'; error: AppError }
  | { kind: 'failed'; error: AppError };

/** What Shopify says of one part of a query; without its message, which may quote data. */
export type Problem = { code: string; path: string };

const errorShape = z.object({
  message: z.string().catch(''),
  path: z.array(z.union([z.string(), z.number()])).catch([]),
  extensions: z.object({ code: z.string().catch('') }).catch({ code: '' }),
});
const answerShape = z.object({
  data: z.unknown(),
  // A refusal before any execution carries one text in the place of a list.
  errors: z.union([z.array(errorShape), z.string()]).optional(),
  extensions: z
    .object({
      cost: z.object({
        requestedQueryCost: z.number(),
        throttleStatus: z.object({
          maximumAvailable: z.number(),
          currentlyAvailable: z.number(),
          restoreRate: z.number().positive(),
        }),
      }),
    })
    .optional()
    .catch(undefined),
});
type GraphqlAnswer = z.output<typeof answerShape>;

/** Schema faults, by the codes of Shopify's server. */
const SCHEMA =
  /^(undefinedField|undefinedType|argumentNotAccepted|missingRequiredArguments|variableMismatch|parseError)$/;
const MIN_WAIT_MS = 250;
const UNKNOWN_WAIT_MS = 2_000;

const within = (ms: number): number => Math.max(MIN_WAIT_MS, Math.ceil(ms));

/** How long until what the query costs is there again; an estimate where Shopify does not tell. */
function throttleWait({ extensions }: GraphqlAnswer): Outcome {
  const cost = extensions?.cost;
  if (!cost) return { kind: 'wait', waitMs: UNKNOWN_WAIT_MS };
  const { maximumAvailable, currentlyAvailable, restoreRate } = cost.throttleStatus;
  if (cost.requestedQueryCost > maximumAvailable)
    return { kind: 'failed', error: refusedCall('one query costs more than this shop may spend at once.') };
  return { kind: 'wait', waitMs: within(((cost.requestedQueryCost - currentlyAvailable) / restoreRate) * 1000) };
}

function graphqlOutcome(answer: GraphqlAnswer): Outcome {
  const { data, errors } = answer;
  if (typeof errors === 'string') return { kind: 'failed', error: refusedCall(bounded(errors, 200)) };
  if (!errors?.length)
    return data === null || data === undefined
      ? { kind: 'unclear', error: unavailable('Shopify answered without data.') }
      : { kind: 'data', data, problems: [] };
  const problems = errors.map(({ extensions, path }) => ({ code: extensions.code, path: path.join('.') }));
  const has = (test: (code: string) => boolean): boolean => problems.some(({ code }) => test(code));
  const details = { problems: problems.slice(0, 10) };
  if (has((code) => code === 'THROTTLED')) return throttleWait(answer);
  if (has((code) => SCHEMA.test(code))) return { kind: 'failed', error: outdated(details) };
  // Protected fields that were not approved, for example: null, with the reason beside the rest of the data.
  if (data !== null && data !== undefined && problems.every(({ path }) => path !== ''))
    return { kind: 'data', data, problems };
  if (has((code) => code === 'ACCESS_DENIED')) return { kind: 'failed', error: accessDenied(details) };
  if (has((code) => code === 'INTERNAL_SERVER_ERROR' || code === 'TIMEOUT'))
    return { kind: 'unclear', error: unavailable('Shopify failed to answer.', { details }) };
  return { kind: 'failed', error: refusedCall(bounded(errors[0]?.message ?? '', 200), details) };
}

function retryAfterMs(text: string | null): number {
  const seconds = text !== null && /^\d{1,4}(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isNaN(seconds) ? UNKNOWN_WAIT_MS : within(seconds * 1000);
}

/** What an answer of the Admin API means, by its status and by what GraphQL says at status 200. Pure. */
export function outcomeOf({ status, retryAfter, requestId, json }: Answer): Outcome {
  const details = { status, requestId };
  if (status === 429) return { kind: 'wait', waitMs: retryAfterMs(retryAfter) };
  if (status === 401) return { kind: 'token' };
  if (status === 403) return { kind: 'failed', error: accessDenied(details) };
  if (status === 402 || status === 404 || status === 423) return { kind: 'failed', error: shopClosed(status) };
  if (status >= 500) return { kind: 'unclear', error: unavailable('Shopify has trouble just now.', { details }) };
  if (status !== 200) return { kind: 'failed', error: refusedCall(`it answered with status ${status}.`, details) };
  const answer = answerShape.safeParse(json);
  if (!answer.success) return { kind: 'unclear', error: unavailable('Shopify answered with no JSON.', { details }) };
  return graphqlOutcome(answer.data);
}
