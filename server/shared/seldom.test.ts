import { expect, it } from 'vitest';
import { seldom } from './seldom.ts';

it('says the first at once, then counts, and says how often it happened', () => {
  const said: object[] = [];
  let now = 0;
  const say = seldom<{ what: string }>(
    (facts) => said.push(facts),
    () => now,
  );
  for (; now < 65_000; now += 10_000) say({ what: 'away' });
  expect(said).toEqual([
    { what: 'away', times: 1 },
    { what: 'away', times: 3 },
    { what: 'away', times: 3 },
  ]);
});
