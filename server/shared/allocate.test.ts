import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './allocate.ts';

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
