import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { safeEqual } from '../../shared/crypto.ts';
import { isJson } from '../json.ts';

type Reason = 'malformed' | 'signature' | 'expired' | 'not_yet' | 'audience' | 'issuer';
type Session = { ok: true; domain: string; userId: string } | { ok: false; reason: Reason };
type Keys = { apiKey: string; apiSecret: string; now: number };

/** Clocks differ a little; Shopify's own libraries allow the same. */
const TOLERANCE_MS = 10_000;
/** Far longer than any token Shopify makes. */
const MAX_LENGTH = 8_192;

const HOST = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/;
const seconds = z.number().min(0).max(253_402_300_799);
const claimsShape = z.object({
  iss: z.string(),
  dest: z.string(),
  aud: z.string(),
  sub: z.union([z.string().min(1), z.number().int().positive()]).transform(String),
  exp: seconds,
  nbf: seconds,
});

const refused = (reason: Reason): Session => ({ ok: false, reason });

function decoded(part: string): unknown {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function hostOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host } = new URL(address);
  return protocol === 'https:' && HOST.test(host) ? host : null;
}

/**
 * Checks a session token that App Bridge gave to the admin page: a JWT, HS256 with the app's secret, for this app, of the
 * shop in `dest`, within its time (`now` is the real time in epoch ms; 10 s of tolerance). `domain` is the shop's,
 * `userId` the staff member's id at Shopify. Never throws.
 */
export function verifySessionToken(token: string, { apiKey, apiSecret, now }: Keys): Session {
  const [head = '', body = '', signature = '', ...rest] = token.length > MAX_LENGTH ? [] : token.split('.');
  const header = decoded(head);
  if (signature === '' || rest.length > 0 || !isJson(header)) return refused('malformed');
  // Any other algorithm, "none" above all, is not a signature of Shopify's. An empty secret is nobody's.
  if (header.alg !== 'HS256' || apiSecret === '') return refused('signature');
  const expected = createHmac('sha256', apiSecret).update(`${head}.${body}`).digest('base64url');
  if (!safeEqual(signature, expected)) return refused('signature');
  const claims = claimsShape.safeParse(decoded(body));
  if (!claims.success) return refused('malformed');
  const { exp, nbf, aud, iss, dest, sub } = claims.data;
  if (exp * 1000 + TOLERANCE_MS <= now) return refused('expired');
  if (nbf * 1000 - TOLERANCE_MS > now) return refused('not_yet');
  if (aud !== apiKey) return refused('audience');
  const domain = hostOf(dest);
  if (domain === null || hostOf(iss) !== domain) return refused('issuer');
  return { ok: true, domain, userId: sub };
}
