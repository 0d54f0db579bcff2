import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testWorld, type World } from '../db/testing.ts';
import { deliver, inboxOf, orderBody } from '../inbox/deliveries.fixtures.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { retention } from '../schedule.ts';
import { type Api, sessionToken, testApi, withKey } from './api.fixtures.ts';

let world: World;
let api: Api;
let customer: string;
let path: string;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
  await deliver(world, api.shop, ['orders/create', orderBody()]);
  customer = (await api.get('/customers?query=ada')).body.items[0].id;
  path = `/customers/${customer}/adjustments`;
});
afterEach(async () => {
  expect(await verifyLedger(world, api.shop)).toMatchObject({ ok: true });
  await api.stop();
  await world.close();
});

const DAY = 86_400_000;
/** A cursor that holds what PostgreSQL cannot. */
const STRANGE = Buffer.from('["all","\\u0000"]').toString('base64url');
const gift = { points: 50, reason: 'kindness' };
const key = (name: string) => ({ 'idempotency-key': name });
const points = async () => (await api.get(`/customers/${customer}`)).body.points.available;
const audit = async () => (await rowsOf(world, api.shop, 'audit_log')).map(({ action }) => action).sort();

describe('the same Idempotency-Key', () => {
  test('with the same request gets the first answer, and has its effect once', async () => {
    const first = await api.send('post', path, gift, key('k1'));
    world.clock.advance(1000);
    await api.send('post', path, { points: 7, reason: 'another' });
    const again = await api.send('post', path, gift, key('k1'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(await points()).toBe(157);
    expect(await audit()).toEqual(['points.adjust', 'points.adjust']);
  });

  test('with another request is a conflict, and does nothing', async () => {
    await api.send('post', path, gift, key('k1'));
    for (const [method, at, body] of [
      ['post', path, { ...gift, points: 51 }],
      ['post', '/customers/another/adjustments', gift],
      ['patch', '/shop', { locale: 'fa' }],
    ] as const) {
      const answer = await api.send(method, at, body, key('k1'));
      expect([answer.status, answer.body.error.code]).toEqual([409, 'api.key_reused']);
    }
    expect(await points()).toBe(150);
  });

  test('of many at once has one effect and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => api.send('post', path, gift, key('k1'))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await points()).toBe(150);
  });

  test('of a refused request is free for the next one', async () => {
    const refused = await api.send('post', path, { ...gift, points: -1000 }, key('k1'));
    expect([refused.status, refused.body.error.code]).toEqual([409, 'points.not_enough']);
    expect((await api.send('post', path, gift, key('k1'))).status).toBe(201);
  });

  test('is another shop’s own, and forgotten after a day', async () => {
    await api.send('post', path, gift, key('k1'));
    world.clock.advance(DAY - 1);
    expect(await retention(world)).toMatchObject({ answers: 0 });
    world.clock.advance(1);
    expect(await retention(world)).toMatchObject({ answers: 1 });
    await api.send('post', path, gift, key('k1'));
    expect(await points()).toBe(200);
  });

  test.each(['', ' ', 'with space', 'x'.repeat(256), 'ключ'])(
    'has to be printable and short: %j is not',
    async (name) => {
      const header = Buffer.from(name).toString('latin1');
      const answer = await api.send('post', path, gift, key(header));
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'api.idempotency_key']);
    },
  );
});

