import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { tooMany } from '../../../http/http.errors.ts';
import { rawBody } from '../../../http/raw-body.ts';
import { AppError, badRequest } from '../../../shared/errors.ts';
import type { Locale } from '../../../words/locales.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { beginConnect, type ConnectOptions } from './begin.usecases.ts';
import { limitedByAddress } from './connect.limits.ts';
import { CONNECT, connectPage, type Shown } from './connect.page.ts';
import { siteOfAgent } from './connect.rules.ts';
import { troubleOf } from './connect.troubles.ts';
import { connectStore } from './connect.usecases.ts';
import { HANDOVER_MS, type Handover, handoverOf } from './handovers.usecases.ts';

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

/** The token once more, in the browser that began: where its keys do not do, a store leads nobody back to us. */
const COOKIE = 'woo_handover';

function cookieOf({ headers }: Request): string {
  const [, token = ''] = /(?:^|;\s*)woo_handover=([\w-]{1,100})/.exec(headers.cookie ?? '') ?? [];
  return token;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function localeAsked({ query }: Request): Locale | null {
  return query.locale === 'fa' || query.locale === 'en' ? query.locale : null;
}

const localeOf = (request: Request): Locale =>
  localeAsked(request) ?? (request.acceptsLanguages('en', 'fa') === 'fa' ? 'fa' : 'en');

/** This address in the other language. */
function inOther(request: Request, locale: Locale): string {
  const query = new URL(request.originalUrl, 'http://localhost').searchParams;
  query.set('locale', locale === 'fa' ? 'en' : 'fa');
  return `${CONNECT}${request.path === '/' ? '' : request.path}?${query}`;
}

type Manner = { locale?: Locale; status?: number };

function show(request: Request, response: Response, shown: Shown, manner: Manner = {}): void {
  const { locale = localeOf(request), status = shown.kind === 'trouble' ? 400 : 200 } = manner;
  response
    .status(status)
    .type('html')
    .send(connectPage(shown, locale, inOther(request, locale)));
}

/** Whoever comes back after keys that did not do is told why, and finds the address as it was. */
async function lastTime(deps: WooDeps, request: Request): Promise<Shown> {
  const handover = await handoverOf(deps, cookieOf(request));
  if (handover?.state !== 'open' || handover.outcome === null) return { kind: 'ask', store: '' };
  return { kind: 'trouble', trouble: troubleOf(handover.outcome), store: handover.storeUrl };
}

/** Asks for a store's address; with one, looks at the store and leads to its page of approval. */
const ask =
  (deps: WooDeps, options: ConnectOptions): RequestHandler =>
  async (request, response) => {
    const store = textOf(request.query.store).slice(0, 2_001);
    const locale = localeOf(request);
    if (request.query.store === undefined)
      return show(request, response, await lastTime(deps, request), { status: 200 });
    const begun = await beginConnect(deps, options, { store, locale, knowing: request.query.insecure === '1' });
    if (begun.kind === 'go') {
      const secure = deps.appUrl.startsWith('https:');
      const about = { httpOnly: true, secure, sameSite: 'lax' as const, path: CONNECT, maxAge: HANDOVER_MS };
      return response.cookie(COOKIE, begun.token, about).redirect(302, begun.url);
    }
    if (begun.kind === 'trouble') return show(request, response, { ...begun, store: store.slice(0, 2_000) });
    const query = new URLSearchParams({ store: begun.storeUrl, insecure: '1', locale });
    show(request, response, { kind: 'insecure', store: begun.storeUrl, goOn: `${CONNECT}?${query}` });
  };

/** What became of a handover; `denied`: as the store says, which is believed of one that nothing came of. */
function outcomeOf({ state, outcome, expiresAt, storeUrl: store }: Handover, denied: boolean, now: number): Shown {
  if (state === 'connected') return { kind: 'connected', store };
  if (denied) return { kind: 'denied', store };
  if (outcome !== null) return { kind: 'trouble', trouble: troubleOf(outcome), store };
  return expiresAt <= now ? { kind: 'trouble', trouble: 'handover', store } : { kind: 'waiting', store };
}

/** Where the store leads its owner back to. Says what became of it, by the token alone. */
const done =
  (deps: WooDeps): RequestHandler =>
  async (request, response) => {
    const handover = await handoverOf(deps, request.query.user_id);
    if (!handover) return show(request, response, { kind: 'trouble', trouble: 'handover', store: '' });
    const shown = outcomeOf(handover, request.query.success === '0', deps.realClock.now());
    show(request, response, shown, { locale: localeAsked(request) ?? handover.locale });
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
    const sender = siteOfAgent(request.headers['user-agent']);
    const { user_id, consumer_key, consumer_secret, key_permissions } = callbackShape.parse(
      JSON.parse(read.body.toString('utf8')),
    );
    return {
      token: user_id,
      keys: { key: consumer_key, secret: consumer_secret },
      permissions: key_permissions,
      sender,
    };
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
    show(
      request,
      response,
      { kind: 'trouble', trouble: 'rate_limited', store: textOf(request.query.store).slice(0, 2_000) },
      { status: 429 },
    );
  const looks = limitedByAddress('connect', LOOKS, slow);
  const callbacks = limitedByAddress('callback', CALLBACKS, (_request, _response, next) => next(tooMany(60)));
  router.get('/', looks, ask(deps, options));
  router.get('/done', limitedByAddress('done', DONES, slow), done(deps));
  router.post('/callback', callbacks, callback(deps));
  return router;
}
