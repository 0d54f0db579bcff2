import { expect, test } from 'vitest';
import { soon } from './soon.ts';

test('many calls about a shop make one after the pause, and the next one makes another', () => {
  const acted: number[] = [];
  const timers: { work: () => void; ms: number }[] = [];
  const ask = soon(
    (shopId) => acted.push(shopId),
    2_000,
    (work, ms) => timers.push({ work, ms }),
  );
  for (const shopId of [1, 1, 2, 1]) ask(shopId);
  expect(timers.map(({ ms }) => ms)).toEqual([2_000, 2_000]);
  expect(acted).toEqual([]);
  for (const { work } of timers.splice(0)) work();
  expect(acted).toEqual([1, 2]);
  ask(1);
  for (const { work } of timers.splice(0)) work();
  expect(acted).toEqual([1, 2, 1]);
});
