import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folded, prefixesOf, rangeEnd, stored, termsOf } from './search.rules.ts';

const person = (fields: Partial<Parameters<typeof termsOf>[0]>) =>
  termsOf({ email: null, phone: null, firstName: null, lastName: null, nationalPhone: null, ...fields });
const finds = (query: string, fields: Partial<Parameters<typeof termsOf>[0]>): boolean => {
  const prefixes = prefixesOf(query);
  const terms = person(fields);
  return (
    prefixes.length > 0 && prefixes.every((prefix) => terms.some((term) => term >= prefix && term < rangeEnd(prefix)))
  );
};

describe('a stored term', () => {
  test('lies in the range of each of its prefixes, and of nothing else', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(word, word, (text, other) => {
        const [term, prefix] = [stored(text), stored(other)];
        expect(term >= prefix && term < rangeEnd(prefix)).toBe(
          Buffer.from(text).subarray(0, Buffer.from(other).length).equals(Buffer.from(other)),
        );
      }),
    );
  });

  test('is of digits and the letters a to f only, which every collation sorts alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(stored(text)).toMatch(/^[0-9a-f]*$/);
      }),
    );
  });
});

const SARA = {
  email: 'sara.ahmadi@example.test',
  firstName: 'Sara Jane',
  lastName: 'Ahmadi',
  phone: '+989123456789',
  nationalPhone: '9123456789',
};

describe('a query', () => {
  test.each([
    'sara',
    'SARA',
    'ahm',
    'jane ahmadi',
    'ahmadi sara',
    'sara.ahm',
    'sara.ahmadi@example.test',
    'Sara.Ahmadi@EXAMPLE',
    '09123456',
    '+98 912 345',
    '98912',
    '9123456789',
    '۰۹۱۲۳۴۵',
    '  sara  ',
    'sara, ahmadi',
  ])('%j finds her', (query) => expect(finds(query, SARA)).toBe(true));

  test.each(['', ' ', '!!', 'hmadi', 'sara smith', 'example.test', '3456789', 'sarah'])('%j does not', (query) =>
    expect(finds(query, SARA)).toBe(false),
  );

  test.each([
    ['jose', 'José'],
    ['علی', 'علي'],
    ['کیان', 'كيان'],
    ['نیکنام', 'نیک\u200cنام'],
    ['müller', 'Müller'],
    ["o'neill", "O'Neill"],
  ])('%j finds %j however it is written', (query, firstName) => expect(finds(query, { firstName })).toBe(true));

  test('of any text, and any name, ends in few short terms, the same each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const terms = person({ firstName: text, lastName: text });
        expect(terms.length).toBeLessThanOrEqual(16);
        expect(Math.max(0, ...terms.map((term) => term.length))).toBeLessThanOrEqual(480);
        expect(prefixesOf(text)).toEqual(prefixesOf(folded(text)));
      }),
    );
  });
});
