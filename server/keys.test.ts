import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addLocalKey, createLocalVault, ensureLocalKeys, parseKeys } from './keys.ts';

const base64 = (byte: number) => Buffer.alloc(32, byte).toString('base64');

describe('parseKeys', () => {
  test('reads keys newest first, in either base64', () => {
    expect(parseKeys(`k2:${base64(2)}, k1:${base64(1)}\n`)).toEqual([
      { id: 'k2', key: Buffer.alloc(32, 2) },
      { id: 'k1', key: Buffer.alloc(32, 1) },
    ]);
    expect(parseKeys(`k:${Buffer.alloc(32, 251).toString('base64url')}`)).toEqual([
      { id: 'k', key: Buffer.alloc(32, 251) },
    ]);
  });

  test.each([
    '',
    ' , ',
    'k1',
    base64(1),
    `k1:${base64(1)},k1:${base64(2)}`,
    `k.1:${base64(1)}`,
    `k1:${base64(1).slice(0, 40)}`,
    `k1:${base64(1)}A`,
    `k1:${'!'.repeat(43)}=`,
  ])('refuses %j', (text) => {
    expect(parseKeys(text)).toBeNull();
  });
});

describe('ensureLocalKeys', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('makes a key once, for its owner only, and leaves nothing else behind', () => {
    const inner = join(folder, 'data', 'shop');
    const made = ensureLocalKeys(inner);
    expect(made).toHaveLength(1);
    expect(made[0]?.key).toHaveLength(32);
    expect(ensureLocalKeys(inner)).toEqual(made);
    expect(readdirSync(inner)).toEqual(['encryption.key']);
    if (process.platform !== 'win32') expect(statSync(join(inner, 'encryption.key')).mode & 0o777).toBe(0o600);
  });

  test('reads several keys that an operator put there', () => {
    writeFileSync(join(folder, 'encryption.key'), `new:${base64(2)}\nold:${base64(1)}\n`);
    expect(ensureLocalKeys(folder).map((key) => key.id)).toEqual(['new', 'old']);
  });

  test('a key that is added stands first, the older ones stay, and nothing else is left behind', () => {
    const [first] = ensureLocalKeys(folder);
    const ids = [addLocalKey(folder), addLocalKey(folder)];
    const keys = ensureLocalKeys(folder);
    expect(keys.map(({ id }) => id)).toEqual([ids[1], ids[0], first?.id]);
    expect(keys[2]).toEqual(first);
    expect(readdirSync(folder)).toEqual(['encryption.key']);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'encryption.key')).mode & 0o777).toBe(0o600);
  });

  test('a running vault follows the file: it opens and seals with a key that was added meanwhile', () => {
    const [running, command] = [createLocalVault(folder), createLocalVault(folder)];
    const old = running.seal('secret', 'x');
    const id = addLocalKey(folder);
    const fresh = command.rotate(old, 'x');
    expect(command.keyId(fresh)).toBe(id);
    expect(running.hasKey(id)).toBe(true);
    expect(running.needsRotation(old)).toBe(true);
    expect([running.open(fresh, 'x'), running.open(old, 'x')]).toEqual(['secret', 'secret']);
    expect(running.keyId(running.seal('other', 'x'))).toBe(id);
    expect(() => running.open(fresh, 'y')).toThrow(expect.objectContaining({ code: 'vault.unreadable' }));
  });

  test('without its file a running vault opens what it can and seals nothing', () => {
    const vault = createLocalVault(folder);
    const sealed = vault.seal('secret', 'x');
    rmSync(join(folder, 'encryption.key'));
    expect(vault.open(sealed, 'x')).toBe('secret');
    expect(() => vault.seal('secret', 'x')).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(['', 'local-1:short', 'nonsense'])('never replaces a damaged file (%j)', (text) => {
    writeFileSync(join(folder, 'encryption.key'), text);
    expect(() => ensureLocalKeys(folder)).toThrow(expect.objectContaining({ code: 'config.invalid' }));
    expect(readdirSync(folder)).toEqual(['encryption.key']);
  });
});
