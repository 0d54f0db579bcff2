import { z } from 'zod';
import { jsonOf } from '../store/store.answer.ts';
import { baseOf, MAX_REDIRECTS, targetOfRedirect } from '../store/store.redirects.ts';
import type { StoreResponse } from '../store/store.types.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { redirected } from '../store/woocommerce.errors.ts';
import { type SiteIndex, siteIndex } from './profile.rules.ts';

/** What stands at an address; `url`: where the store itself says that it is, without a trailing slash. */
export type FrontDoor =
  | { ok: true; url: string; index: SiteIndex }
  | { ok: false; trouble: 'no_woocommerce' | 'plain_permalinks' | 'not_json' | 'unavailable' };

const TIMEOUT_MS = 8_000;
/** With every plugin's routes in it: some servers leave `_fields` out. */
const MAX_BYTES = 8 * 1024 * 1024;
const DOOR = '/wp-json/';
const FIELDS = '_fields=name,namespaces,timezone_string,gmt_offset';

const withNamespaces = siteIndex.extend({ namespaces: z.array(z.string()) });
const closed = z.object({ code: z.string(), message: z.string() });

type Deps = Pick<WooDeps, 'fetch'>;
type Answer = StoreResponse & { at: URL };

/** Nothing secret is asked for or sent, so that any public address may be followed. @throws AppError as StoreFetch does */
async function look({ fetch }: Deps, url: string): Promise<Answer> {
  let at = new URL(url);
  for (let redirects = 0; ; redirects += 1) {
    const headers = { accept: 'application/json' };
    const ask = { method: 'GET' as const, body: null, headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES };
    const answer = await fetch({ ...ask, url: at.href });
    const to = targetOfRedirect(at, answer.status, answer.headers.location);
    if (to === null) return { ...answer, at };
    if (redirects === MAX_REDIRECTS) throw redirected(null);
    at = to;
  }
}

/** Of an answer that is no list of what the API holds. */
function otherwise({ status }: Answer): FrontDoor {
  if (status >= 500) return { ok: false, trouble: 'unavailable' };
  return { ok: false, trouble: status === 401 || status === 403 || status === 429 ? 'not_json' : 'no_woocommerce' };
}

const sells = (namespaces: readonly string[]): boolean => namespaces.includes('wc/v3');

/**
 * Looks whether a WooCommerce store is at an address, as anybody can, and what it says of itself. With permalinks set to
 * "Plain" the API is to be had by a query only, and takes no keys there.
 * @throws AppError as StoreFetch does; woocommerce.redirected
 */
export async function frontDoor(deps: Deps, url: string): Promise<FrontDoor> {
  const answer = await look(deps, `${url}${DOOR}?${FIELDS}`);
  const json = jsonOf(answer.body);
  const base = baseOf(answer.at, DOOR) ?? url;
  const found = withNamespaces.safeParse(json);
  if (found.success) {
    const { namespaces, ...index } = found.data;
    return sells(namespaces) ? { ok: true, url: base, index } : { ok: false, trouble: 'no_woocommerce' };
  }
  // Open to those with keys only: whether these do is seen when they come.
  if (answer.status === 401 && closed.safeParse(json).success) {
    return { ok: true, url: base, index: { name: null, timezone_string: null, gmt_offset: null } };
  }
  const behind = withNamespaces.safeParse(jsonOf((await look(deps, `${url}/?rest_route=/&${FIELDS}`)).body));
  if (!behind.success) return otherwise(answer);
  return { ok: false, trouble: sells(behind.data.namespaces) ? 'plain_permalinks' : 'no_woocommerce' };
}
