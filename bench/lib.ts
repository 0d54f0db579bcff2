// What every benchmark shares: options, a temporary folder, child processes, figures and the machine they came from.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SECRET, SHOP } from './orders.ts';

/** A file of the project, by its path from the project's folder. */
export const file = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Tells on stderr how far a benchmark is: stdout is for the result. */
export const say = (text: string): boolean => process.stderr.write(`${text}\n`);

/** Prints the result, once. */
export const answer = (result: object): boolean => process.stdout.write(`${JSON.stringify(result)}\n`);

/** The machine that the figures were measured on. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
});

const { values } = parseArgs({ options: { size: { type: 'string' }, rounds: { type: 'string' } }, strict: false });

/** A whole number given as `--size=N` or `--rounds=N`. */
export function option(name: 'size' | 'rounds', fallback: number): number {
  const value = Number(values[name] ?? fallback);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} has to be a whole number from 1 on`);
  return value;
}

/** A size given by name, as `--size=large`; null for a number or none. */
export const sizeName = (): string | null => (/^[a-z]+$/.test(String(values.size ?? '')) ? String(values.size) : null);

/** The middle of several figures; the mean of the two in the middle when they are even in number. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

export const round = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** Stops the benchmark when what it measures is not what it claims. */
export function check(right: boolean, what: string): void {
  if (!right) throw new Error(`The benchmark is void: ${what}`);
}

/** A folder of our own, removed when the benchmark ends, however it ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** The environment of a process that a benchmark starts: nothing of the caller's settings, a database of its own. */
export function environment(databaseUrl: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
    SHOPIFY_API_KEY: 'bench',
    SHOPIFY_API_SECRET: SECRET,
    ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 7).toString('base64')}`,
    ...more,
  };
}

/** Starts a script of the project in a process of its own; it ends with the benchmark at the latest. */
export function start(script: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [...asItsScript(script), ...profiling(script), file(script), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/**
 * Commands run with the flags that the project's own `cli` script gives them. Reading a store is measured with a heap as a
 * small machine has it: on a large one Node lets garbage lie for long.
 */
const FLAGS: Record<string, string[]> = {
  'server/cli.ts': ['--max-semi-space-size=8'],
  'bench/woo-import.run.ts': ['--max-semi-space-size=8', '--max-old-space-size=512'],
};
const asItsScript = (script: string): string[] => FLAGS[script] ?? [];

/** With BENCH_PROFILE=<folder> every process leaves a CPU profile there. */
function profiling(script: string): string[] {
  const folder = process.env.BENCH_PROFILE;
  const name = `${script.replaceAll('/', '.')}.${Date.now()}.cpuprofile`;
  return folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${name}`] : [];
}

export type Server = { port: number; child: ChildProcess; stop(): Promise<void> };

/** Starts a server that prints its address, and waits until it did. */
export async function startServer(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<Server> {
  const child = start(script, args, env);
  const gone = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text = `${text}${chunk}`.slice(-1000);
      const match = /http:\/\/[^:]+:(\d+)/.exec(text);
      if (match) resolve(Number(match[1]));
    });
    child.once('exit', (code) => reject(new Error(`${script} ended with code ${code}`)));
  });
  return {
    port,
    child,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Runs a script to its end and reads the JSON that it printed. */
export async function run<T>(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<T> {
  const child = start(script, args, env);
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script} ${args[0] ?? ''} ended with code ${code}`);
  return JSON.parse(text) as T;
}

/** Runs an operator command on a database of the benchmark. */
export const command = <T>(env: NodeJS.ProcessEnv, ...args: string[]): Promise<T> =>
  run<T>('server/cli.ts', [...args, '--json'], env);

/** Migrates a new database and registers the benchmark's shop in it. @returns the shop's id */
export async function newShop(env: NodeJS.ProcessEnv): Promise<number> {
  const shop = ['--platform', 'shopify', '--domain', SHOP, '--currency', 'USD', '--time-zone', 'America/New_York'];
  const { id } = await command<{ id: number }>(env, 'shop', 'add', ...shop, '--program-start', '2020-01-01');
  return id;
}
