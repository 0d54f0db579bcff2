import { describe, expect, test } from 'vitest';
import { adjustment } from '../../../../../server/contracts/customers.ts';
import { adjustmentOf, EMPTY } from './adjust.rules.ts';

describe('an adjustment in a form', () => {
  test('gives or takes off', () => {
    const give = adjustmentOf({ direction: 'give', points: '۱٬۰۰۰', reason: ' A gift ' }, 0);
    expect(give).toEqual({ points: 1000, reason: 'A gift', faults: {} });
    const take = adjustmentOf({ direction: 'take', points: '40', reason: 'Mistake' }, 40);
    expect(take).toEqual({ points: -40, reason: 'Mistake', faults: {} });
    for (const { points, reason } of [give, take])
      expect(adjustment.parse({ points, reason })).toEqual({ points, reason });
  });

  test.each([
    [{ points: '' }, { points: 'badPoints' }],
    [{ points: '0' }, { points: 'badPoints' }],
    [{ points: '-5' }, { points: 'badPoints' }],
    [{ points: '1.5' }, { points: 'badPoints' }],
    [{ points: '1000000001' }, { points: 'badPoints' }],
    [{ direction: 'take' as const, points: '101' }, { points: 'tooMany' }],
    [{ reason: '  ' }, { reason: 'badReason' }],
    [{ reason: 'two\nlines' }, { reason: 'badReason' }],
    [{ reason: 'x'.repeat(501) }, { reason: 'badReason' }],
  ])('says what is wrong with %j', (change, faults) => {
    expect(adjustmentOf({ ...EMPTY, points: '5', reason: 'Why', ...change }, 100).faults).toEqual(faults);
  });
});
