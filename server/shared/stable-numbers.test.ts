import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctCounter } from '../imports/imports.distinct.ts';
import { stableLineNumber, stableOrderNumber } from './stable-numbers.ts';

describe('stableOrderNumber', () => {
  it.each(['1', '536365', '5000000536365', '9007199254740991'])('leaves the number %s alone', (id) => {
    expect(stableOrderNumber(id)).toBe(id);
  });

  it('never changes: these are what installed shops have stored', () => {
    expect(stableOrderNumber('cdnow-1-19970101')).toBe('3883125287692816');
    expect(stableLineNumber('536365', 0)).toBe('3842866913237219');
  });

  it('makes a number of its own of any other text, exact in JSON and far from small ids', () => {
    const odd = ['0', '007', '-5', '1.0', '9007199254740992', ' 1', 'A1', '', '١٢', '1e3'];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...odd), fc.string()), (id) => {
        if (/^[1-9]\d{0,14}$/.test(id)) return;
        const number = Number(stableOrderNumber(id));
        expect(number).toBeGreaterThanOrEqual(2 ** 51);
        expect(number).toBeLessThan(2 ** 52);
        expect(String(number)).toBe(stableOrderNumber(id));
      }),
    );
    expect(new Set(odd.map(stableOrderNumber)).size).toBe(odd.length);
  });
});

it('counts distinct ids as a set does', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(500).map(String), fc.string({ maxLength: 3 })), { maxLength: 300 }), (ids) => {
      const counter = distinctCounter();
      for (const id of ids) counter.add(id);
      expect(counter.count()).toBe(new Set(ids).size);
    }),
  );
  const counter = distinctCounter();
  for (let id = 1; id <= 20_000; id += 1) counter.add(`${5_000_000_000_000 + (id % 15_000) * 1024}`);
  expect(counter.count()).toBe(15_000);
});
