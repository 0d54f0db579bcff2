import { expect, test } from 'vitest';
import { forEach } from './each.ts';

test('one that fails keeps no other from its turn, and the first failure is told', async () => {
  const seen: number[] = [];
  const work = forEach([1, 2, 3, 4], async (item) => {
    seen.push(item);
    if (item % 2 === 1) throw new Error(`no ${item}`);
  });
  await expect(work).rejects.toThrow('no 1');
  expect(seen).toEqual([1, 2, 3, 4]);
});
