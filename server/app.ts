import { dirname } from 'node:path';
import { setTimeout as sleepReally } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Express } from 'express';
import type { ApiOptions } from './api/api.routes.ts';
import { shopifyAuth } from './commerce/shopify/connect/auth.routes.ts';
import { ensureInstalled } from './commerce/shopify/connect/install.usecases.ts';
import { verifySessionToken } from './commerce/shopify/connect/session.ts';
import { adminOf, type ShopifyDeps } from './commerce/shopify/connect/shopify.deps.ts';
import type { ShopifyPlatform } from './commerce/shopify/platform.ts';
import { shopifyCommerce } from './commerce/shopify/reading/shopify.commerce.ts';
import { verifyShopify } from './commerce/shopify/reading/shopify.webhooks.ts';
import { shopifyReader } from './commerce/shopify/syncs/sync.usecases.ts';
import { shopifyDiscounts } from './commerce/shopify/writing/shopify.discounts.ts';
import { shopifyTags } from './commerce/shopify/writing/shopify.tags.ts';
import { wooConnect } from './commerce/woocommerce/connect/connect.routes.ts';
import { removeStoreWebhooks } from './commerce/woocommerce/connect/disconnect.usecases.ts';
import { PRACTICE_SECONDS, storeSession } from './commerce/woocommerce/connect/session.ts';
import { wooCommerce } from './commerce/woocommerce/reading/woocommerce.commerce.ts';
import { verifyWooCommerce } from './commerce/woocommerce/reading/woocommerce.webhooks.ts';
import { storeDiscounts } from './commerce/woocommerce/store/store.discounts.ts';
import { createStoreFetch } from './commerce/woocommerce/store/store.fetch.ts';
import type { StoreFetch } from './commerce/woocommerce/store/store.types.ts';
import type { WooDeps } from './commerce/woocommerce/store/woocommerce.deps.ts';
import { wooReader } from './commerce/woocommerce/syncs/sync.usecases.ts';
import type { Config } from './config.ts';
import { type Catalogue, createCatalogue } from './db/catalogue.ts';
import type { Database } from './db/database.ts';
import { dialectOf } from './db/dialect.ts';
import { migrateDatabase } from './db/migrate.ts';
import { openDatabase } from './db/open.ts';
import { sqlitePath } from './db/sqlite.ts';
import { discountPorts } from './discounts/discounts.effects.ts';
import type { AnyPort } from './effects/effects.port.ts';
import { createEffects, type Effects } from './effects/perform.usecases.ts';
import { features, tablesOf } from './features.ts';
import { createHttp } from './http/http.ts';
import { createMetrics } from './http/metrics.ts';
import type { DrainDeps } from './inbox/drain.usecases.ts';
import { createReceiver } from './inbox/receive.usecases.ts';
import { FOLD_EVERY_MS } from './insights/fold.usecases.ts';
import { createApplier } from './intake/apply.usecases.ts';
import { createInProcessJobs } from './jobs/in-process.ts';
import type { Jobs, OnRan } from './jobs/jobs.port.ts';
import { createPgBossJobs } from './jobs/pg-boss.ts';
import { soon } from './jobs/soon.ts';
import { noteRun } from './jobs/ticks.usecases.ts';
import { createLocalVault } from './keys.ts';
import { reactions } from './reactions.ts';
import { mountRoutes } from './routes.ts';
import { NOT_PLAYED, type Played, type PreparedSandbox, prepareSandbox } from './sandbox/sandbox.ts';
import { schedule, topicNames, topics } from './schedule.ts';
import { setCacheMemory } from './shared/cache.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import { createVault, type Vault } from './shared/crypto.ts';
import { type Ids, randomIds } from './shared/ids.ts';
import { createLogger, type Logger } from './shared/logger.ts';
import { seldom } from './shared/seldom.ts';
import { createDirectory, createIdDirectory } from './shops/directory.usecases.ts';
import type { Features, Reactions } from './shops/scope.ts';
import { shopOfDomain } from './shops/shops.usecases.ts';
import type { Reading } from './syncs/run.usecases.ts';
import { tagPort } from './tags/tags.effects.ts';

