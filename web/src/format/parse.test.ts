import { expect, it } from 'vitest';
import { parseDecimal } from './parse.ts';

it.each([
  ['12', 12],
  [' 1,250.50 ', 1250.5],
  ['۱۲٬۵۰۰', 12_500],
  ['۴۵٫۵', 45.5],
  ['٣٫٢', 3.2],
  ['-3', -3],
  ['−3', -3],
  ['.5', 0.5],
  ['5.', 5],
])('reads %s', (text, value) => expect(parseDecimal(text)).toBe(value));

it.each(['', '-', '.', 'abc', '1.2.3', '12 apples', '1e5', '٫', '--1', '1'.repeat(16)])('refuses %j', (text) =>
  expect(parseDecimal(text)).toBeNull(),
);
