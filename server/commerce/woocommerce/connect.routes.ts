import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { tooMany } from '../../api/api.errors.ts';
import { rawBody } from '../../http/raw-body.ts';
import { AppError, badRequest } from '../../shared/errors.ts';
import { beginConnect, type ConnectOptions } from './begin.usecases.ts';
import { limitedByAddress } from './connect.limits.ts';
import { CONNECT, connectPage, type Shown } from './connect.page.ts';
import { connectStore } from './connect.usecases.ts';
import { type Locale, troubleOf } from './connect.words.ts';
import { handoverOf } from './handovers.usecases.ts';
import type { WooDeps } from './woocommerce.deps.ts';

/** Requests a minute from one address: looking at a store costs that store something, too. */
const LOOKS = 30;
/** The page that waits asks again by itself. */
const DONES = 120;
const CALLBACKS = 60;
/** What a store sends is 190 bytes long. */
const MAX_CALLBACK = 16 * 1024;

/**
 * No scripts, nothing from elsewhere. A form may lead to any store: browsers apply this rule to where a form's answer
 * redirects, and that is the point of this one.
 */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self' https: http:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function localeOf(request: Request): Locale {
  const asked = request.query.locale;
  if (asked === 'fa' || asked === 'en') return asked;
  return request.acceptsLanguages('en', 'fa') === 'fa' ? 'fa' : 'en';
}

/** This address in the other language. */
function inOther(request: Request, locale: Locale): string {
  const query = new URL(request.originalUrl, 'http://localhost').searchParams;
  query.set('locale', locale === 'fa' ? 'en' : 'fa');
  return `${CONNECT}${request.path === '/' ? '' : request.path}?${query}`;
}

const STATUS: Partial<Record<Shown['kind'], number>> = { trouble: 400 };

function show(request: Request, response: Response, shown: Shown, locale = localeOf(request)): void {
  const status = STATUS[shown.kind] ?? 200;
  response
    .status(response.statusCode === 429 ? 429 : status)
    .type('html')
    .send(connectPage(shown, locale, inOther(request, locale)));
}

/** Asks for a store's address; with one, looks at the store and leads to its page of approval. */
const ask =
  (deps: WooDeps, options: ConnectOptions): RequestHandler =>
  async (request, response) => {
    const store = textOf(request.query.store).slice(0, 2_001);
    const locale = localeOf(request);
    if (request.query.store === undefined) return show(request, response, { kind: 'ask', store });
    const begun = await beginConnect(deps, options, { store, locale, knowing: request.query.insecure === '1' });
    if (begun.kind === 'go') return response.redirect(302, begun.url);
    if (begun.kind === 'trouble') return show(request, response, { ...begun, store: store.slice(0, 2_000) });
    const query = new URLSearchParams({ store: begun.storeUrl, insecure: '1', locale });
    show(request, response, { kind: 'insecure', store: begun.storeUrl, goOn: `${CONNECT}?${query}` });
  };

/** Where the store leads its owner back to. Says what became of it, by the token alone. */
const done =
  (deps: WooDeps): RequestHandler =>
  async (request, response) => {
    const handover = await handoverOf(deps, request.query.user_id);
    if (!handover) return show(request, response, { kind: 'trouble', trouble: 'handover', store: '' });
    const asked = request.query.locale;
    const locale = asked === 'fa' || asked === 'en' ? asked : handover.locale;
    const store = handover.storeUrl;
    if (handover.state === 'connected') return show(request, response, { kind: 'connected', store }, locale);
    const { outcome, expiresAt } = handover;
    if (request.query.success === '0') return show(request, response, { kind: 'denied', store }, locale);
    if (outcome !== null)
      return show(request, response, { kind: 'trouble', trouble: troubleOf(outcome), store }, locale);
    const over = expiresAt <= deps.realClock.now();
    show(
      request,
      response,
      over ? { kind: 'trouble', trouble: 'handover', store } : { kind: 'waiting', store },
      locale,
    );
  };

const callbackShape = z.object({
  user_id: z.string().max(200),
  consumer_key: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  consumer_secret: z.string().regex(/^[\x21-\x7e]{1,255}$/),
  key_permissions: z.string().max(50),
});

/** What a store sends with its keys. @throws AppError woocommerce.callback */
async function givenIn(request: Request) {
  const read = await rawBody(request, MAX_CALLBACK);
  if (!read.ok) throw new AppError('woocommerce.callback', 'This is not what a store sends.', { status: read.status });
  try {
    const { user_id, consumer_key, consumer_secret, key_permissions } = callbackShape.parse(
      JSON.parse(read.body.toString('utf8')),
    );
    return { token: user_id, keys: { key: consumer_key, secret: consumer_secret }, permissions: key_permissions };
  } catch {
    // What was wrong with it stays out: it holds keys.
    throw badRequest('woocommerce.callback', 'This is not what a store sends with its keys.');
  }
}

/** Takes a store's keys. Exactly 200 says that they were taken: after any other answer the store deletes them. */
const callback =
  (deps: WooDeps): RequestHandler =>
  async (request, response) => {
    await connectStore(deps, await givenIn(request));
    response.status(200).json({ connected: true });
  };

/** `/connect/woocommerce`: a store's owner approves at the store, which then sends its keys. */
export function wooConnect(deps: WooDeps, options: ConnectOptions): RequestHandler {
  const router = Router();
  router.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  const slow: RequestHandler = (request, response) =>
    show(request, response.status(429), {
      kind: 'trouble',
      trouble: 'rate_limited',
      store: textOf(request.query.store),
    });
  const looks = limitedByAddress('connect', LOOKS, slow);
  const callbacks = limitedByAddress('callback', CALLBACKS, (_request, _response, next) => next(tooMany(60)));
  router.get('/', looks, ask(deps, options));
  router.get('/done', limitedByAddress('done', DONES, slow), done(deps));
  router.post('/callback', callbacks, callback(deps));
  return router;
}
