import { appendFileSync, readFileSync } from 'node:fs';
import { type RunnerTask, type RunnerTestCase, type RunnerTestSuite, TestRunner } from 'vitest';
import { current, install, type Line, type Plan, takeMet } from './switch.ts';

export const plan: Plan = JSON.parse(readFileSync(process.env.BAZGASHT_MUTANTS_PLAN ?? '', 'utf8'));
const recording = plan.mutants.some(({ number }) => number === null);
current.number = plan.loadedWith;
install(recording);

export const write = (line: Line): void => appendFileSync(plan.out, `${JSON.stringify(line)}\n`);

/** Notes what was run through since the last note. */
export function note(ms = 0): void {
  const mutants = takeMet();
  const { file, test } = current;
  if (recording && (test !== null || mutants.length > 0)) write({ tag: 'met', file, test, mutants, ms });
}

export const nameOfMutant = (index: number): string => `mutant ${index}`;
export const nameOfFile = (path: string): string => `file ${path}`;

/** Puts the mutant of each group of tests in force, runs those tests of it that meet it, and ends it with the first that fails. */
export default class MutantRunner extends TestRunner {
  private killedBy: string | null = null;

  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const [mutant, file, ...inside] = namesOf(suite);
    const asked = plan.mutants.find((_asked, index) => nameOfMutant(index) === mutant);
    if (!asked || inside.length > 0) return;
    if (file === undefined) {
      this.killedBy = null;
      current.number = asked.number;
      return;
    }
    note();
    const found = asked.files.find(({ path }) => nameOfFile(path) === file);
    if (found) current.file = found.path;
    if (found?.tests) skip(suite, new Set(found.tests));
  }

  override async onBeforeRunTask(test: RunnerTask): Promise<void> {
    await super.onBeforeRunTask(test);
    note();
    current.test = testName(test);
  }

  override onAfterRunTask(test: RunnerTestCase): void {
    super.onAfterRunTask(test);
    if (test.result?.state === 'fail' && this.killedBy === null) {
      this.killedBy = `${current.file}: ${testName(test)}`;
      if (recording) this.killedBy += `: ${test.result.errors?.[0]?.message}`;
      else skip(topOf(test), new Set());
    }
    note(test.result?.duration);
    current.test = null;
    if (test.result?.state !== 'skip') write({ tag: 'alive' });
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    const [mutant, file, ...inside] = namesOf(suite);
    const asked = plan.mutants.find((_asked, index) => nameOfMutant(index) === mutant);
    if (!asked) return;
    const error = suite.result?.errors?.[0];
    if (error) this.killedBy ??= `${current.file}: ${error.message}`;
    if (file !== undefined && inside.length === 0) note();
    if (file === undefined) write({ tag: 'verdict', number: asked.number, killedBy: this.killedBy });
  }
}

/** The names from the mutant's group down to a task. */
function namesOf(task: RunnerTask): string[] {
  const names: string[] = [];
  for (let at: RunnerTask | undefined = task; at && at !== at.file; at = at.suite) names.unshift(at.name);
  return names;
}

/** Below its file. */
const testName = (test: RunnerTask): string => namesOf(test).slice(2).join(' > ');

function topOf(test: RunnerTestCase): RunnerTestSuite {
  let top: RunnerTask = test;
  while (top.suite && top.suite !== top.file) top = top.suite;
  return top as RunnerTestSuite;
}

/** Leaves out what has not begun yet, but for some tests. @returns whether anything is left to run */
function skip(suite: RunnerTestSuite, wanted: ReadonlySet<string>): boolean {
  let left = false;
  for (const task of suite.tasks) {
    if (task.type === 'suite') left = skip(task, wanted) || left;
    else if (wanted.has(testName(task))) left = true;
    else if (task.result === undefined) task.mode = 'skip';
  }
  if (!left && suite.result === undefined && namesOf(suite).length > 1) suite.mode = 'skip';
  return left;
}
