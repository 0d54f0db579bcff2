import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVault, safeEqual } from './crypto.ts';

// Fixed, so that a run can be repeated.
fc.configureGlobal({ seed: 14_030_101 });

const k1 = { id: 'k1', key: Buffer.alloc(32, 1) };
const k2 = { id: 'k2', key: Buffer.alloc(32, 2) };
const unreadable = expect.objectContaining({ code: 'vault.unreadable' });
const context = 'shop:3:access-token';

describe('createVault', () => {
  const vault = createVault([k1]);

  test('opens what it sealed, and only in its context', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(vault.open(vault.seal(plain, context), context)).toBe(plain);
      }),
    );
    expect(() => vault.open(vault.seal('secret', context), 'shop:4:access-token')).toThrow(unreadable);
  });

  test('seals into five parts, with another IV each time', () => {
    const sealed = vault.seal('secret', context);
    expect(sealed).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]{8}\.[\w-]{22}$/);
    expect(sealed).not.toContain('secret');
    expect(vault.seal('secret', context)).not.toBe(sealed);
  });

  test('notices a change of any character', () => {
    const sealed = vault.seal('shpat_1234567', context);
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = sealed.slice(0, place) + (sealed[place] === 'A' ? 'B' : 'A') + sealed.slice(place + 1);
      expect(() => vault.open(changed, context)).toThrow(unreadable);
    }
  });

  test.each(['', 'plain', 'v2.k1.a.b.c', 'v1.k1.a.b', 'v1.k1.a.b.c', 'v1.k1.....', 'v1.k1...'])(
    'refuses %j',
    (text) => {
      expect(() => vault.open(text, context)).toThrow(unreadable);
    },
  );

  test('a short tag does not weaken it', () => {
    const [version, id, iv, data, tag] = vault.seal('secret', context).split('.');
    const short = Buffer.from(tag ?? '', 'base64url')
      .subarray(0, 4)
      .toString('base64url');
    expect(() => vault.open([version, id, iv, data, short].join('.'), context)).toThrow(unreadable);
  });

  test('never repeats the secret or the sealed text in its errors', () => {
    const sealed = vault.seal('secret', context);
    expect(() => vault.open(`${sealed}A`, context)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(sealed) }),
    );
  });

  test.each([[[]], [[{ id: 'a.b', key: k1.key }]], [[{ id: 'a', key: Buffer.alloc(16) }]], [[k1, k1]]])(
    'refuses unusable keys',
    (keys) => {
      expect(() => createVault(keys)).toThrow(expect.objectContaining({ code: 'vault.invalid_key' }));
    },
  );
});

describe('rotation', () => {
  const old = createVault([k1]).seal('secret', context);
  const vault = createVault([k2, k1]);

  test('the newest key seals, an older one still opens', () => {
    expect(vault.keyId(old)).toBe('k1');
    expect(vault.needsRotation(old)).toBe(true);
    expect(vault.open(old, context)).toBe('secret');
    const rotated = vault.rotate(old, context);
    expect(vault.keyId(rotated)).toBe('k2');
    expect(createVault([k2]).open(rotated, context)).toBe('secret');
    expect(vault.rotate(rotated, context)).toBe(rotated);
  });

  test('a key that is gone makes its secrets unreadable', () => {
    expect(() => createVault([k2]).open(old, context)).toThrow(unreadable);
    expect(() => createVault([{ id: 'k1', key: k2.key }]).open(old, context)).toThrow(unreadable);
  });
});

test('safeEqual compares bytes', () => {
  expect(safeEqual('پنهان', Buffer.from('پنهان'))).toBe(true);
  expect(safeEqual('', '')).toBe(true);
  expect(safeEqual('abc', 'abd')).toBe(false);
  expect(safeEqual('abc', 'abcd')).toBe(false);
});
