import { expect, test } from 'vitest';
import { z } from 'zod';
import { testClock } from '../../../shared/clock.ts';
import { selfSigned } from '../../../shared/safe-fetch/certificates.fixtures.ts';
import { type Answer, type Asked, fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { clientDeps, KEYS, replayed, samplesPresent } from './store.fixtures.ts';
import { createStore } from './store.ts';

const order = z.object({ id: z.number(), total: z.string() });
const certificate = selfSigned(['127.0.0.1', 'localhost']);

type Script = Answer[] | ((asked: Asked) => Answer);

/** A store over https, and our client of it. It gives its answers one after another; the last one stays. */
async function setUp(
  script: Script,
  {
    path = '',
    insecure = false,
    ...more
  }: { path?: string; insecure?: boolean; clock?: ReturnType<typeof testClock> } = {},
) {
  let given = 0;
  const answer = (asked: Asked): Answer => {
    if (typeof script === 'function') return script(asked);
    given += 1;
    return script[Math.min(given, script.length) - 1] ?? {};
  };
  const server = await fakeServer(answer, insecure ? undefined : certificate);
  const deps = clientDeps({ ca: certificate.cert, ...more });
  const refusals: string[] = [];
  const moves: string[] = [];
  const url = `${server.url}${path}`;
  const store = createStore(deps, {
    url,
    keys: KEYS,
    onRefused: async () => refusals.push('refused'),
    onMoved: async (to) => moves.push(to),
  });
  return { server, store, refusals, moves, ...deps };
}
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const one = { json: { id: 7, total: '12.00' } };
const error = (status: number, code: string): Answer => ({ status, json: { code, message: 'm', data: { status } } });

test('over https the keys go in the header, and never into a URL', async () => {
  const { server, store } = await setUp([one], { path: '/fa' });
  expect(await store.read('orders/7', order)).toEqual({ id: 7, total: '12.00' });
  const [asked] = server.asked;
  expect(asked).toMatchObject({ method: 'GET', target: '/fa/wp-json/wc/v3/orders/7' });
  const basic = Buffer.from(`${KEYS.key}:${KEYS.secret}`).toString('base64');
  expect(asked?.headers.authorization).toBe(`Basic ${basic}`);
});

test('over http only OAuth 1.0a: no Basic, no secret, another nonce each time', async () => {
  const { server, store, realClock } = await setUp([one], { insecure: true });
  await store.read('orders/7', order, { context: 'view' });
  await store.read('orders/7', order);
  for (const { headers, target, query } of server.asked) {
    expect(headers.authorization).toBeUndefined();
    expect(target).not.toContain(KEYS.secret);
    expect(query).toMatchObject({
      oauth_consumer_key: KEYS.key,
      oauth_signature_method: 'HMAC-SHA256',
      oauth_timestamp: String(realClock.now() / 1000),
    });
  }
  const nonces = server.asked.map(({ query }) => query.oauth_nonce);
  expect(new Set(nonces).size).toBe(2);
  expect(nonces[0]).toMatch(/^[0-9a-f]{32}$/);
});

test('a wrong item is refused with its id, the page goes on', async () => {
  const items = [{ id: 1, total: '1.00' }, { id: 2, total: 3 }, 'x', { total: '4' }, { id: 5, total: '5.00' }];
  const headers = { 'x-wp-total': '16', 'x-wp-totalpages': '2' };
  const { store, server } = await setUp([{ json: items, headers }, { json: { 3: items[0] } }, { json: { id: 1 } }]);
  const page = await store.list('orders', order, { page: 1, per_page: 100, dates_are_gmt: true });
  expect(page).toMatchObject({ items: [items[0], items[4]], total: 16, pages: 2 });
  expect(page.refused.map(({ id }) => id)).toEqual(['2', null, null]);
  expect(page.refused[0]?.reason).toMatch(/^total: /);
  expect(server.asked[0]?.query).toEqual({ page: '1', per_page: '100', dates_are_gmt: 'true' });
  // PHP makes an object of a list with a gap.
  expect(await store.list('orders', order)).toMatchObject({ items: [items[0]], total: null, pages: null });
  expect(await caught(store.list('orders', order))).toMatchObject({ code: 'woocommerce.strange_answer' });
});

test('past the last page the total may read 0: it is passed on as a claim, with what is there', async () => {
  const { store } = await setUp([
    { json: [{ id: 1, total: '1.00' }], headers: { 'x-wp-total': '0', 'x-wp-totalpages': 'x' } },
  ]);
  expect(await store.list('orders', order, { page: 9 })).toMatchObject({ items: [{ id: 1 }], total: 0, pages: null });
});

test('reading is tried again, longer each time, and not for ever', async () => {
  const { server, store, waits } = await setUp([{ status: 502 }, { text: '<html>' }, { status: 500 }, one]);
  expect(await store.read('orders/7', order)).toMatchObject({ id: 7 });
  // Half by chance: 500, 1000, 2000 with a chance of one half; between them the pace of a store in trouble.
  expect(waits.filter((ms) => [500, 1_000, 2_000].includes(ms)).length).toBeGreaterThanOrEqual(3);
  server.answer = () => ({ status: 500 });
  server.asked.length = 0;
  expect(await caught(store.read('orders/7', order))).toMatchObject({
    code: 'woocommerce.unavailable',
    retryable: true,
  });
  expect(server.asked).toHaveLength(4);
});

test('a page in the place of data is no answer, and says what may stand in the way', async () => {
  const { store } = await setUp([{ text: '<!doctype html><title>Just a moment…</title>' }]);
  const caughtError = await caught(store.read('orders/7', order));
  expect(caughtError).toMatchObject({ code: 'woocommerce.not_json', retryable: true });
  expect((caughtError as Error).message).toMatch(/firewall/);
});

test('a byte order mark and notices of PHP before the document are left out', async () => {
  const text = `\uFEFF<br />\n<b>Warning</b>:  x in <b>/a.php</b> on line <b>1</b><br />\n{"id":7,"total":"1.00"}`;
  const { store } = await setUp([{ text }]);
  expect(await store.read('orders/7', order)).toEqual({ id: 7, total: '1.00' });
});

test('Retry-After is kept to; a long one is not waited for', async () => {
  const { server, store, waits } = await setUp([{ status: 429, headers: { 'retry-after': '7' } }, one]);
  expect(await store.read('orders/7', order)).toMatchObject({ id: 7 });
  expect(waits).toContain(7_000);
  server.answer = () => ({ status: 503, headers: { 'retry-after': '600' }, text: '<html>maintenance' });
  server.asked.length = 0;
  const late = { code: 'woocommerce.throttled', retryable: true };
  expect(await caught(store.read('orders/7', order))).toMatchObject({ ...late, details: { retryAfterMs: 600_000 } });
  expect(await caught(store.read('orders/7', order))).toMatchObject(late);
  expect(server.asked).toHaveLength(1);
  expect(Math.max(...waits)).toBe(7_000);
});

test('a write that the store may have taken is not made twice', async () => {
  const { server, store } = await setUp([{ status: 500 }]);
  const write = () => store.write('POST', 'coupons', { code: 'a' }, order);
  expect(await caught(write())).toMatchObject({ code: 'woocommerce.unavailable' });
  expect(server.asked).toHaveLength(1);
  server.answer = () => (response) => response.destroy();
  expect(await caught(write())).toMatchObject({ code: 'woocommerce.unreachable', details: { sent: true } });
  expect(server.asked).toHaveLength(2);
  // Asked too fast, nothing was done.
  const answers: Answer[] = [{ status: 429 }, { ...one, status: 201 }];
  server.answer = () => answers.shift() ?? {};
  expect(await write()).toMatchObject({ id: 7 });
  expect(server.asked.map(({ body }) => body)).toEqual(Array(4).fill('{"code":"a"}'));
});

test('a store that cannot be reached may be written to again: it cannot have heard', async () => {
  const deps = clientDeps();
  const store = createStore(deps, { url: 'http://127.0.0.1:1', keys: KEYS });
  expect(await caught(store.write('POST', 'coupons', {}, order))).toMatchObject({ code: 'woocommerce.unreachable' });
  expect(deps.waits.filter((ms) => [500, 1_000, 2_000].includes(ms)).length).toBeGreaterThanOrEqual(3);
});

test('a deletion says what it needs in the query, where no server loses it', async () => {
  const { server, store } = await setUp([one]);
  await store.write('DELETE', 'webhooks/7', { force: true }, order);
  expect(server.asked[0]).toMatchObject({ method: 'DELETE', query: { force: 'true' }, body: '' });
});

test('a host that stops DELETE and PUT is asked by POST, which WordPress takes for them', async () => {
  const stopped = { status: 403, text: '<html>Forbidden' };
  const { server, store } = await setUp(({ method }) => (method === 'POST' ? one : stopped));
  expect(await store.write('DELETE', 'webhooks/7', { force: true }, order)).toMatchObject({ id: 7 });
  expect(await store.write('PUT', 'coupons/7', { code: 'a' }, order)).toMatchObject({ id: 7 });
  const posts = server.asked.filter(({ method }) => method === 'POST');
  expect(posts.map(({ query, body }) => [query, body])).toEqual([
    [{ force: 'true', _method: 'DELETE' }, ''],
    [{ _method: 'PUT' }, '{"code":"a"}'],
  ]);
  server.asked.length = 0;
  server.answer = () => stopped;
  expect(await caught(store.write('DELETE', 'webhooks/7', {}, order))).toMatchObject({ code: 'woocommerce.not_json' });
  expect(await caught(store.write('POST', 'coupons', {}, order))).toMatchObject({ code: 'woocommerce.not_json' });
  expect(server.asked.map(({ method }) => method)).toEqual(['DELETE', 'POST', 'POST']);
});

test('refused keys are noted; a key that may only read is not taken for a wrong one', async () => {
  const refused = 'woocommerce_rest_authentication_error';
  const { server, store, refusals } = await setUp(() => error(401, refused));
  expect(await caught(store.read('orders/7', order))).toMatchObject({ code: 'woocommerce.keys_refused' });
  expect(refusals).toHaveLength(1);
  expect(await caught(store.write('POST', 'coupons', {}, order))).toMatchObject({ code: 'woocommerce.keys_refused' });
  expect(refusals).toHaveLength(2);
  server.answer = ({ method }) => (method === 'GET' ? { json: [] } : error(401, refused));
  expect(await caught(store.write('POST', 'coupons', {}, order))).toMatchObject({ code: 'woocommerce.permission' });
  expect(refusals).toHaveLength(2);
});

test('a firewall, a closed API or a password before the site do not cost the keys', async () => {
  const { server, store, refusals } = await setUp([{ status: 401, text: '<html>Authorization Required' }]);
  expect(await caught(store.read('orders/7', order))).toMatchObject({ code: 'woocommerce.not_json' });
  server.answer = () => error(401, 'rest_not_logged_in');
  expect(await caught(store.read('orders/7', order))).toMatchObject({ code: 'woocommerce.blocked' });
  server.answer = () => error(403, 'woocommerce_rest_cannot_view');
  expect(await caught(store.read('orders/7', order))).toMatchObject({ code: 'woocommerce.permission' });
  expect(refusals).toEqual([]);
});

test('over http the time of the store counts: where its clock is wrong, its time is signed', async () => {
  const clock = testClock();
  const ahead = 3 * 3_600_000;
  const { server, store, refusals } = await setUp(
    ({ query }) => {
      const date = { date: new Date(clock.now() + ahead).toUTCString() };
      const off = Math.abs(Number(query.oauth_timestamp) * 1000 - clock.now() - ahead);
      return off < 900_000
        ? one
        : { ...(error(401, 'woocommerce_rest_authentication_error') as object), headers: date };
    },
    { insecure: true, clock },
  );
  expect(await store.read('orders/7', order)).toMatchObject({ id: 7 });
  expect(server.asked).toHaveLength(2);
  await store.read('orders/7', order);
  expect(server.asked).toHaveLength(3);
  expect(refusals).toEqual([]);
});

test('a path out of the API is not asked for', async () => {
  const { server, store } = await setUp([one]);
  for (const path of ['../../wp/v2/users', 'orders/../..', '/orders', 'orders?x=1', ''])
    await expect(store.read(path, order)).rejects.toThrow(/unexpected form/);
  expect(server.asked).toEqual([]);
});

test.skipIf(!samplesPresent)('true answers are read: a page of orders, past the end, and what is gone', async () => {
  const anyOrder = z.object({ id: z.number(), status: z.string() });
  const { server, store } = await setUp([replayed('rest.orders-page2')]);
  const page = await store.list('orders', anyOrder, { page: 2 });
  expect(page.items.length).toBeGreaterThan(0);
  expect(page.refused).toEqual([]);
  expect(page.pages).toBeGreaterThan(1);
  // Past the last page the total reads 0, which must not be believed.
  server.answer = () => replayed('rest.orders-past-end');
  expect(await store.list('orders', anyOrder, { page: 99 })).toMatchObject({ items: [], total: 0, pages: 0 });
  server.answer = () => replayed('rest.order-404');
  expect(await caught(store.read('orders/999999', anyOrder))).toMatchObject({ code: 'woocommerce.not_found' });
});
if (!samplesPresent) console.log('skipped: no shared samples of WooCommerce');

test('nothing is sent once the caller has given up', async () => {
  const deps = clientDeps();
  const sent: string[] = [];
  const fetch: typeof deps.fetch = async ({ url }) => {
    sent.push(url);
    return { status: 200, headers: {}, body: Buffer.from('{}') };
  };
  const controller = new AbortController();
  const store = createStore(
    { ...deps, fetch },
    { url: 'https://tea.example.test', keys: KEYS, signal: controller.signal },
  );
  await store.write('POST', 'coupons', {}, z.unknown());
  controller.abort();
  const asked = store.write('POST', 'coupons', {}, z.unknown());
  await expect(asked).rejects.toMatchObject({ code: 'woocommerce.timed_out', details: { sent: false } });
  expect(sent).toHaveLength(1);
});
