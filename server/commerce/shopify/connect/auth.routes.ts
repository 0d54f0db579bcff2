import { type RequestHandler, Router } from 'express';
import { badRequest, unauthorised } from '../../../shared/errors.ts';
import { isShopDomain } from '../platform.ts';
import { checkQuery, checkState, makeState } from './auth.signed.ts';
import { installByCode } from './install.usecases.ts';
import type { ShopifyDeps } from './shopify.deps.ts';

const COOKIE = 'shopify_state';
/** A shop's admin as Shopify names it in `host`. */
const ADMIN = /^(?:admin\.shopify\.com\/store\/[a-z0-9-]{1,63}|[a-z0-9-]{1,63}\.myshopify\.com\/admin)$/;

const queryOf = (url: string): URLSearchParams => new URL(url, 'http://localhost').searchParams;

function cookieOf(header: string | undefined): string {
  for (const part of header?.split(';') ?? []) {
    const [name, value = ''] = part.trim().split('=');
    if (name === COOKIE) return value;
  }
  return '';
}

/** The shop of an address that Shopify signed. @throws AppError auth.repeated, auth.signature, auth.shop */
function checked({ platform, realClock }: ShopifyDeps, query: URLSearchParams) {
  const signed = checkQuery(query, platform.apiSecret, realClock.now());
  if (!signed.ok && signed.reason === 'repeated')
    throw badRequest('auth.repeated', 'A parameter of this address stands there twice.');
  if (!signed.ok)
    throw unauthorised('auth.signature', 'This address was not signed by Shopify, or is too old. Start again there.', {
      reason: signed.reason,
    });
  const domain = signed.get('shop').toLowerCase();
  if (!isShopDomain(domain)) throw badRequest('auth.shop', 'This address names no shop.', { field: 'shop' });
  return { domain, get: signed.get };
}

/** Sends the browser to Shopify's page of permissions; only for a shop that Shopify itself named in a signed address. */
const begin =
  (deps: ShopifyDeps): RequestHandler =>
  (request, response) => {
    const { platform, realClock } = deps;
    const { domain } = checked(deps, queryOf(request.originalUrl));
    const { state, cookie, maxAge } = makeState(domain, platform.apiSecret, realClock.now());
    const secure = platform.appUrl.startsWith('https:');
    response.cookie(COOKIE, cookie, { httpOnly: true, secure, sameSite: 'lax', path: '/auth', maxAge });
    const query = new URLSearchParams({
      client_id: platform.apiKey,
      scope: platform.scopes.join(','),
      redirect_uri: `${platform.appUrl}/auth/callback`,
      state,
    });
    response.redirect(302, `https://${domain}/admin/oauth/authorize?${query}`);
  };

/** Back from Shopify with a code: it is changed for access, and the merchant goes to the app in the admin. */
const callback =
  (deps: ShopifyDeps): RequestHandler =>
  async (request, response) => {
    const { platform, realClock } = deps;
    const { domain, get } = checked(deps, queryOf(request.originalUrl));
    const about = { state: get('state'), cookie: cookieOf(request.headers.cookie), domain };
    response.clearCookie(COOKIE, { path: '/auth' });
    if (!checkState(about, platform.apiSecret, realClock.now()))
      throw unauthorised('auth.state', 'This install was not begun in this browser, or too long ago. Start again.');
    await installByCode(deps, { domain, code: get('code') });
    const host = Buffer.from(get('host'), 'base64').toString('utf8');
    const admin = ADMIN.test(host) ? host : `${domain}/admin`;
    response.redirect(302, `https://${admin}/apps/${platform.apiKey}`);
  };

/** `/auth` and `/auth/callback`: the authorization code grant. */
export function shopifyAuth(deps: ShopifyDeps): RequestHandler {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store').set('referrer-policy', 'no-referrer');
    next();
  });
  router.get('/', begin(deps));
  router.get('/callback', callback(deps));
  return router;
}
