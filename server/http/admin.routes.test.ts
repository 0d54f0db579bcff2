import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import express from 'express';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminFiles } from './admin.files.ts';
import { type AdminDeps, adminRoutes } from './admin.routes.ts';

const TEMPLATE = `<!doctype html>
<html lang="en" dir="ltr"><head><script type="application/json" id="bazgasht">{}</script>
<!-- host script -->
</head><body></body></html>`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-admin-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), TEMPLATE);
  writeFileSync(join(folder, 'assets/main-abc.js'), 'export {};');
  writeFileSync(join(folder, 'assets/main-abc.js.br'), brotliCompressSync('export {};'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const shops: Record<string, { locale: string; storeUrl: string | null }> = {
  'shopify:acme.myshopify.com': { locale: 'fa', storeUrl: null },
  'woocommerce:shop.example.test': { locale: 'fa-IR', storeUrl: 'https://shop.example.test/fa' },
};

function get(path: string, deps: Partial<AdminDeps> = {}) {
  const app = express();
  app.use(
    '/app',
    adminRoutes({
      folder,
      shopifyKey: 'key-1',
      isSandbox: false,
      sandboxShop: async () => null,
      shopOf: async (platform, domain) => shops[`${platform}:${domain}`] ?? null,
      ...deps,
    }),
  );
  return supertest(app).get(path);
}
const policy = (headers: Record<string, string>): string => headers['content-security-policy'] ?? '';

describe('who may frame the admin', () => {
  test.each([
    ['a shop of Shopify', '?shop=acme.myshopify.com', 'https://acme.myshopify.com https://admin.shopify.com'],
    ['one that is new', '?shop=new.myshopify.com', 'https://new.myshopify.com https://admin.shopify.com'],
    ['a host that Shopify gives to nobody', '?shop=evil.example.test', "'none'"],
    ['a name that would go on with the policy', '?shop=a.myshopify.com;%20script-src%20*', "'none'"],
    ['two shops at once', '?shop=acme.myshopify.com&shop=b.myshopify.com', "'none'"],
    ['a WooCommerce store', '?store=https://shop.example.test/fa', 'https://shop.example.test'],
    ['the same store without TLS', '?store=http://shop.example.test', "'none'"],
    ['a store that is not known', '?store=https://other.example.test', "'none'"],
    ['nobody', '', "'none'"],
  ])('%s', async (_name, query, ancestors) => {
    const { status, headers } = await get(`/app/insights${query}`);
    expect(status).toBe(200);
    expect(policy(headers).split('; ').at(-1)).toBe(`frame-ancestors ${ancestors}`);
  });
});

describe('the page', () => {
  test('in Shopify’s admin has App Bridge first, and its key', async () => {
    const { text, headers } = await get('/app?shop=acme.myshopify.com');
    expect(text).toContain('<meta name="shopify-api-key" content="key-1" />');
    expect(text).toContain('src="https://cdn.shopify.com/shopifycloud/app-bridge.js"');
    expect(text).toContain('{"host":"shopify","locale":"fa"}');
    expect(policy(headers)).toContain("script-src 'self' https://cdn.shopify.com");
  });

  test('elsewhere asks nobody but this server', async () => {
    const { text, headers } = await get('/app?store=https://shop.example.test/fa');
    expect(text).not.toContain('cdn.shopify.com');
    expect(policy(headers)).toContain("script-src 'self';");
    expect(policy(headers)).toContain("connect-src 'self';");
  });

  test.each([
    ['?locale=fa', 'fa', 'rtl'],
    ['?locale=en&shop=acme.myshopify.com', 'en', 'ltr'],
    ['?shop=acme.myshopify.com', 'fa', 'rtl'],
    ['?locale=<script>', 'en', 'ltr'],
  ])('%s is in its language from the first byte', async (query, lang, dir) => {
    const { text } = await get(`/app${query}`);
    expect(text).toContain(`<html lang="${lang}" dir="${dir}">`);
    expect(text).not.toContain('<script>,');
  });

  test('of the sandbox knows its shop, and can be opened as Shopify would', async () => {
    const sandbox = { isSandbox: true, sandboxShop: async () => ({ locale: 'en', storeUrl: null }) };
    expect((await get('/app', sandbox)).text).toContain('{"host":"sandbox","locale":"en"}');
    const embedded = await get('/app?embedded=1', sandbox);
    expect(embedded.text).toContain('src="/sandbox/app-bridge.js"');
    expect(policy(embedded.headers)).not.toContain('shopify.com');
  });

  test('is never kept, since it speaks of one shop', async () => {
    expect((await get('/app')).headers['cache-control']).toBe('no-store');
  });

  test('says how to build the admin where nobody has', async () => {
    const { status, text } = await get('/app', { folder: join(folder, 'nothing') });
    expect([status, text]).toEqual([503, 'The admin is not built yet: npm run build\n']);
  });
});

describe('the files', () => {
  test('are sent compressed, and kept for good: their names change with them', async () => {
    const { headers, text } = await get('/app/assets/main-abc.js').set('accept-encoding', 'br');
    expect(headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(headers).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8', vary: 'accept-encoding' });
    expect(text).toBe('export {};');
  });

  test('are sent as they are to whoever takes nothing else', async () => {
    const { headers, text } = await get('/app/assets/main-abc.js').set('accept-encoding', 'identity');
    expect([headers['content-encoding'], text]).toEqual([undefined, 'export {};']);
  });

  test('that vanish while the app runs are a 404, and the app runs on', async () => {
    const gone = join(folder, 'assets/gone-abc.js');
    for (const ending of ['', '.br']) writeFileSync(gone + ending, 'export {};');
    const app = express().use('/assets', adminFiles(join(folder, 'assets')));
    for (const ending of ['', '.br']) rmSync(gone + ending);
    const { status, headers } = await supertest(app).get('/assets/gone-abc.js').set('accept-encoding', 'br');
    expect([status, headers['content-encoding']]).toEqual([404, undefined]);
  });

  test('that are not there are a 404, not the page', async () => {
    expect((await get('/app/assets/main-old.js')).status).toBe(404);
    expect((await get('/app/assets/..%2findex.html')).status).toBe(404);
  });
});
