import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  displayMoney,
  divideHalfUp,
  formatMajor,
  minorDigits,
  mulDiv,
  parseMinor,
  type Rounding,
  toMajor,
} from './money.ts';

// Fixed, so that a run can be repeated.
fc.configureGlobal({ seed: 14_030_101 });

const invalid = expect.objectContaining({ code: 'money.invalid', status: 400 });

test('minorDigits follows ISO 4217, not what Intl shows', () => {
  const digits = Object.fromEntries(
    'USD EUR HUF IDR IRR IRT JPY KRW KWD BHD OMR TND JOD IQD LYD CLF XTS'
      .split(' ')
      .map((code) => [code, minorDigits(code)]),
  );
  const three = { KWD: 3, BHD: 3, OMR: 3, TND: 3, JOD: 3, IQD: 3, LYD: 3 };
  expect(digits).toEqual({ USD: 2, EUR: 2, HUF: 2, IDR: 2, IRR: 0, IRT: 0, JPY: 0, KRW: 0, ...three, CLF: 4, XTS: 2 });
});

describe('parseMinor', () => {
  test.each([
    ['12.3', 'USD', 1230],
    ['123.45', 'USD', 12345],
    ['0.00', 'USD', 0],
    ['-0.00', 'USD', 0],
    ['-5.00', 'USD', -500],
    ['5', 'USD', 500],
    ['.5', 'USD', 50],
    ['5.', 'USD', 500],
    ['0000012.30', 'USD', 1230],
    ['12.344999', 'USD', 1234],
    ['12.345', 'USD', 1235],
    ['-12.345', 'USD', -1235],
    ['-0.004', 'USD', 0],
    ['0.995', 'USD', 100],
    ['1.005', 'USD', 101],
    ['1500', 'JPY', 1500],
    ['1500.5', 'JPY', 1501],
    ['2500000', 'IRR', 2_500_000],
    ['2500000.00', 'IRT', 2_500_000],
    ['1.2345', 'KWD', 1235],
    ['1.234', 'KWD', 1234],
    ['1.2345', 'CLF', 12345],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['-90071992547409.91', 'USD', Number.MIN_SAFE_INTEGER],
    [12.3, 'USD', 1230],
    [1.005, 'USD', 101],
    [-0, 'USD', 0],
    [-7, 'USD', -700],
    [1e-7, 'USD', 0],
    [0.1 + 0.2, 'USD', 30],
  ])('%s %s is %d', (value, currency, minor) => {
    expect(parseMinor(value, currency)).toBe(minor);
  });

  test.each([
    '1e3',
    '',
    ' ',
    '-',
    '.',
    '-.',
    'abc',
    '1,000.00',
    '12.3.4',
    '12.34x',
    '+5',
    '--5',
    ' 5',
    '۱۲',
    '0x10',
    '1_0',
    'NaN',
    'Infinity',
  ])('refuses %j', (text) => {
    expect(() => parseMinor(text, 'USD')).toThrow(invalid);
    expect(() => parseMinor(text, 'IRR')).toThrow(invalid);
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e21,
    90071992547409.92,
    '90071992547409.92',
    '9'.repeat(401),
    '9'.repeat(399),
  ])('refuses %s, which is no amount within the safe range', (value) => {
    expect(() => parseMinor(value, 'USD')).toThrow(invalid);
  });

  test('reads back what formatMajor writes', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('USD', 'IRR', 'KWD', 'CLF'), (raw, currency) => {
        const amount = raw + 0;
        expect(parseMinor(formatMajor(amount, currency), currency)).toBe(amount);
      }),
    );
  });
});

test('formatMajor and toMajor', () => {
  expect(formatMajor(1230, 'USD')).toBe('12.30');
  expect(formatMajor(-5, 'USD')).toBe('-0.05');
  expect(formatMajor(0, 'KWD')).toBe('0.000');
  expect(formatMajor(-0, 'USD')).toBe('0.00');
  expect(formatMajor(2_500_000, 'IRR')).toBe('2500000');
  expect(toMajor(-1230, 'USD')).toBe(-12.3);
  expect(() => formatMajor(0.5, 'USD')).toThrow(invalid);
});

