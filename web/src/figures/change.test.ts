import { describe, expect, test } from 'vitest';
import { isGood, moveOf } from './change.ts';
import type { Kind } from './figures.ts';

describe('the move of a figure', () => {
  test.each<[string, Kind, number, number, object]>([
    ['a share goes up in percentage points', 'share', 0.31, 0.28, { direction: 'up', unit: 'points', size: 3 }],
    ['per cent go down in percentage points', 'percent', 96, 98.5, { direction: 'down', unit: 'points', size: 2.5 }],
    ['money goes up by a part of what it was', 'money', 120, 100, { direction: 'up', unit: 'part', size: 0.2 }],
    ['a count goes down by a part of what it was', 'count', 75, 100, { direction: 'down', unit: 'part', size: 0.25 }],
    ['days move by days', 'days', 32, 27, { direction: 'up', unit: 'days', size: 5 }],
    ['less than is shown is no change', 'share', 0.3101, 0.3099, { direction: 'same', unit: 'points', size: 0 }],
    ['nothing stays nothing', 'count', 0, 0, { direction: 'same', unit: 'part', size: 0 }],
  ])('%s', (_name, kind, now, before, move) => {
    const found = moveOf(kind, now, before);
    expect(found && { ...found, size: Number(found.size.toFixed(6)) }).toEqual(move);
  });

  test('is not known where there was nothing before', () => {
    expect(moveOf('count', 5, 0)).toBeNull();
    expect(moveOf('share', 0.5, null)).toBeNull();
    expect(moveOf('money', null, 5)).toBeNull();
  });

  test('is good when it goes the better way, and neither where no way is better', () => {
    const up = moveOf('days', 32, 27);
    expect(up && [isGood(up, 'down'), isGood(up, 'up'), isGood(up, null)]).toEqual([false, true, null]);
    const same = moveOf('days', 27, 27);
    expect(same && isGood(same, 'down')).toBeNull();
  });
});
