import type { RequestHandler } from 'express';
import { homePage } from './home.page.ts';

/** What the start page may tell anyone: nothing of any shop. */
export type HomeFacts = { database: 'sqlite' | 'postgres'; shopify: boolean; woocommerce: boolean; sandbox: boolean };
export type HomeDeps = {
  facts: HomeFacts;
  /** Whether a shop of this domain is known on Shopify. */
  isShop: (domain: string) => Promise<boolean>;
};

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors ";
const HOST = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/;

/** Who may show the page in a frame: the shop that opens it and Shopify's admin, exactly; otherwise nobody. */
async function framedBy(shop: unknown, isShop: HomeDeps['isShop']): Promise<string> {
  const known = typeof shop === 'string' && shop.length <= 253 && HOST.test(shop) && (await isShop(shop));
  return known ? `https://${shop} https://admin.shopify.com` : "'none'";
}

/** The start page, in the language asked for by `?locale=` or by the browser. */
export const homeRoute =
  ({ facts, isShop }: HomeDeps): RequestHandler =>
  async (request, response) => {
    const asked = request.query.locale;
    const locale = asked === 'fa' || asked === 'en' ? asked : request.acceptsLanguages('en', 'fa') || 'en';
    response
      .set({
        'content-security-policy': POLICY + (await framedBy(request.query.shop, isShop)),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
      .type('html')
      .send(homePage(facts, locale === 'fa' ? 'fa' : 'en'));
  };
