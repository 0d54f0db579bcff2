import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultKey } from './shared/crypto.ts';
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
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const id = `local-${randomBytes(3).toString('hex')}`;
  writeFileSync(draft, `${id}:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
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
