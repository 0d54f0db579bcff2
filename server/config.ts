import { z } from 'zod';
import { parseKeys } from './keys.ts';
import { isLoopbackName } from './shared/addresses.ts';
import { DEFAULT_CACHE_MB } from './shared/cache.ts';
import type { VaultKey } from './shared/crypto.ts';
import { AppError } from './shared/errors.ts';
import { LOG_LEVELS, type LogLevel } from './shared/logger.ts';

/** What the environment decides, checked once at the start. */
export type Config = {
  /** TCP port; 0 takes a free one. */
  port: number;
  /** Public origin without a trailing slash. */
  appUrl: string | undefined;
  /** `file:<path>` (SQLite) or `postgres://…`. */
  databaseUrl: string;
  /** Newest first; undefined = the caller makes one and keeps it beside the database (see keys.ts). */
  encryptionKeys: VaultKey[] | undefined;
  shopify: { apiKey: string; apiSecret: string; scopes: string[]; webhooks: 'shop' | 'app' } | undefined;
  woocommerceEnabled: boolean;
  /** Lets stores have private addresses: for tests only. */
  allowPrivateStores: boolean;
  role: 'all' | 'web' | 'worker';
  logLevel: LogLevel;
  /** Megabytes that all caches of this process may hold together. */
  cacheMb: number;
  /** Opens operator routes and metrics; undefined = this machine only. */
  adminToken: string | undefined;
  sandbox: 'on' | 'off' | 'woocommerce';
};

/** As shopify.app.toml asks for them; docs/shopify.md says what each is for. */
const DEFAULT_SCOPES =
  'read_customer_merge,read_customers,read_fulfillments,read_orders,read_products,write_customers,write_discounts';

const invalid = (line: string) => new AppError('config.invalid', line);

function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username + url.password === '';
  const allowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
  return bare && allowed ? url.origin : null;
}

/** A variable that `read` understands; `null` from it means that the value is wrong, and `expected` says what is right. */
const variable = <T>(expected: string, read: (text: string) => T | null) =>
  z.string().transform((text, context) => {
    const value = read(text.trim());
    if (value !== null) return value;
    // The value itself stays out of the message: it may be a secret in the wrong place.
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });

const switched = (text: string): boolean | null => {
  if (/^(1|on|true)$/i.test(text)) return true;
  return /^(0|off|false)$/i.test(text) ? false : null;
};
const toggle = variable('must be 1/0, on/off or true/false', switched);

const oneOf = <T extends string>(...words: readonly T[]) =>
  variable(`must be one of ${words.join(', ')}`, (text) => words.find((word) => word === text.toLowerCase()) ?? null);

const secret = variable('must be text without spaces', (text) => (/^[\x21-\x7e]+$/.test(text) ? text : null));

const environment = z.object({
  PORT: variable('must be a port number from 0 to 65535', (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : null,
  ).default(3000),
  APP_URL: variable(
    'must be the public https address without a path, such as https://loyalty.example.com',
    originOf,
  ).optional(),
  DATABASE_URL: variable('must be file:<path> or postgres://user:password@host/database', (text) =>
    /^(file:.+|postgres(ql)?:\/\/.+)$/.test(text) ? text : null,
  ).default('file:./data/bazgasht.db'),
  ENCRYPTION_KEYS: variable(
    'must be id:base64 of 32 bytes, several separated by commas, newest first',
    parseKeys,
  ).optional(),
  SHOPIFY_API_KEY: secret.optional(),
  SHOPIFY_API_SECRET: secret.optional(),
  SHOPIFY_SCOPES: variable('must be scopes separated by commas, such as read_orders,read_customers', (text) =>
    /^[a-z_]+(\s*,\s*[a-z_]+)*$/.test(text) ? text : null,
  ).default(DEFAULT_SCOPES),
  SHOPIFY_WEBHOOKS: oneOf('shop', 'app').default('shop'),
  WOOCOMMERCE_ENABLED: toggle.default(false),
  ALLOW_PRIVATE_STORES: toggle.default(false),
  ROLE: oneOf('all', 'web', 'worker').default('all'),
  LOG_LEVEL: oneOf(...LOG_LEVELS).default('info'),
  CACHE_MB: variable('must be a number of megabytes from 1 to 99999', (text) =>
    /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null,
  ).default(DEFAULT_CACHE_MB),
  ADMIN_TOKEN: secret.optional(),
  SANDBOX: variable('must be on, off or woocommerce', (text): Config['sandbox'] | null => {
    if (text.toLowerCase() === 'woocommerce') return 'woocommerce';
    const on = switched(text);
    return on === null ? null : on ? 'on' : 'off';
  }).optional(),
});
type Environment = z.infer<typeof environment>;

function shopifyOf(env: Environment): Config['shopify'] {
  const { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: apiSecret } = env;
  if (apiKey === undefined && apiSecret === undefined) return undefined;
  if (apiKey === undefined)
    throw invalid('SHOPIFY_API_KEY is missing: it is required together with SHOPIFY_API_SECRET');
  if (apiSecret === undefined)
    throw invalid('SHOPIFY_API_SECRET is missing: it is required together with SHOPIFY_API_KEY');
  return { apiKey, apiSecret, scopes: env.SHOPIFY_SCOPES.split(/\s*,\s*/), webhooks: env.SHOPIFY_WEBHOOKS };
}

/** The sandbox needs no accounts, so that it must never start where real ones, or a public address, are configured. */
function sandboxOf(env: Environment, real: boolean): Config['sandbox'] {
  const wanted = env.SANDBOX ?? (real || env.WOOCOMMERCE_ENABLED ? 'off' : 'on');
  if (env.SANDBOX !== undefined && wanted !== 'off' && real)
    throw invalid('SANDBOX must be off while SHOPIFY_API_KEY or APP_URL is set');
  return wanted;
}

/**
 * Reads the environment; an empty value counts as missing, variables of others are ignored. Throws `config.invalid`
 * whose message is one line that names the variable and what is expected of it, never the value.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  const values = parsed.data;
  const shopify = shopifyOf(values);
  if (values.ENCRYPTION_KEYS === undefined && (shopify !== undefined || values.DATABASE_URL.startsWith('postgres')))
    throw invalid(
      'ENCRYPTION_KEYS is missing: with Shopify keys or PostgreSQL it must be id:base64 of 32 bytes (openssl rand -base64 32)',
    );
  return {
    port: values.PORT,
    appUrl: values.APP_URL,
    databaseUrl: values.DATABASE_URL,
    encryptionKeys: values.ENCRYPTION_KEYS,
    shopify,
    woocommerceEnabled: values.WOOCOMMERCE_ENABLED,
    allowPrivateStores: values.ALLOW_PRIVATE_STORES,
    role: values.ROLE,
    logLevel: values.LOG_LEVEL,
    cacheMb: values.CACHE_MB,
    adminToken: values.ADMIN_TOKEN,
    sandbox: sandboxOf(values, shopify !== undefined || values.APP_URL !== undefined),
  };
}

/** The configuration of this process. Throws as `loadConfig` does. */
export const processConfig = (): Config => loadConfig(process.env);
