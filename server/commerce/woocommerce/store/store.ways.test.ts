import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { selfSigned } from '../../../shared/safe-fetch/certificates.fixtures.ts';
import { type Answer, type Asked, fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { clientDeps, KEYS } from './store.fixtures.ts';
import { explainRefusal } from './store.refusal.ts';
import { createStore } from './store.ts';

const shape = z.object({ id: z.number() });
const certificate = selfSigned(['127.0.0.1']);
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const nobody: Answer = {
  status: 401,
  json: { code: 'woocommerce_rest_cannot_view', message: '', data: { status: 401 } },
};
const fine: Answer = { json: { id: 7 } };

/** Whether a request without lists in its query is signed for this address. */
function isSigned({ method, path, query }: Asked, origin: string): boolean {
  const { oauth_signature: given, ...rest } = query;
  const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, escape);
  const pairs = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = pairs.map(([name, value]) => encode(`${encode(name)}=${encode(value)}`)).join('%26');
  const base = `${method}&${encode(`${origin}${path}`)}&${text}`;
  return given === createHmac('sha256', `${KEYS.secret}&`).update(base).digest('base64');
}

async function setUp(takes: (asked: Asked, url: string) => boolean) {
  const server = await fakeServer((asked) => (takes(asked, server.url) ? fine : nobody), certificate);
  const deps = clientDeps({ ca: certificate.cert });
  const refusals: string[] = [];
  const open = () =>
    createStore(deps, { url: server.url, keys: KEYS, onRefused: async () => refusals.push('refused') });
  return { server, deps, refusals, open };
}

test('Authorization header stripped: over https the keys sign, without the secret in a URL, and it is remembered', async () => {
  const { server, open, refusals } = await setUp((asked, url) => isSigned(asked, url));
  const first = open();
  expect(await first.read('orders/7', shape, { context: 'view' })).toEqual({ id: 7 });
  expect(server.asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([true, false]);
  expect(await open().write('POST', 'coupons', {}, shape)).toEqual({ id: 7 });
  expect(server.asked).toHaveLength(3);
  expect(server.asked.map(({ target }) => target).join()).not.toContain(KEYS.secret);
  expect(refusals).toEqual([]);
});

test('a store behind a proxy that hides https from it takes the signature of an http address', async () => {
  const { server, open, refusals } = await setUp((asked, url) => isSigned(asked, url.replace('https:', 'http:')));
  expect(await open().read('orders/7', shape)).toEqual({ id: 7 });
  expect(await open().read('orders/7', shape)).toEqual({ id: 7 });
  expect(server.asked).toHaveLength(4);
  expect(refusals).toEqual([]);
});

test('a store that hears us in the usual way again is asked so again', async () => {
  let stripped = true;
  const { server, open } = await setUp((asked, url) =>
    stripped ? isSigned(asked, url) : asked.headers.authorization !== undefined,
  );
  const store = open();
  await store.read('orders/7', shape);
  stripped = false;
  await store.read('orders/7', shape);
  server.asked.length = 0;
  await open().read('orders/7', shape);
  expect(server.asked.map(({ headers }) => headers.authorization !== undefined)).toEqual([true]);
});

test('keys that are refused in every way are refused', async () => {
  const { server, open, refusals } = await setUp(() => false);
  expect(await caught(open().read('orders/7', shape))).toMatchObject({ code: 'woocommerce.keys_refused' });
  expect(server.asked).toHaveLength(3);
  expect(refusals).toEqual(['refused']);
  // A secret that is wrong was seen: there is nothing to show otherwise.
  server.asked.length = 0;
  server.answer = () => ({ status: 401, json: { code: 'woocommerce_rest_authentication_error', message: '' } });
  await caught(open().read('orders/7', shape));
  expect(server.asked).toHaveLength(1);
});

test('where keys work in the query alone, the owner is told what to change; where nowhere, that they are refused', async () => {
  const { server, deps } = await setUp(({ query }) => query.consumer_secret === KEYS.secret);
  server.answer = ({ query }) => (query.consumer_secret === KEYS.secret ? { json: [] } : nobody);
  const stripped = await explainRefusal(deps, { url: server.url, keys: KEYS });
  expect(stripped).toMatchObject({ code: 'woocommerce.header_stripped' });
  expect(stripped.message).toMatch(/SetEnvIf Authorization .* "fastcgi_param HTTP_AUTHORIZATION/);
  const other = { key: 'ck_other', secret: 'cs_other' };
  expect(await explainRefusal(deps, { url: server.url, keys: other })).toMatchObject({
    code: 'woocommerce.keys_refused',
  });
  server.answer = () => ({ text: '<html>' });
  expect(await explainRefusal(deps, { url: server.url, keys: KEYS })).toMatchObject({
    code: 'woocommerce.keys_refused',
  });
  expect(await explainRefusal(deps, { url: 'https://127.0.0.1:1', keys: KEYS })).toMatchObject({
    code: 'woocommerce.keys_refused',
  });
  server.asked.length = 0;
  const plain = server.url.replace('https:', 'http:');
  expect(await explainRefusal(deps, { url: plain, keys: KEYS })).toMatchObject({ code: 'woocommerce.keys_refused' });
  expect(server.asked).toEqual([]);
});

test('a store that was typed with http and leads to https is heard there too, where the header is stripped', async () => {
  const { server, deps } = await setUp((asked, url) => isSigned(asked, url));
  const plain = await fakeServer(({ path }) => ({ status: 301, headers: { location: `${server.url}${path}` } }));
  const store = createStore(deps, { url: plain.url, keys: KEYS });
  expect(await store.read('orders/7', shape)).toEqual({ id: 7 });
  expect(store.url).toBe(server.url);
  server.asked.length = 0;
  await store.read('orders/7', shape);
  expect(server.asked).toHaveLength(1);
});
