import type { RequestHandler } from 'express';
import { type HomeFacts, homePage } from './home.page.ts';

export type HomeDeps = { facts: HomeFacts };

const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The start page, in the language asked for by `?locale=` or by the browser. Shopify opens the app here, with the shop in
 * the address: it is led on to the admin.
 */
export const homeRoute =
  ({ facts }: HomeDeps): RequestHandler =>
  (request, response) => {
    if (typeof request.query.shop === 'string') {
      const { search } = new URL(request.originalUrl, 'http://localhost');
      response.redirect(302, `/app${search}`);
      return;
    }
    const asked = request.query.locale;
    const locale = asked === 'fa' || asked === 'en' ? asked : request.acceptsLanguages('en', 'fa') || 'en';
    response
      .set({
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
      .type('html')
      .send(homePage(facts, locale === 'fa' ? 'fa' : 'en'));
  };
