// Installs the packages the lock file names, when they are not installed yet. Plain JavaScript on purpose: this is the
// one file that runs on whatever Node the machine has; every other script then finds the project's own Node first.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.bazgasht-install');
// `npm ci` empties node_modules, and nothing else in the project folder should change, so the lock lives elsewhere.
const lock = join(tmpdir(), `bazgasht-install-${sha256(resolve(root)).slice(0, 16)}`);
const heartbeatMs = 2_000;
const staleMs = 20_000;
// npm follows its error with its whole usage text.
const outputLines = 15;

function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

/** What the stamp must say: the packages, and the platform their binaries are for. */
function wanted() {
  return `${sha256(readFileSync(join(root, 'package-lock.json')))} ${process.platform}-${process.arch}\n`;
}

function installed() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted();
}

/** True when this process now holds the lock. A lock whose owner stopped touching it is taken over. */
function tryLock() {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > staleMs) {
    // Renaming is atomic, so of several processes that see the stale lock only one removes it.
    const aside = `${lock}-${process.pid}`;
    try {
      renameSync(lock, aside);
      rmSync(aside, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  return false;
}

/**
 * npm must not run on the Node inside the node_modules it is about to empty, which npm scripts put first on the path.
 */
function npmCommand() {
  const env = { ...process.env };
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const bin = join('node_modules', '.bin');
  env[pathName] = (env[pathName] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.endsWith(bin))
    .join(delimiter);
  // What builds the admin is needed by whoever starts it, too.
  const args = ['ci', '--include=dev', '--loglevel=error'];
  if (env.npm_execpath?.endsWith('.js') && env.npm_node_execpath && !env.npm_node_execpath.startsWith(root)) {
    return { command: env.npm_node_execpath, args: [env.npm_execpath, ...args], env, shell: false };
  }
  return { command: 'npm', args, env, shell: process.platform === 'win32' };
}

/** Runs npm quietly: what it said is shown only when it failed, on stderr, where it cannot mix with a script's output. */
function runNpm() {
  const { command, args, env, shell } = npmCommand();
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    process.once('exit', () => child.kill());
    child.once('error', (error) => fail(new Error(`npm could not be started (${error.message})`)));
    child.once('close', (code, signal) => {
      if (code === 0) return done();
      say(output.trim().split('\n').slice(0, outputLines).join('\n'));
      fail(new Error(`npm ci ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

async function install() {
  const startedAt = Date.now();
  say('Installing dependencies (first run, about a minute) …');
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimesSync(lock, now, now);
  }, heartbeatMs);
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  const stamp = wanted();
  // An install that is cut short must not look finished.
  rmSync(stampFile, { force: true });
  try {
    await runNpm();
    writeFileSync(stampFile, stamp);
    say(`done in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Builds the admin, by the project's own Node: this file may run on another. */
function buildWeb() {
  const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const own = existsSync(node) ? node : process.execPath;
  return new Promise((done, fail) => {
    const child = spawn(own, [join(root, 'tools', 'build-web.ts')], {
      stdio: ['ignore', 2, 2],
      shell: own.endsWith('.cmd'),
    });
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error('the admin could not be built'))));
  });
}

async function main() {
  let told = false;
  while (!installed()) {
    if (tryLock()) {
      // Another process may have finished between the look at the stamp and the lock.
      if (installed()) rmSync(lock, { recursive: true, force: true });
      else await install();
      return;
    }
    if (!told) say('Waiting for another process that installs dependencies …');
    told = true;
    await sleep(250);
  }
}

try {
  await main();
  if (process.argv.includes('--web')) await buildWeb();
} catch (error) {
  say(`Getting ready failed: ${error.message}`);
  process.exitCode = 1;
}
