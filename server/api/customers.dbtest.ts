import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tierProgram } from '../contracts/tiers.ts';
import { rebuildSearch } from '../customers/search.usecases.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { setTiers } from '../tiers/review.usecases.ts';
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

type Line = {
  id: string;
  email: string | null;
  name: string | null;
  points: number;
  tier: string | null;
  orders: number;
};
const UPDATED = '2025-03-01T10:00:00Z';
const account = (id: number, fields: object = {}): [string, unknown] => [
  'customers/create',
  { id, email: `c${id}@example.test`, first_name: 'Cleo', last_name: `Stone${id}`, updated_at: UPDATED, ...fields },
];
const list = async (query: string): Promise<{ items: Line[]; nextCursor: string | null; total: number | null }> => {
  const { status, body } = await api.get(`/customers?${query}`);
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
};
const emails = async (query: string) => (await list(query)).items.map(({ email }) => email);
/** Every page, one after another; between two of them something may happen. */
async function pages(query: string, between: (page: number) => Promise<unknown> = async () => null): Promise<Line[]> {
  const all: Line[] = [];
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const next: Awaited<ReturnType<typeof list>> = await list(`${query}${cursor ? `&cursor=${cursor}` : ''}`);
    all.push(...next.items);
    cursor = next.nextCursor;
    await between(page);
  }
  return all;
}

describe('a search', () => {
  test('finds by e-mail, any word of the name and phone, with what the list shows', async () => {
    await deliver(world, api.shop, ['orders/create', orderBody()], account(2, { phone: '+14155550101' }));
    for (const query of ['ada@ex', 'ADA', 'quartz', 'ada%20quartz', '2025550123', '%2B1%20202-555', '12025']) {
      expect(await list(`query=${query}`)).toEqual({
        asOf: expect.any(Number),
        items: [
          {
            id: expect.any(String),
            email: 'ada@example.test',
            name: 'Ada Quartz',
            points: 100,
            tier: null,
            orders: 1,
            revenue: 100,
          },
        ],
        nextCursor: null,
        total: null,
      });
    }
    for (const query of ['da@example', 'nobody', 'ada%20stone', '%25', '_da']) {
      expect((await list(`query=${query}`)).items).toEqual([]);
    }
  });

  test('gives whoever fits by several terms once, page by page', async () => {
    const people = Array.from({ length: 23 }, (_, n) =>
      account(n + 1, { email: `cleo${n}@example.test`, last_name: 'Cleopatra' }),
    );
    await deliver(world, api.shop, ...people, account(99, { first_name: 'Dan', email: 'dan@example.test' }));
    const all = await pages('query=cleo&limit=5');
    expect(all).toHaveLength(23);
    expect(new Set(all.map(({ id }) => id)).size).toBe(23);
    expect(await pages('query=cleo%20cleop&limit=7')).toHaveLength(23);
    expect(await pages('query=cleo&limit=23')).toEqual(all);
  });

  test('follows what a customer is called: changed, merged, erased, and made anew', async () => {
    await deliver(world, api.shop, account(1), account(2));
    await deliver(world, api.shop, [
      'customers/update',
      { id: 1, email: 'new@example.test', first_name: 'Renamed', updated_at: '2025-04-01T00:00:00Z' },
    ]);
    expect(await emails('query=renam')).toEqual(['new@example.test']);
    expect(await emails('query=c1@')).toEqual([]);
    await deliver(world, api.shop, [
      'customers/merge',
      {
        admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/2',
        admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/1',
        status: 'completed',
      },
    ]);
    await deliver(world, api.shop, [
      'customers/redact',
      { customer: { id: 2, email: 'c2@example.test' }, orders_to_redact: [] },
    ]);
    expect(await emails('query=stone2')).toEqual([]);
    const kept = await rowsOf(world, api.shop, 'customer_search');
    await rebuildSearch(world, api.shop, world.clock.now());
    expect(await rowsOf(world, api.shop, 'customer_search')).toEqual(kept);
  });

  test('index that is made anew has the rows that were kept up to date', async () => {
    await deliver(world, api.shop, ['orders/create', orderBody()], account(1), account(2));
    const kept = await rowsOf(world, api.shop, 'customer_search');
    expect(kept.length).toBeGreaterThan(8);
    await world.inShop(api.shop, async (scope) => {
      const { deleteTerms } = await import('../customers/search.repository.ts');
      for (const { customerId } of kept) await deleteTerms(scope, String(customerId));
    });
    expect(await emails('query=cleo')).toEqual([]);
    expect(await rebuildSearch(world, api.shop, world.clock.now())).toBe(3);
    expect(await rowsOf(world, api.shop, 'customer_search')).toEqual(kept);
  });
});

