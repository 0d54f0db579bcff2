import { describe, expect, test } from 'vitest';
import type { Kpis } from '../../api/numbers.ts';
import { cohortRows, together } from './cohort-rows.ts';
import { ladderOf } from './ladder-rows.ts';
import { monthsIn } from './months-in.ts';

const cohort = (size: number, active: number[], revenue: number[]) => ({
  size,
  active,
  revenue,
  retention: active.map((count) => count / size),
  cumulative_revenue: revenue.map((_, at) => revenue.slice(0, at + 1).reduce((sum, one) => sum + one, 0)),
});
const numbers = {
  monthly: { '2026-01': {}, '2026-02': {}, '2026-03': {} },
  // Retention of a month is told when it is over.
  crr: { '2026-01': {}, '2026-02': {} },
  cohorts: {
    '2026-01': cohort(10, [10, 4, 1], [100, 30, 5]),
    '2026-02': cohort(30, [30, 3], [300, 60]),
    '2026-03': cohort(5, [5], [50]),
  },
} as unknown as Pick<Kpis, 'cohorts' | 'monthly' | 'crr'>;

describe('cohorts', () => {
  test('end with a month that is not over', () => {
    expect(cohortRows(numbers, 'retention').map(({ key, months, open }) => [key, months, open])).toEqual([
      ['2026-01', [1, 0.4, 0.1], true],
      ['2026-02', [1, 0.1], true],
      ['2026-03', [1], true],
    ]);
    const over = { ...numbers, crr: { ...numbers.crr, '2026-03': {} } } as unknown as typeof numbers;
    expect(cohortRows(over, 'retention').some(({ open }) => open)).toBe(false);
  });

  test('a cohort that is followed no longer has no open month', () => {
    const keys = Array.from({ length: 15 }, (_, at) => `20${20 + Math.floor(at / 12)}-${String((at % 12) + 1)}`);
    const long = {
      monthly: Object.fromEntries(keys.map((key) => [key, {}])),
      crr: {},
      cohorts: { [keys[0] ?? '']: cohort(2, Array(13).fill(1), Array(13).fill(1)) },
    } as unknown as typeof numbers;
    expect(cohortRows(long, 'retention').map(({ open }) => open)).toEqual([false]);
  });

  test('together weigh by size and leave out what is not over', () => {
    // 4 of 10 and nobody else: February's customers are in a month that goes on.
    expect(together(cohortRows(numbers, 'retention'), 'retention')).toEqual([1, 0.4, null]);
    // 400 spent by 40 customers, 30 by 10.
    expect(together(cohortRows(numbers, 'revenue'), 'revenue')).toEqual([10, 3, null]);
  });

  test('can be shown by what they spent, month by month or so far', () => {
    expect(cohortRows(numbers, 'cumulative').map(({ months }) => months)).toEqual([[100, 130, 135], [300, 360], [50]]);
  });
});

describe('the ladder', () => {
  test('counts who has so many or more, and who of them has one more', () => {
    const rungs = ladderOf({ 1: 60, 2: 30, 3: 0, '10+': 10 });
    expect(rungs.map(({ atLeast, next }) => [atLeast, next])).toEqual([
      [100, 0.4],
      [40, 0.25],
      [10, 1],
      [10, null],
    ]);
  });

  test('divides nothing by nobody', () => {
    expect(ladderOf({ 1: 0, 2: 0, '10+': 0 }).map(({ next }) => next)).toEqual([null, null, null]);
  });
});

test.each([
  [null, 2],
  [{ from: '2026-05-31', to: '2026-06-01' }, 2],
  [{ from: '2025-06-02', to: '2026-06-01' }, 14],
  [{ from: '2000-01-01', to: '2026-06-01' }, 36],
])('as many months are asked for as a range may touch', (range, months) => {
  expect(monthsIn(range)).toBe(months);
});
