import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { type AppError, isAppError } from '../../../shared/errors.ts';
import { bounded } from '../../../shared/text.ts';
import { claimed, jsonOf, listOf } from './store.answer.ts';
import { type Call, type CallDeps, type CallerOptions, createCaller } from './store.call.ts';
import { MAX_REST_MS } from './store.pace.ts';
import type { Query, Store, StorePage, StoreResponse } from './store.types.ts';
import { notJson, permission, strangeAnswer } from './woocommerce.errors.ts';

export type StoreDeps = CallDeps & {
  /** 0 to 1, for waits that differ; left out: chance. */
  random?: () => number;
};
export type StoreOptions = CallerOptions & {
  /** The store does not accept the keys. */
  onRefused?: (() => Promise<unknown>) | undefined;
};

/** Calls of one request at most, the first included. */
const MAX_ATTEMPTS = 4;
/** A store that let the time run out has not become quicker. */
const MAX_TIMEOUTS = 2;
const FIRST_BACKOFF_MS = 500;
/** They stay as they are until somebody changes something. */
const LASTING = ['woocommerce.certificate', 'woocommerce.blocked'];

const numberIn = (error: AppError, name: string): number | null => {
  const value = error.details?.[name];
  return typeof value === 'number' ? value : null;
};

/** Whether the same call may be made again from here: a write only where the store cannot have taken it. */
function worthAnother(error: AppError, method: Call['method'], attempt: number): boolean {
  if (!error.retryable || LASTING.includes(error.code)) return false;
  if (attempt >= (error.code === 'woocommerce.timed_out' ? MAX_TIMEOUTS : MAX_ATTEMPTS)) return false;
  if ((numberIn(error, 'retryAfterMs') ?? 0) > MAX_REST_MS) return false;
  return method === 'GET' || error.details?.sent === false || error.details?.status === 429;
}

/** Whether a firewall may have stopped the call for its verb: many shared hosts let only GET and POST through. */
const isVerbStopped = (error: AppError, { method }: Call): boolean =>
  (method === 'PUT' || method === 'DELETE') &&
  error.code === 'woocommerce.not_json' &&
  [403, 405, 501].includes(numberIn(error, 'status') ?? 0);

/** The same call as a POST, which WordPress takes for the verb that its query names. */
const disguised = (call: Call): Call => ({ ...call, method: 'POST', query: { ...call.query, _method: call.method } });

/** Where a shape does not fit, without what stood there. */
const reasonOf = ({ issues }: z.ZodError): string => {
  const [first] = issues;
  return bounded(`${first?.path.join('.') ?? ''}: ${first?.message ?? 'it does not fit'}`, 200);
};

function idOf(item: unknown): string | null {
  const id = typeof item === 'object' && item !== null ? (item as { id?: unknown }).id : null;
  return typeof id === 'number' || typeof id === 'string' ? bounded(String(id), 100) : null;
}

function shaped<T>(json: unknown, shape: z.ZodType<T>, path: string): T {
  const result = shape.safeParse(json);
  if (!result.success) throw strangeAnswer(reasonOf(result.error), { path });
  return result.data;
}

/** A wrong item is put aside with its id; the others go on. */
function pageOf<T>(items: unknown[], shape: z.ZodType<T>, { headers }: StoreResponse): StorePage<T> {
  const page: StorePage<T> = {
    items: [],
    refused: [],
    total: claimed(headers['x-wp-total']),
    pages: claimed(headers['x-wp-totalpages']),
  };
  for (const item of items) {
    const result = shape.safeParse(item);
    if (result.success) page.items.push(result.data);
    else page.refused.push({ id: idOf(item), reason: reasonOf(result.error) });
  }
  return page;
}

function documentOf({ status, body }: StoreResponse): unknown {
  const json = jsonOf(body);
  if (json === undefined) throw notJson({ status });
  return json;
}

/** Of a deletion: a body is lost on the way through some servers, a query is not. */
const asQuery = (body: unknown): Query => (typeof body === 'object' && body !== null ? (body as Query) : {});

/**
 * The REST API of a store. Reading is tried again a few times where that may help; a write only where the store cannot
 * have taken it, so that its caller looks first. Nothing is asked until something is.
 */
export function createStore(deps: StoreDeps, options: StoreOptions): Store {
  const caller = createCaller(deps, options);
  const random = deps.random ?? (() => randomInt(1_000) / 1_000);

  /** Half of a doubling time for sure, the rest by chance, so that many do not come back at once. */
  const backoff = (error: AppError, attempt: number): number =>
    numberIn(error, 'retryAfterMs') ?? FIRST_BACKOFF_MS * 2 ** (attempt - 1) * (0.5 + random());

  /** A key that may only read is refused like a wrong one, when it writes. */
  const mayRead = async (): Promise<boolean> => {
    try {
      const query = { per_page: 1, _fields: 'id' };
      return Array.isArray(jsonOf((await caller.call({ method: 'GET', path: 'orders', query, body: null })).body));
    } catch {
      return false;
    }
  };

  const failure = async (error: AppError, call: Call): Promise<AppError> => {
    if (error.code !== 'woocommerce.keys_refused') return error;
    if (call.method !== 'GET' && (await mayRead())) return permission(error.details);
    await options.onRefused?.();
    return error;
  };

  const ask = async <T>(call: Call, use: (response: StoreResponse) => T): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return use(await caller.call(call));
      } catch (error) {
        if (!isAppError(error)) throw error;
        if (isVerbStopped(error, call)) return ask(disguised(call), use);
        if (!worthAnother(error, call.method, attempt)) throw await failure(error, call);
        await deps.sleep(backoff(error, attempt));
      }
    }
  };

  return {
    get url() {
      return caller.url();
    },
    read: (path, shape, query = {}) =>
      ask({ method: 'GET', path, query, body: null }, (response) => shaped(documentOf(response), shape, path)),
    list: (path, item, query = {}) =>
      ask({ method: 'GET', path, query, body: null }, (response) => {
        const items = listOf(documentOf(response));
        if (items === null) throw strangeAnswer('a list was expected', { path });
        return pageOf(items, item, response);
      }),
    write: (method, path, body, shape) => {
      const deletion = method === 'DELETE';
      const call = { method, path, query: deletion ? asQuery(body) : {}, body: deletion ? null : JSON.stringify(body) };
      return ask(call, (response) => shaped(documentOf(response), shape, path));
    },
  };
}
