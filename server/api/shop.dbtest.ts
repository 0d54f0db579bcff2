import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliveriesPage, exportsList } from '../contracts/shop.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, drain, orderBody } from '../inbox/deliveries.fixtures.ts';
import { dropBody } from '../inbox/inbox.repository.ts';
import { type Api, testApi, withKey } from './api.fixtures.ts';

let world: World;
let api: Api;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

const audit = async () => (await rowsOf(world, api.shop, 'audit_log')).map(({ action }) => action);

describe('parked deliveries', () => {
  const broken = (n: number): [string, unknown] => ['orders/create', `{"broken": ${n}`];
  const parked = async () => deliveriesPage.parse((await api.get('/deliveries?limit=100')).body).items;
  const replay = (body: unknown, headers = {}) => api.send('post', '/deliveries/replay', body, headers);

  test('say what to do, and whether replaying makes sense', async () => {
    await deliver(world, api.shop, broken(1), ['orders/create', orderBody({ line_items: 'none' })], broken(2));
    const [first] = await parked();
    await world.db.transaction((tx) => dropBody(tx, api.shop, String(first?.id)));
    expect(
      (await parked()).map(({ errorCode, replay: sense, hint }) => [errorCode, sense, hint?.slice(0, 20)]),
    ).toEqual([
      ['delivery.not_json', 'no', 'What this delivery s'],
      ['delivery.bad_field', 'later', 'This version cannot '],
      ['delivery.not_json', 'later', 'This version cannot '],
    ]);
  });

  test('are replayed together, except those for which it makes no sense', async () => {
    await deliver(world, api.shop, broken(1), broken(2), broken(3));
    const [gone] = await parked();
    await world.db.transaction((tx) => dropBody(tx, api.shop, String(gone?.id)));
    const { status, body } = await replay({ all: true });
    expect([status, body]).toEqual([202, { replayed: 2, left: 1 }]);
    expect((await parked()).map(({ id }) => id)).toEqual([gone?.id]);
    expect(await audit()).toEqual(['delivery.replay_some']);
    await drain(world, api.shop);
    expect(await parked()).toHaveLength(3);
  });

  test('are replayed by their ids; what is not parked any more is passed over', async () => {
    await deliver(world, api.shop, broken(1), broken(2), ['orders/create', orderBody()]);
    const [one, two] = await parked();
    const applied = (await rowsOf(world, api.shop, 'inbox')).find(({ state }) => state === 'applied');
    const ids = [one?.id, 'nobody', applied?.id];
    expect((await replay({ ids })).body).toEqual({ replayed: 1, left: 1 });
    expect((await parked()).map(({ id }) => id)).toEqual([two?.id]);
    expect((await replay({ ids })).body).toEqual({ replayed: 0, left: 1 });
    expect(await audit()).toHaveLength(1);
  });

  test('are 500 at once, the oldest first', async () => {
    await deliver(world, api.shop, ...Array.from({ length: 503 }, (_, n) => broken(n)));
    const before = await parked();
    expect((await replay({ all: true })).body).toEqual({ replayed: 500, left: 3 });
    expect((await parked()).some(({ id }) => id === before[0]?.id)).toBe(false);
    expect((await replay({ all: true })).body).toEqual({ replayed: 3, left: 0 });
  });

  test('of another shop stay', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    await deliver(world, api.shop, broken(1));
    const theirs = withKey((await api.keyFor(other, 'write')).key);
    const ids = (await parked()).map(({ id }) => id);
    expect((await replay({ ids }, theirs)).body).toEqual({ replayed: 0, left: 0 });
    expect((await replay({ all: true }, theirs)).body).toEqual({ replayed: 0, left: 0 });
    expect(await parked()).toHaveLength(1);
  });

  test.each([[{}], [{ ids: [] }], [{ all: false }], [{ ids: ['a'], all: true }]])(
    'are not replayed by %j',
    async (body) => {
      expect((await replay(body)).status).toBe(400);
    },
  );
});

describe('data requests', () => {
  test('say who asked, about whom and how large the answer is, and no more of the person', async () => {
    await deliver(
      ...([world, api.shop] as const),
      ['orders/create', orderBody()],
      ['customers/data_request', { customer: { id: 501, email: 'ada@example.test' }, data_request: { id: 7 } }],
      ['customers/data_request', { customer: { id: 999, email: 'nobody@example.test' } }],
    );
    const { id: customer } = (await api.get('/customers?query=ada')).body.items[0];
    world.clock.advance(1000);
    await api.send('post', `/customers/${customer}/data-export`);
    const { body } = await api.get('/exports');
    const { items } = exportsList.parse(body);
    expect(items[0]).toMatchObject({ askedBy: 'merchant', requestId: null, customer, state: 'ready' });
    expect(items.slice(1)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ askedBy: 'platform', requestId: '7', customer }),
        expect.objectContaining({ askedBy: 'platform', requestId: null, customer: null }),
      ]),
    );
    for (const { id, bytes } of items) {
      const file = await api.get(`/exports/${id}/json`).buffer(true);
      expect(bytes.json).toBe(Buffer.byteLength(JSON.stringify(file.body, null, 2)));
      expect(bytes.csv).toBeGreaterThan(0);
    }
    expect(JSON.stringify(body)).not.toMatch(/ada|nobody|@/);
  });
});

describe('toman', () => {
  test('is off, can be turned on in a rial shop, and is kept with who did it', async () => {
    const rial = await testShop(world, { domain: 'rial.example.test', currency: 'IRR', timeZone: 'Asia/Tehran' });
    const theirs = withKey((await api.keyFor(rial, 'write')).key);
    expect((await api.get('/shop', theirs)).body).toMatchObject({ currency: 'IRR', showToman: false });
    const on = await api.send('patch', '/shop', { showToman: true }, theirs);
    expect([on.status, on.body.showToman]).toEqual([200, true]);
    await api.send('patch', '/shop', { locale: 'fa', showToman: true }, theirs);
    expect((await api.get('/shop', theirs)).body).toMatchObject({ locale: 'fa', showToman: true });
    await api.send('patch', '/shop', { showToman: false }, theirs);
    expect((await api.get('/shop', theirs)).body.showToman).toBe(false);
    const rows = (await rowsOf(world, rial, 'audit_log')).filter(({ action }) => action === 'shop.toman');
    expect(rows).toMatchObject([
      { before: { showToman: false }, after: { showToman: true } },
      { before: { showToman: true }, after: { showToman: false } },
    ]);
  });

  test('is nothing for another currency', async () => {
    const { status, body } = await api.send('patch', '/shop', { showToman: true, locale: 'fa' });
    expect([status, body.error.code, body.error.details.field]).toEqual([409, 'shops.no_toman', 'showToman']);
    expect((await api.get('/shop')).body).toMatchObject({ locale: 'en', showToman: false });
  });
});
