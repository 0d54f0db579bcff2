import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Config, loadConfig } from '../config.ts';
import { features } from '../features.ts';
import { addShop } from '../onboarding/register.usecases.ts';
import { reactions } from '../reactions.ts';
import { type TestClock, testClock } from '../shared/clock.ts';
import { createVault, type Vault } from '../shared/crypto.ts';
import { counterIds, type Ids } from '../shared/ids.ts';
import { createLogger, type Logger } from '../shared/logger.ts';
import type { NewShop } from '../shops/create.usecases.ts';
import type { Features, Reactions, Scope } from '../shops/scope.ts';
import { inShop } from '../shops/scope.usecases.ts';
import type { Catalogue } from './catalogue.ts';
import type { Database } from './database.ts';
import { databaseUrl, dialect } from './dialect.ts';
import { migrateDatabase } from './migrate.ts';
import { openDatabase } from './open.ts';
import { testCatalogue } from './testing.tables.ts';

/** For tests only: a database of their own, a clock that they move, ids that count. */
export type World = {
  config: Config;
  db: Database;
  clock: TestClock;
  ids: Ids;
  reactions: Reactions;
  features: Features;
  catalogue: Catalogue;
  vault: Vault;
  logger: Logger;
  url: string;
  /** Runs work in a transaction of the shop, as the app does. */
  inShop<T>(shopId: number, work: (scope: Scope) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

let template: Promise<Template> | undefined;
let made = 0;

/** A migrated database: a file's bytes, or the name of a database on the server. */
type Template = { bytes: Buffer } | { name: string };

const base = (): string => databaseUrl;

/** A migrated database is made once a worker and copied for each test. */
function makeTemplate(): Promise<Template> {
  template ??= dialect === 'postgres' ? postgresTemplate() : sqliteTemplate();
  return template;
}

async function sqliteTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'bazgasht-template-'));
  const file = join(folder, 'template.db');
  try {
    await migrateDatabase(`file:${file}`);
    return { bytes: readFileSync(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: base() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const named = (database: string): string => {
  const url = new URL(base());
  url.pathname = `/${database}`;
  return url.href;
};

async function postgresTemplate(): Promise<Template> {
  const name = `template_${process.pid}`;
  await onServer(async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
    await client.query(`CREATE DATABASE ${name}`);
  });
  await migrateDatabase(named(name));
  return { name };
}

async function freshDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  const from = await makeTemplate();
  made += 1;
  if ('bytes' in from) {
    const folder = mkdtempSync(join(tmpdir(), 'bazgasht-test-db-'));
    writeFileSync(join(folder, 'app.db'), from.bytes);
    return {
      url: `file:${join(folder, 'app.db')}`,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const name = `test_${process.pid}_${made}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${from.name}`));
  return { url: named(name), remove: () => onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)) };
}

/** A database without any table. */
export async function emptyDatabase(): Promise<{ url: string; remove: () => Promise<void> }> {
  made += 1;
  if (dialect === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'bazgasht-empty-db-'));
    const remove = async () => rmSync(folder, { recursive: true, force: true });
    return { url: `file:${join(folder, 'app.db')}`, remove };
  }
  const name = `empty_${process.pid}_${made}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name}`));
  return { url: named(name), remove: () => onServer((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)) };
}

/** A world with an empty, migrated database. Close it when the test ends. */
export async function testWorld(start = Date.UTC(2026, 0, 1)): Promise<World> {
  const { url, remove } = await freshDatabase();
  const clock = testClock(start);
  const db = openDatabase(url);
  const keys = [{ id: 'test', key: Buffer.alloc(32, 1) }];
  const environment = {
    DATABASE_URL: url,
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}`,
    SHOPIFY_API_KEY: 'test',
    SHOPIFY_API_SECRET: 'test-secret',
    LOG_LEVEL: 'silent',
  };
  const ids = counterIds('id');
  return {
    db,
    clock,
    ids,
    url,
    vault: createVault(keys),
    config: loadConfig(environment),
    logger: createLogger({ level: 'silent' }),
    reactions,
    features,
    catalogue: testCatalogue(),
    inShop: (shopId, work) => inShop({ db, clock, ids, reactions }, shopId, work),
    close: async () => {
      await db.close();
      await remove();
    },
  };
}

/** Registers a shop in a world; a USD Shopify shop in UTC whose program has always run, unless said otherwise. */
export const testShop = (world: World, shop: Partial<NewShop> = {}): Promise<number> =>
  addShop(world, {
    platform: 'shopify',
    domain: 'shop.example.test',
    currency: 'USD',
    timeZone: 'UTC',
    programStart: '2000-01-01',
    ...shop,
  });
