import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { history } from './sandbox.model.ts';
import { pastRandom } from './sandbox.random.ts';

test('stores that exist keep the past that they were made with', () => {
  const random = pastRandom(1);
  expect([random.next(), random.next(), random.next(), random.whole(1_000)]).toEqual([
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522, 981,
  ]);
  const made = createHash('sha256').update(JSON.stringify(history())).digest('hex');
  expect(made).toBe('702a471d5db795f79b5522c9207dea58818d7b72d12cfeb362367b6854c1ed8d');
});
