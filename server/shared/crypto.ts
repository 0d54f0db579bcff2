import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { AppError } from './errors.ts';

/** A key of the vault: `key` is 32 bytes, `id` stands in clear beside what it sealed. */
export type VaultKey = { id: string; key: Buffer };

/**
 * Secrets at rest. `context` says what the secret is and whose (`shop:3:access-token`); it is authenticated, so that
 * a sealed value copied to another row does not open there.
 */
export type Vault = {
  /** Seals with the newest key. */
  seal(plain: string, context: string): string;
  /** Throws `vault.unreadable` when the key is unknown, the context another, or the text was changed. */
  open(sealed: string, context: string): string;
  /** The id of the key that sealed it; throws `vault.unreadable` when it is not a sealed text. */
  keyId(sealed: string): string;
  /** Whether a key of this id is among the vault's. */
  hasKey(id: string): boolean;
  /** Whether a newer key than the one that sealed it exists. */
  needsRotation(sealed: string): boolean;
  /** The same secret sealed with the newest key; unchanged if it already is. */
  rotate(sealed: string, context: string): string;
};

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

const unreadable = (reason: string, cause?: unknown) =>
  new AppError('vault.unreadable', `A stored secret cannot be read: ${reason}. Check ENCRYPTION_KEYS.`, { cause });

/** Base64url has several spellings of the same bytes; only the one we wrote counts as untouched. */
function decoded(text: string): Buffer {
  const data = Buffer.from(text, 'base64url');
  if (data.toString('base64url') !== text) throw unreadable('it was changed');
  return data;
}

function split(sealed: string) {
  const [version, id, iv, data, tag, ...rest] = sealed.split('.');
  if (version !== VERSION || id === undefined || iv === undefined || data === undefined || tag === undefined)
    throw unreadable('it has an unknown format');
  if (rest.length > 0) throw unreadable('it has an unknown format');
  return { id, iv, data, tag };
}

function checkedKeys(keys: readonly VaultKey[]): Map<string, KeyObject> {
  const byId = new Map<string, KeyObject>();
  for (const { id, key } of keys) {
    if (!/^[\w-]{1,64}$/.test(id) || key.length !== 32 || byId.has(id))
      throw new AppError(
        'vault.invalid_key',
        'An encryption key needs 32 bytes and an id of its own (letters, digits, - and _).',
      );
    byId.set(id, createSecretKey(key));
  }
  return byId;
}

/**
 * A vault over `keys`, newest first: AES-256-GCM with a random 96-bit IV. The sealed text is
 * `v1.<key id>.<iv>.<ciphertext>.<tag>`, the last three in base64url. Throws `vault.invalid_key` for unusable keys.
 */
export function createVault(keys: readonly VaultKey[]): Vault {
  const byId = checkedKeys(keys);
  const newest = keys[0]?.id;
  const newestKey = newest === undefined ? undefined : byId.get(newest);
  if (newest === undefined || newestKey === undefined)
    throw new AppError('vault.invalid_key', 'At least one encryption key is needed.');

  const seal = (plain: string, context: string): string => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, newestKey, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
    const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [VERSION, newest, ...[iv, data, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
  };
  const open = (sealed: string, context: string): string => {
    const parts = split(sealed);
    const key = byId.get(parts.id);
    if (key === undefined) throw unreadable('its key is not among the configured ones');
    const [iv, data, tag] = [decoded(parts.iv), decoded(parts.data), decoded(parts.tag)];
    try {
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    } catch (error) {
      throw unreadable('it was changed, moved or sealed with another key of the same id', error);
    }
  };
  const keyId = (sealed: string) => split(sealed).id;
  const needsRotation = (sealed: string) => keyId(sealed) !== newest;
  const rotate = (sealed: string, context: string) => {
    const plain = open(sealed, context);
    return needsRotation(sealed) ? seal(plain, context) : sealed;
  };
  return { seal, open, keyId, hasKey: (id) => byId.has(id), needsRotation, rotate };
}

/** Whether two secrets are equal, in a time that does not tell where they differ. Text counts as UTF-8. */
export function safeEqual(a: Buffer | string, b: Buffer | string): boolean {
  const [left, right] = [Buffer.from(a as string), Buffer.from(b as string)];
  return left.length === right.length && timingSafeEqual(left, right);
}
