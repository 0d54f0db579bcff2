import { describe, expect, test } from 'vitest';
import { groupName } from '../../../../server/contracts/groups.ts';
import { customers as english } from '../../../../server/words/en/customers.ts';
import { groupWords } from './group-words.ts';

const writers = {
  month: (key: string) => ({ '2026-03': 'March 2026' })[key] ?? key,
  count: String,
  days: '1 Mar – 31 Mar',
};
const texts: Record<string, string> = english.groups;
const said = (group: string): string => {
  const { key, values } = groupWords(group, writers);
  return (texts[key] ?? `no text ${key}`).replace(/\{\{(\w+)\}\}/g, (_all, name: string) => values[name] ?? 'missing');
};

describe('a group of customers in words', () => {
  test.each([
    ['buyers', 'Bought in 1 Mar – 31 Mar'],
    ['new', 'First order in 1 Mar – 31 Mar'],
    ['returning', 'Came back in 1 Mar – 31 Mar'],
    ['repeat-in-range', 'Two orders or more in 1 Mar – 31 Mar'],
    ['top20', 'The best fifth by revenue in 1 Mar – 31 Mar'],
    ['ever', 'At least one order'],
    ['repeat', 'At least two orders'],
    ['points', 'With points to spend'],
    ['orders:3', 'Number of orders: 3'],
    ['orders:10+', 'Number of orders: 10 or more'],
    ['cohort:2026-03', 'First order in March 2026 (cohort)'],
    ['cohort:2026-03:4', 'First order in March 2026, bought again in month 4 after (cohort)'],
    ['month:2026-03', 'Bought in March 2026'],
    ['month:2026-03:new', 'First order in March 2026'],
    ['month:2026-03:returning', 'Came back in March 2026'],
    ['gap:31-60', '31 to 60 days between two orders'],
    ['gap:366-', '366 days or more between two orders'],
    ['rfm-score:5-4', 'Recency 5, frequency 4'],
    ['channel:online', 'Bought by the channel online in 1 Mar – 31 Mar'],
    ['source:shop: app', 'Bought by the source shop: app in 1 Mar – 31 Mar'],
  ])('%s', (group, words) => {
    expect(groupName.safeParse(group).success).toBe(true);
    expect(said(group)).toBe(words);
  });

  test('that is none is named as it is written', () => {
    expect(said('whoever:1')).toBe('Group whoever:1');
  });
});
