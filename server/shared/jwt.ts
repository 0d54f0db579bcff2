import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

type Refusal = 'malformed' | 'signature' | 'expired' | 'not_yet' | 'audience';
type Verified = { ok: true; claims: JWTPayload } | { ok: false; reason: Refusal };

type Expected = {
  secret: string;
  audience: string;
  /** Real time in epoch ms. */
  now: number;
  /** More characters than that is none: a bound before anything is computed over it. */
  longest: number;
};

const ALGORITHM = 'HS256';
/** Clocks differ a little; Shopify's own libraries allow the same. */
export const TOLERANCE_SECONDS = 10;

const refused = (reason: Refusal): Verified => ({ ok: false, reason });

function looksLikeToken(token: string): boolean {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return false;
  try {
    decodeProtectedHeader(token);
    return true;
  } catch {
    return false;
  }
}

/** Base64url spells the same bytes in several ways; a token is good in one of them only. */
function isCanonical(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function reasonOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTInvalid) return 'malformed';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'signature';
  if (error.reason !== 'check_failed') return 'malformed';
  return error.claim === 'nbf' ? 'not_yet' : 'audience';
}

/**
 * Checks a JSON Web Token: signed with this secret by HS256 (any other algorithm, "none" above all, is no signature of ours,
 * and an empty secret is nobody's), for us, within `nbf` and `exp`. Never throws.
 */
export async function verifyJwt(token: string, { secret, audience, now, longest }: Expected): Promise<Verified> {
  if (token.length > longest || !looksLikeToken(token)) return refused('malformed');
  if (secret === '' || !isCanonical(token)) return refused('signature');
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: [ALGORITHM],
      audience,
      currentDate: new Date(now),
      clockTolerance: TOLERANCE_SECONDS,
    });
    return { ok: true, claims: payload };
  } catch (error) {
    return refused(reasonOf(error));
  }
}

/** What a token says of itself; nothing of it is to be believed before it was verified. Null where it is none. Never throws. */
export function unverifiedClaims(token: string, longest: number): JWTPayload | null {
  if (token.length > longest) return null;
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

/** A token of these claims, signed by HS256. */
export const signJwt = (claims: JWTPayload, secret: string): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(Buffer.from(secret));