/** What everything below the web server needs; commands use it too. */
export type Core = {
  config: Config;
  db: Database;
  clock: Clock;
  ids: Ids;
  reactions: Reactions;
  features: Features;
  catalogue: Catalogue;
  vault: Vault;
  logger: Logger;
  /** The sandbox that may be opened, whose clock the app goes by; left out: none is wanted. */
  sandbox?: PreparedSandbox | null;
  /** Left out: real time passes. */
  sleep?: ((ms: number) => Promise<unknown>) | undefined;
};

export type App = Core & {
  http: Express;
  jobs: Jobs;
  /** The practice store, where one is open. */
  practice: Played;
  /** Begins to work off what is due; `origin`: where this process listens, for what the sandbox store sends. */
  start(origin?: string): Promise<void>;
  stop(): Promise<void>;
};

/** Where the sandbox store of a test keeps its files, and that it begins without a past. */
type SandboxOverrides = { jobs?: Jobs; sandbox?: { folder: string; withoutPast: boolean } };
export type Overrides = SandboxOverrides &
  Partial<Pick<Core, 'clock' | 'ids' | 'logger' | 'sleep'>> &
  Partial<Pick<ApiOptions, 'verifySession' | 'install' | 'limits'>>;

/** The built admin: `npm run build`. */
const ADMIN_FOLDER = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Where keys are kept while none are configured: beside the database. */
export const keysFolder = ({ databaseUrl }: Config): string =>
  dialectOf(databaseUrl) === 'sqlite' ? dirname(sqlitePath(databaseUrl)) : './data';

/**
 * Migrates and opens the database and makes the ports: the base of the app and of every command. With `asItIs` the database
 * is left as it is found: it may have no tables.
 */
export async function createCore(
  config: Config,
  overrides: Overrides & { asItIs?: boolean | undefined } = {},
): Promise<Core> {
  const real = overrides.clock ?? systemClock;
  const logger = overrides.logger ?? createLogger({ level: config.logLevel });
  setCacheMemory(config.cacheMb);
  if (!overrides.asItIs) await migrateDatabase(config.databaseUrl);
  const onError = seldom<{ err: unknown }>((facts) => logger.warn(facts, 'a database connection broke'));
  const db = openDatabase(config.databaseUrl, { onError: (err) => onError({ err }) });
  const vault = config.encryptionKeys ? createVault(config.encryptionKeys) : createLocalVault(keysFolder(config));
  const folder = overrides.sandbox?.folder ?? keysFolder(config);
  const sandbox = overrides.asItIs ? null : await prepareSandbox({ db, folder, clock: real }, config.sandbox);
  const clock = sandbox?.clock ?? real;
  const shopify = sandbox?.shopifyKeys ?? config.shopify;
  const { ids = randomIds(clock), sleep } = overrides;
  const catalogue = createCatalogue(tablesOf(features));
  const basics = { db, clock, ids, reactions, features, catalogue, vault, logger };
  return { ...basics, config: { ...config, shopify }, sandbox, sleep };
}

type Playing = SandboxOverrides & { jobs: Jobs; effects: () => Effects };

/** The sandbox store, where it is wanted and may be. `config` is what the environment says. */
async function playedBy(core: Core, config: Config, { jobs, effects, sandbox }: Playing) {
  if (!core.sandbox || config.role !== 'all') return NOT_PLAYED;
  return core.sandbox.open({ ...drainDeps(core), vault: core.vault, jobs, effects, ...sandbox }, config);
}

/** What applying deliveries needs. */
export const drainDeps = ({ db, clock, ids, reactions, features, logger }: Core): DrainDeps => ({
  db,
  clock,
  ids,
  reactions,
  logger,
  commerce: { shopify: shopifyCommerce, woocommerce: wooCommerce },
  applier: createApplier(features),
});

/** Shopify itself, where keys are configured; the sandbox store is not to be found there. */
export function platformOf({ shopify, sandbox, appUrl, port }: Config): ShopifyPlatform | null {
  if (!shopify || sandbox !== 'off') return null;
  const { apiKey, apiSecret, scopes } = shopify;
  const fetch: typeof globalThis.fetch = (...call) => globalThis.fetch(...call);
  return { apiKey, apiSecret, scopes, appUrl: appUrl ?? `http://localhost:${port}`, fetch };
}