describe('displayMoney', () => {
  const plain = (text: string) => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f]/g, ' ');
  test.each([
    [123_456, 'USD', 'en', '$1,234.56'],
    [-123_456, 'USD', 'en', '-$1,234.56'],
    [9_007_199_254_740_991, 'USD', 'en', '$90,071,992,547,409.91'],
    [1234, 'JPY', 'en', '¥1,234'],
    [123_400, 'HUF', 'en', 'HUF 1,234'],
    [123_450, 'HUF', 'en', 'HUF 1,234.50'],
    [250_000, 'IRT', 'en', '250,000 toman'],
    [250_000, 'IRT', 'fa', '۲۵۰٬۰۰۰ تومان'],
    [-250_000, 'IRT', 'fa-IR', '−۲۵۰٬۰۰۰ تومان'],
    [250_000, 'IRR', 'fa', 'ریال ۲۵۰٬۰۰۰'],
    [100, 'B2', 'en', '1.00 B2'],
  ])('%d %s in %s', (amount, currency, locale, text) => {
    expect(plain(displayMoney(amount, currency, { locale }))).toBe(text);
  });

  test('shows rials as tomans where the merchant chooses it', () => {
    expect(plain(displayMoney(2_500_000, 'IRR', { locale: 'fa', tomanForRial: true }))).toBe('۲۵۰٬۰۰۰ تومان');
    expect(plain(displayMoney(-5, 'IRR', { locale: 'en', tomanForRial: true }))).toBe('-0.5 toman');
    expect(plain(displayMoney(100, 'USD', { locale: 'en', tomanForRial: true }))).toBe('$1.00');
  });
});

/** The definition: a quotient rounded on the number line. */
function exact(a: number, b: number, c: number, rounding: Rounding): bigint {
  const floor = (n: bigint, d: bigint) => (n % d !== 0n && n < 0n !== d < 0n ? n / d - 1n : n / d);
  const [product, divisor] = [BigInt(a) * BigInt(b), BigInt(c)];
  if (rounding === 'floor') return floor(product, divisor);
  return rounding === 'ceil' ? -floor(-product, divisor) : floor(2n * product + divisor, 2n * divisor);
}

describe('mulDiv', () => {
  const roundings = ['floor', 'nearest', 'ceil'] as const;

  test.each([
    [5, 1, 2, [2, 3, 3]],
    [-5, 1, 2, [-3, -2, -2]],
    [5, 1, -2, [-3, -2, -2]],
    [7, 1, 3, [2, 2, 3]],
    [-7, 1, 3, [-3, -2, -2]],
    [0, -5, 3, [0, 0, 0]],
    [-1, 1, 3, [-1, 0, 0]],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, Array(3).fill(Number.MAX_SAFE_INTEGER)],
  ])('%d × %d ÷ %d', (a, b, c, expected) => {
    expect(roundings.map((rounding) => mulDiv(a, b, c, rounding))).toEqual(expected);
  });

  test('equals the exact quotient for every sign and size', () => {
    const small = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const any = fc.oneof(small, fc.maxSafeInteger());
    fc.assert(
      fc.property(
        any,
        any,
        any.filter((c) => c !== 0),
        fc.constantFrom(...roundings),
        (a, b, c, rounding) => {
          const expected = exact(a, b, c, rounding);
          if (expected > BigInt(Number.MAX_SAFE_INTEGER) || expected < BigInt(Number.MIN_SAFE_INTEGER))
            expect(() => mulDiv(a, b, c, rounding)).toThrow(invalid);
          else expect(mulDiv(a, b, c, rounding)).toBe(Number(expected));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [1, 1, 0],
    [1.5, 1, 1],
    [1, Number.NaN, 1],
    [1, 1, 2 ** 53],
  ])('refuses %d × %d ÷ %d', (a, b, c) => {
    expect(() => mulDiv(a, b, c, 'floor')).toThrow(invalid);
  });

  test('divideHalfUp', () => {
    expect([divideHalfUp(5, 2), divideHalfUp(-5, 2), divideHalfUp(4, 3)]).toEqual([3, -2, 1]);
  });
});