describe('the list', () => {
  test('goes newest first; who comes anew on the way changes no page and nobody comes twice', async () => {
    await deliver(world, api.shop, ...Array.from({ length: 12 }, (_, n) => account(n + 1)));
    const before = await pages('limit=100');
    expect(before.map(({ email }) => email).slice(0, 2)).toEqual(['c12@example.test', 'c11@example.test']);
    let next = 100;
    const during = await pages('limit=5', async () => {
      next += 1;
      await deliver(world, api.shop, account(next));
    });
    expect(during).toEqual(before);
  });

  test('of a search stays right, too, while others come', async () => {
    await deliver(world, api.shop, ...Array.from({ length: 9 }, (_, n) => account(n + 1)));
    const before = (await pages('query=cleo&limit=100')).map(({ id }) => id);
    let next = 100;
    const during = await pages('query=cleo&limit=2', async (page) => {
      if (page > 2) return;
      next += 1;
      await deliver(world, api.shop, account(next));
    });
    const ids = during.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => before.includes(id))).toEqual(before);
  });

  test('by tier and by segment has exactly those who stand there', async () => {
    const order = (id: number, customer: number, price: string): [string, unknown] => [
      'orders/create',
      orderBody({
        id,
        name: `#${id}`,
        email: `c${customer}@example.test`,
        total_price: price,
        customer: { id: customer, email: `c${customer}@example.test`, updated_at: UPDATED },
        line_items: [{ id, product_id: 900, title: 'Tea', quantity: 1, price }],
      }),
    ];
    await deliver(world, api.shop, order(1, 1, '10.00'), order(2, 2, '600.00'), order(3, 3, '700.00'), account(4));
    const levels = [
      { id: 'base', name: 'Base', threshold: 0 },
      { id: 'gold', name: 'Gold', threshold: 500 },
    ];
    await setTiers(world, api.shop, {
      tiers: tierProgram.parse({ enabled: true, window: 'lifetime', levels }),
      actor: 'test',
    });
    expect((await emails('tier=gold')).sort()).toEqual(['c2@example.test', 'c3@example.test']);
    expect((await pages('tier=gold&limit=1')).map(({ tier }) => tier)).toEqual(['gold', 'gold']);
    expect((await emails('tier=base')).sort()).toEqual(['c1@example.test', 'c4@example.test']);
    expect(await emails('tier=silver')).toEqual([]);
    expect(await emails('tier=gold&query=c2')).toEqual(['c2@example.test']);
    expect(await emails('segment=lifecycle:lead')).toEqual(['c4@example.test']);
    const { body: stages } = await api.get('/segments/lifecycle');
    const { body: rfm } = await api.get('/segments/rfm');
    for (const [family, counts] of [
      ['lifecycle', stages.stages],
      ['rfm', rfm.segments],
    ] as const) {
      for (const [name, count] of Object.entries(counts)) {
        expect([name, (await pages(`segment=${family}:${name}&limit=1`)).length]).toEqual([name, count]);
        const { total } = await list(`segment=${family}:${name}&limit=1`);
        expect([name, total]).toEqual([name, name === 'lead' ? null : count]);
      }
    }
    expect(await emails('segment=lifecycle:loyal&tier=gold&query=c3')).toEqual(['c3@example.test']);
    expect(await emails('segment=lifecycle:at_risk&query=c')).toEqual(['c1@example.test']);
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['segment=best', 'segment'],
    ['group=best', 'group'],
    ['group=cohort:2026-13', 'group'],
    ['group=buyers&from=2026-02-30', 'from'],
    ['group=buyers&from=2026-03-01&to=2026-02-01', 'from'],
    ['cursor=x', 'cursor'],
    [`cursor=${Buffer.from('["search","a","b"]').toString('base64url')}`, 'cursor'],
    [`cursor=${Buffer.from('["all",7]').toString('base64url')}`, 'cursor'],
    ['colour=blue', 'colour'],
    ['query=a&query=b', 'query'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const { status, body } = await api.get(`/customers?${query}`);
    expect([status, body.error.details.field]).toEqual([400, field]);
    expect(body.error.details.reason).toEqual(expect.any(String));
  });
});

