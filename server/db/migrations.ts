import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type SQL, sql } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { AppError } from '../shared/errors.ts';
import type { Tx } from './database.ts';
import type { Dialect } from './dialect.ts';

/** The folder with both databases' migrations; tests bring one of their own. */
export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** `when`, in epoch ms, is what a database's own journal knows a migration by. */
type Migration = { name: string; when: number; hash: string; statements: string[] };

function migrationsIn(folder: string, dialect: Dialect): Migration[] {
  const names = migrationNames(dialect, folder);
  return readMigrationFiles({ migrationsFolder: `${folder}/${dialect}` }).map(
    ({ sql: statements, hash, folderMillis }, index) => ({
      name: names[index] ?? '',
      when: folderMillis,
      hash,
      statements,
    }),
  );
}

/** The names of a database's migrations, oldest first. */
export function migrationNames(dialect: Dialect, folder = MIGRATIONS): string[] {
  const text = readFileSync(`${folder}/${dialect}/meta/_journal.json`, 'utf8');
  return (JSON.parse(text) as { entries: { tag: string }[] }).entries.map(({ tag }) => tag);
}

/** The newest migration. Both databases have the same ones, under the same names. */
export const lastMigration = (folder = MIGRATIONS): string => migrationNames('sqlite', folder).at(-1) ?? '';

/** Where a database notes what it has been through: as drizzle's own migrator does, so that it could go on. */
const JOURNAL = {
  sqlite: {
    table: sql.raw('`__drizzle_migrations`'),
    known: sql`select 1 as known from sqlite_master where name = '__drizzle_migrations'`,
    create: [
      sql`create table if not exists \`__drizzle_migrations\` (id serial primary key, hash text not null, created_at numeric)`,
    ],
  },
  postgres: {
    table: sql.raw('"drizzle"."__drizzle_migrations"'),
    known: sql`select 1 as known where to_regclass('drizzle.__drizzle_migrations') is not null`,
    create: [
      sql`create schema if not exists "drizzle"`,
      sql`create table if not exists "drizzle"."__drizzle_migrations" (id serial primary key, hash text not null, created_at bigint)`,
    ],
  },
};

type Row = Record<string, unknown>;
type Runs = { run(query: SQL): Promise<unknown>; all(query: SQL): Promise<Row[]> };
type Executes = { execute(query: SQL): Promise<{ rows: Row[] }> };

const isPostgres = (tx: unknown): tx is Executes => 'execute' in (tx as object);
const dialectOfHandle = (tx: Tx): Dialect => (isPostgres(tx) ? 'postgres' : 'sqlite');

async function run(tx: Tx, query: SQL): Promise<void> {
  await (isPostgres(tx) ? tx.execute(query) : (tx as unknown as Runs).run(query));
}

const read = async (tx: Tx, query: SQL): Promise<Row[]> =>
  isPostgres(tx) ? (await tx.execute(query)).rows : (tx as unknown as Runs).all(query);

/** When the newest migration that the database has been through was made; −∞: none. */
async function reached(tx: Tx): Promise<number> {
  const { known, table } = JOURNAL[dialectOfHandle(tx)];
  if ((await read(tx, known)).length === 0) return Number.NEGATIVE_INFINITY;
  const [row] = await read(tx, sql`select max(created_at) as at from ${table}`);
  return row?.at == null ? Number.NEGATIVE_INFINITY : Number(row.at);
}

/** Whether the database has been through every migration there is. */
export async function isMigrated(tx: Tx, folder = MIGRATIONS): Promise<boolean> {
  const newest = migrationsIn(folder, dialectOfHandle(tx)).at(-1)?.when ?? Number.NEGATIVE_INFINITY;
  return (await reached(tx)) >= newest;
}

/**
 * The newest migration that the database has been through; null: none.
 * @throws AppError database.newer when it is one that is not known here
 */
export async function migrationOf(tx: Tx, folder = MIGRATIONS): Promise<string | null> {
  const at = await reached(tx);
  if (at === Number.NEGATIVE_INFINITY) return null;
  const found = migrationsIn(folder, dialectOfHandle(tx)).find(({ when }) => when === at);
  if (found) return found.name;
  throw new AppError('database.newer', 'This database was migrated by another version than this one.', { status: 409 });
}

/**
 * Keeps others from migrating until the transaction ends. On SQLite a transaction that writes is alone anyhow. First in
 * its transaction: whoever migrates waits for it without holding anything.
 */
export async function lockMigrations(tx: Tx): Promise<void> {
  if (isPostgres(tx)) await run(tx, sql`select pg_advisory_xact_lock(hashtext('bazgasht.migrate'))`);
}

/**
 * Applies what the database has not been through yet, in a transaction that is open: up to `to`, else all. drizzle's own
 * migrator knows neither a transaction of somebody else's nor an end before the last.
 */
export async function migrateWithin(tx: Tx, { to, folder = MIGRATIONS }: { to?: string; folder?: string } = {}) {
  const dialect = dialectOfHandle(tx);
  const { create, table } = JOURNAL[dialect];
  for (const query of create) await run(tx, query);
  const at = await reached(tx);
  for (const { name, when, hash, statements } of migrationsIn(folder, dialect)) {
    if (when > at) {
      for (const statement of statements) await run(tx, sql.raw(statement));
      await run(tx, sql`insert into ${table} ("hash", "created_at") values (${hash}, ${when})`);
    }
    if (name === to) return;
  }
}

/** Waits until nobody else uses these tables, and keeps everybody out until the transaction ends. */
export async function holdTables(tx: Tx, names: string[]): Promise<void> {
  if (isPostgres(tx) && names.length > 0) await run(tx, sql`lock table ${listOf(names)} in access exclusive mode`);
}

/**
 * Takes away what the migrations made: these tables, the functions of their triggers, and what the journal says. Nothing
 * else goes with them: where something of somebody else's depends on one of them, the database refuses.
 */
export async function dropTables(tx: Tx, names: string[]): Promise<void> {
  const { table } = JOURNAL[dialectOfHandle(tx)];
  if (isPostgres(tx)) {
    const functions = await triggerFunctions(tx, names);
    await run(tx, sql`drop table ${listOf(names)}`);
    for (const name of functions) await run(tx, sql.raw(`drop function ${name}`));
  } else {
    for (const name of names) await run(tx, sql`drop table ${sql.identifier(name)}`);
  }
  await run(tx, sql`delete from ${table}`);
}

async function triggerFunctions(tx: Tx, names: string[]): Promise<string[]> {
  const relations = names.map((name) => sql`to_regclass(${`"${name}"`})`);
  const rows = await read(
    tx,
    sql`select distinct tgfoid::regprocedure::text as name from pg_trigger
      where not tgisinternal and tgrelid in (${sql.join(relations, sql`, `)})`,
  );
  return rows.map(({ name }) => String(name));
}

const listOf = (names: string[]): SQL =>
  sql.join(
    names.map((name) => sql.identifier(name)),
    sql`, `,
  );
