import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Answer, type Asked, fakeServer } from '../../../shared/safe-fetch/fake-server.fixtures.ts';
import { couponBody, couponEmails, localTime, type NewCoupon } from './store.coupons.rules.ts';
import { couponByCode, createCoupon, createCoupons, deleteCoupon, expireCoupon, readCoupon } from './store.coupons.ts';
import { clientDeps, KEYS, replayed, samplesPresent } from './store.fixtures.ts';
import { createStore } from './store.ts';

const ZONE = 'Europe/Sofia';
const EXPIRES = Date.UTC(2027, 0, 31, 21, 59, 59);
const coupon = (code: string, fields: Partial<NewCoupon> = {}): NewCoupon => ({
  code,
  mark: `redemption:${code.toLowerCase()}`,
  discount: { type: 'percent', amount: '10' },
  usageLimit: 1,
  expiresAt: EXPIRES,
  ...fields,
});
const caught = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

type Json = Record<string, unknown>;
type Kept = Json & { id: number; code: string };
const error = (code: string, status = 400): Answer => ({ status, json: { code, message: 'm', data: { status } } });

/** A store's coupons: its wall is `ahead` ms before UTC, whatever we think; it takes `most` at once. */
async function setUp({ ahead = 2 * 3_600_000, most = 100 } = {}) {
  const kept: Kept[] = [];
  const withGmt = (body: Json) => {
    const local = typeof body.date_expires === 'string' ? Date.parse(`${body.date_expires}Z`) - ahead : null;
    return { ...body, date_expires_gmt: local === null ? null : new Date(local).toISOString().slice(0, 19) };
  };
  const create = (body: Json): { status: number; json: Json } => {
    const code = String(body.code).toLowerCase();
    const taken = {
      code: 'woocommerce_rest_coupon_code_already_exists',
      message: 'The coupon code already exists',
      data: { status: 400 },
    };
    if (kept.some((known) => known.code === code)) return { status: 400, json: taken };
    if (code === 'bad') return { status: 400, json: { code: 'woocommerce_rest_invalid', message: 'No', data: {} } };
    const made: Kept = { usage_count: 0, email_restrictions: [], ...withGmt(body), id: 61 + kept.length, code };
    kept.push(made);
    return { status: 201, json: made };
  };
  const many = ({ create: all }: { create: Json[] }): Answer => {
    if (all.length > most) return error('woocommerce_rest_request_entity_too_large', 413);
    const said = all.map(create).map(({ status, json }) => (status === 201 ? json : { id: 0, error: json }));
    return { json: { create: said } };
  };
  const answer = ({ method, path, query, body }: Asked): Answer => {
    const json = body === '' ? {} : (JSON.parse(body) as Json);
    const id = Number(path.split('/').at(-1));
    if (path.endsWith('/batch')) return many(json as { create: Json[] });
    if (method === 'POST') return create(json);
    if (Number.isNaN(id)) return { json: kept.filter(({ code }) => code === query.code) };
    const found = kept.find((known) => known.id === id);
    if (!found) return error('woocommerce_rest_shop_coupon_invalid_id', 404);
    if (method === 'PUT') Object.assign(found, withGmt(json));
    if (method === 'DELETE') kept.splice(kept.indexOf(found), 1);
    return { json: found };
  };
  const server = await fakeServer(answer);
  return { server, kept, store: createStore(clientDeps(), { url: server.url, keys: KEYS }) };
}

test('a coupon ends at the instant that was promised: date_expires_gmt is ignored, the wall of the store counts', async () => {
  const { store, kept, server } = await setUp();
  const made = await createCoupon(store, coupon('LOYAL-10', { emails: ['Ana@Example.test'] }), ZONE);
  expect(made).toMatchObject({ code: 'loyal-10', expiresAt: EXPIRES, usageCount: 0, mark: 'redemption:loyal-10' });
  expect(kept[0]).toMatchObject({ date_expires: '2027-01-31T23:59:59', email_restrictions: ['ana@example.test'] });
  expect(server.asked).toHaveLength(1);
  expect(localTime(Date.UTC(2026, 6, 1, 20, 30, 5, 900), 'Asia/Tehran')).toBe('2026-07-02T00:00:05');
  expect(localTime(Date.UTC(2026, 0, 1), '+05:45')).toBe('2026-01-01T05:45:00');
});

test('where the store is in another time zone than we know, the end is moved by the difference', async () => {
  const { store, kept } = await setUp({ ahead: 3.5 * 3_600_000 });
  const made = await createCoupon(store, coupon('a'), ZONE);
  expect(made.expiresAt).toBe(EXPIRES);
  expect(kept[0]).toMatchObject({ date_expires: '2027-02-01T01:29:59' });
});

