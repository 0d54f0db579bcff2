import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** For tests only: listens on this machine. */
export async function listening(listener: RequestListener): Promise<{ origin: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

type Permissions = 'read' | 'read_write';
type Key = { secret: string; permissions: Permissions };
/** What became of an approval: `location` where the browser is led, null where the store shows its error. */
type Approved = { status: number; location: string | null; body: Record<string, unknown> };

/** For tests only: the part of a WooCommerce store that connecting speaks to, over http, as the recordings show it. */
export type PracticeStore = {
  url: string;
  site: { name: string; timezone_string: string; gmt_offset: number | string };
  currency: string;
  country: string;
  language: string;
  /** Who looks at it from outside. */
  looks: 'store' | 'plain' | 'blog' | 'closed' | 'firewall' | 'broken';
  /** As where the server drops what WooCommerce would check. */
  refusesKeys: boolean;
  keys: Map<string, Key>;
  webhooks: { id: number; name: string; status: string; topic: string; delivery_url: string }[];
  /** Method and path of each call of the API, with whether its signature was right. */
  calls: string[];
  /** Presses "Approve" on the page at this address. */
  approve(authorize: string, permissions?: Permissions): Promise<Approved>;
  /** Where "Deny" leads. */
  deny(authorize: string): string;
  /** Makes a key without telling anybody. */
  newKey(permissions?: Permissions): { key: string; secret: string };
  close(): Promise<void>;
};

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** OAuth 1.0a as WooCommerce checks it: over http keys are taken in no other way. */
function signedKey(request: IncomingMessage, origin: string, keys: Map<string, Key>): Key | null {
  const url = new URL(request.url ?? '', origin);
  const given = url.searchParams.get('oauth_signature') ?? '';
  const key = keys.get(url.searchParams.get('oauth_consumer_key') ?? '');
  if (!key || request.headers.authorization !== undefined) return null;
  const pairs = [...url.searchParams].filter(([name]) => name !== 'oauth_signature');
  const sorted = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const base = [request.method, encode(url.origin + url.pathname), encode(sorted.join('&'))].join('&');
  return createHmac('sha256', `${key.secret}&`).update(base).digest('base64') === given ? key : null;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const page = typeof body === 'string';
  response.writeHead(status, { 'content-type': page ? 'text/html' : 'application/json; charset=UTF-8' });
  response.end(page ? body : JSON.stringify(body));
}

const CANNOT = {
  code: 'woocommerce_rest_cannot_view',
  message: 'Sorry, you cannot list resources.',
  data: { status: 401 },
};

/** Decodes what it passes on once more than it was encoded, as WooCommerce does on every hop. */
const passedOn = (text: string | null): string => decodeURIComponent(text ?? '');

export async function practiceStore(folder = ''): Promise<PracticeStore> {
  const door = (store: PracticeStore) => ({
    ...store.site,
    namespaces: ['wp/v2', ...(store.looks === 'blog' ? [] : ['wc/v3'])],
  });

  const answerApi = (store: PracticeStore, request: IncomingMessage, response: ServerResponse, path: string) => {
    const key = signedKey(request, server.origin, store.keys);
    store.calls.push(`${request.method} ${path}${key ? '' : ' unsigned'}`);
    if (!key || store.refusesKeys) return send(response, 401, CANNOT);
    if (request.method !== 'GET' && key.permissions === 'read')
      return send(response, 401, { ...CANNOT, code: 'woocommerce_rest_authentication_error' });
    if (path === 'data/currencies/current') return send(response, 200, { code: store.currency });
    if (path === 'settings/general/woocommerce_default_country') return send(response, 200, { value: store.country });
    if (path === 'system_status') return send(response, 200, { environment: { language: store.language } });
    if (path === 'orders') return send(response, 200, []);
    if (path === 'webhooks') return send(response, 200, store.webhooks);
    // A batch of nothing.
    if (path === 'webhooks/batch') return send(response, 200, []);
    if (request.method === 'DELETE') {
      const id = Number(path.split('/')[1]);
      const gone = store.webhooks.find((one) => one.id === id);
      store.webhooks = store.webhooks.filter((one) => one !== gone);
      return send(response, 200, gone);
    }
    send(response, 404, { code: 'rest_no_route', message: 'No route was found.', data: { status: 404 } });
  };

  const server = await listening((request, response) => {
    const url = new URL(request.url ?? '', 'http://store.example.test');
    const path = url.pathname.startsWith(`${folder}/`) ? url.pathname.slice(folder.length) : null;
    const { looks } = store;
    if (path === null) return send(response, 404, '<html>not here</html>');
    if (looks === 'broken') return send(response, 500, '<html>a critical error</html>');
    if (looks === 'firewall') return send(response, 403, '<html>blocked</html>');
    if (path === '/' && url.searchParams.get('rest_route') === '/' && looks === 'plain')
      return send(response, 200, door(store));
    if (path.startsWith('/wp-json/wc/v3/') && looks !== 'plain')
      return answerApi(store, request, response, path.slice('/wp-json/wc/v3/'.length));
    if (path === '/wp-json/' && looks === 'closed')
      return send(response, 401, { code: 'rest_not_logged_in', message: 'Log in.', data: { status: 401 } });
    if (path === '/wp-json/' && looks !== 'plain') return send(response, 200, door(store));
    send(response, path === '/' ? 200 : 404, '<html>a page</html>');
  });

  const newKey = (permissions: Permissions = 'read_write') => {
    const [key, secret] = [`ck_${randomBytes(20).toString('hex')}`, `cs_${randomBytes(20).toString('hex')}`];
    store.keys.set(key, { secret, permissions });
    return { key, secret };
  };
  const returnTo = (query: URLSearchParams, success: 0 | 1): string => {
    const to = new URL(passedOn(query.get('return_url')));
    to.searchParams.set('success', String(success));
    to.searchParams.set('user_id', passedOn(query.get('user_id')));
    return to.href;
  };
  const store: PracticeStore = {
    url: `${server.origin}${folder}`,
    site: { name: 'Tea &amp; Herbs', timezone_string: 'Europe/Sofia', gmt_offset: 2 },
    currency: 'EUR',
    country: 'BG:BG-22',
    language: 'en_US',
    looks: 'store',
    refusesKeys: false,
    keys: new Map(),
    webhooks: [],
    calls: [],
    newKey,
    async approve(authorize, permissions = 'read_write') {
      const { searchParams: query } = new URL(authorize);
      const { key, secret } = newKey(permissions);
      const response = await fetch(passedOn(query.get('callback_url')), {
        method: 'POST',
        headers: { 'content-type': 'application/json;charset=UTF-8', 'user-agent': `WordPress/7.1; ${store.url}` },
        body: JSON.stringify({
          key_id: store.keys.size,
          user_id: passedOn(query.get('user_id')),
          consumer_key: key,
          consumer_secret: secret,
          key_permissions: permissions,
        }),
      });
      // Anything else, 201 and 204 too, shows the owner an error and deletes the keys.
      if (response.status !== 200) store.keys.delete(key);
      const body = (await response.json()) as Record<string, unknown>;
      return { status: response.status, location: response.status === 200 ? returnTo(query, 1) : null, body };
    },
    deny: (authorize) => returnTo(new URL(authorize).searchParams, 0),
    close: server.close,
  };
  return store;
}
