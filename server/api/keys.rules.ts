import { sha256Hex } from '../shared/canonical.ts';

/** What a caller may do, each with all before it: look, change, see personal files and the audit log. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type KeyScope = (typeof SCOPES)[number];

/** A key's parts: its shop, its row, and what only its owner knows. The shop is in it so that no query crosses shops. */
type KeyParts = { shopId: number; id: string };

const KEY = /^bzg_(\d{1,15})_([a-z0-9]{1,40})_([A-Za-z0-9_-]{43})$/;

/** Whether a bearer token claims to be an API key; a session token never begins like one. */
export const looksLikeKey = (token: string): boolean => token.startsWith('bzg_');

export const writeKey = ({ shopId, id }: KeyParts, secret: string): string => `bzg_${shopId}_${id}_${secret}`;

/** Which row a key belongs to, or null when it is none. It is believed only after its hash was compared. */
export function parseKey(token: string): KeyParts | null {
  const [, shopId, id] = KEY.exec(token) ?? [];
  return shopId === undefined || id === undefined ? null : { shopId: Number(shopId), id };
}

/** 256 random bits need no slow hash: nobody can try them all. */
export const hashKey = (token: string): string => sha256Hex(token);

/** The scopes that one gives: itself and those below. */
export const scopesOf = (scope: KeyScope): ReadonlySet<KeyScope> => new Set(SCOPES.slice(0, SCOPES.indexOf(scope) + 1));
