import { createHmac } from 'node:crypto';
import { safeEqual } from '../../../shared/crypto.ts';
import { secretToken } from '../../../shared/ids.ts';

/** Shopify's own libraries take a signed address this long. */
const ADDRESS_MS = 90_000;
/** A merchant may read the permissions page for a while. */
const STATE_MS = 10 * 60_000;

type Refused = 'repeated' | 'unsigned' | 'signature' | 'expired';
export type SignedQuery = { ok: true; get(name: string): string } | { ok: false; reason: Refused };

/**
 * Checks the query that Shopify signed (`hmac`: SHA-256 of the other parameters, sorted, with the app's secret, in hex) and
 * dated. A parameter that stands there twice is refused: the check and its reader might take different ones. `now`: real
 * time in epoch ms.
 */
export function checkQuery(query: URLSearchParams, secret: string, now: number): SignedQuery {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length) return { ok: false, reason: 'repeated' };
  const hmac = query.get('hmac');
  if (hmac === null || secret === '') return { ok: false, reason: 'unsigned' };
  const signed = new URLSearchParams();
  for (const name of names.sort()) {
    if (name !== 'hmac' && name !== 'signature') signed.append(name, query.get(name) ?? '');
  }
  const text = signed.toString().replaceAll('+', '%20');
  if (!safeEqual(hmac, createHmac('sha256', secret).update(text).digest('hex')))
    return { ok: false, reason: 'signature' };
  const stamp = query.get('timestamp') ?? '';
  if (!/^\d{1,12}$/.test(stamp) || Math.abs(now - Number(stamp) * 1000) > ADDRESS_MS)
    return { ok: false, reason: 'expired' };
  return { ok: true, get: (name) => query.get(name) ?? '' };
}

const sign = (text: string, secret: string) => createHmac('sha256', secret).update(`state:${text}`).digest('base64url');

/**
 * A state for one install: the value goes to Shopify and comes back, the cookie stays with the browser. It is good for
 * this shop and ten minutes, and needs no memory here.
 */
export function makeState(
  domain: string,
  secret: string,
  now: number,
): { state: string; cookie: string; maxAge: number } {
  const state = secretToken(24);
  const until = now + STATE_MS;
  return { state, cookie: `${until}.${sign(`${state}.${domain}.${until}`, secret)}`, maxAge: STATE_MS };
}

/** Whether a state that came back is the one of this browser's cookie, for this shop, in time. */
export function checkState(
  { state, cookie, domain }: { state: string; cookie: string; domain: string },
  secret: string,
  now: number,
): boolean {
  const [until = '', signature = '', ...rest] = cookie.split('.');
  if (rest.length > 0 || !/^\d{1,15}$/.test(until) || state === '') return false;
  return safeEqual(signature, sign(`${state}.${domain}.${until}`, secret)) && Number(until) > now;
}