describe('a body', () => {
  test.each<[string, unknown, string]>([
    ['no points', { reason: 'x' }, 'points'],
    ['no points at all', { points: 0, reason: 'x' }, 'points'],
    ['half a point', { points: 0.5, reason: 'x' }, 'points'],
    ['points as text', { points: '5', reason: 'x' }, 'points'],
    ['too many points', { points: 1e12, reason: 'x' }, 'points'],
    ['no reason', { points: 1 }, 'reason'],
    ['a reason of what cannot be shown', { points: 1, reason: 'a\u0000b' }, 'reason'],
    ['a blank reason', { points: 1, reason: '  ' }, 'reason'],
    ['an unknown field', { ...gift, sneaky: true }, 'sneaky'],
    ['a list', [gift], ''],
    ['nothing', undefined, ''],
  ])('with %s is refused by the field', async (_what, body, field) => {
    const { status, body: answer } = await api.send('post', path, body);
    expect([status, answer.error.code, answer.error.details.field]).toEqual([400, 'api.invalid', field]);
    expect(await points()).toBe(100);
  });

  const raw = (body: string | Buffer, type: string) =>
    supertest(api.app.http)
      .post(`/api/v1${path}`)
      .set({ authorization: `Bearer ${sessionToken()}`, 'content-type': type })
      .serialize((data) => data as string)
      .send(body as string);

  test('that is no JSON, too large, or of another type is refused', async () => {
    const text = JSON.stringify(gift);
    const answers = [
      await raw('{"points":', 'application/json'),
      await raw(Buffer.from([0x22, 0xff, 0x22]), 'application/json'),
      await raw(`{"points":1,"reason":"${'x'.repeat(256 * 1024)}"}`, 'application/json'),
      await raw(text, 'text/plain'),
      await raw(text, 'application/x-www-form-urlencoded'),
      await raw(text, 'application/json; charset=latin1'),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.error.code}`)).toEqual([
      ...['400 api.json', '400 api.json', '413 api.too_large'],
      ...['415 api.content_type', '415 api.content_type', '415 api.content_type'],
    ]);
    expect((await raw(text, 'application/json; charset=utf-8')).status).toBe(201);
  });

  test('never opens a door for pages of others, and answers show nothing of the inside', async () => {
    const answer = await api.get('/shop', { origin: 'https://evil.example.test' });
    const names = Object.keys(answer.headers);
    expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    const preflight = await supertest(api.app.http)
      .options('/api/v1/shop')
      .set({ origin: 'https://evil.example.test', 'access-control-request-method': 'PATCH' });
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    for (const strange of [
      '/customers/%00',
      '/customers?query=%00',
      `/customers?cursor=${STRANGE}`,
      '/deliveries?cursor=%00',
      '/customers/%E0%A4%A',
      `/customers/${'x'.repeat(65)}`,
      '/exports/x/pdf',
    ]) {
      const { status, text } = await api.get(strange);
      expect([strange, strange.includes('query') ? status === 200 : [400, 404].includes(status)]).toEqual([
        strange,
        true,
      ]);
      expect(text).not.toMatch(/node_modules|\.ts:|SQLITE|zod/i);
    }
  });
});

describe('the program', () => {
  test('is changed as a new version, from now on, with an audit row', async () => {
    const { body: known } = await api.get('/program');
    known.rules.earning[0].points = 3;
    const changed = await api.send('put', '/program', known);
    expect([changed.status, changed.body.version, changed.body.effectiveFrom]).toEqual([
      200,
      known.version + 1,
      world.clock.now(),
    ]);
    expect((await api.get('/program')).body).toEqual(changed.body);
    expect((await api.send('put', '/program', { rules: changed.body.rules })).body).toEqual(changed.body);
    expect(await audit()).toEqual(['program.change']);
    world.clock.advance(2 * DAY);
    await deliver(world, api.shop, [
      'orders/create',
      orderBody({ id: 7002, name: '#2', created_at: '2026-01-02T00:00:00Z' }),
    ]);
    expect(await points()).toBe(400);
    const stale = await api.send('put', '/program', known);
    expect([stale.status, stale.body.error]).toMatchObject([409, { code: 'program.changed', details: { version: 2 } }]);
  });

  test.each<
    [
      string,
      (rules: { earning: Record<string, unknown>[]; tiers: { levels: object[] } } & Record<string, unknown>) => void,
      string,
    ]
  >([
    ['a rule without points', ({ earning }) => void delete earning[0]?.points, 'rules.earning.0.points'],
    [
      'a field of no rule',
      ({ earning }) => void Object.assign(earning[0] ?? {}, { magic: 1 }),
      'rules.earning.0.magic',
    ],
    ['a level that falls', ({ tiers }) => void tiers.levels.reverse(), 'rules.tiers.levels'],
    ['an unknown field', (rules) => void Object.assign(rules, { colour: 'blue' }), 'rules.colour'],
  ])('is refused with %s, by the path of the field', async (_what, spoil, field) => {
    const { body } = await api.get('/program');
    spoil(body.rules);
    const answer = await api.send('put', '/program', body);
    expect([answer.status, answer.body.error.details.fields[0].field]).toEqual([400, field]);
    expect(await rowsOf(world, api.shop, 'program_versions')).toHaveLength(1);
  });

  test('with tiers lifts members at once, as the preview said', async () => {
    const { body } = await api.get('/program');
    const levels = [{ id: 'friend', name: 'Friend', threshold: 50, entryBonus: 20 }];
    const tiers = { enabled: true, window: 'lifetime', levels };
    const preview = await api.send('post', '/tiers/preview', { tiers });
    expect(preview.body).toMatchObject({ members: 1, up: 1, entryBonuses: 20 });
    expect(await audit()).toEqual([]);
    expect((await api.send('put', '/program', { rules: { ...body.rules, tiers } })).status).toBe(200);
    expect((await api.get(`/customers/${customer}`)).body).toMatchObject({
      tier: { id: 'friend' },
      points: { available: 120 },
    });
  });
});

describe('the shop', () => {
  test('takes settings over, leaves the rest, and keeps who changed what', async () => {
    const economics = { grossMargin: 0.42, acquisitionCost: 12.5, pointCost: 0.01 };
    expect((await api.send('patch', '/shop', { economics })).body).toMatchObject({ economics, locale: 'en' });
    const second = await api.send('patch', '/shop', {
      locale: 'fa',
      calendar: 'persian',
      economics: { grossMargin: 0.5 },
    });
    expect(second.body).toMatchObject({
      locale: 'fa',
      calendar: 'persian',
      economics: { ...economics, grossMargin: 0.5 },
    });
    expect((await api.get('/shop')).body).toEqual(second.body);
    const { items } = (await api.get('/audit?limit=2')).body;
    expect(items).toMatchObject([
      { actor: 'user:42', action: 'numbers.settings', before: { calendar: 'gregory' }, after: { calendar: 'persian' } },
      { actor: 'user:42', action: 'shop.locale', before: { locale: 'en' }, after: { locale: 'fa' } },
    ]);
    for (const wrong of [{}, { locale: 'xx' }, { economics: { grossMargin: 2 } }, { domain: 'evil.example.test' }]) {
      expect((await api.send('patch', '/shop', wrong)).status).toBe(400);
    }
  });

  test('tells of parked deliveries, and replays one: state, audit and effect', async () => {
    await deliver(world, api.shop, ['orders/create', '{']);
    world.clock.advance(60_000);
    expect((await api.get('/shop/status')).body).toMatchObject({
      state: 'registered',
      parked: 1,
      waiting: 0,
      lagSeconds: 0,
      lastOrder: { number: '#1001', counts: true },
    });
    const { items } = (await api.get('/deliveries?state=parked')).body;
    expect(items).toMatchObject([{ topic: 'orders/create', state: 'parked', reason: expect.any(String) }]);
    const replayed = await api.send('post', `/deliveries/${items[0].id}/replay`, {}, key('r1'));
    expect([replayed.status, replayed.body]).toEqual([202, { id: items[0].id, state: 'pending' }]);
    world.clock.advance(30_000);
    expect((await api.get('/shop/status')).body).toMatchObject({ parked: 0, waiting: 1, lagSeconds: 120 - 30 });
    const again = await api.send('post', `/deliveries/${items[0].id}/replay`);
    expect([again.status, again.body.error.code]).toEqual([409, 'delivery.not_parked']);
    expect((await inboxOf(world, api.shop)).map(({ state }) => state)).toEqual(['applied', 'pending']);
    expect(await audit()).toEqual(['delivery.replay']);
  });

  test('gives the answer to a data request as a file, and the audit log page by page', async () => {
    await deliver(world, api.shop, ['customers/data_request', { customer: { id: 501 }, data_request: { id: 7 } }]);
    const { items } = (await api.get('/exports')).body;
    expect(items).toMatchObject([{ kind: 'data-request', requestId: '7' }]);
    const json = await api.get(`/exports/${items[0].id}/json`);
    expect(json.headers['content-disposition']).toBe(`attachment; filename="${items[0].id}.json"`);
    expect(json.body.tables.customer[0].email).toBe('ada@example.test');
    expect((await api.get(`/exports/${items[0].id}/csv`)).headers['content-type']).toBe('text/csv; charset=utf-8');
    for (let n = 1; n <= 5; n += 1) await api.send('post', path, { points: n, reason: `gift ${n}` });
    const first = (await api.get('/audit?limit=3')).body;
    await api.send('post', path, { points: 6, reason: 'gift 6' });
    const second = (await api.get(`/audit?limit=3&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items].map(({ reason }) => reason)).toEqual(
      [5, 4, 3, 2, 1].map((n) => `gift ${n}`),
    );
    expect(second.nextCursor).toBeNull();
  });

  test('has its numbers for the last 30 local days unless asked otherwise', async () => {
    const { body } = await api.get('/kpis');
    expect(body).toMatchObject({ from: '2025-12-03', to: '2026-01-01', window: 365, orders: 0 });
    const march = await api.get('/kpis?from=2025-03-01&to=2025-03-31&window=90');
    expect(march.body).toMatchObject({ window: 90, orders: 1, revenue: 100 });
    for (const [query, field] of [
      ['from=March', 'from'],
      ['from=2025-02-30', 'from'],
      ['to=2025-03-01', 'from'],
      ['window=0', 'window'],
    ]) {
      const answer = await api.get(`/kpis?${query}`);
      if (query === 'to=2025-03-01') expect(answer.body.from).toBe('2025-01-31');
      else expect([answer.status, answer.body.error.details.field]).toEqual([400, field]);
    }
  });
});

