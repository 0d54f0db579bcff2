import { randomBytes } from 'node:crypto';
import { escaped } from '../../shared/html.ts';
import { secretToken } from '../../shared/ids.ts';
import type { WooKey } from '../store/woo.state.ts';
import type { Woo } from './woo.types.ts';

/** Who opens the page that asks for keys. */
export type Visitor = 'manager' | 'customer' | 'nobody';

/** What a browser is given. */
export type Page = { status: number; location: string | null; html: string };

type ConnectDeps = { woo: Woo; fetch: typeof fetch; reach(url: string): string | null };

const SCOPES = ['read', 'write', 'read_write'];
const NEEDED = ['app_name', 'user_id', 'return_url', 'callback_url', 'scope'];
const KEY_BYTES = 20;

const denied = (message: string, status = 401): Page => ({
  status,
  location: null,
  html: `<!DOCTYPE html><title>Access denied</title><p>Error: ${escaped(message)}</p>`,
});
const moved = (location: string): Page => ({ status: 302, location, html: '' });

/** An address as WooCommerce takes it out of its parameters: decoded once more than it was encoded, each time. */
function addressIn(text: string): string | null {
  try {
    const url = decodeURIComponent(text);
    return /^https?:\/\//.test(url) && URL.canParse(url) ? url : null;
  } catch {
    return null;
  }
}

/** What is wrong with what an app asks for; null: nothing. */
function faultOf(query: URLSearchParams): string | null {
  const missing = NEEDED.find((name) => !query.get(name));
  if (missing) return `Missing parameter ${missing}`;
  if (!SCOPES.includes(query.get('scope') ?? '')) return `Invalid scope ${query.get('scope')}`;
  for (const name of ['return_url', 'callback_url']) {
    if (addressIn(query.get(name) ?? '') === null) return `The ${name} is not a valid URL`;
  }
  if (!addressIn(query.get('callback_url') ?? '')?.startsWith('https://'))
    return 'The callback_url needs to be over SSL';
  return null;
}

/** Where the browser goes back to, with what became of it. */
function returned(query: URLSearchParams, success: 0 | 1): string {
  const url = new URL(addressIn(query.get('return_url') ?? '') ?? '');
  url.searchParams.set('success', String(success));
  url.searchParams.set('user_id', query.get('user_id') ?? '');
  return url.href;
}

/**
 * `wc-auth/v1`: the pages by which an owner gives keys to an app. The keys are sent to the app's callback while the browser
 * waits; unless that is answered with exactly 200 they are deleted again.
 */
export function createConnect({ woo, fetch: send, reach }: ConnectDeps) {
  const nonces = new Set<string>();

  const grant = (query: URLSearchParams): WooKey => {
    woo.state.lastKey += 1;
    const key: WooKey = {
      id: woo.state.lastKey,
      permissions: query.get('scope') as WooKey['permissions'],
      key: `ck_${randomBytes(KEY_BYTES).toString('hex')}`,
      secret: `cs_${randomBytes(KEY_BYTES).toString('hex')}`,
    };
    woo.state.keys.push(key);
    woo.keep();
    return key;
  };

  const revoke = (key: WooKey): void => {
    woo.state.keys = woo.state.keys.filter((known) => known !== key);
    woo.keep();
  };

  const tell = async (query: URLSearchParams, key: WooKey): Promise<number> => {
    const url = reach(addressIn(query.get('callback_url') ?? '') ?? '');
    const { id, permissions } = key;
    const body = JSON.stringify({
      key_id: id,
      user_id: query.get('user_id'),
      consumer_key: key.key,
      consumer_secret: key.secret,
      key_permissions: permissions,
    });
    const headers = {
      'content-type': 'application/json;charset=UTF-8',
      'user-agent': `WordPress/7.1; ${woo.site.url}`,
    };
    try {
      return url === null ? 0 : (await send(url, { method: 'POST', headers, body, redirect: 'manual' })).status;
    } catch {
      return 0;
    }
  };

  const granted = async (query: URLSearchParams): Promise<Page> => {
    if (!nonces.delete(query.get('wc_auth_nonce') ?? '')) return denied('Invalid nonce verification');
    const key = grant(query);
    if ((await tell(query, key)) === 200) return moved(returned(query, 1));
    revoke(key);
    return denied('An error occurred in the request and at the time were unable to send the consumer data', 500);
  };

  const asking = (query: URLSearchParams): Page => {
    const nonce = secretToken(8);
    nonces.add(nonce);
    const approve = new URL(`${woo.site.url}/wc-auth/v1/access_granted/`);
    for (const name of NEEDED) approve.searchParams.set(name, query.get(name) ?? '');
    approve.searchParams.set('wc_auth_nonce', nonce);
    const name = escaped(query.get('app_name') ?? '');
    const html = `<!DOCTYPE html>
<html lang="en-US"><head><title>Application authentication request</title></head>
<body class="wc-auth wp-core-ui"><h1>${name} would like to connect to your store</h1>
<p class="wc-auth-actions"><a href="${escaped(approve.href)}" class="button button-primary wc-auth-approve">Approve</a>
<a href="${escaped(returned(query, 0))}" class="button wc-auth-deny">Deny</a></p></body></html>`;
    return { status: 200, location: null, html };
  };

  /** One page of the way. */
  const visit = async (address: string, visitor: Visitor = 'manager'): Promise<Page> => {
    const url = new URL(address);
    if (woo.faults.plainPermalinks) return { status: 404, location: null, html: 'Not found' };
    const fault = faultOf(url.searchParams);
    if (fault !== null) return denied(fault);
    const step = /\/wc-auth\/v1\/(authorize|access_granted)\/?$/.exec(url.pathname)?.[1];
    if (step === undefined) return { status: 404, location: null, html: 'Not found' };
    if (visitor === 'nobody') return moved(`${woo.site.url}/wc-auth/v1/login/${url.search}`);
    if (visitor === 'customer') return denied('You do not have permissions to access this page');
    return step === 'authorize' ? asking(url.searchParams) : granted(url.searchParams);
  };

  return {
    visit,
    /** Goes the whole way as somebody: opens the page and follows one of its two links. */
    async decide(address: string, approves: boolean, visitor: Visitor = 'manager'): Promise<Page> {
      const page = await visit(address, visitor);
      if (page.status !== 200) return page;
      const link = new RegExp(`href="([^"]+)" class="button[^"]*wc-auth-${approves ? 'approve' : 'deny'}"`).exec(
        page.html,
      )?.[1];
      const to = (link ?? '').replaceAll('&amp;', '&');
      return approves ? visit(to, visitor) : moved(to);
    },
  };
}
