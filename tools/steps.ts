import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tally } from './tally-reporter.ts';

export interface Step {
  name: string;
  /** A JavaScript or TypeScript file, from the project's folder, and its arguments. */
  command: string[];
  /** The file in which a vitest run keeps its tally; without it the step counts as one test. */
  tallyFile?: string;
}

export interface Outcome {
  name: string;
  seconds: number;
  passed: number;
  failed: number;
  skipped: Tally['skipped'];
  note: string;
  output: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** A temporary folder that is gone when this process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-test-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function runStep(step: Step): Promise<Outcome> {
  const startedAt = performance.now();
  const { code, output } = await run(step);
  const seconds = (performance.now() - startedAt) / 1000;
  return { name: step.name, seconds, output, ...verdict(step, code) };
}

function run(step: Step): Promise<{ code: number | null; output: string }> {
  const env = {
    ...process.env,
    ...(step.tallyFile && { BAZGASHT_TALLY: step.tallyFile }),
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
  return new Promise((done) => {
    const child = spawn(process.execPath, step.command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const kill = () => child.kill();
    process.once('exit', kill);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', (error) => done({ code: null, output: String(error) }));
    child.once('close', (code) => {
      process.off('exit', kill);
      done({ code, output });
    });
  });
}

function verdict(step: Step, code: number | null): Pick<Outcome, 'passed' | 'failed' | 'skipped' | 'note'> {
  if (!step.tallyFile) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [], note: '' };
  const tally = readTally(step.tallyFile);
  const ran = tally.passed + tally.failed;
  const broken = ran === 0 || (code !== 0 && tally.failed === 0);
  return {
    passed: tally.passed,
    // A run that ended badly, or found nothing to run, must not look like success for want of a failed test.
    failed: tally.failed + (broken ? 1 : 0),
    skipped: tally.skipped,
    note: ran === 0 ? 'no test ran' : broken ? `vitest ended with code ${code}` : '',
  };
}

/** The tally so far; empty before the run has written one. */
export function readTally(file: string): Tally {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally;
  } catch {
    return { passed: 0, failed: 0, skipped: [], seed: 0 };
  }
}

export function count(passed: number, failed: number, skipped: number): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

/** The line of a finished step; what it printed only when it failed; and why tests were skipped, always. */
export function describe({ name, seconds, passed, failed, skipped, note, output }: Outcome): string {
  const result = failed ? 'FAIL' : 'ok';
  const counts = passed + failed + skipped.length > 1 ? count(passed, failed, skipped.length) : '';
  const lines = [
    `${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  ${result.padEnd(4)}  ${note || counts}`.trimEnd(),
  ];
  for (const [reason, tests] of Map.groupBy(skipped, (test) => test.reason)) {
    lines.push(`  skipped ${tests.length}: ${reason} (${tests[0]?.name}${tests.length > 1 ? ', …' : ''})`);
  }
  if (failed && output.trim())
    lines.push(
      '',
      ...output
        .trim()
        .split('\n')
        .map((line) => `  ${line}`),
      '',
    );
  return lines.join('\n');
}
