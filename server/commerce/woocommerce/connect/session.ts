import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../../db/database.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Vault } from '../../../shared/crypto.ts';
import { signJwt, TOLERANCE_SECONDS, unverifiedClaims, verifyJwt } from '../../../shared/jwt.ts';
import { webhookSecretOf } from '../../../shops/directory.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { shopOfDomain } from '../../../shops/shops.usecases.ts';

type Reason = 'malformed' | 'signature' | 'expired' | 'not_yet' | 'issuer' | 'shop';
type Checked = { ok: true; userId: string } | { ok: false; reason: Reason };
export type StoreSession = { ok: true; shop: Shop; userId: string } | { ok: false; reason: Reason };

const AUDIENCE = 'bazgasht';
const PURPOSE = 'bazgasht admin session';
/** A token opens everything of a shop, so it may live only as long as a page needs it. */
const LONGEST_SECONDS = 60;
/** Scripts that try things out with the practice store have its tokens for an hour, as with Shopify's. */
export const PRACTICE_SECONDS = 3_600;
const MAX_LENGTH = 4_096;

const seconds = z.number().int().min(0).max(253_402_300_799);
const claimsShape = z.object({
  iss: z.string().max(2_048),
  aud: z.literal(AUDIENCE),
  sub: z.string().regex(/^wp:[1-9]\d{0,15}$/),
  iat: seconds,
  exp: seconds,
});

/** The key of these tokens: made of the webhook secret, so that a signature of one kind is never one of the other. */
const keyOf = (secret: string): string => createHmac('sha256', secret).update(PURPOSE).digest('hex');

/** WordPress writes its own address with a slash at the end, or without. */
const withoutSlash = (url: string): string => url.replace(/\/$/, '');

const refused = (reason: Reason) => ({ ok: false as const, reason });

/**
 * Checks a token that the plugin gave to the admin page inside of WordPress: a JWT, HS256 with a key made of the shop's
 * webhook secret, issued by exactly this store, for us, of at most 60 s (`longest`; `now` is the real time in epoch ms; 10 s of
 * tolerance). `userId` is `wp:` and the user's number in WordPress. Never throws.
 */
export async function verifyStoreToken(
  token: string,
  {
    storeUrl,
    secret,
    now,
    longest = LONGEST_SECONDS,
  }: { storeUrl: string; secret: string; now: number; longest?: number | undefined },
): Promise<Checked> {
  if (secret === '') return refused('signature');
  const jwt = await verifyJwt(token, { secret: keyOf(secret), audience: AUDIENCE, now, longest: MAX_LENGTH });
  if (!jwt.ok) return refused(jwt.reason === 'audience' ? 'malformed' : jwt.reason);
  const claims = claimsShape.safeParse(jwt.claims);
  if (!claims.success) return refused('malformed');
  const { iss, sub, iat, exp } = claims.data;
  if (exp < iat || exp - iat > longest) return refused('malformed');
  if ((iat - TOLERANCE_SECONDS) * 1000 > now) return refused('not_yet');
  return withoutSlash(iss) === storeUrl ? { ok: true, userId: sub } : refused('issuer');
}

/** A token as the plugin makes them: `userId` is the user's number in WordPress, `now` real time in epoch ms. */
export function signStoreToken(
  { storeUrl, secret, now }: { storeUrl: string; secret: string; now: number },
  claims: Record<string, unknown> & { userId?: number } = {},
): Promise<string> {
  const { userId = 1, ...rest } = claims;
  const iat = Math.floor(now / 1000);
  const times = { iat, exp: iat + LONGEST_SECONDS };
  return signJwt({ iss: storeUrl, aud: AUDIENCE, sub: `wp:${userId}`, ...times, ...rest }, keyOf(secret));
}

type Deps = { db: Database; vault: Vault; realClock: Clock };
/** How long a token may live at most, in seconds; left out: a minute. */
type Allowed = { longest?: number };

/** The store that a token says it comes from: it chooses the secret, and is believed only after the check. */
function claimedDomain(token: string): string | null {
  const claims = z.object({ iss: z.string(), aud: z.literal(AUDIENCE) }).safeParse(unverifiedClaims(token, MAX_LENGTH));
  return claims.success && URL.canParse(claims.data.iss) ? new URL(claims.data.iss).host : null;
}

/** A shop may have been registered by its name without `www.`, and have answered with it. */
async function shopAt(deps: Deps, domain: string): Promise<Shop | null> {
  const other = domain.startsWith('www.') ? domain.slice(4) : `www.${domain}`;
  return (await shopOfDomain(deps, 'woocommerce', domain)) ?? shopOfDomain(deps, 'woocommerce', other);
}

/**
 * The shop and the person that a store's token speaks of; null where it is not one of a store's, which others may know.
 * A store that nobody has connected is answered as a forged token is, so that nobody can ask who our merchants are.
 */
export async function storeSession(deps: Deps, token: string, { longest }: Allowed = {}): Promise<StoreSession | null> {
  const domain = claimedDomain(token);
  if (domain === null) return null;
  const shop = domain.length > 253 ? null : await shopAt(deps, domain);
  const secret = shop && (await webhookSecretOf(deps, shop.id));
  if (!shop || shop.storeUrl === null || secret === undefined || secret === null) return refused('signature');
  const checked = await verifyStoreToken(token, {
    storeUrl: shop.storeUrl,
    secret,
    now: deps.realClock.now(),
    longest,
  });
  if (!checked.ok) return checked;
  return shop.state === 'installed' ? { ...checked, shop } : refused('shop');
}