/** What speaking to Shopify needs; null without a platform. */
export function shopifyDeps(
  { db, clock, ids, reactions, features, vault, logger, config, sleep = sleepReally }: Core,
  platform: ShopifyPlatform | null,
  wake: (shopId: number) => void,
): ShopifyDeps | null {
  if (!platform) return null;
  const webhooks = config.shopify?.webhooks ?? 'shop';
  const basics = { db, clock, ids, reactions, features, vault, logger };
  return { ...basics, platform, webhooks, wake, sleep, realClock: systemClock };
}

/** Where stores find this app. The practice store knows it by a name of its own. */
const appUrlOf = ({ sandbox, config: { appUrl, port } }: Core): string =>
  sandbox?.storeApp ?? appUrl ?? `http://localhost:${port}`;

/** WooCommerce stores themselves, where they are enabled; the sandbox store is not to be found there. */
export const storesOf = ({ woocommerceEnabled, allowPrivateStores }: Config): StoreFetch | null =>
  woocommerceEnabled ? createStoreFetch({ allowPrivate: allowPrivateStores }) : null;

/** What speaking to WooCommerce stores needs; null without a way to them. */
export function wooDeps(core: Core, fetch: StoreFetch | null, wake: (shopId: number) => void): WooDeps | null {
  if (!fetch) return null;
  const { db, clock, ids, reactions, features, vault, logger, sleep = sleepReally } = core;
  const appUrl = appUrlOf(core);
  const basics = { db, clock, ids, reactions, features, vault, logger };
  return { ...basics, fetch, appUrl, wake, sleep, realClock: systemClock };
}

/** What reading from the platforms needs: a reader for each that is configured. */
export const readingOf = (
  { db, clock, ids, reactions, logger }: Core,
  { shopify, woo }: { shopify: ShopifyDeps | null; woo: WooDeps | null },
): Reading => ({
  db,
  clock,
  ids,
  reactions,
  logger,
  readers: { ...(shopify && { shopify: shopifyReader(shopify) }), ...(woo && { woocommerce: wooReader(woo) }) },
});

/** How what is owed to the world is done, on the platforms that are configured. */
const effectPorts = ({ shopify, woo }: { shopify: ShopifyDeps | null; woo: WooDeps | null }): AnyPort[] => [
  ...discountPorts({
    ...(shopify && { shopify: (shop) => shopifyDiscounts(adminOf(shopify, shop)) }),
    ...(woo && { woocommerce: (shop) => storeDiscounts(woo, shop) }),
  }),
  tagPort(shopify ? { shopify: (shop) => shopifyTags(adminOf(shopify, shop)) } : {}),
];

/** On PostgreSQL all processes share the work; a SQLite file belongs to one. */
const createJobs = ({ config: { databaseUrl: url }, logger }: Core): Jobs =>
  dialectOf(url) === 'postgres'
    ? createPgBossJobs({ url, logger, topics: topicNames(features) })
    : createInProcessJobs({ logger });

/** How the admin's session tokens are checked, and how a shop that comes with one for the first time is installed. */
const sessions = (shopify: ShopifyDeps | null, woo: WooDeps | null, practice: boolean) => ({
  verifySession:
    shopify === null
      ? undefined
      : (token: string) => verifySessionToken(token, { ...shopify.platform, now: shopify.realClock.now() }),
  ...(shopify && {
    install: ({ domain, token }: { domain: string; token: string }) =>
      ensureInstalled(shopify, { domain, sessionToken: token }),
  }),
  ...(woo && {
    verifyStore: (token: string) => storeSession(woo, token, practice ? { longest: PRACTICE_SECONDS } : {}),
  }),
});

/** How stores are connected; the practice store has an address that nobody else can reach. */
const connectOptions = ({ sandbox, config }: Core) =>
  sandbox?.storeApp
    ? { publicUrl: sandbox.storeApp, allowPrivate: true }
    : { publicUrl: config.appUrl, allowPrivate: config.allowPrivateStores };