describe('limits', () => {
  test('count reads and writes apart, each caller alone, and tell how much is left', async () => {
    const tight = await (async () => {
      const { testApp } = await import('../http/http.fixtures.ts');
      const { verifySession } = await import('./api.fixtures.ts');
      return testApp(world, {}, { verifySession, limits: { reads: 3, writes: 2 } });
    })();
    const { key: one } = await api.keyFor(api.shop, 'write');
    const ask = (token: string) => supertest(tight.app.http).get('/api/v1/shop').set(withKey(token));
    const change = () => supertest(tight.app.http).patch('/api/v1/shop').set(withKey(one)).send({ locale: 'fa' });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await ask(one)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect([(await change()).status, (await change()).status, (await change()).status]).toEqual([200, 200, 429]);
    const refused = await ask(one);
    expect(refused.body.error).toMatchObject({ code: 'api.rate_limited', details: { retryAfter: expect.any(Number) } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const { key: two } = await api.keyFor(api.shop, 'read');
    const other = await ask(two);
    expect([other.status, other.headers.ratelimit]).toEqual([200, expect.stringContaining('r=2')]);
    expect(other.headers['ratelimit-policy']).toContain('q=3');
    await tight.stop();
  });

  test('let a hundred writes a minute for one customer pass', async () => {
    for (let n = 0; n < 100; n += 1)
      expect((await api.send('post', path, { points: 1, reason: 'one' })).status).toBe(201);
    expect(await points()).toBe(200);
  });
});
