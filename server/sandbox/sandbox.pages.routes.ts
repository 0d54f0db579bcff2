import express, { type Request, type Response, type Router } from 'express';
import { isAppError } from '../shared/errors.ts';
import { isLocale, type Locale } from '../words/locales.ts';
import { formOf } from './sandbox.body.ts';
import { checkedInput, inputs } from './sandbox.inputs.ts';
import { checkoutPage, inboxPage, ordersPage, problemPage, storePage, timePage } from './sandbox.pages.ts';
import type { RouteDeps } from './sandbox.route-deps.ts';
import { PRODUCTS } from './store/sandbox.catalogue.ts';
import { PAGE_HEADERS, pathOf } from './store/sandbox.layout.ts';
import { beginCheckout, completeCheckout, payOrder, placeOrder, refundOrder } from './store/sandbox.shopping.ts';
import type { SandboxLine } from './store/sandbox.types.ts';

function localeOf(request: Request): Locale {
  const asked = request.query.locale;
  if (isLocale(asked)) return asked;
  return request.acceptsLanguages('en', 'fa') === 'fa' ? 'fa' : 'en';
}

const show = (response: Response, html: string, status = 200): void =>
  void response.status(status).set(PAGE_HEADERS).type('html').send(html);

/** Quantities by product, as the store's form sends them. */
const linesIn = (fields: URLSearchParams): SandboxLine[] =>
  PRODUCTS.flatMap(({ id }) => {
    const quantity = Number(fields.get(id) ?? 0);
    return Number.isInteger(quantity) && quantity > 0 ? [{ product: id, quantity }] : [];
  });

const queryOf = (request: Request): URLSearchParams => new URL(request.originalUrl, 'http://localhost').searchParams;

/** What the last journey did, from the address to which its form led. */
function ranIn(query: URLSearchParams): Record<string, number> | null {
  const counts = [...query].filter(([name, count]) => name.startsWith('ran-') && /^\d+$/.test(count));
  return counts.length === 0 ? null : Object.fromEntries(counts.map(([name, count]) => [name.slice(4), Number(count)]));
}

/** The pages of the sandbox store: plain forms, each answered by leading on to a page, so that going back repeats nothing. */
export function pageRoutes(all: RouteDeps): Router {
  const router = express.Router();
  const { store } = all;
  router.get('/', (request, response) => response.redirect(303, pathOf('store', localeOf(request))));
  router.get('/store', (request, response) => show(response, storePage(localeOf(request))));
  router.get('/store/checkout', (request, response) =>
    show(response, checkoutPage(linesIn(queryOf(request)), localeOf(request))),
  );
  router.get('/store/orders', (request, response) =>
    show(response, ordersPage(store, queryOf(request).get('note'), localeOf(request))),
  );
  router.get('/store/inbox', async (request, response) =>
    show(response, inboxPage(await all.messages(null), localeOf(request))),
  );
  router.get('/store/time', (request, response) =>
    show(response, timePage(store.clock.now(), ranIn(queryOf(request)), localeOf(request))),
  );
  formRoutes(router, all);
  return router;
}

type Work = (fields: URLSearchParams, request: Request) => Promise<string> | string;

function formRoutes(router: Router, { store, sender, advance }: RouteDeps): void {
  /** Does what a form asks for and leads on; what it cannot do is told on a page. */
  const form = (path: string, work: Work): void => {
    router.post(path, async (request, response) => {
      const locale = localeOf(request);
      try {
        const next = await work(await formOf(request), request);
        await sender.flush();
        response.redirect(303, next);
      } catch (error) {
        if (!isAppError(error) || error.status >= 500) throw error;
        show(response, problemPage(error.message, locale), error.status);
      }
    });
  };
  const orders = (request: Request, note: string) => `${pathOf('orders', localeOf(request))}&note=${note}`;
  const param = (request: Request, name: string): string => String(request.params[name] ?? '');
  form('/store/checkout', (fields, request) => {
    const shopping = { email: fields.get('email') ?? '', marketing: fields.get('marketing') === '1' };
    const lines = linesIn(fields);
    if (fields.get('do') === 'leave') {
      beginCheckout(store, checkedInput(inputs.checkout, { ...shopping, lines }));
      return orders(request, 'left');
    }
    const paid = fields.get('do') !== 'later';
    placeOrder(store, checkedInput(inputs.order, { customer: shopping, lines, paid }));
    return orders(request, 'placed');
  });
  form('/store/checkouts/:token', (_fields, request) => {
    completeCheckout(store, param(request, 'token'));
    return orders(request, 'placed');
  });
  form('/store/orders/:id/pay', (_fields, request) => {
    payOrder(store, param(request, 'id'));
    return orders(request, 'done');
  });
  form('/store/orders/:id/refund', (_fields, request) => {
    refundOrder(store, param(request, 'id'), 'all');
    return orders(request, 'done');
  });
  form('/store/time', async (fields, request) => {
    const { ran } = await advance({ advance: fields.get('advance') ?? '' });
    const counts = Object.entries(ran).map(([name, count]) => `&ran-${encodeURIComponent(name)}=${count}`);
    return pathOf('time', localeOf(request)) + counts.join('');
  });
}
