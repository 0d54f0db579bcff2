import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreFetch, StoreRequest, StoreResponse } from '../../commerce/woocommerce/store/store.types.ts';
import { AppError } from '../../shared/errors.ts';
import type { WooWebhook } from '../store/woo.state.ts';
import { type Answer, noRoute } from './woo.answers.ts';
import { createAuth } from './woo.auth.ts';
import type { createConnect } from './woo.connect.ts';
import { phpJson } from './woo.json.ts';
import { picked } from './woo.pick.ts';
import { answerRest } from './woo.rest.ts';
import { rootIndex } from './woo.settings.ts';
import type { Woo } from './woo.types.ts';

export type WooPlatformDeps = {
  woo: Woo;
  connect: Pick<ReturnType<typeof createConnect>, 'visit'>;
  ping(webhook: WooWebhook): Promise<void>;
  /** Real time in ms. */
  now(): number;
};

const HEADERS = {
  'content-type': 'application/json; charset=UTF-8',
  'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private',
  expires: 'Wed, 11 Jan 1984 05:00:00 GMT',
  'access-control-expose-headers': 'X-WP-Total, X-WP-TotalPages, Link',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};
const PAGE = '<!DOCTYPE html><html lang="en-US"><head><title>Maintenance</title></head><body>Back soon.</body></html>';
const NOTICE =
  '<br />\n<b>Notice</b>:  Undefined index: total in <b>/var/www/html/wp-content/plugins/x.php</b> on line <b>7</b><br />\n';

const html = (status: number, text: string, headers: Record<string, string> = {}): StoreResponse => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8', ...headers },
  body: Buffer.from(text),
});

/** The store's address without what is below it; null: it is another host's. */
function pathIn(url: string, address: URL): string | null {
  const site = new URL(url);
  const base = site.pathname.replace(/\/$/, '');
  // Which scheme leads to it is the caller's choice: it decides how keys are checked.
  if (site.host !== address.host || !address.pathname.startsWith(`${base}/`)) return null;
  return address.pathname.slice(base.length);
}

/** A store behind a StoreFetch: its REST API and its `wc-auth` pages, and whatever tests have go wrong with it. */
export function createWooPlatform(deps: WooPlatformDeps): StoreFetch {
  const { woo, connect } = deps;
  const { faults } = woo;
  const auth = createAuth(woo, deps.now);

  const answerOf = async (request: StoreRequest, address: URL, route: string): Promise<Answer> => {
    if (route === '' || route === '/') return rootIndex(woo);
    const path = /^\/?wc\/v3\/(.+?)\/?$/.exec(route)?.[1];
    if (path === undefined) return noRoute();
    let body: unknown = null;
    try {
      body = request.body === null ? null : JSON.parse(request.body);
    } catch {
      return {
        status: 400,
        body: { code: 'rest_invalid_json', message: 'Invalid JSON body passed.', data: { status: 400 } },
      };
    }
    return answerRest({ ...deps, auth }, { method: request.method, path, address, body }, authorizationOf(request));
  };

  const respond = async (request: StoreRequest): Promise<StoreResponse> => {
    const address = new URL(request.url);
    const path = pathIn(woo.site.url, address);
    if (path === null) throw unreachable('no such host');
    if (path.startsWith('/wc-auth/')) {
      const page = await connect.visit(request.url);
      return html(page.status, page.html, page.location === null ? {} : { location: page.location });
    }
    const pretty = /^\/wp-json(\/.*)?$/.exec(path);
    const plain = address.searchParams.get('rest_route');
    if ((!pretty || faults.plainPermalinks) && plain === null)
      return html(404, '<!DOCTYPE html><title>Page not found</title>');
    if (faults.html) return html(200, PAGE);
    const answer = await answerOf(request, address, plain ?? pretty?.[1] ?? '');
    const status = faults.status ?? answer.status;
    const text = phpJson(answer.status < 300 ? picked(answer.body, address.searchParams.get('_fields')) : answer.body);
    const own = { ...HEADERS, ...answer.headers };
    const link = `<${woo.site.url}/wp-json/>; rel="https://api.w.org/"`;
    const headers = { ...own, link: answer.headers?.link ?? link };
    return { status, headers, body: Buffer.from(`${faults.notice ? NOTICE : ''}${text}`) };
  };

  return async (request) => {
    if (faults.down) throw unreachable('connection refused');
    if (faults.slowMs > 0) {
      await sleep(Math.min(faults.slowMs, request.timeoutMs));
      if (faults.slowMs >= request.timeoutMs) throw unreachable('it did not answer in time');
    }
    const response = await respond(request);
    if (response.body.length > request.maxBytes)
      throw new AppError('woocommerce.too_large', 'The store’s answer is too long.', { status: 502 });
    return response;
  };
}

const unreachable = (why: string): AppError =>
  new AppError('woocommerce.unreachable', `The store could not be reached: ${why}.`, { status: 502, retryable: true });

const authorizationOf = ({ headers }: StoreRequest): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
