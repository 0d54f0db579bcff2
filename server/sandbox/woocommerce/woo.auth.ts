import { createHmac } from 'node:crypto';
import { safeEqual } from '../../shared/crypto.ts';
import type { WooKey } from '../store/woo.state.ts';
import { type Answer, failure } from './woo.answers.ts';
import type { Woo } from './woo.types.ts';

/** OAuth timestamps are good for a quarter of an hour to either side, in seconds. */
const WINDOW = 15 * 60;

export type Caller = { ok: true; key: WooKey | null } | { ok: false; answer: Answer };

type Asked = { method: string; address: URL; authorization: string | undefined };

const wrong = (message: string): Caller => ({
  ok: false,
  answer: failure(401, 'woocommerce_rest_authentication_error', message),
});
const NOBODY: Caller = { ok: true, key: null };

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** The parameters of `Authorization: OAuth a="b", …`. */
function oauthHeader(text: string | undefined): [string, string][] {
  if (!text || !/^OAuth /i.test(text)) return [];
  const parts = text.slice(6).matchAll(/(\w+)="([^"]*)"/g);
  return [...parts].map(([, name = '', value = '']): [string, string] => [name, decodeURIComponent(value)]);
}

/** The signature that a request should carry: over its method, its address and its parameters, sorted. */
function oauthSignature(
  { method, address }: Pick<Asked, 'method' | 'address'>,
  parameters: readonly [string, string][],
  { secret, algorithm }: { secret: string; algorithm: string },
): string {
  const pairs = parameters
    .filter(([name]) => name !== 'oauth_signature' && name !== 'realm')
    .map(([name, value]): [string, string] => [encoded(name), encoded(value)])
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
    .map((pair) => pair.join('='));
  const text = [method, encoded(address.origin + address.pathname), encoded(pairs.join('&'))].join('&');
  return createHmac(algorithm, `${secret}&`).update(text).digest('base64');
}

/**
 * Who asks. Over https a key is named by Basic auth or in the query, or it signs by OAuth 1.0a; over http it signs, and Basic
 * is not even looked at. An unknown key that is named is nobody, which is told only by what nobody may.
 * @param now real time in ms
 */
export function createAuth({ state, faults }: Pick<Woo, 'state' | 'faults'>, now: () => number) {
  const nonces = new Set<string>();
  const keyOf = (name: string | null | undefined): WooKey | undefined => state.keys.find(({ key }) => key === name);

  const plainly = (name: string, secret: string): Caller => {
    const key = keyOf(name);
    if (!key) return NOBODY;
    return safeEqual(key.secret, secret) ? { ok: true, key } : wrong('Consumer secret is invalid.');
  };

  const overTls = ({ address, authorization }: Asked): Caller => {
    const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
    if (basic === undefined) {
      const query = address.searchParams;
      return plainly(query.get('consumer_key') ?? '', query.get('consumer_secret') ?? '');
    }
    const [name = '', ...rest] = Buffer.from(basic, 'base64').toString().split(':');
    return plainly(name, rest.join(':'));
  };

  const signed = (asked: Asked): Caller => {
    const parameters = [...asked.address.searchParams, ...oauthHeader(asked.authorization)];
    const given = new Map(parameters);
    if (!given.has('oauth_consumer_key')) return NOBODY;
    const key = keyOf(given.get('oauth_consumer_key'));
    if (!key) return wrong('Consumer key is invalid.');
    const algorithm = /^HMAC-(SHA1|SHA256)$/.exec(given.get('oauth_signature_method') ?? '')?.[1]?.toLowerCase();
    if (algorithm === undefined) return wrong('Invalid signature - signature method is invalid.');
    const expected = oauthSignature(asked, parameters, { secret: key.secret, algorithm });
    if (!safeEqual(expected, given.get('oauth_signature') ?? ''))
      return wrong('Invalid signature - provided signature does not match.');
    const second = Number(given.get('oauth_timestamp'));
    if (!(Math.abs(second - now() / 1000) <= WINDOW)) return wrong('Invalid timestamp.');
    const nonce = `${key.id}:${second}:${given.get('oauth_nonce')}`;
    if (nonces.has(nonce)) return wrong('Invalid nonce - nonce has already been used.');
    nonces.add(nonce);
    return { ok: true, key };
  };

  return (asked: Asked): Caller => {
    if (faults.plainPermalinks) return NOBODY;
    const plain = asked.address.protocol === 'https:' ? overTls(asked) : NOBODY;
    // Who is nobody by a key may still be somebody by a signature, over https too.
    const caller = plain === NOBODY ? signed(asked) : plain;
    if (!caller.ok || caller.key === null) return caller;
    const { permissions } = caller.key;
    const reads = ['GET', 'HEAD', 'OPTIONS'].includes(asked.method);
    if (reads && permissions === 'write') return wrong('The API key provided does not have read permissions.');
    if (!reads && permissions === 'read') return wrong('The API key provided does not have write permissions.');
    return caller;
  };
}
