import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { customersPage } from '../contracts/customers.ts';
import { gapDistribution, rfm as rfmShape } from '../contracts/numbers.ts';
import { tierProgram } from '../contracts/tiers.ts';
import { trend as trendShape } from '../contracts/trend.ts';
import { testWorld, type World } from '../db/testing.ts';
import { deliver } from '../inbox/deliveries.fixtures.ts';
import { sharedTrend } from '../insights/answers.usecases.ts';
import { foldShop } from '../insights/fold.usecases.ts';
import { placesMeant } from '../insights/members.usecases.ts';
import { orderState, person, record, version } from '../orders/orders.fixtures.ts';
import { setTiers } from '../tiers/review.usecases.ts';
import { type Api, testApi } from './api.fixtures.ts';

let world: World;
let api: Api;
let made = 0;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
  made = 0;
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

/** An order by the n-th customer (null: without one) at noon of a day. */
async function buys(customer: number | null, day: string, fields: Parameters<typeof orderState>[0] = {}) {
  made += 1;
  const at = Date.parse(`${day}T12:00:00Z`);
  const platformId = String(8_000 + made);
  const who = customer === null ? null : person({ platformId: String(customer), email: `c${customer}@example.test` });
  const known = { platformId, number: `#${platformId}`, placedAt: at, paidAt: at, version: version(at) };
  await record(world, api.shop, orderState({ ...known, customer: who, ...fields }));
}

/** Eleven customers over fourteen months, the ninth with four orders; two orders by nobody. */
async function history() {
  for (let n = 1; n <= 9; n += 1) {
    const total = 5_000 + n * 1_000;
    await buys(n, `2025-0${n}-15`, { total, source: n % 3 === 0 ? 'pos' : 'web' });
    if (n % 2 === 1) await buys(n, '2025-10-03', { total: 3_000 });
    if (n % 4 === 1) await buys(n, '2025-12-20', { total: 7_000, source: 'pos' });
  }
  await buys(9, '2025-12-31', { total: 2_000 });
  await buys(10, '2024-11-05');
  await buys(11, '2025-12-31');
  await buys(null, '2025-05-05');
  await buys(null, '2025-12-05', { source: 'pos' });
}

const get = async (path: string) => {
  const { status, body } = await api.get(path);
  expect([path, status, body.error]).toEqual([path, 200, undefined]);
  return body;
};
const list = async (query: string) => customersPage.parse(await get(`/customers?${query}`));
const emails = async (query: string) => (await list(query)).items.map(({ email }) => email).sort();

