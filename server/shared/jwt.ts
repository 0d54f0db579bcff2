import { createHmac } from 'node:crypto';
import { safeEqual } from './crypto.ts';

/** A JSON Web Token taken apart; nothing of it is to be believed before its signature was checked. */
export type Jwt = {
  header: Record<string, unknown>;
  claims: unknown;
  /** The text that the signature is over. */
  text: string;
  signature: string;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function decoded(part: string): unknown {
  if (!/^[\w-]+$/.test(part)) return null;
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

const hmac = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('base64url');

/** The parts of a token of at most `longest` characters; null where it is none. Never throws. */
export function readJwt(token: string, longest: number): Jwt | null {
  const [head = '', body = '', signature = '', ...rest] = token.length > longest ? [] : token.split('.');
  const header = decoded(head);
  if (signature === '' || rest.length > 0 || !isObject(header)) return null;
  return { header, claims: decoded(body), text: `${head}.${body}`, signature };
}

/**
 * Whether it was signed with this secret by HS256. Any other algorithm, "none" above all, is no signature of ours, and an
 * empty secret is nobody's.
 */
export const isSignedBy = ({ header, text, signature }: Jwt, secret: string): boolean =>
  header.alg === 'HS256' && secret !== '' && safeEqual(signature, hmac(text, secret));

/** A token of these claims, signed by HS256. */
export function writeJwt(claims: Record<string, unknown>, secret: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${hmac(text, secret)}`;
}
