import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Mutation, switched } from './mutations.ts';
import { type Ended, runPlan } from './process.ts';
import { testsFor } from './sample.ts';
import type { FilePlan, Plan } from './switch.ts';

export type State = 'killed' | 'survived' | 'timed-out';
/** `by`: the test that noticed; or why none could. */
export type Result = { mutation: Mutation; state: State; by: string };

type Numbered = Mutation & { number: number };
/** Runs a plan in the copy. */
type Run = (plan: Omit<Plan, 'out'>) => Promise<Ended>;

/** What the tests ran through with no mutant in force. */
type Baseline = {
  /** For each mutant, the tests that meet it, by their files; null: all of a file. */
  meets: Map<number, Map<string, Set<string> | null>>;
  /** Met while files are loaded: has to be there from the beginning. */
  loaded: Set<number>;
  /** How long each file's tests took, in ms. */
  msOf: Map<string, number>;
};

/** Mutants in one process: enough that loading counts little, few enough that none waits long for the first word. */
const BATCH = 12;
/** Silence, at least; no test takes nearly as long. */
const SILENT_MS = 120_000;

class Broken extends Error {}

/**
 * Tries mutants one after the other: each against those tests that run through it, until the first fails.
 * @param copy a copy of the tree, which is as before when it resolves
 * @param tests test files, by their paths from the project's folder
 * @param onResult called as soon as something is known, in no order
 * @param silentMs how long a test may take before it counts as endless
 * @throws Broken where the tests fail without any mutant
 */
export async function tryAll(
  copy: string,
  mutations: readonly Mutation[],
  tests: readonly string[],
  onResult: (result: Result) => void,
  silentMs = SILENT_MS,
): Promise<void> {
  const run: Run = (plan) => runPlan(copy, plan, silentMs);
  const numbered = mutations.map((mutation, number): Numbered => ({ ...mutation, number }));
  const restore = switchOn(copy, numbered);
  try {
    const baseline = await baselineOf(run, tests);
    const apart: Numbered[] = [];
    const together: Numbered[] = [];
    for (const mutant of numbered) {
      if (baseline.loaded.has(mutant.number)) apart.push(mutant);
      else if (baseline.meets.has(mutant.number)) together.push(mutant);
      else onResult({ mutation: mutant, state: 'survived', by: 'no test runs through it' });
    }
    const filesOf = (mutant: Numbered): FilePlan[] => filesFor(mutant, baseline, tests);
    for (let at = 0; at < together.length; at += BATCH)
      apart.push(...(await tryTogether(run, together.slice(at, at + BATCH), filesOf, onResult)));
    for (const mutant of apart) onResult(await tryApart(run, mutant, filesOf(mutant), baseline.loaded));
  } finally {
    restore();
  }
}

/** Puts every mutant behind its switch. @returns undoes it */
function switchOn(copy: string, numbered: readonly Numbered[]): () => void {
  const texts = new Map<string, string>();
  for (const [file, mutants] of Map.groupBy(numbered, (mutant) => mutant.file)) {
    const path = join(copy, 'server', file);
    const text = readFileSync(path, 'utf8');
    texts.set(path, text);
    writeFileSync(path, switched(text, mutants));
  }
  return () => {
    for (const [path, text] of texts) writeFileSync(path, text);
  };
}

async function baselineOf(run: Run, tests: readonly string[]): Promise<Baseline> {
  const files = tests.map((path): FilePlan => ({ path, tests: null }));
  const { lines, late, output } = await run({ loadedWith: null, mutants: [{ number: null, files }] });
  const verdict = lines.find((line) => line.tag === 'verdict');
  if (late) throw new Broken('without a mutant, a test never ended');
  if (!verdict) throw new Broken(`the tests did not run: ${output.trim().slice(-2_000)}`);
  if (verdict.killedBy !== null) throw new Broken(`without a mutant, a test fails: ${verdict.killedBy}`);
  const baseline: Baseline = { meets: new Map(), loaded: new Set(), msOf: new Map() };
  for (const line of lines) {
    if (line.tag !== 'met') continue;
    const { file, test, mutants, ms } = line;
    if (file !== null) baseline.msOf.set(file, (baseline.msOf.get(file) ?? 0) + ms);
    for (const number of mutants) {
      if (file === null) baseline.loaded.add(number);
      else addMeeting(baseline.meets, number, file, test);
    }
  }
  return baseline;
}

function addMeeting(meets: Baseline['meets'], number: number, file: string, test: string | null): void {
  const files = meets.get(number) ?? new Map<string, Set<string> | null>();
  meets.set(number, files);
  const known = files.get(file);
  if (test === null || known === null) files.set(file, null);
  else files.set(file, (known ?? new Set<string>()).add(test));
}

function filesFor({ file, number }: Numbered, { meets, loaded, msOf }: Baseline, tests: readonly string[]): FilePlan[] {
  const ordered = testsFor(file, tests, msOf);
  if (loaded.has(number)) return ordered.map((path) => ({ path, tests: null }));
  const met = meets.get(number) ?? new Map<string, Set<string> | null>();
  return ordered
    .filter((path) => met.has(path))
    .map((path) => {
      const names = met.get(path) ?? null;
      return { path, tests: names && [...names] };
    });
}

/** @returns those of which nothing is known, since the process ended before */
async function tryTogether(
  run: Run,
  mutants: readonly Numbered[],
  filesOf: (mutant: Numbered) => FilePlan[],
  onResult: (result: Result) => void,
): Promise<Numbered[]> {
  let left = [...mutants];
  const suspects: Numbered[] = [];
  while (left.length > 0) {
    const plan = {
      loadedWith: null,
      mutants: left.map((mutant) => ({ number: mutant.number, files: filesOf(mutant) })),
    };
    const ended = await run(plan);
    const known = new Set<number>();
    for (const mutant of left) {
      const result = resultOf(mutant, ended);
      if (!result) continue;
      known.add(mutant.number);
      onResult(result);
    }
    left = left.filter(({ number }) => !known.has(number));
    // They run in order: the first without a word is the one that stood still, or ended the process.
    suspects.push(...left.splice(0, 1));
  }
  return suspects;
}

async function tryApart(run: Run, mutant: Numbered, files: FilePlan[], loaded: Set<number>): Promise<Result> {
  const loadedWith = loaded.has(mutant.number) ? mutant.number : null;
  const ended = await run({ loadedWith, mutants: [{ number: mutant.number, files }] });
  const result = resultOf(mutant, ended);
  if (result) return result;
  const by = ended.late ? 'no word for too long' : 'the process of the tests ended';
  return { mutation: mutant, state: ended.late ? 'timed-out' : 'killed', by };
}

function resultOf(mutant: Numbered, { lines }: Ended): Result | undefined {
  const verdict = lines.find((line) => line.tag === 'verdict' && line.number === mutant.number);
  if (verdict?.tag !== 'verdict') return undefined;
  const { killedBy } = verdict;
  return { mutation: mutant, state: killedBy === null ? 'survived' : 'killed', by: killedBy ?? '' };
}