/** Every page of a list, and the total that each page told. */
async function pages(query: string) {
  const ids: string[] = [];
  const totals = new Set<number | null>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Awaited<ReturnType<typeof list>> = await list(`${query}&limit=2${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.items.map(({ id }) => id));
    totals.add(page.total);
    cursor = page.nextCursor;
  }
  expect(new Set(ids).size).toBe(ids.length);
  return { count: ids.length, totals: [...totals] };
}

describe('the months', () => {
  test.each(['gregory', 'persian'])('of the %s calendar say what kpis says of each of them', async (calendar) => {
    await history();
    if (calendar === 'persian') await api.send('patch', '/shop', { calendar });
    const { currency, months } = trendShape.parse(await get('/kpis/trend?months=14&window=90'));
    expect([currency, months.length, months.at(-1)?.to]).toEqual(['USD', 14, '2026-01-01']);
    expect(months.map(({ complete }) => complete)).toEqual([...Array(13).fill(true), false]);
    for (const { key, from, to, complete: _over, ...figures } of months) {
      const kpis = await get(`/kpis?from=${from}&to=${to}&window=90`);
      const { return_share, new: fresh, returning } = kpis.monthly[key];
      const same = Object.fromEntries(Object.keys(figures).map((name) => [name, kpis[name]]));
      expect({ key, ...figures }).toEqual({
        key,
        ...same,
        return_share,
        new: fresh,
        returning,
        crr: kpis.crr[key]?.crr ?? null,
        crr_strict: kpis.crr[key]?.crr_strict ?? null,
        median_days_between_orders: kpis.days_between_orders.median,
        points_issued: kpis.points.issued,
        points_redeemed: kpis.points.redeemed,
      });
    }
    expect(months.reduce((sum, { orders }) => sum + orders, 0)).toBe(21);
  });

  test('are thirteen up to today unless asked otherwise, and answered once while nothing changes', async () => {
    await history();
    expect((await get('/shop')).today).toBe('2026-01-01');
    const { months } = await get('/kpis/trend');
    expect([months.length, months[0].key, months[12].key]).toEqual([13, '2025-01', '2026-01']);
    const shop = await world.inShop(api.shop, async (scope) => scope.shop);
    const asked = { to: '2025-12-31', months: 13 };
    const first = await sharedTrend(world, shop, asked);
    expect((await sharedTrend(world, shop, asked)).numbers).toBe(first.numbers);
    await buys(12, '2025-12-30');
    const { numbers } = await sharedTrend(world, shop, asked);
    expect([numbers.months.at(-1)?.new, first.numbers.months.at(-1)?.new]).toEqual([2, 1]);
  });

  test.each(['months=1', 'months=37', 'months=two', 'to=2025-02-30', 'window=0', 'from=2025-01-01'])(
    'refuse ?%s',
    async (query) => {
      const { status, body } = await api.get(`/kpis/trend?${query}`);
      expect([status, body.error.details.field]).toEqual([400, query.split('=')[0]]);
    },
  );
});

describe('gaps and scores', () => {
  test('gaps are those of kpis, by class', async () => {
    await history();
    const range = 'from=2024-01-01&to=2025-12-31';
    const spread = gapDistribution.parse(await get(`/insights/gaps?${range}`));
    const { days_between_orders: gaps } = await get(`/kpis?${range}`);
    expect(spread).toMatchObject({ from: '2024-01-01', n: 9, mean: gaps.mean, p50: gaps.median });
    expect(spread.buckets.find(({ from }) => from === 8)).toEqual({ from: 8, to: 14, gaps: 1, customers: 1 });
    for (const { from, to, customers } of spread.buckets) {
      expect((await list(`group=gap:${from}-${to ?? ''}&${range}`)).total).toBe(customers);
    }
    expect(await get('/insights/gaps')).toMatchObject({ from: '2025-12-03', to: '2026-01-01', n: 4 });
  });

  test('every pair of scores has the customers that its group lists', async () => {
    await history();
    const { grid, segments, customers } = rfmShape.parse(await get('/segments/rfm'));
    const sums: Record<string, number> = {};
    for (const cell of grid) {
      const { total } = await list(`group=rfm-score:${cell.r}-${cell.f}`);
      expect([cell, total]).toEqual([cell, cell.customers]);
      if (cell.customers > 0) sums[cell.segment] = (sums[cell.segment] ?? 0) + cell.customers;
    }
    expect([sums, customers]).toEqual([segments, 11]);
  });
});

describe('the customers behind a figure', () => {
  test('are as many as it says, page by page, each once', async () => {
    await history();
    const range = 'from=2025-01-01&to=2025-12-31';
    const kpis = await get(`/kpis?${range}`);
    const figures: Record<string, number> = {
      buyers: kpis.customers,
      ever: kpis.customers_to_date,
      repeat: kpis.repeat_customers,
      new: 10,
      returning: 5,
      'repeat-in-range': 5,
      top20: 2,
      'orders:1': kpis.customers_by_order_count['1'],
      'orders:3+': 3,
      'channel:point_of_sale': 5,
      'source:web': 9,
      'source:pos': 5,
      'month:2025-10': 5,
      'month:2025-10:new': 0,
      'cohort:2025-01': 1,
      'cohort:2025-01:9': 1,
      'cohort:2025-01:8': 0,
      'month:2025-12:returning': 3,
    };
    for (const [group, count] of Object.entries(figures)) {
      expect([group, await pages(`group=${encodeURIComponent(group)}&${range}`)]).toEqual([
        group,
        { count, totals: [count] },
      ]);
    }
  });

  test('are narrowed by a search, a segment and a tier', async () => {
    await history();
    await buys(12, '2025-12-31', { total: 90_000 });
    const december = 'group=buyers&from=2025-12-01&to=2025-12-31';
    const all = [1, 5, 9, 11, 12].map((n) => `c${n}@example.test`).sort();
    expect(await emails(december)).toEqual(all);
    expect(await emails(`${december}&query=c1`)).toEqual(['c11@example.test', 'c12@example.test', 'c1@example.test']);
    expect(await list(`${december}&query=c1`)).toMatchObject({ total: null });
    expect(await list(`${december}&segment=lifecycle:loyal`)).toMatchObject({
      items: [{ email: 'c9@example.test' }],
      total: 1,
    });
    expect(await emails(`${december}&segment=lifecycle:lead`)).toEqual([]);
    const levels = [
      { id: 'base', name: 'Base', threshold: 0 },
      { id: 'gold', name: 'Gold', threshold: 90_000 },
    ];
    const tiers = tierProgram.parse({ enabled: true, metric: 'spend', window: 'lifetime', levels });
    await setTiers(world, api.shop, { tiers, actor: 'test' });
    expect(await list(`${december}&tier=gold`)).toMatchObject({ items: [{ email: 'c12@example.test' }], total: null });
    expect(await emails('group=ever&tier=base')).toHaveLength(11);
  });

  test('with points are those who can spend some, ordered or not', async () => {
    await buys(1, '2025-12-01');
    await deliver(world, api.shop, [
      'customers/create',
      { id: 2, email: 'c2@example.test', updated_at: '2025-12-01T00:00:00Z' },
    ]);
    const [lead] = (await list('query=c2')).items;
    const [buyer] = (await list('query=c1')).items;
    const give = (id: string | undefined, points: number) =>
      api.send('post', `/customers/${id}/adjustments`, { points, reason: 'test' });
    await give(buyer?.id, -(buyer?.points ?? 0));
    expect(await list('group=points')).toEqual({ asOf: world.clock.now(), items: [], nextCursor: null, total: 0 });
    await give(lead?.id, 5);
    expect(await list('group=points')).toMatchObject({ items: [{ email: 'c2@example.test', points: 5 }], total: 1 });
    await give(buyer?.id, 7);
    expect(await pages('group=points')).toEqual({ count: 2, totals: [2] });
    expect(await emails('group=points&segment=lifecycle:lead')).toEqual(['c2@example.test']);
    expect(await emails('group=points&query=c1')).toEqual(['c1@example.test']);
    expect((await list('group=points&segment=lifecycle:lead')).total).toBeNull();
  });

  test('are worked out once for all pages, and anew when a number was written', async () => {
    await history();
    const shop = await world.inShop(api.shop, async (scope) => scope.shop);
    await foldShop(world, api.shop, world.clock.now());
    for (const wanted of [{ group: 'ever' }, { segment: 'rfm:champions' }, { segment: 'lifecycle:new' }] as const) {
      const first = await placesMeant(world, shop, wanted);
      expect(await placesMeant(world, shop, wanted)).toBe(first);
    }
    const before = await placesMeant(world, shop, { group: 'ever' });
    await buys(20, '2025-12-31');
    await foldShop(world, api.shop, world.clock.now());
    expect((await placesMeant(world, shop, { group: 'ever' }))?.length).toBe((before?.length ?? 0) + 1);
  });

  test('of a stage follow the tiers at once, whose moves change no number', async () => {
    await buys(1, '2025-12-31', { total: 90_000 });
    await buys(2, '2025-12-31');
    expect((await list('segment=lifecycle:loyal')).total).toBe(0);
    const tiersWith = (threshold: number) => {
      const levels = [
        { id: 'base', name: 'Base', threshold: 0 },
        { id: 'gold', name: 'Gold', threshold },
      ];
      return tierProgram.parse({ enabled: true, metric: 'spend', window: 'lifetime', levels });
    };
    await setTiers(world, api.shop, { tiers: tiersWith(90_000), actor: 'test' });
    expect(await emails('segment=lifecycle:loyal')).toEqual(['c1@example.test']);
    expect((await get('/segments/lifecycle')).stages.loyal).toBe(1);
    world.clock.advance(1);
    await setTiers(world, api.shop, { tiers: tiersWith(10_000), actor: 'test' });
    expect(await emails('segment=lifecycle:loyal')).toEqual(['c1@example.test', 'c2@example.test']);
    expect((await get('/segments/lifecycle')).stages.loyal).toBe(2);
  });
});
