import type { Logger } from '../../../shared/logger.ts';
import type { Operation } from '../operations.generated.ts';
import { API_VERSION, type ShopifyPlatform } from '../platform.ts';
import { accessDenied, throttled, tokenRevoked } from '../shopify.errors.ts';
import { outcomeOf, type Problem } from './admin.outcome.ts';
import { send } from './admin.send.ts';

/** `signal` ends a call, and nothing is sent after it. `patienceMs`: all waits together; left out, a minute. */
export type RunOptions = { signal?: AbortSignal; patienceMs?: number };

/** Speaks for one shop to its Admin API. */
export type Admin = {
  /**
   * Runs one operation. Fields that Shopify does not let the app read are null in the answer, and logged.
   * @throws AppError shopify.token_revoked, shopify.access_denied, shopify.outdated, shopify.shop_closed,
   *   shopify.refused; shopify.throttled (nothing was done) and shopify.unavailable are retryable
   */
  run<Answer, Variables>(
    operation: Operation<Answer, Variables>,
    variables: Variables,
    options?: RunOptions,
  ): Promise<Answer>;
};

/** The tokens of one shop. */
export type TokenSource = {
  /** A token that should work; `refused` is one that did not, so that another is needed. @throws AppError */
  current(refused?: string): Promise<string>;
  /** A call with this token succeeded. */
  proven(token: string): Promise<void>;
};

export type AdminDeps = {
  platform: ShopifyPlatform;
  logger: Logger;
  sleep: (ms: number) => Promise<unknown>;
  timeoutMs?: number;
};

/** Calls of one operation at most, the first included. */
const MAX_ATTEMPTS = 6;
/** All waits of one operation together: longer belongs to a job that is taken up again. */
const MAX_WAIT_MS = 60_000;
const FIRST_BACKOFF_MS = 500;

/** Of a mutation that a permission is missing for, Shopify answers null with the reason beside it. */
const isDenied = (data: unknown, problems: readonly Problem[]): boolean =>
  problems.some(({ code }) => code === 'ACCESS_DENIED') &&
  Object.values(data as Record<string, unknown>).every((part) => part === null);

/** An Admin API client of the shop with this domain. It makes no call until it is asked. */
export function createAdmin(deps: AdminDeps, domain: string, tokens: TokenSource): Admin {
  const url = `https://${domain}/admin/api/${API_VERSION}/graphql.json`;
  const once = async (token: string, text: string, variables: unknown, signal?: AbortSignal) => {
    const headers = { 'x-shopify-access-token': token };
    const { platform, timeoutMs } = deps;
    try {
      return outcomeOf(await send(platform, url, { body: { query: text, variables }, headers, timeoutMs, signal }));
    } catch (error) {
      return { kind: 'unclear' as const, error };
    }
  };

  return {
    async run<Answer, Variables>(
      { name, text }: Operation<Answer, Variables>,
      variables: Variables,
      { signal, patienceMs = MAX_WAIT_MS }: RunOptions = {},
    ) {
      const isMutation = text.startsWith('mutation');
      let token = await tokens.current();
      let renewed = false;
      let waited = 0;
      const wait = async (ms: number): Promise<void> => {
        waited += ms;
        if (waited > patienceMs || signal?.aborted) throw throttled({ waitMs: ms });
        await deps.sleep(ms);
        if (signal?.aborted) throw throttled({ waitMs: ms });
      };
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await once(token, text, variables, signal);
        const last = attempt === MAX_ATTEMPTS;
        if (outcome.kind === 'data') {
          await tokens.proven(token);
          const { problems } = outcome;
          if (isMutation && isDenied(outcome.data, problems)) throw accessDenied({ problems: problems.slice(0, 10) });
          if (problems.length > 0)
            deps.logger.warn({ operation: name, problems: problems.slice(0, 10) }, 'not all read');
          return outcome.data as Answer;
        }
        if (outcome.kind === 'failed') throw outcome.error;
        if (outcome.kind === 'token') {
          if (renewed) throw tokenRevoked();
          renewed = true;
          token = await tokens.current(token);
        } else if (outcome.kind === 'wait') {
          if (last) throw throttled({ waitMs: outcome.waitMs });
          await wait(outcome.waitMs);
        } else {
          // What may have been done already is not done again from here: its caller looks first.
          if (last || isMutation) throw outcome.error;
          await wait(FIRST_BACKOFF_MS * 2 ** (attempt - 1));
        }
      }
    },
  };
}
