import { describe, expect, test } from 'vitest';
import { minorDigits as serverDigits } from '../../../server/shared/money.ts';
import { minorDigits, minorOfTyped, typedOfMinor, wholeOfTyped } from './minor.ts';

const dollars = { currency: 'USD', showToman: false };

describe('minor units', () => {
  test.each('USD EUR JPY KWD IRR IRT CLF CLP HUF XYZ VND'.split(' '))(
    '%s has the digits that the server gives',
    (code) => {
      expect(minorDigits(code)).toBe(serverDigits(code));
    },
  );

  test.each<[typed: string, currency: string, showToman: boolean, minor: number | null]>([
    ['1', 'USD', false, 100],
    ['1,234.56', 'USD', false, 123_456],
    ['۱۲٬۵۰۰', 'IRR', false, 12_500],
    ['۱۲٬۵۰۰', 'IRR', true, 125_000],
    ['۱۲٫۵', 'USD', false, 1_250],
    ['0.1', 'USD', false, 10],
    ['4.35', 'USD', false, 435],
    ['1.005', 'USD', false, null],
    ['1.5', 'IRT', false, null],
    ['1.234', 'KWD', false, 1_234],
    ['-1', 'USD', false, null],
    ['', 'USD', false, null],
    ['12 dollars', 'USD', false, null],
    ['1e3', 'USD', false, null],
  ])('"%s" in %s (toman: %s) is %s', (typed, currency, showToman, minor) => {
    expect(minorOfTyped(typed, { currency, showToman })).toBe(minor);
  });

  test('what is shown in a field is read back as it was', () => {
    for (const minor of [0, 1, 10, 99, 435, 123_456, 1_000_000_000_000]) {
      expect(minorOfTyped(typedOfMinor(minor, dollars), dollars)).toBe(minor);
    }
  });

  test('whole numbers are read in digits of any script', () => {
    expect(['۴۲', '٤٬٢٠٠', '4.2', '−3', ''].map(wholeOfTyped)).toEqual([42, 4_200, null, -3, null]);
  });
});
