import { randomBytes } from 'node:crypto';
import { signedUrl } from './oauth1.ts';
import { faultOf, retryAfterMs } from './store.answer.ts';
import { pacesOf, type Turn } from './store.pace.ts';
import { baseOf, MAX_REDIRECTS, mayFollow, targetOfRedirect } from './store.redirects.ts';
import type { Query, StoreKeys, StoreRequest, StoreResponse } from './store.types.ts';
import type { WooDeps } from './woocommerce.deps.ts';
import { redirected } from './woocommerce.errors.ts';

export type CallDeps = Pick<WooDeps, 'fetch' | 'realClock' | 'sleep' | 'timeoutMs'>;

/** One call of the API. `path` as in `orders/7/refunds`. */
export type Call = { method: StoreRequest['method']; path: string; query: Query; body: string | null };

export type CallerOptions = {
  url: string;
  keys: StoreKeys;
  /** The store answers elsewhere now: its address without a trailing slash. */
  onMoved?: ((url: string) => Promise<unknown>) | undefined;
};

/** A busy store on a shared machine takes this long over a page of orders. */
const TIMEOUT_MS = 30_000;
/** A page of 100 orders with many lines is a tenth of it. */
const MAX_BYTES = 32 * 1024 * 1024;
const API = '/wp-json/wc/v3/';
/** What WooCommerce lets a signature be off by is fifteen minutes. */
const MAX_SKEW_MS = 10 * 60_000;

const HEADERS = { accept: 'application/json', 'cache-control': 'no-cache', 'user-agent': 'Bazgasht' };

/** What we ask for by path is written in our code, with numbers of the store's in it: no way out of the API. */
function apiPath(path: string): string {
  if (!/^[\w-]+(?:\/[\w-]+)*$/.test(path)) throw new Error('A path of the store’s API has an unexpected form.');
  return `${API}${path}`;
}

function apiUrl(base: string, { path, query }: Call): URL {
  const url = new URL(`${base}${apiPath(path)}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}

const place = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** Speaks for one store with its keys: signs, follows where it may, keeps to the pace, and says what a status means. */
export function createCaller(deps: CallDeps, { url, keys, onMoved }: CallerOptions) {
  const { fetch, realClock, sleep } = deps;
  const paces = pacesOf(fetch, { now: () => realClock.now(), sleep });
  const basic = `Basic ${Buffer.from(`${keys.key}:${keys.secret}`).toString('base64')}`;
  let base = url;
  /** How far the store's clock is ahead of ours, in ms, where signatures showed that it matters. */
  let skew = 0;

  const hop = (to: URL, { method, body }: Call): Promise<StoreResponse> => {
    const secure = to.protocol === 'https:';
    const timestamp = Math.floor((realClock.now() + skew) / 1000);
    const nonce = randomBytes(16).toString('hex');
    return fetch({
      ...{ method, body, timeoutMs: deps.timeoutMs ?? TIMEOUT_MS, maxBytes: MAX_BYTES },
      // Over http the keys would be read on the way: there they only sign.
      url: secure ? to.href : signedUrl(method, to.href, keys, { nonce, timestamp }),
      headers: {
        ...HEADERS,
        ...(secure ? { authorization: basic } : {}),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
    });
  };

  /** Where a redirect leads, as a URL to call next. @throws AppError woocommerce.redirected */
  const next = (from: URL, to: URL, status: number, call: Call): URL => {
    const moved = baseOf(to, apiPath(call.path));
    // A write is not sent to another page than the one that it was for; 303 says that it was taken.
    const fits = call.method === 'GET' || (moved !== null && status !== 303);
    if (!fits || !mayFollow(from, to)) throw redirected(place(to), { status });
    // The query is ours: some redirects lose it, and with it the page that was asked for.
    return moved === null ? to : apiUrl(moved, call);
  };

  const follow = async (call: Call): Promise<StoreResponse & { base: string | null }> => {
    let at = apiUrl(base, call);
    for (let redirects = 0; ; redirects += 1) {
      const response = await hop(at, call);
      const to = targetOfRedirect(at, response.status, response.headers.location);
      if (to === null) {
        if (response.status >= 300 && response.status < 400) throw redirected(null, { status: response.status });
        return { ...response, base: baseOf(at, apiPath(call.path)) };
      }
      if (redirects === MAX_REDIRECTS) throw redirected(null, { status: response.status });
      at = next(at, to, response.status, call);
    }
  };

  const inTurn = async (turn: Turn, call: Call) => {
    let slow = true;
    let restMs: number | null = null;
    try {
      const response = await follow(call);
      const { status, headers } = response;
      slow = status === 429 || status >= 500;
      if (slow) restMs = retryAfterMs(headers['retry-after'], realClock.now());
      return response;
    } finally {
      turn.end({ slow, restMs });
    }
  };

  /** Whether the store's clock may be why it refused a signature; from then on its time is signed. */
  const clockDiffers = ({ status, headers }: StoreResponse): boolean => {
    if (status !== 401 || !base.startsWith('http:')) return false;
    const ahead = Date.parse(headers.date ?? '') - realClock.now();
    if (Number.isNaN(ahead) || Math.abs(ahead - skew) < MAX_SKEW_MS) return false;
    skew = ahead;
    return true;
  };

  const answered = async (call: Call) => {
    const response = await inTurn(await paces.enter(new URL(base).origin), call);
    return clockDiffers(response) ? inTurn(await paces.enter(new URL(base).origin), call) : response;
  };

  return {
    url: () => base,
    /**
     * Asks once. @returns the answer of a success
     * @throws AppError as Store does; what the way there throws has `sent` in its details
     */
    async call(call: Call): Promise<StoreResponse> {
      const response = await answered(call);
      if (response.status < 200 || response.status > 299) throw faultOf(response, realClock.now());
      if (response.base !== null && response.base !== base) {
        base = response.base;
        await onMoved?.(base);
      }
      return response;
    },
  };
}