/** Builds the whole app: the only place where adapters are chosen and wired. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const core = await createCore(config, overrides);
  const { db, clock, ids, reactions, logger } = core;
  const jobs = overrides.jobs ?? createJobs(core);
  const metrics = createMetrics({ db, clock }, { gauges: core.features.flatMap(({ metrics: own }) => own ?? []) });
  const directory = createDirectory(core);
  const works = config.role !== 'web';
  const played = await playedBy(core, config, { ...overrides, jobs, effects: () => effects });
  const sandbox = played.shopify ?? played.woocommerce;
  const platform = played.shopify?.platform ?? platformOf(core.config);
  const shopify = shopifyDeps(core, platform, (shopId) => jobs.wake('platform', shopId));
  const stores = played.woocommerce?.platform.fetch ?? storesOf(core.config);
  const woo = wooDeps(core, stores, (shopId) => jobs.wake('platform', shopId));
  const reading = readingOf(core, { shopify, woo });
  const effects: Effects = createEffects(
    { ...core, wake: (shopId) => jobs.wake('effects', shopId) },
    effectPorts({ shopify, woo }),
  );
  const wakePlatform = (shopId: number): void => jobs.wake('platform', shopId);
  // The numbers follow what was applied, once in a while however much it is.
  const onApplied = soon((shopId) => jobs.wake('insights', shopId), FOLD_EVERY_MS);
  const needs = { ...core, ...drainDeps(core), reading, wakePlatform, effects, onApplied, realClock: systemClock };
  const ticking = schedule(features, needs);
  const receiver = createReceiver({ db, clock, ids, logger });
  const intake = { receiver, jobs, logger, metrics: metrics.intake, ids };
  const takesWoo = config.woocommerceEnabled || config.sandbox === 'woocommerce';
  const mount = mountRoutes({
    db,
    metrics,
    adminToken: config.adminToken,
    shopifyWebhooks: {
      ...intake,
      shopOf: (domain) => directory('shopify', domain),
      appSecret: (played.shopify?.platform ?? config.shopify)?.apiSecret,
      verify: verifyShopify,
      shopHeader: 'x-shopify-shop-domain',
    },
    wooWebhooks: takesWoo
      ? { ...intake, shopOf: createIdDirectory(core, 'woocommerce'), verify: verifyWooCommerce }
      : null,
    shopifyAuth: shopify && shopifyAuth(shopify),
    wooConnect: woo && wooConnect(woo, connectOptions(core)),
    api: {
      db,
      clock,
      ids,
      reactions,
      logger,
      features: core.features,
      endpoints: features.flatMap((feature) => ('endpoints' in feature ? (feature.endpoints ?? []) : [])),
      jobs,
      schedule: ticking,
      ...sessions(shopify, woo, played.woocommerce !== null),
      ...overrides,
      ...(woo && { farewell: (shop) => removeStoreWebhooks(woo, shop) }),
    },
    home: {
      facts: {
        database: dialectOf(config.databaseUrl),
        shopify: config.shopify !== undefined,
        woocommerce: config.woocommerceEnabled,
        sandbox: sandbox !== null,
      },
    },
    admin: {
      folder: ADMIN_FOLDER,
      shopifyKey: platform?.apiKey ?? null,
      isSandbox: sandbox !== null,
      sandboxShop: async () =>
        sandbox && shopOfDomain({ db }, played.shopify ? 'shopify' : 'woocommerce', sandbox.domain),
      shopOf: (platform, domain) => shopOfDomain({ db }, platform, domain),
    },
    ready: () => sandbox?.ready() ?? true,
    ...(sandbox ? { sandbox: sandbox.routes } : {}),
  });
  const http = createHttp({ logger, ids, requestEnded: metrics.requestEnded, mount });
  return {
    ...core,
    http,
    jobs,
    practice: played,
    start: async (origin) => {
      const onRan: OnRan = (name, ran) => noteRun({ db }, name, { ...ran, at: clock.now() });
      await jobs.start(works ? { topics: topics(features, needs), schedule: ticking, onRan } : null);
      if (!sandbox || origin === undefined) return;
      await sandbox.start(origin);
      // As its merchant opening the app for the first time would.
      if (shopify && played.shopify) {
        const sessionToken = await played.shopify.sessionToken();
        await ensureInstalled(shopify, { domain: played.shopify.domain, sessionToken });
      }
    },
    stop: async () => {
      await sandbox?.stop();
      await jobs.stop();
      await effects.stop();
      await db.close();
    },
  };
}
