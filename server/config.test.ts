import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { isAppError } from './shared/errors.ts';

const KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
const live = {
  SHOPIFY_API_KEY: 'key',
  SHOPIFY_API_SECRET: 'shhh',
  APP_URL: 'https://app.example.test',
  ENCRYPTION_KEYS: KEY,
};

function refusal(env: Record<string, string | undefined>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (isAppError(error, 'config.invalid')) return error.message;
    throw error;
  }
  return 'accepted';
}

test('with nothing set, it is a sandbox on this machine', () => {
  expect(loadConfig({ PATH: '/bin', PORT: undefined, APP_URL: ' ', ADMIN_TOKEN: '' })).toEqual({
    port: 3000,
    appUrl: undefined,
    databaseUrl: 'file:./data/bazgasht.db',
    encryptionKeys: undefined,
    shopify: undefined,
    woocommerceEnabled: false,
    allowPrivateStores: false,
    role: 'all',
    logLevel: 'info',
    cacheMb: 128,
    adminToken: undefined,
    sandbox: 'on',
  });
});

test('everything set', () => {
  const env = {
    ...live,
    PORT: '8080',
    APP_URL: 'https://APP.example.test/',
    DATABASE_URL: 'postgres://u:p@db/bazgasht',
    SHOPIFY_SCOPES: 'read_orders, write_discounts',
    SHOPIFY_WEBHOOKS: 'app',
    WOOCOMMERCE_ENABLED: 'ON',
    ALLOW_PRIVATE_STORES: '1',
    ROLE: 'worker',
    LOG_LEVEL: 'debug',
    CACHE_MB: '512',
    ADMIN_TOKEN: 'open-sesame',
    SANDBOX: 'off',
  };
  expect(loadConfig(env)).toEqual({
    port: 8080,
    appUrl: 'https://app.example.test',
    databaseUrl: 'postgres://u:p@db/bazgasht',
    encryptionKeys: [{ id: 'k1', key: Buffer.alloc(32, 7) }],
    shopify: { apiKey: 'key', apiSecret: 'shhh', scopes: ['read_orders', 'write_discounts'], webhooks: 'app' },
    woocommerceEnabled: true,
    allowPrivateStores: true,
    role: 'worker',
    logLevel: 'debug',
    cacheMb: 512,
    adminToken: 'open-sesame',
    sandbox: 'off',
  });
});

describe('one line names the variable and never shows its value', () => {
  test.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '80a'],
    ['APP_URL', 'http://app.example.test'],
    ['APP_URL', 'https://app.example.test/path'],
    ['APP_URL', 'https://:hunter2@app.example.test'],
    ['APP_URL', 'app.example.test'],
    ['DATABASE_URL', 'mysql://root:hunter2@db/x'],
    ['DATABASE_URL', './data/bazgasht.db'],
    ['ENCRYPTION_KEYS', 'k1:hunter2'],
    ['SHOPIFY_API_KEY', 'hunter 2'],
    ['SHOPIFY_SCOPES', 'read orders'],
    ['SHOPIFY_WEBHOOKS', 'both'],
    ['WOOCOMMERCE_ENABLED', 'yes'],
    ['ALLOW_PRIVATE_STORES', '2'],
    ['ROLE', 'boss'],
    ['LOG_LEVEL', 'loud'],
    ['ADMIN_TOKEN', 'hunter\n2'],
    ['CACHE_MB', '0'],
    ['CACHE_MB', '1.5'],
    ['SANDBOX', 'maybe'],
    ['SANDBOX', 'constructor'],
    ['WOOCOMMERCE_ENABLED', 'constructor'],
  ])('%s=%j', (name, value) => {
    const line = refusal({ [name]: value });
    expect(line).toMatch(new RegExp(`^${name} must be [^\\n]+$`));
    expect(line).not.toContain(value);
    expect(line).not.toContain('hunter');
  });

  test('a file needs a name', () => {
    expect(refusal({ DATABASE_URL: 'file:' })).toMatch(/^DATABASE_URL must be /);
  });

  test('several at once', () => {
    expect(refusal({ PORT: 'x', ROLE: 'x' })).toMatch(/^PORT must be .+; ROLE must be .+$/);
  });
});

describe('what belongs together', () => {
  test('Shopify key and secret', () => {
    expect(refusal({ ...live, SHOPIFY_API_SECRET: '' })).toMatch(/^SHOPIFY_API_SECRET is missing/);
    expect(refusal({ ...live, SHOPIFY_API_KEY: undefined })).toMatch(/^SHOPIFY_API_KEY is missing/);
  });

  test('encryption keys where secrets are real or processes several', () => {
    expect(refusal({ ...live, ENCRYPTION_KEYS: undefined })).toMatch(/^ENCRYPTION_KEYS is missing/);
    expect(refusal({ DATABASE_URL: 'postgresql://db/x' })).toMatch(/^ENCRYPTION_KEYS is missing/);
    expect(refusal({ DATABASE_URL: 'postgresql://db/x', ENCRYPTION_KEYS: KEY })).toBe('accepted');
  });

  test('plain http on this machine only', () => {
    for (const url of ['http://localhost:3000', 'http://127.0.0.1:8080', 'http://[::1]:3000', 'http://app.localhost'])
      expect(loadConfig({ APP_URL: url }).appUrl).toBe(url);
    expect(refusal({ APP_URL: 'http://localhost.example.com' })).toMatch(/^APP_URL/);
    expect(refusal({ APP_URL: 'http://127.0.0.1.example.com' })).toMatch(/^APP_URL/);
  });
});

describe('SANDBOX', () => {
  test.each([
    [{ SANDBOX: 'true' }, 'on'],
    [{ SANDBOX: '0' }, 'off'],
    [{ SANDBOX: 'WooCommerce' }, 'woocommerce'],
    [{ WOOCOMMERCE_ENABLED: '1' }, 'off'],
    [{ WOOCOMMERCE_ENABLED: '1', SANDBOX: 'woocommerce' }, 'woocommerce'],
    [{ APP_URL: 'https://app.example.test' }, 'off'],
    [live, 'off'],
  ])('%j is %s', (env, sandbox) => {
    expect(loadConfig(env).sandbox).toBe(sandbox);
  });

  test('never starts beside real keys or a public address', () => {
    expect(refusal({ ...live, SANDBOX: 'on' })).toMatch(/^SANDBOX must be off/);
    expect(refusal({ APP_URL: live.APP_URL, SANDBOX: 'woocommerce' })).toMatch(/^SANDBOX must be off/);
  });
});

test('.env.example explains every variable and sets none', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const names = new Set([...text.matchAll(/^#([A-Z_]+)=/gm)].map((match) => match[1]));
  expect([...names].toSorted()).toEqual(
    'ADMIN_TOKEN ALLOW_PRIVATE_STORES APP_URL CACHE_MB DATABASE_URL ENCRYPTION_KEYS LOG_LEVEL PORT ROLE SANDBOX SHOPIFY_API_KEY SHOPIFY_API_SECRET SHOPIFY_SCOPES SHOPIFY_WEBHOOKS WOOCOMMERCE_ENABLED'.split(
      ' ',
    ),
  );
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
});
