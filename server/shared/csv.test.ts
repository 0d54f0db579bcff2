import { expect, test } from 'vitest';
import { safeCell } from './csv.ts';

test.each(['=1+1', '+98912', '-2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "=cmd|' /C calc'!A0"])(
  'a spreadsheet takes %j for text',
  (text) => expect(safeCell(text)).toBe(`'${text}`),
);

test.each(['', 'Tea', ' =1', '1-2', 'نگین', "'=1", '2025-03-01'])('%j stays as it is', (text) =>
  expect(safeCell(text)).toBe(text),
);
