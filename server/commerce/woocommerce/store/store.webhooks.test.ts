import { expect, test } from 'vitest';
import { type Answer, type Asked, fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { clientDeps, KEYS, replayed, samplesPresent } from './store.fixtures.ts';
import { createStore } from './store.ts';
import { planWebhooks, type StoreWebhook, webhookName } from './store.webhooks.rules.ts';
import { mendStoreWebhooks } from './store.webhooks.ts';

const URL_HERE = 'https://app.example.test/webhooks/woocommerce/7';
const SECRET = 'a-long-and-random-secret';
const TOPICS = ['order.created', 'order.updated', 'customer.updated'];
const wanted = { deliveryUrl: URL_HERE, topics: TOPICS, secret: SECRET };

const hook = (id: number, topic: string, fields: Partial<StoreWebhook> = {}): StoreWebhook => ({
  id,
  topic,
  name: webhookName(topic, SECRET),
  status: 'active',
  url: URL_HERE,
  ...fields,
});
const all = () => TOPICS.map((topic, index) => hook(index + 1, topic));
const plan = (found: StoreWebhook[]) => planWebhooks(found, wanted);

test('what is in order is kept', () => {
  expect(plan(all())).toEqual({ kept: TOPICS, missing: [], superfluous: [], stopped: [] });
  expect(plan([])).toEqual({ kept: [], missing: TOPICS, superfluous: [], stopped: [] });
});

test('a webhook that was disabled is made anew, never started again: the store keeps its count of failures', () => {
  const [, ...rest] = all();
  for (const status of ['disabled', 'paused', 'something new']) {
    expect(plan([hook(1, 'order.created', { status }), ...rest])).toEqual({
      kept: ['order.updated', 'customer.updated'],
      missing: ['order.created'],
      superfluous: [1],
      stopped: ['order.created'],
    });
  }
});

test('one that signs with an older secret is made anew: the store never shows the secret, its name tells', () => {
  const old = hook(1, 'order.created', { name: webhookName('order.created', 'another secret') });
  expect(plan([old, ...all().slice(1)])).toMatchObject({ missing: ['order.created'], superfluous: [1] });
  const renamed = hook(1, 'order.created', { name: 'my webhook' });
  expect(plan([renamed, ...all().slice(1)])).toMatchObject({ missing: ['order.created'], superfluous: [1] });
  expect(webhookName('order.created', SECRET)).not.toContain(SECRET);
});

test('duplicates go, and what is not wanted any more; the oldest of several stays', () => {
  const found = [hook(9, 'order.created'), ...all(), hook(12, 'order.updated'), hook(13, 'coupon.updated')];
  expect(plan(found)).toEqual({ kept: TOPICS, missing: [], superfluous: [9, 12, 13], stopped: [] });
});

test('an address that we had before is ours by the mark; webhooks of others are not touched', () => {
  const moved = hook(20, 'order.created', { url: 'https://old.example.test/webhooks/woocommerce/7' });
  const foreign = [
    hook(30, 'order.created', { url: 'https://other.example.test/hook', name: 'ERP', status: 'disabled' }),
    // Another Bazgasht, with a secret and an address of its own.
    hook(31, 'order.created', {
      url: 'https://staging.example.test/webhooks/woocommerce/1',
      name: webhookName('order.created', 'theirs'),
    }),
    hook(32, 'order.created', { url: `${URL_HERE}1`, name: '' }),
  ];
  expect(plan([moved, ...foreign])).toEqual({ kept: [], missing: TOPICS, superfluous: [20], stopped: [] });
});

// --- Against a store ----------------------------------------------------------------------------------------------------

type Kept = StoreWebhook & { secret: string };

/** A store's webhooks, ten a page at most, whatever is asked for. */
async function setUp(start: StoreWebhook[] = []) {
  const hooks: Kept[] = start.map((one) => ({ ...one, secret: SECRET }));
  const order: string[] = [];
  const shown = ({ url, secret: _, ...rest }: Kept) => ({ ...rest, delivery_url: url });
  const create = (body: Record<string, string>): Answer => {
    if (!/^(order|customer|product|coupon)\.|^action\.(woocommerce|wc)_/.test(body.topic ?? ''))
      return { status: 400, json: { code: 'woocommerce_rest_shop_webhook_invalid_topic', message: 'no', data: {} } };
    const { topic = '', name = '', secret = '', delivery_url: url = '' } = body;
    const made = { id: 100 + hooks.length, topic, name, status: 'active', url, secret };
    hooks.push(made);
    order.push(`made ${topic}`);
    return { status: 201, json: shown(made) };
  };
  const answer = ({ method, path, query, body }: Asked): Answer => {
    if (method === 'POST') return create(JSON.parse(body) as Record<string, string>);
    if (method === 'DELETE') {
      const id = Number(path.split('/').at(-1));
      const at = hooks.findIndex((one) => one.id === id);
      if (query.force !== 'true') return { status: 501, json: { code: 'woocommerce_rest_trash_not_supported' } };
      if (at < 0) return { status: 404, json: { code: 'woocommerce_rest_shop_webhook_invalid_id', message: '' } };
      order.push(`removed ${id}`);
      return { json: shown(...(hooks.splice(at, 1) as [Kept])) };
    }
    const from = (Number(query.page) - 1) * 10;
    return { json: hooks.slice(from, from + 10).map(shown), headers: { 'x-wp-total': '0', 'x-wp-totalpages': '9' } };
  };
  const server = await fakeServer(answer);
  const store = createStore(clientDeps(), { url: server.url, keys: KEYS });
  return {
    server,
    hooks,
    order,
    mend: (topics: readonly string[] = TOPICS) => mendStoreWebhooks(store, URL_HERE, topics, SECRET),
  };
}

test('what is missing is made with the secret, and a second look finds all in order', async () => {
  const { hooks, mend, server } = await setUp();
  expect(await mend()).toEqual({ kept: 0, made: 3, removed: 0, refused: [], stopped: [] });
  expect(hooks.map(({ topic, url, secret }) => ({ topic, url, secret }))).toEqual(
    TOPICS.map((topic) => ({ topic, url: URL_HERE, secret: SECRET })),
  );
  server.asked.length = 0;
  expect(await mend()).toMatchObject({ kept: 3, made: 0, removed: 0 });
  expect(server.asked.every(({ method }) => method === 'GET')).toBe(true);
});

test('all pages are looked at, also where pages are shorter than asked for and the totals lie', async () => {
  const others = Array.from({ length: 25 }, (_, index) =>
    hook(index + 50, 'order.created', { url: 'https://x.example.test/', name: '' }),
  );
  const { mend, hooks } = await setUp([...others, ...all()]);
  expect(await mend()).toMatchObject({ kept: 3, made: 0, removed: 0 });
  expect(hooks).toHaveLength(28);
});

test('the new one is there before the stopped one goes, and it is said what was stopped', async () => {
  const { order, mend } = await setUp([hook(1, 'order.created', { status: 'disabled' }), ...all().slice(1)]);
  expect(await mend()).toEqual({ kept: 2, made: 1, removed: 1, refused: [], stopped: ['order.created'] });
  expect(order).toEqual(['made order.created', 'removed 1']);
});

test('action topics must begin woocommerce_ or wc_: one that the store refuses is named, the others are made', async () => {
  const { mend, hooks } = await setUp();
  expect(await mend(['action.my_event', ...TOPICS])).toMatchObject({ made: 3, refused: ['action.my_event'] });
  expect(hooks).toHaveLength(3);
});

test('the ping is sent before the create call returns: nothing here waits for it, nor holds it up', async () => {
  const pings: string[] = [];
  const ours = await fakeServer(({ body, headers }) => {
    pings.push(`${headers['content-type']} ${body}`);
    return { status: 200 };
  });
  const { mend, server } = await setUp();
  const before = server.answer;
  server.answer = async (asked) => {
    const reply = await before(asked);
    if (asked.method === 'POST') {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const ping = { method: 'POST' as const, url: ours.url, headers, body: 'webhook_id=1' };
      await clientDeps().fetch({ ...ping, timeoutMs: 5_000, maxBytes: 1_000 });
    }
    return reply;
  };
  expect(await mend()).toMatchObject({ made: 3, refused: [] });
  expect(pings).toEqual(Array(3).fill('application/x-www-form-urlencoded webhook_id=1'));
});

test('one that somebody else deleted meanwhile is gone, which is what was wanted', async () => {
  const { mend, hooks, server } = await setUp([hook(1, 'coupon.updated')]);
  const before = server.answer;
  server.answer = (asked) => {
    if (asked.method === 'DELETE') hooks.splice(0, hooks.length);
    return before(asked);
  };
  expect(await mend()).toMatchObject({ made: 3, removed: 1 });
});

test.skipIf(!samplesPresent)('true lists and refusals of webhooks are read', async () => {
  const server = await fakeServer(({ method }) =>
    replayed(method === 'POST' ? 'rest.webhook-bad-topic' : 'rest.webhooks'),
  );
  const store = createStore(clientDeps(), { url: server.url, keys: KEYS });
  const health = await mendStoreWebhooks(
    store,
    'https://127.0.0.1:18600/wh/order.restored',
    ['action.my_event'],
    SECRET,
  );
  expect(health).toEqual({ kept: 0, made: 0, removed: 0, refused: ['action.my_event'], stopped: [] });
  server.answer = ({ method }) => (method === 'POST' ? replayed('rest.webhook-create') : { json: [] });
  expect(await mendStoreWebhooks(store, URL_HERE, ['order.updated'], SECRET)).toMatchObject({ made: 1 });
});
if (!samplesPresent) console.log('skipped: no shared samples of WooCommerce');
