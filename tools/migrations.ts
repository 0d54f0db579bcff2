// Generates the migrations of both databases from the one schema.
//   npm run migrations                          what changed in the schema since the last migration
//   npm run migrations -- --name loyalty-tiers  the same, with a name for the file
//   npm run migrations -- --custom --name …     empty files, for SQL that the schema cannot say (triggers)
//   npm run migrations -- --check               writes nothing; fails when the schema has a change without a migration
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

type Dialect = 'sqlite' | 'postgres';

const root = fileURLToPath(new URL('..', import.meta.url));
const folderOf = (dialect: Dialect) => join(root, 'drizzle', dialect);

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    custom: { type: 'boolean', default: false },
    name: { type: 'string', default: 'schema' },
  },
});

/** The SQL files of a migrations folder. */
function migrations(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.sql')) : [];
}

/** Runs drizzle-kit; on a terminal it may ask whether a column was renamed, so a real run gets the terminal. */
function generate(dialect: Dialect, options: { args: string[]; out?: string }): Promise<string> {
  const { BAZGASHT_MIGRATIONS_OUT: _, ...env } = process.env;
  const command = ['node_modules/drizzle-kit/bin.cjs', 'generate', '--config', `drizzle/${dialect}.config.ts`];
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [...command, ...options.args], {
      cwd: root,
      env: { ...env, ...(options.out && { BAZGASHT_MIGRATIONS_OUT: relative(root, options.out) }) },
      stdio: options.out ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', fail);
    child.once('close', () => done(output));
  });
}

/** Why the migrations of a dialect do not say the same as the schema; nothing when they do. */
async function difference(dialect: Dialect): Promise<string | undefined> {
  const copy = mkdtempSync(join(tmpdir(), `bazgasht-migrations-${dialect}-`));
  try {
    if (existsSync(folderOf(dialect))) cpSync(folderOf(dialect), copy, { recursive: true });
    const before = migrations(copy);
    const output = await generate(dialect, { args: [], out: copy });
    // drizzle-kit ends with code 0 even after an error, so success is told by its words.
    if (output.includes('No schema changes')) return undefined;
    const changed = migrations(copy).length > before.length || output.includes('Interactive prompts');
    if (changed) return `${dialect}: the schema has a change without a migration: run "npm run migrations"`;
    return `${dialect}: drizzle-kit failed: ${output.trim()}`;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function check(): Promise<void> {
  const differences = await Promise.all([difference('sqlite'), difference('postgres')]);
  const found = differences.filter((reason) => reason !== undefined);
  for (const reason of found) console.error(reason);
  if (found.length) process.exitCode = 1;
  else console.log('The migrations of both databases are up to date.');
}

async function write(): Promise<void> {
  const args = ['--name', values.name, ...(values.custom ? ['--custom'] : [])];
  await generate('sqlite', { args });
  await generate('postgres', { args });
  await check();
}

await (values.check ? check() : write());
