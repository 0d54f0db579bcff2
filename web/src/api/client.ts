import type { Host } from '../hosts/host.ts';

/** An answer that was no success. `code` as docs/api.md lists them; `message` is a sentence for the merchant. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(
    status: number,
    { code, message, details = {} }: { code: string; message: string; details?: Record<string, unknown> },
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

let host: Host | null = null;
let locale = 'en';

/** Requests carry this host's tokens from now on. */
export function speakThrough(next: Host): void {
  host = next;
}

/** Errors come in this language from now on. */
export function speakToApi(next: string): void {
  locale = next;
}

type Query = Record<string, string | number | undefined>;
export type Ask = {
  query?: Query;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
};

const addressOf = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`;
};

async function send(path: string, { query, method = 'GET', body, idempotencyKey, signal }: Ask): Promise<Response> {
  if (!host) throw new Error('The admin has no host yet.');
  const file = body instanceof Blob;
  const headers: Record<string, string> = {
    authorization: `Bearer ${await host.token()}`,
    'accept-language': locale,
    ...(body === undefined || file ? {} : { 'content-type': 'application/json' }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  };
  const sent = body === undefined ? {} : { body: file ? body : JSON.stringify(body) };
  return fetch(addressOf(path, query), { method, headers, ...(signal ? { signal } : {}), ...sent });
}

/** Asks the API; once more with a new token where the last one had ended. @throws ApiError */
export async function ask(path: string, request: Ask = {}): Promise<Response> {
  let answer = await send(path, request);
  if (answer.status === 401 && host) {
    host.renew();
    answer = await send(path, request);
  }
  if (answer.ok) return answer;
  const said = (await answer.json().catch(() => null)) as { error?: { code: string; message: string } } | null;
  throw new ApiError(answer.status, said?.error ?? { code: `http.${answer.status}`, message: answer.statusText });
}

/** The JSON of an answer. @throws ApiError */
export const askJson = async <T>(path: string, request: Ask = {}): Promise<T> =>
  (await (await ask(path, request)).json()) as T;
