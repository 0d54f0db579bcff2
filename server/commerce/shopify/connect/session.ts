import { z } from 'zod';
import { verifyJwt } from '../../../shared/jwt.ts';

type Reason = 'malformed' | 'signature' | 'expired' | 'not_yet' | 'audience' | 'issuer';
type Session = { ok: true; domain: string; userId: string } | { ok: false; reason: Reason };
type Keys = { apiKey: string; apiSecret: string; now: number };

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
export async function verifySessionToken(token: string, { apiKey, apiSecret, now }: Keys): Promise<Session> {
  const jwt = await verifyJwt(token, { secret: apiSecret, audience: apiKey, now, longest: MAX_LENGTH });
  if (!jwt.ok) return jwt;
  const claims = claimsShape.safeParse(jwt.claims);
  if (!claims.success) return refused('malformed');
  const { iss, dest, sub } = claims.data;
  const domain = hostOf(dest);
  if (domain === null || hostOf(iss) !== domain) return refused('issuer');
  return { ok: true, domain, userId: sub };
}
