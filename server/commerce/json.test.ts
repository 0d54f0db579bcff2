import { describe, expect, it } from 'vitest';
import { DeliveryRefused } from './commerce.errors.ts';
import { parseBody } from './json.ts';

const parse = (text: string) => parseBody(Buffer.from(text), 'Shopify');

describe('the body of a delivery', () => {
  it('keeps integers beyond 2^53 digit by digit and leaves the others numbers', () => {
    expect(parse('{"id":820982911946154508,"list":[ 9007199254740993, -9007199254740993 ],"small":42}')).toEqual({
      id: '820982911946154508',
      list: ['9007199254740993', '-9007199254740993'],
      small: 42,
    });
    expect(parse('{"max":9007199254740991,"next":9007199254740992}')).toEqual({
      max: 9007199254740991,
      next: '9007199254740992',
    });
  });

  it('leaves digits within text and fractions alone', () => {
    const text =
      '{"gid":"gid://shopify/Order/820982911946154508","card":":4111111111111111111","f":12345678901234567.5}';
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it('is read alike by the quick and the lossless parser', () => {
    const plain = { a: [1, 2.5, 'x', null, true, { b: '\u0000' }], c: { d: [] } };
    const { long, ...rest } = parse(
      JSON.stringify({ ...plain, long: 0 }).replace('"long":0', '"long":99999999999999999999'),
    );
    expect(long).toBe('99999999999999999999');
    expect(rest).toEqual(plain);
  });

  it.each([
    ['nothing', ''],
    ['a cut text', '{"id":1'],
    ['no JSON', '<html>'],
    ['a list', '[{"id":1}]'],
    ['null', 'null'],
    ['a number', '42'],
    ['100,000 open brackets', '['.repeat(100_000)],
    ['NaN', '{"a":NaN}'],
  ])('is refused when it is %s', (_what, text) => {
    expect(() => parse(text)).toThrow(DeliveryRefused);
    expect(() => parse(text)).toThrow(/^Shopify's message cannot be read: /);
  });

  it('is refused when it is not UTF-8', () => {
    for (const bytes of [[0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], [0xc3], [0xed, 0xa0, 0x80]])
      expect(() => parseBody(Buffer.from(bytes), 'Shopify')).toThrow('it is not UTF-8 text');
  });

  it('may be nested 100,000 deep without harm', () => {
    const deep = `{"id":1,"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    for (const text of [deep, deep.replace('"id":1', '"id":99999999999999999')]) {
      try {
        expect(Object.keys(parse(text))).toEqual(['id', 'a']);
      } catch (error) {
        expect(error).toBeInstanceOf(DeliveryRefused);
      }
    }
  });
});
