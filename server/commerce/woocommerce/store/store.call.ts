import { faultOf, isUnheard, retryAfterMs } from './store.answer.ts';
import { pacesOf, type Turn } from './store.pace.ts';
import { baseOf, MAX_REDIRECTS, mayFollow, targetOfRedirect } from './store.redirects.ts';
import { createSigner } from './store.signer.ts';
import type { Query, StoreKeys, StoreRequest, StoreResponse } from './store.types.ts';
import { WAYS, type Way, waysOf } from './store.ways.ts';
import type { WooDeps } from './woocommerce.deps.ts';
import { redirected, timedOut } from './woocommerce.errors.ts';

export type CallDeps = Pick<WooDeps, 'fetch' | 'realClock' | 'sleep' | 'timeoutMs'>;

/** One call of the API. `path` as in `orders/7/refunds`. */
export type Call = { method: StoreRequest['method']; path: string; query: Query; body: string | null };

export type CallerOptions = {
  url: string;
  keys: StoreKeys;
  /** Nobody knows yet whose keys these are: they sign, and the secret itself is shown to nobody. */
  signOnly?: boolean;
  /** The store answers elsewhere now: its address without a trailing slash. */
  onMoved?: ((url: string) => Promise<unknown>) | undefined;
  /** Nothing is sent once it is aborted. */
  signal?: AbortSignal | undefined;
};

/** An answer, and where it came from. */
type Answered = StoreResponse & { at: URL };

/** A busy store on a shared machine takes this long over a page of orders. */
const TIMEOUT_MS = 30_000;
/** A page of 100 orders with many lines is a tenth of it. */
const MAX_BYTES = 32 * 1024 * 1024;
const API = '/wp-json/wc/v3/';
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

/** Where a redirect leads, as a URL to call next. @throws AppError woocommerce.redirected */
function nextUrl(from: URL, to: URL, status: number, call: Call): URL {
  const moved = baseOf(to, apiPath(call.path));
  // A write is not sent to another page than the one that it was for; 303 says that it was taken.
  const fits = call.method === 'GET' || (moved !== null && status !== 303);
  if (!fits || !mayFollow(from, to)) throw redirected(`${to.origin}${to.pathname}`, { status });
  // The query is ours: some redirects lose it, and with it the page that was asked for.
  return moved === null ? to : apiUrl(moved, call);
}

/** Speaks for one store with its keys: signs, follows where it may, keeps to the pace, and says what a status means. */
export function createCaller(deps: CallDeps, { url, keys, signOnly = false, onMoved, signal }: CallerOptions) {
  const { fetch, realClock, sleep } = deps;
  const paces = pacesOf(fetch, { now: () => realClock.now(), sleep });
  const ways = waysOf(fetch);
  const signer = createSigner(deps, keys);
  let base = url;

  const hop = (to: URL, { method, body }: Call, way: Way): Promise<StoreResponse> => {
    if (signal?.aborted) throw timedOut({ details: { sent: false } });
    const shown = signer.show(to, method, way);
    return fetch({
      method,
      body,
      url: shown.url,
      timeoutMs: deps.timeoutMs ?? TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      headers: { ...HEADERS, ...shown.headers, ...(body === null ? {} : { 'content-type': 'application/json' }) },
    });
  };

  const follow = async (call: Call, way: Way): Promise<Answered> => {
    let at = apiUrl(base, call);
    for (let redirects = 0; ; redirects += 1) {
      const response = await hop(at, call, way);
      const { status, headers } = response;
      const to = targetOfRedirect(at, status, headers.location);
      if (to === null && (status < 300 || status > 399)) return { ...response, at };
      if (to === null || redirects === MAX_REDIRECTS) throw redirected(null, { status });
      at = nextUrl(at, to, status, call);
    }
  };

  const inTurn = async (turn: Turn, call: Call, way: Way): Promise<Answered> => {
    let slow = true;
    let restMs: number | null = null;
    try {
      const response = await follow(call, way);
      const { status, headers } = response;
      slow = status === 429 || status >= 500;
      if (slow) restMs = retryAfterMs(headers['retry-after'], realClock.now());
      return response;
    } finally {
      turn.end({ slow, restMs });
    }
  };

  const once = async (call: Call, way: Way): Promise<Answered> => {
    const { origin } = new URL(base);
    const response = await inTurn(await paces.enter(origin), call, way);
    // An hour that is wrong is a fault of the signature, not of who signs.
    const again = !isUnheard(response) && signer.clockDiffers(response, response.at, way);
    return again ? inTurn(await paces.enter(origin), call, way) : response;
  };

  /** A store that takes us for nobody may not have seen the keys: they are shown in the other ways, once each. */
  const heard = async (call: Call): Promise<Answered> => {
    const known = ways.of(new URL(base).host, keys.key);
    const usual = signOnly && known === 'basic' ? 'signed' : known;
    const first = await once(call, usual);
    if (first.at.protocol !== 'https:' || !isUnheard(first)) return first;
    for (const way of WAYS.filter((other) => other !== usual && !(signOnly && other === 'basic'))) {
      const response = await once(call, way);
      if (response.status === 401) continue;
      ways.keep(response.at.host, keys.key, way);
      return response;
    }
    return first;
  };

  return {
    url: () => base,
    /**
     * Asks once. @returns the answer of a success
     * @throws AppError as Store does; what the way there throws has `sent` in its details
     */
    async call(call: Call): Promise<StoreResponse> {
      const response = await heard(call);
      if (response.status < 200 || response.status > 299) throw faultOf(response, realClock.now());
      const found = baseOf(response.at, apiPath(call.path));
      if (found !== null && found !== base) {
        base = found;
        await onMoved?.(base);
      }
      return response;
    },
  };
}
