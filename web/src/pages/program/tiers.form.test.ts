import { describe, expect, test } from 'vitest';
import { tierProgram } from '../../../../server/contracts/tiers.ts';
import type { TierLevel, TierProgram } from '../../api/program.ts';
import { formOfLevel, levelOfForm, newLevel, usualTiers, withLevel, withMetric } from './tiers.form.ts';

const habit = { currency: 'USD', showToman: false };
const tiers = (change: object): TierProgram =>
  tierProgram.parse({ levels: [{ id: 'a', name: 'A', threshold: 5 }], ...change });
const [bronze, silver, gold] = usualTiers().levels as [TierLevel, TierLevel, TierLevel];

describe('a level in a form', () => {
  test.each<[string, object]>([
    ['plain', { id: 'a', name: 'A', threshold: 500 }],
    ['in two languages', { id: 'a', name: { en: 'A', fa: 'آ' }, threshold: 0, percent: 115 }],
    [
      'with everything',
      {
        id: 'a',
        name: 'A',
        threshold: 12_345,
        percent: 250,
        entryBonus: 7,
        perks: { freeShipping: true, earlyAccessTag: 'vip', birthdayBonus: 9, exclusiveRewards: true, gift: 'A cup' },
      },
    ],
  ])('%s comes out as it went in', (_name, given) => {
    for (const metric of ['earned', 'spend', 'orders'] as const) {
      const [level] = tiers({ levels: [given] }).levels as [TierLevel];
      expect(levelOfForm(formOfLevel(level, metric, habit), { metric, habit, others: [] })).toEqual({ level });
    }
  });

  test('gets an id of its name, which it keeps', () => {
    const around = { metric: 'earned' as const, habit, others: [bronze, silver, gold] };
    const idOf = (en: string) => {
      const read = levelOfForm({ ...newLevel(), en, threshold: '9000' }, around);
      return 'level' in read ? read.level.id : read.faults;
    };
    expect([idOf('Café Club 1'), idOf('Gold'), idOf('الماس'), idOf('1st'), idOf('-')]).toEqual([
      ...['cafe-club-1', 'gold-2', 'tier', 'st', 'tier'],
    ]);
    for (const id of ['cafe-club-1', 'gold-2', 'tier'])
      expect(tiers({ levels: [{ ...gold, id }] }).levels[0]?.id).toBe(id);
    const renamed = { ...formOfLevel(gold, 'earned', habit), en: 'Platinum' };
    expect(levelOfForm(renamed, { ...around, others: [bronze, silver] })).toMatchObject({ level: { id: 'gold' } });
  });

  test.each([
    [{ en: ' ' }, { en: 'name' }],
    [{ threshold: 'x' }, { threshold: 'threshold' }],
    [{ threshold: '500' }, { threshold: 'thresholdTaken' }],
    [{ factor: '0.9' }, { factor: 'factor' }],
    [{ entryBonus: '1.5' }, { entryBonus: 'points' }],
    [{ gift: 'x'.repeat(501) }, { gift: 'long' }],
  ])('says what is wrong with %j', (change, faults) => {
    const form = { ...newLevel(), en: 'New', threshold: '700', ...change };
    expect(levelOfForm(form, { metric: 'earned', habit, others: [bronze, silver] })).toEqual({ faults });
  });

  test('gives no bonus for what everybody has', () => {
    const form = { ...newLevel(), en: 'Base', threshold: '0', entryBonus: '5' };
    expect(levelOfForm(form, { metric: 'earned', habit, others: [] })).toEqual({ faults: { entryBonus: 'baseBonus' } });
  });
});

describe('levels', () => {
  test('stand from the lowest threshold up', () => {
    expect(withLevel([bronze, gold], silver).map(({ id }) => id)).toEqual(['bronze', 'silver', 'gold']);
    expect(withLevel([bronze, silver, gold], { ...silver, threshold: 2_000 }).map(({ id }) => id)).toEqual([
      ...['bronze', 'gold', 'silver'],
    ]);
  });

  test('to begin with are some that the contract takes', () => {
    expect(tierProgram.parse(usualTiers())).toEqual(usualTiers());
  });

  test('keep the numbers that are seen when the metric changes', () => {
    const spend = withMetric(usualTiers(), 'spend', habit);
    expect(spend.levels.map(({ threshold }) => threshold)).toEqual([0, 50_000, 150_000]);
    expect(withMetric(spend, 'earned', habit)).toEqual(usualTiers());
    expect(withMetric(usualTiers(), 'orders', habit).levels).toEqual(usualTiers().levels);
  });

  test('still rise when cents become points', () => {
    const close = tiers({
      metric: 'spend',
      levels: [0, 10, 20, 120, 130].map((threshold, n) => ({ id: `l${n}`, name: 'L', threshold })),
    });
    const changed = withMetric(close, 'earned', habit);
    expect(changed.levels.map(({ threshold }) => threshold)).toEqual([0, 1, 2, 3, 4]);
    expect(tierProgram.parse(changed)).toEqual(changed);
  });
});
