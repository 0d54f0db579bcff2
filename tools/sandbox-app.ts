// The whole app with its sandbox store, in a process of its own: for browser tests, screenshots and `bench admin`.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunningApp, startApp } from '../server/e2e/crash.ts';

export type SandboxApp = {
  /** Where it answers, without a slash at the end. */
  url: string;
  /** The file of its database. */
  database: string;
  /** Asks the sandbox store or the app, as a script would. @throws Error where the answer is no success */
  ask<T>(method: Method, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
};

const made = new Set<string>();
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-browser-'));
  made.add(folder);
  return folder;
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  made.delete(folder);
}

const run = (folder: string, env: Record<string, string> = {}): RunningApp =>
  startApp({
    PATH: process.env.PATH,
    TMPDIR: process.env.TMPDIR,
    NODE_ENV: 'production',
    LOG_LEVEL: 'error',
    DATABASE_URL: `file:${join(folder, 'app.db')}`,
    SANDBOX: 'on',
    ...env,
  });

/** Builds the admin, unless it is built. */
export function buildAdmin(): void {
  const script = fileURLToPath(new URL('build-web.ts', import.meta.url));
  execFileSync(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A folder with a sandbox store and its whole history, to be copied: making one takes seconds. */
export async function makeStore(): Promise<{ folder: string; remove(): void }> {
  const folder = newFolder();
  const app = run(folder);
  const url = `http://localhost:${await app.port}`;
  // What begins with the start, as reading the history once more from the platform does, is done in no copy again.
  await askApp(url, 'POST', '/sandbox/clock', { advance: 'PT1S' });
  await app.stop();
  return { folder, remove: () => removeFolder(folder) };
}

/** Starts the app on a copy of a store. */
export async function openStore(store: string, env: Record<string, string> = {}): Promise<SandboxApp> {
  const folder = newFolder();
  cpSync(store, folder, { recursive: true });
  const app = run(folder, env);
  const url = `http://localhost:${await app.port}`;
  return {
    url,
    database: join(folder, 'app.db'),
    ask: (method, path, body) => askApp(url, method, path, body),
    stop: async () => {
      await app.kill();
      removeFolder(folder);
    },
  };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';

/** Asks an app with a sandbox store, as a script would. @throws Error where the answer is no success */
export async function askApp<T>(url: string, method: Method, path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(await authorization(url, path)) };
  const answer = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

/** The API wants a session, as the sandbox store gives them. */
async function authorization(url: string, path: string): Promise<Record<string, string>> {
  if (!path.startsWith('/api/')) return {};
  const answer = await fetch(`${url}/sandbox/session-token`);
  const { token } = (await answer.json()) as { token: string };
  return { authorization: `Bearer ${token}` };
}
