import { describe, expect, test } from 'vitest';
import { program, spendRule } from '../points/points.fixtures.ts';
import { looksAcross, versionAt } from './program.usecases.ts';

describe('the version in force', () => {
  const versions = [10, 20, 20].map((effectiveFrom, index) => ({
    version: index + 1,
    effectiveFrom,
    rules: program([]),
  }));

  test.each([
    [9, 1],
    [10, 1],
    [19, 1],
    [20, 3],
    [99, 3],
  ])('at %i is version %i', (instant, version) => {
    expect(versionAt(versions, instant)?.version).toBe(version);
  });

  test('is none where there is none', () => {
    expect(versionAt([], 0)).toBeNull();
  });
});

describe('a program looks beyond a single order', () => {
  test.each<[string, object, boolean]>([
    ['for a cap of a day', spendRule({ caps: { day: 5 } }), true],
    ['for a cap of a lifetime', spendRule({ caps: { lifetime: 0 } }), true],
    ['not for a cap of an order', spendRule({ caps: { order: 5 } }), false],
    ['for the n-th purchase', { id: 'n', type: 'nth', n: 1, points: 5 }, true],
    ['not for a rule that is off', { id: 'n', type: 'nth', n: 1, points: 5, enabled: false }, false],
    ['not for a sign-up', { id: 's', type: 'signup', points: 5 }, false],
  ])('%s', (_name, rule, expected) => {
    expect(looksAcross(program([rule]))).toBe(expected);
  });
});