describe('one customer', () => {
  test('has contact, balance, orders and the ledger with reasons, page by page', async () => {
    await deliver(world, api.shop, ['orders/create', orderBody()]);
    const [{ id } = { id: '' }] = (await list('query=ada')).items;
    for (let n = 1; n <= 5; n += 1) {
      await api.send('post', `/customers/${id}/adjustments`, { points: n, reason: `gift ${n}` });
    }
    const { body } = await api.get(`/customers/${id}?ledgerLimit=2`);
    expect(body).toMatchObject({
      id,
      platformId: '501',
      email: 'ada@example.test',
      name: 'Ada Quartz',
      tier: null,
      points: { available: 115, pending: 0, reserved: 0, lifetimeEarned: 100 },
      stats: { orders: 1, revenue: 100, firstDay: '2025-03-01', lastDay: '2025-03-01' },
      lastOrders: [{ number: '#1001', total: 100, net: 100, counts: true }],
      ledger: {
        items: [
          { kind: 'adjust', available: 5, reason: 'gift 5' },
          { available: 4, reason: 'gift 4' },
        ],
      },
    });
    const second = await api.get(`/customers/${id}?ledgerLimit=4&ledgerCursor=${body.ledger.nextCursor}`);
    expect(second.body.ledger).toMatchObject({
      items: [{ available: 3 }, { available: 2 }, { available: 1 }, { kind: 'earn', available: 100, reason: null }],
      nextCursor: null,
    });
    expect((await api.get(`/customers/${id}?ledgerCursor=-1`)).status).toBe(400);
  });

  test('who was merged away leads to who took them over', async () => {
    await deliver(world, api.shop, ['orders/create', orderBody({ customer: null })]);
    const guest = (await list('query=ada')).items[0]?.id;
    await deliver(world, api.shop, account(7, { email: 'ada@example.test' }));
    const kept = (await list('query=ada')).items.map(({ id }) => id);
    expect(kept).toHaveLength(1);
    expect((await api.get(`/customers/${guest}`)).body).toMatchObject({ id: kept[0] });
    const answer = await api.send('post', `/customers/${guest}/adjustments`, { points: 5, reason: 'kindness' });
    expect(answer.body).toMatchObject({ customerId: kept[0], points: 5 });
  });

  test('of another shop is not there, to look at or to change', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    await deliver(world, api.shop, ['orders/create', orderBody()], ['orders/create', '{']);
    const { key } = await api.keyFor(other, 'admin');
    const id = (await list('query=ada')).items[0]?.id;
    const parked = (await api.get('/deliveries')).body.items[0].id;
    await deliver(world, api.shop, ['customers/data_request', { customer: { id: 501 } }]);
    const file = (await api.get('/exports')).body.items[0].id;
    const theirs = withKey(key);
    const answers = [
      await api.get(`/customers/${id}`, theirs),
      await api.send('post', `/customers/${id}/adjustments`, { points: 5, reason: 'x' }, theirs),
      await api.send('post', `/deliveries/${parked}/replay`, undefined, theirs),
      await api.get(`/exports/${file}/json`, theirs),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await api.get('/customers?query=ada', theirs)).body.items).toEqual([]);
    expect((await api.get('/customers', theirs)).body.items).toEqual([]);
    expect((await api.get('/deliveries', theirs)).body.items).toEqual([]);
    expect((await api.get('/exports', theirs)).body.items).toEqual([]);
  });
});
