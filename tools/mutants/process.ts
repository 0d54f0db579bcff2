import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Line, Plan } from './switch.ts';

const NOT_COPIED = new Set(['node_modules', '.git', 'data', 'dist', 'coverage']);

/** A copy of the tree that mutants may spoil, gone when this process ends. */
export function copyOf(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'bazgasht-mutants-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  const isWanted = (path: string): boolean => !NOT_COPIED.has(relative(root, path).split(/[\\/]/)[0] ?? '');
  cpSync(root, copy, { recursive: true, filter: isWanted });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

export type Ended = { lines: Line[]; late: boolean; output: string };

/**
 * Runs a plan in a process of its own, which is killed when it says nothing for `silentMs`: a test that never ends.
 * @param copy the tree it runs in
 */
export async function runPlan(copy: string, plan: Omit<Plan, 'out'>, silentMs: number): Promise<Ended> {
  const planFile = join(copy, 'plan.json');
  const out = join(copy, 'lines.jsonl');
  writeFileSync(planFile, JSON.stringify({ ...plan, out }));
  writeFileSync(out, '');
  const command = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'tools/mutants/vitest.config.ts',
    '--root',
    copy,
  ];
  const env = { ...process.env, NO_COLOR: '1', BAZGASHT_MUTANTS_PLAN: planFile };
  const { late, output } = await watched(command, { cwd: copy, env }, () => readFileSync(out).length, silentMs);
  const lines = readFileSync(out, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return { lines: lines.map((line) => JSON.parse(line) as Line), late, output };
}

type Place = { cwd: string; env: NodeJS.ProcessEnv };

function watched(
  command: string[],
  place: Place,
  progress: () => number,
  silentMs: number,
): Promise<{ late: boolean; output: string }> {
  return new Promise((done) => {
    // A group of its own, so that a worker that stands still ends as well.
    const child = spawn(process.execPath, command, { ...place, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let late = false;
    let output = '';
    const kill = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        child.kill('SIGKILL');
      }
    };
    let last = { at: performance.now(), length: 0 };
    const timer = setInterval(() => {
      const length = progress();
      if (length !== last.length) last = { at: performance.now(), length };
      if (performance.now() - last.at <= silentMs) return;
      late = true;
      kill();
    }, 500);
    process.once('exit', kill);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const end = (): void => {
      clearInterval(timer);
      process.off('exit', kill);
      done({ late, output });
    };
    child.once('error', end);
    child.once('close', end);
  });
}
