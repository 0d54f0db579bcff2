import { expect, test } from 'vitest';
import { z } from 'zod';
import { testWooStore } from '../../../sandbox/woocommerce/woo.fixtures.ts';
import { couponChanges } from '../reading/woocommerce.coupons.ts';
import { wooCoupon } from '../reading/woocommerce.shapes.ts';
import type { NewCoupon } from './store.coupons.rules.ts';
import { couponByCode, createCoupon, createCoupons, deleteCoupon, expireCoupon, readCoupon } from './store.coupons.ts';
import { createStore } from './store.ts';
import type { StoreFetch } from './store.types.ts';
import { mendStoreWebhooks } from './store.webhooks.ts';

const HERE = 'https://app.example.test/webhooks/woocommerce/7';
const ZONE = 'Europe/Sofia';
const EXPIRES = Date.UTC(2027, 0, 31, 21, 59, 59);
const SCHEMES = ['https', 'http'] as const;

/** The practice store, and our client of it. `way`: what stands between the two. */
function setUp(scheme: 'http' | 'https', way: (fetch: StoreFetch) => StoreFetch = (fetch) => fetch) {
  const practice = testWooStore({ url: `${scheme}://shop.example.test` });
  const { key, secret } = practice.key;
  const deps = { fetch: way(practice.woo.fetch), realClock: practice.clock, sleep: async () => undefined };
  return { practice, store: createStore(deps, { url: practice.woo.site.url, keys: { key, secret } }) };
}
const coupon = (code: string): NewCoupon => ({
  code,
  mark: `redemption:${code}`,
  discount: { type: 'percent', amount: '10' },
  usageLimit: 1,
  expiresAt: EXPIRES,
  emails: ['ana@example.test'],
});
const orders = z.object({ id: z.number() });

test.each(SCHEMES)('over %s: webhooks of the practice store are mended, also after a new secret', async (scheme) => {
  const { practice, store } = setUp(scheme);
  const topics = ['order.created', 'order.updated'];
  expect(await mendStoreWebhooks(store, HERE, topics, 'one')).toMatchObject({ made: 2, removed: 0 });
  expect(await mendStoreWebhooks(store, HERE, topics, 'one')).toMatchObject({ kept: 2, made: 0 });
  const [first] = practice.state.webhooks;
  if (first) first.status = 'disabled';
  expect(await mendStoreWebhooks(store, HERE, topics, 'one')).toMatchObject({
    kept: 1,
    made: 1,
    removed: 1,
    stopped: ['order.created'],
  });
  expect(await mendStoreWebhooks(store, HERE, topics, 'two')).toMatchObject({ kept: 0, made: 2, removed: 2 });
  expect(practice.state.webhooks.map(({ topic, secret, status }) => [topic, secret, status])).toEqual(
    topics.map((topic) => [topic, 'two', 'active']),
  );
  await practice.close();
});

test.each(SCHEMES)(
  'over %s: coupons of the practice store are what was promised, and known as ours',
  async (scheme) => {
    const { practice, store } = setUp(scheme);
    const made = await createCoupon(store, coupon('Abc-1'), ZONE);
    expect(made).toMatchObject({ code: 'abc-1', expiresAt: EXPIRES, mark: 'redemption:Abc-1' });
    expect(await createCoupon(store, coupon('Abc-1'), ZONE)).toEqual(made);
    const outcomes = await createCoupons(store, ['Abc-1', 'abc-2'].map(coupon), 'Asia/Tehran');
    expect(outcomes).toMatchObject([
      { ok: true, coupon: { id: made.id } },
      { ok: true, coupon: { expiresAt: EXPIRES } },
    ]);
    const ended = Date.UTC(2026, 5, 1);
    expect(await expireCoupon(store, made.id, ended, ZONE)).toMatchObject({ expiresAt: ended, mark: made.mark });
    const shop = { readAt: practice.clock.now(), hash: '' };
    expect(couponChanges(await store.read(`coupons/${made.id}`, wooCoupon), shop)).toMatchObject([
      { coupon: { ours: true } },
    ]);
    await deleteCoupon(store, made.id);
    await expect(readCoupon(store, made.id)).rejects.toMatchObject({ code: 'woocommerce.not_found' });
    expect(await couponByCode(store, 'abc-1')).toBeNull();
    await practice.close();
  },
);

test('Authorization header stripped: the practice store, too, hears a signature', async () => {
  const seen: string[] = [];
  const strip =
    (fetch: StoreFetch): StoreFetch =>
    ({ headers, ...request }) => {
      seen.push(request.url);
      const { authorization: _, ...rest } = headers;
      return fetch({ ...request, headers: rest });
    };
  const { practice, store } = setUp('https', strip);
  expect(await store.list('orders', orders)).toMatchObject({ items: [] });
  expect(seen).toHaveLength(2);
  expect(seen.join()).not.toContain(practice.key.secret);
  await practice.close();
});
