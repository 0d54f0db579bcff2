import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bounded, normaliseEmail, normalisePersian, normalisePhone, stripNul } from './text.ts';

// Fixed, so that a run can be repeated.
fc.configureGlobal({ seed: 14_030_101 });

describe('normaliseEmail', () => {
  test.each([
    ['  Sara.Karimi@Example.COM \n', 'sara.karimi@example.com'],
    ["o'brien+tag@mail.example.co.uk", "o'brien+tag@mail.example.co.uk"],
    ['a@b.io', 'a@b.io'],
    ['user@مثال.ایران', 'user@مثال.ایران'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j is %s', (text, email) => {
    expect(normaliseEmail(text)).toBe(email);
  });

  test.each([
    '',
    'sara',
    '@example.com',
    'sara@',
    'sara@example',
    'a b@example.com',
    'a@b@example.com',
    'a@-x.com',
    'a@x..com',
    '<a@example.com>',
    'a\u0000@example.com',
    'deleted@site.invalid',
    `${'a'.repeat(65)}@example.com`,
    `a@${'x'.repeat(60)}.${'x.'.repeat(110)}com`,
  ])('refuses %j', (text) => {
    expect(normaliseEmail(text)).toBeNull();
  });

  test('gives an address that it accepts unchanged', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const normal = normaliseEmail(email);
        if (normal !== null) expect(normaliseEmail(` ${normal.toUpperCase()}`)).toBe(normal);
      }),
    );
  });

  test('answers a hostile text at once', () => {
    expect(normaliseEmail(`a@${'a-'.repeat(100_000)}`)).toBeNull();
    expect(normaliseEmail(`a@${'a-'.repeat(120)}`)).toBeNull();
  });
});

describe('normalisePhone', () => {
  test.each([
    ['0912 345 6789', 'IR', '+989123456789'],
    ['۰۹۱۲۳۴۵۶۷۸۹', 'ir', '+989123456789'],
    ['٠٩١٢٣٤٥٦٧٨٩', 'IR', '+989123456789'],
    ['0098 912 345 6789', 'IR', '+989123456789'],
    ['+98 (912) 345-6789', undefined, '+989123456789'],
    ['+1 212-555-0100', 'IR', '+12125550100'],
    ['(212) 555-0100', 'US', '+12125550100'],
    ['+98 912 345 6789', 'nowhere', '+989123456789'],
  ])('%s in %s is %s', (text, country, phone) => {
    expect(normalisePhone(text, country)).toBe(phone);
  });

  test.each(['', 'abc', '123', '09123456789', '+98912', 'call 0912 345 6789', '+0000000000', `+98${'9'.repeat(60)}`])(
    'refuses %j',
    (text) => {
      expect(normalisePhone(text)).toBeNull();
    },
  );
});

describe('normalisePersian', () => {
  test.each([
    ['علي  كريمي', 'علی کریمی'],
    ['مصطفى', 'مصطفی'],
    ['۱۲۳ ٤٥٦ 789', '123 456 789'],
    ['می\u200c\u200cروم', 'می\u200cروم'],
    ['\u200cمی\u200c رود\u200c', 'می رود'],
    ['ســلام', 'سلام'],
    ['\u202bسارا\u202c\u00a0', 'سارا'],
    ['  Sara\tO’Neil ', 'Sara O’Neil'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(normalisePersian(text)).toBe(expected);
  });

  test('changes nothing the second time', () => {
    const unit = fc.constantFrom('ي', 'ك', '۵', ' ', '\u200c', '\u200d', '\u0640', 'ا', 'a', '\n', '\u0654');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const once = normalisePersian(text);
        expect(normalisePersian(once)).toBe(once);
      }),
    );
  });
});

test('stripNul leaves only what both databases hold', () => {
  expect(stripNul('a\u0000b\ud800c\udc00')).toBe('a\ufffdb\ufffdc\ufffd');
  expect(stripNul('سلام 😀')).toBe('سلام 😀');
});

test('bounded never splits a character', () => {
  expect(bounded('abc', 3)).toBe('abc');
  expect(bounded('abcd', 3)).toBe('abc');
  expect(bounded('a😀b', 2)).toBe('a');
  expect(bounded('a😀b', 3)).toBe('a😀');
  expect(bounded('😀', 1)).toBe('');
  expect(bounded('abc', 0)).toBe('');
});
