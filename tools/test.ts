// Runs every check of the project and ends with one line that counts them all. `--fast` leaves out what needs a server
// or repeats; step names as arguments run only those steps.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startProgress } from './progress.ts';
import { count, describe, type Outcome, readTally, runStep, type Step, scratchFolder } from './steps.ts';

const scratch = scratchFolder();

const checks: Step[] = [
  { name: 'types', command: ['node_modules/typescript/bin/tsc'] },
  { name: 'types of the admin', command: ['node_modules/typescript/bin/tsc', '-p', 'web'] },
  {
    name: 'types of the browser tests',
    command: ['node_modules/typescript/bin/tsc', '-p', 'server/e2e/browser'],
  },
  { name: 'lint', command: ['node_modules/@biomejs/biome/bin/biome', 'check'] },
  { name: 'knip', command: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  { name: 'migrations', command: ['tools/migrations.ts', '--check'] },
  { name: 'codegen', command: ['tools/codegen.ts', '--check'] },
];
/** Whole processes and thousands of hostile bodies: the quick check leaves them to the full run. */
const LONG = [
  'server/e2e/**',
  'server/cli/**',
  'server/**/fuzz.dbtest.ts',
  'server/points/*.dbtest.ts',
  'tools/mutants/trial.test.ts',
];
const fast = [vitest('unit'), vitest('web'), vitest('sqlite', ...LONG.map((files) => `--exclude=${files}`))];
const full = [vitest('unit'), vitest('web'), vitest('sqlite')];
const slow = [
  vitest('postgres'),
  vitest('e2e'),
  vitest('shuffled', '--sequence.shuffle.files', '--sequence.shuffle.tests'),
];

function vitest(project: string, ...options: string[]): Step {
  const reporters = ['--reporter=minimal', '--reporter=./tools/tally-reporter.ts'];
  return {
    name: project,
    command: ['node_modules/vitest/vitest.mjs', 'run', '--project', project, ...options, ...reporters],
    tallyFile: join(scratch, `${project}.json`),
  };
}

function chosen(): Step[] {
  const { values, positionals } = parseArgs({
    options: { fast: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const all = [...checks, ...full, ...slow];
  const unknown = positionals.find((name) => !all.some((step) => step.name === name));
  if (unknown) {
    console.error(`No step is called "${unknown}". There are: ${all.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  if (positionals.length) return all.filter((step) => positionals.includes(step.name));
  return values.fast ? [...checks, ...fast] : all;
}

/** Runs the steps a few at a time, in order, and tells about each as soon as it ends. */
async function runAll(steps: Step[], atOnce: number): Promise<Outcome[]> {
  const waiting = [...steps];
  const outcomes: Outcome[] = [];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const progress = startProgress(step);
      const outcome = await runStep(step);
      if (step.name === 'shuffled') outcome.name += ` (seed ${readTally(step.tallyFile ?? '').seed})`;
      progress.end(describe(outcome));
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return outcomes;
}

// Ends the running steps and removes what they left, which only an exit of our own does.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

const steps = chosen();
const checked = await runAll(
  steps.filter(({ tallyFile }) => !tallyFile),
  3,
);
// vitest uses all cores itself.
const tested = await runAll(
  steps.filter(({ tallyFile }) => tallyFile),
  1,
);

const total = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
for (const { name, passed, failed, skipped } of [...checked, ...tested]) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped.length;
  if (failed) failures.push(name);
}
if (failures.length) console.log(`\nfailed: ${failures.join(', ')}`);
console.log(count(total.passed, total.failed, total.skipped));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
