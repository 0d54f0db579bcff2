// Breaks the code on purpose, one place at a time, and sees whether a test notices (docs/mutants.md).
//   npm run mutants                          20 places of each folder, and those that are named in areas.ts
//   npm run mutants -- --only tiers --all    every place of one folder
//   npm run mutants -- --per-folder 5 --seed another --json
//   npm run mutants -- --list --only tiers   the ids, tries nothing
// Ends with code 1 where fewer than 85 % are noticed.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AREAS, isMutated, isTest, NAMED, testFilesOf } from './mutants/areas.ts';
import { type Mutation, mutationAt, mutationsOf } from './mutants/mutations.ts';
import { copyOf } from './mutants/process.ts';
import { type AreaReport, isEnough, jsonOf, tableOf } from './mutants/report.ts';
import { sampleOf } from './mutants/sample.ts';
import { type Result, tryAll } from './mutants/trial.ts';

const { values: options } = parseArgs({
  options: {
    'per-folder': { type: 'string', default: '20' },
    only: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    id: { type: 'string', multiple: true },
    list: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);
const tests = files.filter(isTest).map((path) => `server/${path}`);
const textOf = (file: string): string => readFileSync(join(root, 'server', file), 'utf8');
const mutationsIn = (file: string): Mutation[] => mutationsOf(file, textOf(file));

type Job = { area: string; mutations: Mutation[]; tests: readonly string[] };

function jobs(): Job[] {
  const count = options.all ? Number.POSITIVE_INFINITY : Number(options['per-folder']);
  const wanted = (area: string): boolean => !options.only || options.only.includes(area);
  const isAsked = ({ id }: Mutation): boolean => !options.id || options.id.some((part) => id.includes(part));
  const sampled = AREAS.filter(({ folder }) => wanted(folder)).map(({ folder, tests: named }): Job => {
    const all = files.filter((file) => isMutated(folder, file)).flatMap(mutationsIn);
    const mutations = sampleOf(all.filter(isAsked), count, options.seed);
    return { area: folder, mutations, tests: testFilesOf(named, tests) };
  });
  // Each by itself: which tests have to notice is part of what is asked.
  const named = NAMED.filter(() => wanted('named')).map(({ tests: judges, ...change }): Job => {
    const mutation = mutationAt(change.file, textOf(change.file), change);
    return { area: 'named', mutations: isAsked(mutation) ? [mutation] : [], tests: testFilesOf(judges, tests) };
  });
  return [...sampled, ...named].filter(({ mutations }) => mutations.length > 0);
}

async function main(): Promise<void> {
  const todo = jobs();
  if (options.list) return console.log(todo.flatMap(({ mutations }) => mutations.map(({ id }) => id)).join('\n'));
  const copy = copyOf(root);
  const reports = new Map<string, Result[]>();
  for (const job of todo) {
    const results = reports.get(job.area) ?? [];
    reports.set(job.area, results);
    process.stderr.write(`${job.area}: ${job.mutations.length} mutants, ${job.tests.length} test files …\n`);
    await tryAll(copy, job.mutations, job.tests, (result) => {
      results.push(result);
      process.stderr.write(`  ${result.state.padEnd(9)} ${result.mutation.id}${result.by && ` — ${result.by}`}\n`);
    });
  }
  const areas = [...reports].map(([area, results]): AreaReport => ({ area, results }));
  const explained = readFileSync(join(root, 'docs/mutants.md'), 'utf8');
  console.log(options.json ? JSON.stringify(jsonOf(areas), null, 2) : tableOf(areas, explained));
  process.exitCode = isEnough(areas.flatMap(({ results }) => results)) ? 0 : 1;
}

// Ends the running tests and removes the copy, which only an exit of our own does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

await main();
