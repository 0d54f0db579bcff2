import { afterEach, expect, test } from 'vitest';
import { createCache, DEFAULT_CACHE_MB, setCacheMemory } from './cache.ts';

const MEGABYTE = 2 ** 20;
const cacheOf = createCache<string, { bytes: number }>({
  name: 'test',
  share: 0.02,
  bytesOf: ({ bytes }) => bytes,
  entries: 10,
});
const of = (megabytes: number) => ({ bytes: megabytes * MEGABYTE });

afterEach(() => setCacheMemory(DEFAULT_CACHE_MB));

test('holds its share of the memory for caches, and lets go of what was asked for longest ago', () => {
  setCacheMemory(500);
  const cache = cacheOf({});
  for (const key of ['a', 'b', 'c']) cache.set(key, of(3));
  cache.get('a');
  cache.set('d', of(3));
  expect([...cache.keys()].sort()).toEqual(['a', 'c', 'd']);
  expect(cache.calculatedSize).toBeLessThanOrEqual(10 * MEGABYTE);
});

test('what alone exceeds the share is not held, and takes nothing else’s place', () => {
  setCacheMemory(500);
  const cache = cacheOf({});
  cache.set('small', of(1));
  cache.set('large', of(11));
  expect([...cache.keys()]).toEqual(['small']);
});

test('what takes nothing counts, too: there is a bound on entries', () => {
  const cache = cacheOf({});
  for (let key = 0; key < 20; key += 1) cache.set(String(key), of(0));
  expect(cache.size).toBe(10);
});

test('each owner has a cache of its own, and keeps it', () => {
  const [one, other] = [{}, {}];
  cacheOf(one).set('a', of(1));
  expect([cacheOf(one).has('a'), cacheOf(other).has('a')]).toEqual([true, false]);
});

test('what is missing is made once, however many ask; what failed is made again', async () => {
  const cache = cacheOf({});
  let made = 0;
  const ask = () =>
    cache.forceFetch('a', {
      context: async () => {
        made += 1;
        if (made === 1) throw new Error('not today');
        return of(1);
      },
    });
  await expect(Promise.all([ask(), ask()])).rejects.toThrow('not today');
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([of(1), of(1), of(1)]);
  expect(made).toBe(2);
});

test('who waits for what was let go of meanwhile, or does not fit, gets it all the same', async () => {
  const cache = cacheOf({});
  let go = () => {};
  const waited = cache.forceFetch('slow', {
    context: async () => {
      await new Promise<void>((resolve) => {
        go = resolve;
      });
      return of(1);
    },
  });
  for (let key = 0; key < 20; key += 1) cache.set(String(key), of(0));
  go();
  expect(await waited).toEqual(of(1));
  expect(await cache.forceFetch('large', { context: async () => of(1_000) })).toEqual(of(1_000));
  expect(cache.has('large')).toBe(false);
});

test('more than the whole is not shared out', () => {
  expect(() => createCache<string, object>({ name: 'greedy', share: 0.99, bytesOf: () => 1 })).toThrow(
    /"greedy" wants more/,
  );
});
