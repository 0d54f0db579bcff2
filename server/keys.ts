import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVault, type Vault, type VaultKey } from './shared/crypto.ts';
import { AppError } from './shared/errors.ts';

const FILE = 'encryption.key';

/**
 * Keys written `id:base64 of 32 bytes`, separated by commas or line ends, newest first; null when the text is not that.
 * Ids are letters, digits, - and _, each used once.
 */
export function parseKeys(text: string): VaultKey[] | null {
  const keys: VaultKey[] = [];
  for (const part of text.split(/[,\s]+/).filter((piece) => piece !== '')) {
    const match = /^([\w-]{1,64}):([A-Za-z0-9+/_-]{43}=?)$/.exec(part);
    const [, id, encoded] = match ?? [];
    if (id === undefined || encoded === undefined || keys.some((key) => key.id === id)) return null;
    keys.push({ id, key: Buffer.from(encoded, 'base64') });
  }
  return keys.length > 0 ? keys : null;
}

function readKeys(path: string): VaultKey[] | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const keys = parseKeys(text);
  if (keys === null)
    throw new AppError('config.invalid', `${FILE} in the database folder is damaged: restore it from a backup.`);
  return keys;
}

const newKey = (): VaultKey => ({ id: `local-${randomBytes(3).toString('hex')}`, key: randomBytes(32) });

/** Writes keys under another name, safely on disk. @returns that name */
function draftOf(path: string, keys: VaultKey[]): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const text = keys.map(({ id, key }) => `${id}:${key.toString('base64')}\n`).join('');
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}

/**
 * The keys kept beside a local database, in `<folder>/encryption.key` (readable by its owner only), made on first use.
 * For an installation where nothing is configured. Two processes that start together get the same key: the file is
 * written under another name and then linked, which fails if somebody was faster, so that nobody reads half a key.
 * Throws `config.invalid` when the file is damaged: a new key could not open what the old one sealed.
 */
export function ensureLocalKeys(folder: string): VaultKey[] {
  const path = join(folder, FILE);
  const existing = readKeys(path);
  if (existing !== null) return existing;
  mkdirSync(folder, { recursive: true });
  const draft = draftOf(path, [newKey()]);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  const made = readKeys(path);
  if (made === null) throw new AppError('config.invalid', `${FILE} vanished from the database folder while starting.`);
  return made;
}

/**
 * Puts a new key in front of those beside a local database, in one step; the older ones stay, for what they sealed. The
 * caller sees to it that two do not do this at once. @returns the new key's id
 */
export function addLocalKey(folder: string): string {
  const path = join(folder, FILE);
  const key = newKey();
  renameSync(draftOf(path, [key, ...ensureLocalKeys(folder)]), path);
  return key.id;
}

/** What changes whenever the file does; null while there is none. */
function stampOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? `${found.ino}/${found.size}/${found.mtimeMs}` : null;
}

/**
 * A vault over the keys beside a local database. It follows the file, so that a running app knows a key that a command
 * has added meanwhile. Where the file is gone it still opens what it can and seals nothing: nobody could open that later.
 */
export function createLocalVault(folder: string): Vault {
  const path = join(folder, FILE);
  let vault = createVault(ensureLocalKeys(folder));
  let stamp = stampOf(path);
  const current = (): Vault => {
    const now = stampOf(path);
    if (now !== null && now !== stamp) {
      vault = createVault(ensureLocalKeys(folder));
      stamp = now;
    }
    return vault;
  };
  return {
    seal(plain, context) {
      if (stampOf(path) === null) throw new AppError('config.invalid', `${FILE} is gone from the database folder.`);
      return current().seal(plain, context);
    },
    open: (sealed, context) => current().open(sealed, context),
    keyId: (sealed) => current().keyId(sealed),
    hasKey: (id) => current().hasKey(id),
    needsRotation: (sealed) => current().needsRotation(sealed),
    rotate: (sealed, context) => current().rotate(sealed, context),
  };
}
