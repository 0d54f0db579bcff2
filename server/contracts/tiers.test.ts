import { describe, expect, test } from 'vitest';
import { programRules } from './program.ts';
import { tierProgram } from './tiers.ts';

const level = (id: string, threshold: number, fields: object = {}) => ({ id, name: id, threshold, ...fields });
const messages = (value: unknown): string[] =>
  tierProgram.safeParse(value).error?.issues.map((one) => one.message) ?? [];

describe('a definition of tiers', () => {
  test('is off, by points earned in twelve months, unless it says otherwise', () => {
    expect(tierProgram.parse({ levels: [level('gold', 5)] })).toEqual({
      enabled: false,
      metric: 'earned',
      window: 'rolling-12-months',
      graceDays: 30,
      levels: [
        {
          id: 'gold',
          name: 'gold',
          threshold: 5,
          percent: 100,
          entryBonus: 0,
          perks: { freeShipping: false, earlyAccessTag: null, birthdayBonus: 0, exclusiveRewards: false, gift: null },
        },
      ],
    });
    expect(programRules.parse({ earning: [] }).tiers).toBeUndefined();
  });

  test.each<[string, object[], RegExp]>([
    ['no level', [], /./],
    ['thresholds that fall', [level('a', 5), level('b', 4)], /must rise/],
    ['thresholds that stay', [level('a', 5), level('b', 5)], /must rise/],
    ['an id twice', [level('a', 5), level('a', 6)], /must be unique/],
    ['a bonus for what everybody has', [level('a', 0, { entryBonus: 5 })], /base level/],
    ['less for members than for others', [level('a', 5, { percent: 99 })], /./],
    ['half a point', [level('a', 5, { entryBonus: 0.5 })], /./],
    ['an id with a colon', [level('a:b', 5)], /./],
    ['a name in one language of two', [level('a', 5, { name: { en: 'A' } })], /./],
  ])('is refused with %s', (_name, levels, sentence) => {
    expect(messages({ levels }).join('\n')).toMatch(sentence);
  });
});
