import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Command, wrongUse } from './command.ts';

const FOLDER = fileURLToPath(new URL('../../bench/', import.meta.url));

const names = (): string[] =>
  existsSync(FOLDER)
    ? readdirSync(FOLDER).flatMap((file) => (file.endsWith('.bench.ts') ? [file.slice(0, -'.bench.ts'.length)] : []))
    : [];

/**
 * Runs one benchmark in a process of its own: it brings its own databases, and what this process has loaded would weigh
 * on its figures.
 */
export const bench: Command = {
  usage: 'bench NAME [--size S] [--rounds N] — one benchmark: its ratio, both sides and the machine',
  options: { size: { type: 'string' }, rounds: { type: 'string' } },
  async run({ values, words }) {
    const [name = ''] = words;
    if (!names().includes(name)) throw wrongUse(`there is no benchmark "${name}"; there are ${names().join(', ')}`);
    const options = Object.entries(values).flatMap(([key, value]) =>
      key !== 'json' && typeof value === 'string' ? [`--${key}=${value}`] : [],
    );
    const output = await runAlone([`${FOLDER}${name}.bench.ts`, ...options]);
    const json: unknown = JSON.parse(output);
    return { json, text: JSON.stringify(json, null, 2) };
  },
};

function runAlone(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`the benchmark ended with code ${code}`)),
    );
  });
}
