import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { mutationsOf } from './mutations.ts';
import { type Result, tryAll } from './trial.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const trees: string[] = [];

afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true, force: true });
});

const CODE = `
export const most = [4, 5].filter((one) => one < 5);
export function pay(points: number, seen: number[]): string {
  if (points === 0) return 'none';
  seen.push(points);
  return 'paid';
}
export const forgotten = (a: boolean) => !a;
export function greet(seen: number[]): string {
  seen.push(1);
  return 'hello';
}
export function wait(times: number): number {
  let done = 0;
  while (done < times) done += 1;
  return done;
}
`;
const TESTS = `
import { beforeEach, describe, expect, it } from 'vitest';
import { greet, most, pay, wait } from './pay.ts';
let seen: number[] = [];
beforeEach(() => { seen = []; });
describe('paying', () => {
  it('of nothing', () => { expect(pay(0, seen)).toBe('none'); });
  it('of something', () => { expect([pay(3, seen), seen]).toEqual(['paid', [3]]); });
});
it('has a most', () => { expect(most).toEqual([4]); });
it('greets', () => { expect(greet(seen)).toBe('hello'); });
it('waits', () => { expect(wait(3)).toBe(3); });
`;

function treeWith(tests: string): string {
  const tree = mkdtempSync(join(tmpdir(), 'bazgasht-trial-'));
  trees.push(tree);
  mkdirSync(join(tree, 'server/shop'), { recursive: true });
  writeFileSync(join(tree, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(tree, 'server/shop/pay.ts'), CODE);
  writeFileSync(join(tree, 'server/shop/pay.test.ts'), tests);
  cpSync(join(root, 'tools/mutants'), join(tree, 'tools/mutants'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
  return tree;
}

const all = mutationsOf('shop/pay.ts', CODE);
const TEST_FILE = ['server/shop/pay.test.ts'];

describe('trying mutants', () => {
  it('tells those that a test noticed from those that none did, and leaves the copy as it was', async () => {
    const tree = treeWith(TESTS);
    const found = new Map<string, Result>();
    const wanted = all.filter(({ id }) => !id.includes(':wait:'));
    await tryAll(tree, wanted, TEST_FILE, (result) => found.set(result.mutation.id, result));
    expect(readFileSync(join(tree, 'server/shop/pay.ts'), 'utf8')).toBe(CODE);
    expect(found.size).toBe(wanted.length);
    const survived = [...found.values()].filter(({ state }) => state === 'survived');
    expect(survived.map(({ mutation: { id }, by }) => [id, by])).toEqual([
      ['shop/pay.ts:forgotten:negate:!a', 'no test runs through it'],
      // Run through, but nobody looks.
      ['shop/pay.ts:greet:drop-call:seen.push(1);', ''],
    ]);
    const by = (id: string) => found.get(`shop/pay.ts:${id}`)?.by;
    expect(by('pay:drop-call:seen.push(points);')).toBe('server/shop/pay.test.ts: paying > of something');
    // Where a file is loaded, too.
    expect(by('top:drop-filter:[4, 5].filter((one) => one < 5)')).toBe('server/shop/pay.test.ts: has a most');
  }, 240_000);

  it('ends a test that never does', async () => {
    const endless = all.filter(({ id }) => id.endsWith(':wait:arithmetic:done += 1'));
    const found: Result[] = [];
    await tryAll(treeWith(TESTS), endless, TEST_FILE, (result) => found.push(result), 15_000);
    expect(found.map(({ state }) => state)).toEqual(['timed-out']);
  }, 240_000);

  it('says nothing where tests fail without any mutant', async () => {
    const broken = TESTS.replace("toBe('none')", "toBe('some')");
    await expect(tryAll(treeWith(broken), all, TEST_FILE, () => {})).rejects.toThrow('paying > of nothing');
  }, 240_000);
});
