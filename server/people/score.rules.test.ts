import { describe, expect, test } from 'vitest';
import { type Scored, scoreOf } from './score.rules.ts';

/** Gaps of 30 days in the middle and of 90 at the end; one to five orders; 10.00 to 50.00. */
const standards = {
  silence: { atRisk: 30, lost: 90 },
  orders: [1, 2, 3, 4],
  revenue: [1_000, 2_000, 3_000, 4_000],
  customers: 5,
};
const customer = (fields: Partial<Scored> = {}): Scored => ({
  silentDays: 0,
  orders: 1,
  revenue: 1_000,
  account: false,
  subscribed: 0,
  ...fields,
});
const points = (fields: Partial<Scored>, name: string, by = standards) =>
  scoreOf(customer(fields), by).parts.find((part) => part.name === name)?.points;

describe('the score', () => {
  test('goes from 0 to 100 and is the sum of its parts', () => {
    const best = { silentDays: 0, orders: 9, revenue: 9_000, account: true, subscribed: 3 };
    const { total, parts } = scoreOf(best, standards);
    expect(total).toBe(100);
    expect(parts).toEqual([
      { name: 'recency', points: 30, most: 30, value: 0 },
      { name: 'frequency', points: 25, most: 25, value: 9 },
      { name: 'spend', points: 25, most: 25, value: 9_000 },
      { name: 'engagement', points: 20, most: 20, value: 4 },
    ]);
    expect(parts.reduce((sum, { most }) => sum + most, 0)).toBe(100);
    const lead = customer({ silentDays: null, orders: 0, revenue: 0 });
    expect(scoreOf(lead, standards)).toMatchObject({
      total: 0,
      parts: [{ value: null }, { value: 0 }, { value: null }, {}],
    });
  });

  test.each([
    [0, 30],
    [30, 30],
    [31, 30],
    [32, 29],
    [60, 15],
    [89, 1],
    [90, 0],
    [4_000, 0],
  ])('gives an order %d days ago %d points, by the gaps of the shop', (silentDays, expected) => {
    expect(points({ silentDays }, 'recency')).toBe(expected);
  });

  test('falls at once where the shop’s gaps are all alike', () => {
    const alike = { ...standards, silence: { atRisk: 30, lost: 30 } };
    expect([30, 31].map((silentDays) => points({ silentDays }, 'recency', alike))).toEqual([30, 0]);
  });

  test.each([
    [1, 5],
    [2, 10],
    [3, 15],
    [4, 20],
    [5, 25],
    [500, 25],
  ])('gives %d orders %d points, by quintiles', (orders, expected) => {
    expect(points({ orders }, 'frequency')).toBe(expected);
  });

  test.each([
    [0, 5],
    [1_000, 5],
    [1_001, 10],
    [4_000, 20],
    [4_001, 25],
  ])('gives a revenue of %d %d points, by quintiles', (revenue, expected) => {
    expect(points({ revenue }, 'spend')).toBe(expected);
  });

  test('gives those whom it knows nobody to compare with the least', () => {
    const nobody = { ...standards, orders: [1, 1, 1, 1], revenue: [1_000, 1_000, 1_000, 1_000] };
    expect(scoreOf(customer(), nobody).total).toBe(40);
  });

  test.each([
    [{ account: true }, 5],
    [{ account: true, subscribed: 1 }, 10],
    [{ subscribed: 3 }, 15],
  ])('counts signs of engagement: %j gives %d, of a lead too', (fields, expected) => {
    expect(points(fields, 'engagement')).toBe(expected);
    expect(scoreOf(customer({ ...fields, silentDays: null, orders: 0, revenue: 0 }), standards).total).toBe(expected);
  });
});
