import { expect, test } from 'vitest';
import { z } from 'zod';
import { selfSigned } from '../../../shared/safe-fetch/certificates.fixtures.ts';
import { fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { clientDeps, KEYS } from './store.fixtures.ts';
import { baseOf, mayFollow, targetOfRedirect } from './store.redirects.ts';
import { createStore } from './store.ts';
import type { StoreRequest } from './store.types.ts';

const shape = z.object({ id: z.number() });
const certificate = selfSigned(['127.0.0.1']);
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

test.each([
  ['http://shop.example/a', 'https://shop.example/a', true],
  ['http://shop.example:8080/a', 'https://shop.example:8443/a', true],
  ['https://shop.example/a', 'https://www.shop.example/a', true],
  ['https://www.shop.example/a', 'https://shop.example/b', true],
  ['http://shop.example/a', 'http://www.shop.example/a', true],
  ['https://shop.example/a', 'http://shop.example/a', false],
  ['https://shop.example/a', 'https://shop.example:8443/a', false],
  ['https://shop.example/a', 'https://evil.example/a', false],
  ['https://shop.example/a', 'https://shop.example.evil.example/a', false],
  ['https://shop.example/a', 'https://m.shop.example/a', false],
  ['https://shop.example/a', 'https://user:pass@shop.example/a', false],
  ['https://shop.example/a', 'ftp://shop.example/a', false],
])('the keys of %s may follow to %s: %s', (from, to, expected) => {
  expect(mayFollow(new URL(from), new URL(to))).toBe(expected);
});

test('what we signed with does not travel on, and nowhere is nowhere', () => {
  const from = new URL('http://shop.example/wp-json/wc/v3/orders');
  const to = targetOfRedirect(from, 301, '/fa/wp-json/wc/v3/orders?page=2&oauth_nonce=a&oauth_signature=b#x');
  expect(to?.href).toBe('http://shop.example/fa/wp-json/wc/v3/orders?page=2');
  expect(targetOfRedirect(from, 200, '/')).toBeNull();
  expect(targetOfRedirect(from, 302, undefined)).toBeNull();
  expect(targetOfRedirect(from, 302, 'http://')).toBeNull();
  expect(baseOf(new URL('https://shop.example/fa/wp-json/wc/v3/orders'), '/wp-json/wc/v3/orders')).toBe(
    'https://shop.example/fa',
  );
  expect(baseOf(new URL('https://shop.example/login'), '/wp-json/wc/v3/orders')).toBeNull();
});

test('from http to https: followed without the signature, with our query, and said, so that the address can be mended', async () => {
  const secure = await fakeServer(() => ({ json: { id: 7 } }), certificate);
  // A redirect that loses the query, as some do.
  const plain = await fakeServer(({ path }) => ({ status: 301, headers: { location: `${secure.url}${path}` } }));
  const moves: string[] = [];
  const onMoved = async (url: string) => moves.push(url);
  const store = createStore(clientDeps({ ca: certificate.cert }), { url: plain.url, keys: KEYS, onMoved });
  expect(await store.read('orders/7', shape, { context: 'edit' })).toEqual({ id: 7 });
  expect(plain.asked[0]?.headers.authorization).toBeUndefined();
  expect(secure.asked[0]).toMatchObject({ target: '/wp-json/wc/v3/orders/7?context=edit' });
  expect(secure.asked[0]?.headers.authorization).toMatch(/^Basic /);
  expect(moves).toEqual([secure.url]);
  expect(store.url).toBe(secure.url);
  // From then on it is asked where it is.
  await store.write('POST', 'orders', {}, shape);
  expect(plain.asked).toHaveLength(1);
});

test('a write follows to the same page of the same store, once, with its body', async () => {
  const secure = await fakeServer(() => ({ status: 201, json: { id: 8 } }), certificate);
  const plain = await fakeServer(({ path }) => ({ status: 308, headers: { location: `${secure.url}${path}` } }));
  const store = createStore(clientDeps({ ca: certificate.cert }), { url: plain.url, keys: KEYS });
  expect(await store.write('POST', 'coupons', { code: 'a' }, shape)).toEqual({ id: 8 });
  expect(secure.asked[0]).toMatchObject({ method: 'POST', body: '{"code":"a"}' });
  // A login page, and an answer that says that the write was taken.
  plain.answer = ({ path }) =>
    path.endsWith('coupons')
      ? { status: 302, headers: { location: `${secure.url}/login` } }
      : { status: 303, headers: { location: `${secure.url}${path}` } };
  const other = createStore(clientDeps({ ca: certificate.cert }), { url: plain.url, keys: KEYS });
  for (const path of ['coupons', 'webhooks'])
    expect(await caught(other.write('POST', path, {}, shape))).toMatchObject({ code: 'woocommerce.redirected' });
  expect(secure.asked).toHaveLength(1);
});

test('keys are never sent to another host, nor from https to http', async () => {
  const other = await fakeServer(() => ({ json: { id: 7 } }));
  const first = await fakeServer(
    () => ({ status: 302, headers: { location: `${other.url}/wp-json/wc/v3/orders/7?secret=1` } }),
    certificate,
  );
  const deps = clientDeps({ ca: certificate.cert });
  const error = await caught(createStore(deps, { url: first.url, keys: KEYS }).read('orders/7', shape));
  expect(error).toMatchObject({ code: 'woocommerce.redirected', retryable: false });
  expect((error as Error).message).toContain(`${other.url}/wp-json/wc/v3/orders/7.`);
  expect((error as Error).message).not.toContain('secret');
  const port = String(other.port);
  first.answer = () => ({ status: 302, headers: { location: `https://localhost:${port}/wp-json/wc/v3/orders/7` } });
  await caught(createStore(deps, { url: first.url, keys: KEYS }).read('orders/7', shape));
  expect(other.asked).toEqual([]);
});

test('www and the bare name are one store; each hop goes out by the checked way', async () => {
  const asked: StoreRequest[] = [];
  const deps = {
    ...clientDeps(),
    fetch: async (request: StoreRequest) => {
      asked.push(request);
      const moved = new URL(request.url).hostname === 'shop.example.test';
      const headers: Record<string, string> = moved
        ? { location: 'https://www.shop.example.test/wp-json/wc/v3/orders/7' }
        : {};
      return { status: moved ? 301 : 200, headers, body: Buffer.from('{"id":7}') };
    },
  };
  const store = createStore(deps, { url: 'https://shop.example.test', keys: KEYS });
  expect(await store.read('orders/7', shape)).toEqual({ id: 7 });
  expect(asked.map(({ url }) => url)).toEqual([
    'https://shop.example.test/wp-json/wc/v3/orders/7',
    'https://www.shop.example.test/wp-json/wc/v3/orders/7',
  ]);
  expect(store.url).toBe('https://www.shop.example.test');
});

test('redirects in circles end', async () => {
  const circle = await fakeServer(({ target }) => ({ status: 302, headers: { location: target } }), certificate);
  const store = createStore(clientDeps({ ca: certificate.cert }), { url: circle.url, keys: KEYS });
  expect(await caught(store.read('orders/7', shape))).toMatchObject({ code: 'woocommerce.redirected' });
  expect(circle.asked).toHaveLength(4);
});
