import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { baseString, signedUrl } from './oauth1.ts';

const keys = { key: 'ck_test', secret: 'cs_test' };
const moment = { nonce: 'abc', timestamp: 1_700_000_000 };

// --- WooCommerce's own check, after includes/class-wc-rest-authentication.php, on the bytes of the request -------------

type Php = Map<string, Php | string>;

const rawurldecode = (text: string): string => decodeURIComponent(text);
const rawurlencode = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[A-Za-z0-9\-_.~]/.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');

/** What PHP puts into $_GET. */
function phpQuery(query: string): Php {
  const all: Php = new Map();
  for (const pair of query.split('&').filter((text) => text !== '')) {
    const [rawName = '', rawValue = ''] = pair.split('=');
    const name = rawurldecode(rawName.replaceAll('+', ' '));
    const value = rawurldecode(rawValue.replaceAll('+', ' '));
    const open = name.indexOf('[');
    const keys = open < 1 ? [name] : [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
    let level = all;
    keys.forEach((given, depth) => {
      const numbers = [...level.keys()].filter((key) => String(Number(key)) === key && Number(key) >= 0);
      const key =
        given === '' && depth > 0 ? String(numbers.length === 0 ? 0 : Math.max(...numbers.map(Number)) + 1) : given;
      const inner = level.get(key);
      const deeper: Php = inner instanceof Map ? inner : new Map();
      level.set(key, depth === keys.length - 1 ? value : deeper);
      level = deeper;
    });
  }
  return all;
}

const encodeAll = (value: Php | string): Php | string =>
  value instanceof Map ? new Map([...value].map(([key, inner]) => [key, encodeAll(inner)])) : rawurlencode(value);

function joinWithEqualsSign(params: Php, joined: string[] = [], key = ''): string[] {
  for (const [name, value] of params) {
    const full = key ? `${key}%5B${name}%5D` : name;
    if (value instanceof Map) joinWithEqualsSign(value, joined, full);
    else joined.push(rawurlencode(`${full}=${value}`));
  }
  return joined;
}

/** `home`: the site's address; a request is what its first line says. */
function accepts(home: string, method: string, requestUri: string, secret: string): boolean {
  const [path = '', query = ''] = requestUri.split('?');
  const homePath = `${home.replace(/^https?:\/\/[^/]+/, '')}/`;
  const inner = path.startsWith(homePath) ? path.slice(homePath.length) : path;
  const params = phpQuery(query);
  const given = rawurldecode(String(params.get('oauth_signature')).replaceAll(' ', '+'));
  params.delete('oauth_signature');
  const sorted = new Map([...params].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  const normal: Php = new Map([...sorted].map(([key, value]) => [rawurlencode(key), encodeAll(value)]));
  const text = `${method}&${rawurlencode(`${home}/${inner}`)}&${joinWithEqualsSign(normal).join('%26')}`;
  return createHmac('sha256', `${secret}&`).update(text).digest('base64') === given;
}

// ---------------------------------------------------------------------------------------------------------------------

const requestUri = (url: string): string => url.slice(new URL(url).origin.length);

test('the text that is signed, letter by letter', () => {
  const url = new URL('http://localhost:8080/wp-json/wc/v3/orders?per_page=5&search=rahul sharma');
  expect(baseString('GET', url)).toBe(
    'GET&http%3A%2F%2Flocalhost%3A8080%2Fwp-json%2Fwc%2Fv3%2Forders&per_page%3D5%26search%3Drahul%2520sharma',
  );
});

test('the example of RFC 5849 3.4.1 with names that do not repeat; WooCommerce sorts before it encodes', () => {
  const url = new URL(
    'http://EXAMPLE.COM:80/request?b5=%3D%253D&c%40=&a2=r%20b&oauth_consumer_key=9djdj82h48djs9d2&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_nonce=7d8f3e4a&c2=',
  );
  expect(baseString('POST', url)).toBe(
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26b5%3D%253D%25253D%26c2%3D%26c%2540%3D' +
      '%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1' +
      '%26oauth_timestamp%3D137131201',
  );
});

test('WooCommerce accepts what is signed: folders, ports, lists, letters of any language', () => {
  const cases: [home: string, rest: string][] = [
    ['http://shop.example.test', '/wp-json/wc/v3/orders'],
    ['http://shop.example.test', '/wp-json/wc/v3/orders?modified_after=2026-01-01T00:00:00Z&page=2&per_page=100'],
    ['http://shop.example.test:8080/fa', '/wp-json/wc/v3/customers?email=a%2Bb@example.test&role=all'],
    [
      'http://shop.example.test',
      '/wp-json/wc/v3/orders?status[0]=processing&status[1]=completed&include[5]=7&include[]=3',
    ],
    ['http://shop.example.test', '/wp-json/wc/v3/coupons?code=سلام*(50%25)!~'],
    ['http://shop.example.test', '/wp-json/wc/v3/x?filter[b][z]=1&filter[a]=2&filter[b][y]=3&filter_=4'],
  ];
  for (const [home, rest] of cases) {
    const url = signedUrl('GET', `${home}${rest}`, keys, moment);
    expect(accepts(home, 'GET', requestUri(url), keys.secret), rest).toBe(true);
    expect(accepts(home, 'POST', requestUri(url), keys.secret), rest).toBe(false);
    expect(accepts(home, 'GET', requestUri(url), 'cs_other'), rest).toBe(false);
    expect(accepts(home, 'GET', `${requestUri(url)}&more=1`, keys.secret), rest).toBe(false);
    expect(url).not.toContain(keys.secret);
  }
});

test('WooCommerce accepts any parameters that we could send', () => {
  const name = fc.stringMatching(/^[a-z_]{1,8}(\[[a-z0-9]{0,4}\]){0,2}$/);
  const value = fc
    .oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))
    .map((text) => text.toWellFormed());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (pairs) => {
      const url = new URL('http://shop.example.test/wp-json/wc/v3/orders');
      for (const [key, text] of pairs) url.searchParams.append(key, text);
      const signed = signedUrl('PUT', url.href, keys, moment);
      expect(accepts('http://shop.example.test', 'PUT', requestUri(signed), keys.secret)).toBe(true);
    }),
  );
});
