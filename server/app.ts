import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Express } from 'express';
import { shopifyAuth } from './commerce/shopify/auth.routes.ts';
import type { ShopifyPlatform } from './commerce/shopify/platform.ts';
import { shopifyCommerce } from './commerce/shopify/shopify.commerce.ts';
import type { ShopifyDeps } from './commerce/shopify/shopify.deps.ts';
import { verifyShopify } from './commerce/shopify/shopify.webhooks.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { dialectOf } from './db/dialect.ts';
import { migrateDatabase } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { sqlitePath } from './db/sqlite.ts';
import { createHttp } from './http/http.ts';
import { createMetrics } from './http/metrics.ts';
import type { DrainDeps } from './inbox/drain.usecases.ts';
import { createReceiver } from './inbox/receive.usecases.ts';
import { createInProcessJobs } from './jobs/in-process.ts';
import type { Jobs } from './jobs/jobs.port.ts';
import { createPgBossJobs } from './jobs/pg-boss.ts';
import { schedule, topics } from './jobs/schedule.ts';
import { createLocalVault } from './keys.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import { createVault, type Vault } from './shared/crypto.ts';
import { type Ids, randomIds } from './shared/ids.ts';
import { createLogger, type Logger } from './shared/logger.ts';
import { seldom } from './shared/seldom.ts';
import { createDirectory } from './shops/directory.usecases.ts';

/** What everything below the web server needs; commands use it too. */
export type Core = { config: Config; db: Database; clock: Clock; ids: Ids; vault: Vault; logger: Logger };

export type App = Core & {
  http: Express;
  jobs: Jobs;
  /** Begins to work off what is due. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type Overrides = Partial<Pick<Core, 'clock' | 'ids' | 'logger'>>;

/** Where keys are kept while none are configured: beside the database. */
export const keysFolder = ({ databaseUrl }: Config): string =>
  dialectOf(databaseUrl) === 'sqlite' ? dirname(sqlitePath(databaseUrl)) : './data';

/** Migrates and opens the database and makes the ports: the base of the app and of every command. */
export async function createCore(config: Config, overrides: Overrides = {}): Promise<Core> {
  const clock = overrides.clock ?? systemClock;
  const logger = overrides.logger ?? createLogger({ level: config.logLevel });
  await migrateDatabase(config.databaseUrl);
  const onError = seldom<{ err: unknown }>((facts) => logger.warn(facts, 'a database connection broke'));
  const db = openDatabase(config.databaseUrl, { onError: (err) => onError({ err }) });
  const vault = config.encryptionKeys ? createVault(config.encryptionKeys) : createLocalVault(keysFolder(config));
  return { config, db, clock, ids: overrides.ids ?? randomIds(clock), vault, logger };
}

/** What applying deliveries needs. */
export const drainDeps = ({ db, clock, ids, logger }: Core): DrainDeps => ({
  ...{ db, clock, ids, logger },
  commerce: { shopify: shopifyCommerce, woocommerce: null },
});

/** Shopify itself, where keys are configured. */
export function platformOf({ shopify, appUrl, port }: Config): ShopifyPlatform | null {
  if (!shopify) return null;
  const { apiKey, apiSecret, scopes } = shopify;
  const fetch: typeof globalThis.fetch = (...call) => globalThis.fetch(...call);
  return { apiKey, apiSecret, scopes, appUrl: appUrl ?? `http://localhost:${port}`, fetch };
}

/** What speaking to Shopify needs; null without a platform. */
export function shopifyDeps(
  { db, clock, ids, vault, logger, config }: Core,
  platform: ShopifyPlatform | null,
  wake: (shopId: number) => void,
): ShopifyDeps | null {
  if (!platform) return null;
  const webhooks = config.shopify?.webhooks ?? 'shop';
  return { ...{ db, clock, ids, vault, logger, platform, webhooks, wake, sleep }, realClock: systemClock };
}

/** On PostgreSQL all processes share the work; a SQLite file belongs to one. */
const createJobs = ({ config: { databaseUrl: url }, logger }: Core): Jobs =>
  dialectOf(url) === 'postgres' ? createPgBossJobs({ url, logger }) : createInProcessJobs({ logger });

/** Builds the whole app: the only place where adapters are chosen and wired. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const core = await createCore(config, overrides);
  const { db, clock, ids, logger } = core;
  const jobs = createJobs(core);
  const metrics = createMetrics({ db, clock });
  const directory = createDirectory(core);
  const shopify = shopifyDeps(core, platformOf(config), (shopId) => jobs.wake('platform', shopId));
  const works = config.role !== 'web';
  const http = createHttp({
    ...{ db, logger, ids, metrics, adminToken: config.adminToken },
    shopifyWebhooks: {
      receiver: createReceiver({ db, clock, ids, logger }),
      ...{ platform: 'shopify' as const, jobs, logger, metrics: metrics.intake },
      shopOf: (domain) => directory('shopify', domain),
      appSecret: config.shopify?.apiSecret,
      verify: verifyShopify,
      shopHeader: 'x-shopify-shop-domain',
    },
    shopifyAuth: shopify && shopifyAuth(shopify),
    home: { database: dialectOf(config.databaseUrl), shopify: config.shopify !== undefined },
  });
  return {
    ...core,
    http,
    jobs,
    start: () =>
      jobs.start(works ? { topics: topics(drainDeps(core), shopify), schedule: schedule(core, shopify) } : null),
    stop: async () => {
      await jobs.stop();
      await db.close();
    },
  };
}
