import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Request, type RequestHandler, Router } from 'express';
import { adminFiles } from './admin.files.ts';
import { type AdminHost, adminPage } from './admin.page.ts';

export type AdminShop = { locale: string; storeUrl: string | null };
export type AdminDeps = {
  /** Where the built admin is. */
  folder: string;
  /** The key of the Shopify app; null where Shopify is not configured. */
  shopifyKey: string | null;
  /** The sandbox store's shop, where that is what runs. */
  sandboxShop: () => Promise<AdminShop | null>;
  isSandbox: boolean;
  /** A shop of a platform by its domain; null: unknown. */
  shopOf: (platform: 'shopify' | 'woocommerce', domain: string) => Promise<AdminShop | null>;
};

const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';
const SANDBOX_BRIDGE = '/sandbox/app-bridge.js';
const HOST = /^(?=.{1,253}$)[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/;

type Shown = { host: AdminHost | null; shop: AdminShop | null; ancestors: string; bridge: string | null };

const word = (value: unknown): string | null => (typeof value === 'string' && value.length <= 512 ? value : null);

/** Who shows the page, and who may: exactly the shop that opens it. */
async function shownBy(deps: AdminDeps, { query }: Request): Promise<Shown> {
  const nobody = "'none'";
  if (deps.isSandbox) {
    const embedded = query.embedded === '1';
    const bridge = embedded ? SANDBOX_BRIDGE : null;
    return { host: embedded ? 'shopify' : 'sandbox', shop: await deps.sandboxShop(), ancestors: "'self'", bridge };
  }
  const store = word(query.store);
  if (store !== null && URL.canParse(store)) {
    const { origin, host } = new URL(store);
    const shop = HOST.test(host) ? await deps.shopOf('woocommerce', host) : null;
    const known = shop?.storeUrl != null && new URL(shop.storeUrl).origin === origin;
    return { host: 'wordpress', shop, ancestors: known ? origin : nobody, bridge: null };
  }
  const domain = word(query.shop)?.toLowerCase() ?? '';
  if (deps.shopifyKey === null || domain === '') return { host: null, shop: null, ancestors: nobody, bridge: null };
  const shop = HOST.test(domain) ? await deps.shopOf('shopify', domain) : null;
  // A shop that opens the app for the first time is not known yet: its admin alone may show the page.
  const named = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(domain) ? `https://${domain} ` : '';
  const ancestors = shop || named !== '' ? `${named}https://admin.shopify.com` : nobody;
  return { host: 'shopify', shop, ancestors, bridge: APP_BRIDGE };
}

const policyFor = ({ ancestors, bridge }: Shown): string =>
  [
    "default-src 'none'",
    `script-src 'self'${bridge === APP_BRIDGE ? ' https://cdn.shopify.com' : ''}`,
    // Polaris and the charts set sizes and places in style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${bridge === APP_BRIDGE ? ' https://*.shopify.com https://*.shopifycloud.com' : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');

const languageOf = (asked: unknown, shop: AdminShop | null): 'en' | 'fa' | null => {
  const name = (word(asked) ?? shop?.locale ?? '').slice(0, 2).toLowerCase();
  return name === 'fa' || name === 'en' ? name : null;
};

/** `/app` and everything below: the built files, and the one page that all other addresses open. */
export function adminRoutes(deps: AdminDeps): RequestHandler {
  const router = Router();
  const index = join(deps.folder, 'index.html');
  const template = existsSync(index) ? readFileSync(index, 'utf8') : null;
  if (template !== null) router.use('/assets', adminFiles(join(deps.folder, 'assets')));
  router.get(/.*/, async (request, response) => {
    if (template === null) {
      response.status(503).type('text').send('The admin is not built yet: npm run build\n');
      return;
    }
    const shown = await shownBy(deps, request);
    const locale = languageOf(request.query.locale, shown.shop);
    const script = shown.bridge === null ? null : { src: shown.bridge, apiKey: deps.shopifyKey ?? '' };
    response
      .set({
        'content-security-policy': policyFor(shown),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'origin',
        'cache-control': 'no-store',
      })
      .type('html')
      .send(adminPage(template, { host: shown.host, locale, script }));
  });
  return router;
}
