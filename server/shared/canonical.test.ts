import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256Hex } from './canonical.ts';

// Fixed, so that a run can be repeated.
fc.configureGlobal({ seed: 14_030_101 });

const refused = expect.objectContaining({ code: 'canonical.invalid' });
const caught = (value: unknown) => {
  try {
    return canonicalJson(value);
  } catch (error) {
    return error;
  }
};

describe('canonicalJson', () => {
  test('sorts keys by UTF-16 code unit at every level and leaves out undefined', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, null, 'x'], c: true }, u: undefined })).toBe(
      '{"a":{"c":true,"d":[1,null,"x"]},"b":1}',
    );
    // The order of RFC 8785, section 3.2.3.
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalJson(keys)) as object)).toHaveLength(7);
    expect([...canonicalJson(keys).matchAll(/:(\d)/g)].map((match) => match[1])).toEqual([
      '2',
      '4',
      '6',
      '7',
      '1',
      '5',
      '3',
    ]);
  });

  test('writes text as RFC 8785 does', () => {
    expect(canonicalJson('€$\u000f\nA\'B"\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\"/"');
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson(Object.assign(Object.create(null) as object, { a: 1 }))).toBe('{"a":1}');
  });

  test.each([
    ['fraction', 1.5],
    ['beyond 2^53', 2 ** 53],
    ['NaN', Number.NaN],
    ['bigint', 1n],
    ['undefined', undefined],
    ['undefined in a list', [undefined]],
    ['hole in a list', Array(1)],
    ['function', () => 1],
    ['date', new Date(0)],
    ['map', new Map()],
    ['lone surrogate', '\ud800'],
    ['lone surrogate in a key', { '\udc00': 1 }],
  ])('refuses %s', (_, value) => {
    expect(caught(value)).toEqual(refused);
    expect(caught({ deep: [value === undefined ? [value] : value] })).toEqual(refused);
  });

  test('refuses a cycle', () => {
    const value: Record<string, unknown> = {};
    value.self = value;
    expect(caught(value)).toEqual(refused);
  });

  test('means the same value, whatever the order of the keys', () => {
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.maxSafeInteger().map((number) => number + 0),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('json')),
        fc.dictionary(fc.string(), tie('json'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json, { noNullPrototype: true }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(canonicalJson(Object.fromEntries(Object.entries(value).toReversed()))).toBe(text);
      }),
    );
  });
});

test('sha256Hex hashes text as UTF-8 and bytes as they are', () => {
  expect(sha256Hex('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256Hex('بازگشت')).toBe(sha256Hex(Buffer.from('بازگشت')));
});