test('codes are lower-cased, and found again so', async () => {
  const { store } = await setUp();
  await createCoupon(store, coupon('  Welcome-Ana '), ZONE);
  expect(await couponByCode(store, 'WELCOME-ANA')).toMatchObject({ code: 'welcome-ana' });
  expect(await couponByCode(store, 'other')).toBeNull();
});

test('an attempt whose answer was lost meets itself; the code of somebody else does not pass for ours', async () => {
  const { store, kept } = await setUp();
  const first = await createCoupon(store, coupon('a'), ZONE);
  expect(await createCoupon(store, coupon('A'), ZONE)).toEqual(first);
  expect(kept).toHaveLength(1);
  const other = await caught(createCoupon(store, coupon('a', { mark: 'redemption:other' }), ZONE));
  expect(other).toMatchObject({ code: 'woocommerce.coupon_taken', retryable: false });
});

test('an invalid e-mail turns email_restrictions into an object: such a coupon is not sent at all', async () => {
  const { store, server } = await setUp();
  for (const emails of [
    [],
    ['no address'],
    ['ana@example.test', ''],
    ['*@example.test'],
    ['ana@localhost'],
    ['آنا@example.test'],
  ]) {
    const refused = await caught(createCoupon(store, coupon('a', { emails }), ZONE));
    expect(refused).toMatchObject({ code: 'woocommerce.coupon_invalid', details: { field: 'emails' } });
  }
  expect(server.asked).toEqual([]);
  expect(couponBody(coupon('a'), ZONE)).not.toHaveProperty('email_restrictions');
});

test('whatever addresses come, what is sent is a list of some that WordPress keeps as they are, or nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.emailAddress(), fc.string()), { maxLength: 3 }), (emails) => {
      let sent: string[];
      try {
        sent = couponEmails(emails);
      } catch {
        return;
      }
      expect(sent.length).toBeGreaterThan(0);
      for (const email of sent) {
        // is_email and sanitize_email of WordPress.
        const [local = '', domain = '', ...more] = email.split('@');
        expect(more).toEqual([]);
        expect(local).toMatch(/^[a-zA-Z0-9!#$%&'+/=?^_`{|}~.-]+$/);
        expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
        expect(email).not.toMatch(/\.\.[^@]*$/);
      }
    }),
  );
});

test('a coupon that the store would give to everybody is taken away again', async () => {
  const { store, server, kept } = await setUp();
  const before = server.answer;
  server.answer = async (asked) => {
    const reply = await before(asked);
    // A plugin that drops the restriction; the list with a gap is an object.
    if (asked.method === 'POST' && kept[0]) kept[0].email_restrictions = { 1: 'other@example.test' };
    return reply;
  };
  const refused = await caught(createCoupon(store, coupon('a', { emails: ['ana@example.test'] }), ZONE));
  expect(refused).toMatchObject({ code: 'woocommerce.coupon_invalid' });
  expect(kept).toEqual([]);
});

test('restrictions with a gap, an object in JSON, are read', async () => {
  const { store, server } = await setUp();
  server.answer = () => ({
    json: { id: 7, code: 'BADMAIL', usage_count: 3, email_restrictions: { 1: '*@example.test' } },
  });
  expect(await readCoupon(store, 7)).toEqual({
    id: 7,
    code: 'badmail',
    usageCount: 3,
    expiresAt: null,
    emails: ['*@example.test'],
    mark: null,
  });
});

test('many at once: at most a hundred a request, errors inside of a success are told one by one', async () => {
  const { store, server, kept } = await setUp();
  await createCoupon(store, coupon('c-3'), ZONE);
  await createCoupon(store, coupon('c-4', { mark: 'somebody else' }), ZONE);
  server.asked.length = 0;
  const codes = Array.from({ length: 150 }, (_, index) => (index === 5 ? 'bad' : `c-${index}`));
  const outcomes = await createCoupons(
    store,
    codes.map((code) => coupon(code)),
    ZONE,
  );
  expect(outcomes.map((outcome) => (outcome.ok ? 'made' : outcome.error.code))).toEqual(
    codes.map((_, index) => ({ 4: 'woocommerce.coupon_taken', 5: 'woocommerce.refused' })[index] ?? 'made'),
  );
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.coupon.code] : []))).toEqual(
    codes.filter((_, index) => index !== 4 && index !== 5),
  );
  const sizes = server.asked
    .filter(({ path }) => path.endsWith('/batch'))
    .map(({ body }) => (JSON.parse(body) as { create: unknown[] }).create.length);
  expect(sizes).toEqual([100, 50]);
  // The whole again, as after a lost answer: nothing is made twice.
  const before = kept.length;
  const again = await createCoupons(
    store,
    codes.slice(0, 4).map((code) => coupon(code)),
    ZONE,
  );
  expect(again.every(({ ok }) => ok)).toBe(true);
  expect(kept).toHaveLength(before);
});

