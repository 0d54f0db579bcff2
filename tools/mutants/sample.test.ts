import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { AREAS, isMutated, isTest, NAMED, testFilesOf } from './areas.ts';
import { mutationAt, mutationsOf, switched } from './mutations.ts';
import { isEnough, jsonOf, tableOf } from './report.ts';
import { sampleOf, testsFor } from './sample.ts';
import type { Result, State } from './trial.ts';

const server = fileURLToPath(new URL('../../server', import.meta.url));
const files = readdirSync(server, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
const tests = files.filter(isTest).map((path) => `server/${path}`);
const textOf = (file: string): string => readFileSync(join(server, file), 'utf8');
const mutationsIn = (file: string) => mutationsOf(file, textOf(file));

describe('the lists', () => {
  it.each(AREAS)('$folder has places to break, each with an id of its own, and tests', ({ folder, tests: named }) => {
    const mutations = files.filter((file) => isMutated(folder, file)).flatMap(mutationsIn);
    expect(mutations.length).toBeGreaterThan(40);
    expect(new Set(mutations.map(({ id }) => id)).size).toBe(mutations.length);
    for (const name of named) expect(testFilesOf([name], tests), name).not.toEqual([]);
  });

  it('breaks code, not tests, tables and types', () => {
    expect(files.filter((file) => isMutated('tiers', file) && /test|tables|types|fixtures/.test(file))).toEqual([]);
  });

  it('can put every place of a file behind a switch', () => {
    for (const file of files.filter((path) => AREAS.some(({ folder }) => isMutated(folder, path)))) {
      const code = switched(
        textOf(file),
        mutationsIn(file).map((mutation, number) => ({ ...mutation, number })),
      );
      expect(() => mutationsOf(file, code), file).not.toThrow();
    }
  });

  it.each(NAMED)('still finds $code in $file', ({ file, tests: judges, ...change }) => {
    expect(mutationAt(file, textOf(file), change).text).toBe(change.instead);
    for (const name of judges) expect(testFilesOf([name], tests), name).not.toEqual([]);
  });
});

describe('a sample', () => {
  const text = Array.from({ length: 50 }, (_, index) => `b${index} = !a${index};`).join('\n');
  const all = mutationsOf('x/a.ts', text);
  const ids = (mutations: readonly { id: string }[]) => mutations.map(({ id }) => id);

  it('is the same for the same seed, and another for another', () => {
    expect(ids(sampleOf(all, 10, '1'))).toEqual(ids(sampleOf(all, 10, '1')));
    expect(sampleOf(all, 10, '1')).toHaveLength(10);
    expect(ids(sampleOf(all, 10, '2'))).not.toEqual(ids(sampleOf(all, 10, '1')));
    expect(sampleOf(all, Number.POSITIVE_INFINITY, '1')).toEqual(all);
  });

  it('loses one at most to a new place', () => {
    const before = ids(sampleOf(all, 10, '1'));
    const after = new Set(ids(sampleOf(mutationsOf('x/a.ts', `c = !d;\n${text}`), 10, '1')));
    expect(before.filter((id) => !after.has(id)).length).toBeLessThanOrEqual(1);
  });
});

it('asks the nearest tests first, among equals the quickest', () => {
  const near = ['server/x/b.dbtest.ts', 'server/y/a.test.ts', 'server/x/a.rules.test.ts', 'server/x/c.dbtest.ts'];
  const msOf = new Map([['server/x/b.dbtest.ts', 9]]);
  expect(testsFor('x/a.rules.ts', near, msOf)).toEqual([near[2], near[3], near[0], near[1]]);
});

describe('the report', () => {
  const [first, second] = mutationsOf('x/a.ts', 'a = !b;\nc = d && e;');
  if (!first || !second) throw new Error('no mutations');
  const result = (state: State, mutation = first): Result => ({ mutation, state, by: '' });

  it('has a line for each folder and each mutant that nobody noticed, and says which are not explained', () => {
    const reports = [
      { area: 'x', results: [result('killed'), result('survived', second)] },
      { area: 'y', results: [result('timed-out')] },
    ];
    expect(tableOf(reports, `- \`${second.id}\`: the same`).split('\n')).toEqual([
      'folder       mutants    killed  survived timed out    killed',
      'x                  2         1         1         0    50.0 %',
      'y                  1         0         0         1     0.0 %',
      'all                3         1         1         1    33.3 %',
      `${second.id} (line 2)`,
      `${first.id} (line 1): timed out: not explained`,
    ]);
    expect(jsonOf(reports).all).toEqual({ mutants: 3, killed: 1, survived: 1, timedOut: 1 });
  });

  it('is satisfied from 85 % on, and not by nothing', () => {
    const results = Array.from({ length: 20 }, (_, index) => result(index < 17 ? 'killed' : 'survived'));
    expect(isEnough(results)).toBe(true);
    expect(isEnough([...results.slice(1), result('timed-out')])).toBe(false);
    expect(isEnough([])).toBe(false);
  });
});
