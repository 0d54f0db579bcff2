import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { World } from '../db/testing.ts';

const CLI = join(import.meta.dirname, '../cli.ts');

export type CliAnswer = { code: number | null; stdout: string; stderr: string; json: Record<string, unknown> };

/** For tests only: runs an operator command in a process of its own on a world's database. */
export function runCli(world: World, ...args: string[]): Promise<CliAnswer> {
  const env = {
    DATABASE_URL: world.url,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    SHOPIFY_API_KEY: 'test',
    SHOPIFY_API_SECRET: 'test-secret',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const single = /^\{.*\}\n$/.test(stdout) && stdout.trimEnd().split('\n').length === 1;
      const json = single ? (JSON.parse(stdout) as Record<string, unknown>) : {};
      resolve({ code, stdout, stderr, json });
    });
  });
}