test('a store that takes fewer at once is sent halves', async () => {
  const { store, kept } = await setUp({ most: 3 });
  const outcomes = await createCoupons(
    store,
    Array.from({ length: 10 }, (_, index) => coupon(`c-${index}`)),
    ZONE,
  );
  expect(outcomes.map((outcome) => outcome.ok && outcome.coupon.code)).toEqual(
    Array.from({ length: 10 }, (_, index) => `c-${index}`),
  );
  expect(kept).toHaveLength(10);
});

test('an answer with fewer coupons than were sent says so of those that are missing', async () => {
  const { store, server } = await setUp();
  server.answer = () => ({ json: { create: [{ id: 1, code: 'a', date_expires_gmt: '2027-01-31T21:59:59' }] } });
  const [first, second] = await createCoupons(store, [coupon('a'), coupon('b')], ZONE);
  expect(first).toMatchObject({ ok: true });
  expect(second).toMatchObject({ ok: false, error: { code: 'woocommerce.strange_answer' } });
});

test('how often a coupon was used is read from the store each time: cancelling an order gives the use back', async () => {
  const { store, kept } = await setUp();
  const { id } = await createCoupon(store, coupon('a'), ZONE);
  Object.assign(kept[0] as Kept, { usage_count: 1 });
  expect(await readCoupon(store, id)).toMatchObject({ usageCount: 1 });
  Object.assign(kept[0] as Kept, { usage_count: 0 });
  expect(await readCoupon(store, id)).toMatchObject({ usageCount: 0 });
});

test('a coupon is ended, or taken away, and both may happen twice', async () => {
  const { store, kept } = await setUp();
  const { id } = await createCoupon(store, coupon('a', { expiresAt: null }), ZONE);
  expect((await readCoupon(store, id)).expiresAt).toBeNull();
  expect(await expireCoupon(store, id, EXPIRES, ZONE)).toMatchObject({ expiresAt: EXPIRES });
  await deleteCoupon(store, id);
  await deleteCoupon(store, id);
  expect(kept).toEqual([]);
});

test('what cannot be a coupon is refused before anything is sent', async () => {
  const { store, server } = await setUp();
  const wrong: [Partial<NewCoupon>, string][] = [
    [{ code: ' ' }, 'code'],
    [{ code: '<b>x</b>' }, 'code'],
    [{ code: 'x'.repeat(101) }, 'code'],
    [{ discount: { type: 'percent', amount: '101' } }, 'discount'],
    [{ discount: { type: 'fixed_cart', amount: '-1' } }, 'discount'],
    [{ discount: { type: 'fixed_cart', amount: '1e3' } }, 'discount'],
  ];
  for (const [fields, field] of wrong) {
    const refused = await caught(createCoupons(store, [coupon('fine'), coupon('a', fields)], ZONE));
    expect(refused).toMatchObject({ code: 'woocommerce.coupon_invalid', details: { field } });
  }
  expect(server.asked).toEqual([]);
  const rich = { freeShipping: true, alone: true, minimumAmount: '20.00', usageLimitPerUser: 1, productIds: [7] };
  expect(couponBody(coupon('a', rich), ZONE)).toMatchObject({
    free_shipping: true,
    individual_use: true,
    minimum_amount: '20.00',
    usage_limit: 1,
    usage_limit_per_user: 1,
    product_ids: [7],
    meta_data: [{ key: '_bazgasht', value: 'redemption:a' }],
  });
});

test.skipIf(!samplesPresent)('true coupons and refusals are read', async () => {
  const { store, server } = await setUp();
  server.answer = () => replayed('rest.coupon-create');
  const made = await createCoupon(store, coupon('fixture-1795310196938', { emails: ['ana@example.test'] }), ZONE);
  expect(made).toEqual({
    id: 61,
    code: 'fixture-1795310196938',
    usageCount: 0,
    expiresAt: EXPIRES,
    emails: ['ana@example.test'],
    mark: null,
  });
  server.answer = ({ method }) => replayed(method === 'POST' ? 'rest.coupon-duplicate' : 'rest.coupons');
  const taken = await caught(createCoupon(store, coupon('exp-date'), ZONE));
  expect(taken).toMatchObject({ code: 'woocommerce.coupon_taken' });
  expect(await couponByCode(store, 'badmail')).toMatchObject({ emails: ['*@example.test'] });
});
if (!samplesPresent) console.log('skipped: no shared samples of WooCommerce');
