import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../shared/allocate.ts';
import { distinctCounter } from './imports.distinct.ts';
import { stableLineNumber, stableOrderNumber } from './imports.numbers.ts';

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

describe('allocate', () => {
  const money = fc.integer({ min: 0, max: 10 ** 12 });

  it('gives out exactly the amount, nobody a unit from their part, nobody more than their weight', () => {
    fc.assert(
      fc.property(money, fc.array(money, { minLength: 1, maxLength: 20 }), (amount, weights) => {
        const shares = allocate(amount, weights);
        const sum = weights.reduce((total, weight) => total + weight, 0);
        expect(shares.reduce((total, share) => total + share, 0)).toBe(amount);
        if (sum === 0) return;
        shares.forEach((share, index) => {
          const exact = Number((BigInt(amount) * BigInt(weights[index] ?? 0) * 1000n) / BigInt(sum)) / 1000;
          expect(Math.abs(share - exact)).toBeLessThan(1.001);
          if (amount <= sum) expect(share).toBeLessThanOrEqual(weights[index] ?? 0);
        });
      }),
    );
  });

  it('gives what is left to the largest remainders, the earlier first', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(1, [1, 2, 2])).toEqual([0, 1, 0]);
    expect(allocate(5, [0, 0])).toEqual([5, 0]);
    expect(allocate(5, [])).toEqual([]);
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
