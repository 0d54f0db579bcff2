import { describe, expect, test } from 'vitest';
import { together } from './together.usecases.ts';

/** Computations that end when they are told to. */
function setUp() {
  const begun: { key: string; end(value: string): void; fail(): void }[] = [];
  const shared = together<string>();
  const owner = {};
  const ask = (key: string, of: object = owner) =>
    shared(
      of,
      key,
      () => new Promise((resolve, reject) => begun.push({ key, end: resolve, fail: () => reject(new Error('no')) })),
    );
  return { begun, ask };
}

/** Two turns: one to settle what came before, one to begin. */
const turn = async () => {
  for (let n = 0; n < 2; n += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('computing together', () => {
  test('who comes while one runs shares the next, which begins after all of them asked', async () => {
    const { begun, ask } = setUp();
    const [first, same] = [ask('a'), ask('a')];
    expect(begun).toHaveLength(0);
    await turn();
    const later = [ask('a'), ask('a'), ask('a')];
    expect(begun).toHaveLength(1);
    begun[0]?.end('one');
    expect([await first, await same]).toEqual(['one', 'one']);
    await turn();
    expect(begun).toHaveLength(2);
    const latest = ask('a');
    begun[1]?.end('two');
    expect(await Promise.all(later)).toEqual(['two', 'two', 'two']);
    await turn();
    begun[2]?.end('three');
    expect(await latest).toBe('three');
    expect(begun).toHaveLength(3);
  });

  test('other questions, and other owners, have computations of their own', async () => {
    const { begun, ask } = setUp();
    const answers = [ask('a'), ask('b'), ask('a', {})];
    await turn();
    expect(begun.map(({ key }) => key)).toEqual(['a', 'b', 'a']);
    for (const [n, one] of begun.entries()) one.end(String(n));
    expect(await Promise.all(answers)).toEqual(['0', '1', '2']);
  });

  test('a failure is told to those who shared it, and the next begins all the same', async () => {
    const { begun, ask } = setUp();
    const first = ask('a');
    await turn();
    const second = ask('a');
    begun[0]?.fail();
    await expect(first).rejects.toThrow('no');
    await turn();
    begun[1]?.end('yes');
    expect(await second).toBe('yes');
    await turn();
    const third = ask('a');
    await turn();
    expect(begun).toHaveLength(3);
    begun[2]?.end('again');
    expect(await third).toBe('again');
  });
});
