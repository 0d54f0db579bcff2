import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tierProgram } from '../contracts/tiers.ts';
import { dump, places, rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, drain, inboxOf, orderBody, store } from '../inbox/deliveries.fixtures.ts';
import { foldShop } from '../insights/fold.usecases.ts';
import { soundness } from '../orders/orders.fixtures.ts';
import { setTiers } from '../tiers/review.usecases.ts';
import { exportFile, exportsOf } from './export.usecases.ts';
import { ADA, account, aWholeLife, cart, type Json, redact, request, traces } from './lives.fixtures.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(async () => {
  const { kept, rebuilt, ledger } = await soundness(world, shop);
  await world.close();
  expect(kept).toEqual(rebuilt);
  expect(ledger).toMatchObject({ ok: true });
});

const GUEST = {
  customer: null,
  email: 'guest@example.test',
  billing_address: { first_name: 'Greta', last_name: 'Quillon' },
};
const later = (at: string, fields: Json = {}) => orderBody({ updated_at: at, ...fields });

describe('a data request', () => {
  test('gives the merchant everything that is kept, as JSON and as CSV', async () => {
    await aWholeLife(world, shop);
    const [made] = await exportsOf(world, shop);
    expect(made).toMatchObject({ kind: 'data-request', requestId: '77' });
    await foldShop(world, shop, world.clock.now());
    await deliver(world, shop, request(ADA));
    const files = await exportsOf(world, shop);
    expect(files).toHaveLength(2);
    const { json, csv } = await exportFile(world, shop, String(files[0]?.id));
    const document = JSON.parse(json.toString()) as { shop: string; requestId: string; tables: Record<string, Json[]> };
    expect(document).toMatchObject({ shop: 'shop.example.test', requestId: '77' });
    const { tables } = document;
    expect(tables.customer).toMatchObject([{ email: 'ada@example.test', firstName: 'Ada', lastName: 'Quartz' }]);
    expect(tables.orders).toHaveLength(2);
    expect(tables.lines).toMatchObject([{ title: 'Tea', quantity: 1 }, { title: 'Tea' }]);
    expect(tables.consents?.map(({ channel }) => channel).sort()).toEqual(['email', 'sms']);
    expect(tables.tags).toMatchObject([{ tag: 'friend of Quartz' }]);
    expect(tables.notes).toMatchObject([{ kind: 'call', text: 'Miss Quartz asked for tea' }]);
    expect(tables.carts).toMatchObject([{ token: 'token-1' }]);
    expect(tables.identities).toHaveLength(2);
    expect(tables.numbers).toMatchObject([{ orders: 2 }]);
    expect(tables.pointsBalance).toMatchObject([{ available: 200 }]);
    expect(tables.pointsTransactions?.length).toBeGreaterThan(0);
    expect(JSON.stringify(tables)).not.toMatch(/bodyHash|shopId|inputHash/);

    const facts = parse(csv, { columns: true }) as { table: string; row: string; field: string; value: string }[];
    const all = Object.entries(tables).flatMap(([table, rows]) =>
      rows.flatMap((row, index) =>
        Object.entries(row).flatMap(([field, value]) => (value === null ? [] : [[table, String(index + 1), field]])),
      ),
    );
    expect(facts.map(({ table, row, field }) => [table, row, field])).toEqual(all);
    for (const { value } of facts) expect(value).not.toMatch(/^[=+@\t\r]|^-\D/);
    expect(facts).toContainEqual({ table: 'customer', row: '1', field: 'note', value: "'=cmd|calc" });
    expect(facts).toContainEqual({ table: 'customer', row: '1', field: 'phone', value: "'+12025550123" });
  });

  test('tells of the tier, and erasing its member leaves a tier that names nobody', async () => {
    const levels = [{ id: 'friend', name: 'Friend', threshold: 1, entryBonus: 5 }];
    await deliver(world, shop, ['orders/create', orderBody({ customer: ADA })]);
    await setTiers(world, shop, { tiers: tierProgram.parse({ enabled: true, levels }), actor: 'operator' });
    await deliver(world, shop, request(ADA));
    const { json } = await exportFile(world, shop, String((await exportsOf(world, shop))[0]?.id));
    const { tables } = JSON.parse(json.toString()) as { tables: Record<string, Json[]> };
    expect(tables.tier).toMatchObject([{ tier: 'friend' }]);
    expect(tables.tierMoves).toMatchObject([{ toTier: 'friend', reason: 'reached', figures: { value: 100 } }]);
    await deliver(world, shop, redact(ADA));
    expect(await traces(world, shop)).toEqual([]);
    expect(await rowsOf(world, shop, 'customer_tiers')).toMatchObject([{ tier: 'friend' }]);
  });

  test('about a guest is answered by the order', async () => {
    await deliver(world, shop, ['orders/create', orderBody(GUEST)], request({ id: 99 }, [7001]));
    const [file] = await exportsOf(world, shop);
    const { json } = await exportFile(world, shop, String(file?.id));
    expect(json.toString()).toContain('guest@example.test');
  });

  test('about a stranger is answered with a file that holds nothing', async () => {
    const [row] = await deliver(world, shop, request({ id: 99, email: 'stranger@example.test' }));
    expect(row).toMatchObject({ state: 'applied' });
    const [file] = await exportsOf(world, shop);
    expect(JSON.parse((await exportFile(world, shop, String(file?.id))).json.toString())).toMatchObject({ tables: {} });
  });

  test('is for its own shop only', async () => {
    const other = await testShop(world, { domain: 'other.example.test' });
    await deliver(world, shop, request(ADA));
    const [file] = await exportsOf(world, shop);
    expect(await exportsOf(world, other)).toEqual([]);
    await expect(exportFile(world, other, String(file?.id))).rejects.toMatchObject({ code: 'exports.unknown' });
  });
});

describe('an erasure', () => {
  test('leaves no trace in any column of any table, while orders, numbers and the ledger stay', async () => {
    await aWholeLife(world, shop);
    expect(await traces(world, shop)).not.toEqual([]);
    const before = await dump(world, shop);
    await deliver(world, shop, redact(ADA, [7001, 7002]));
    expect(await traces(world, shop)).toEqual([]);
    const after = await dump(world, shop);
    for (const table of [
      'orders',
      'order_lines',
      'points_transactions',
      'points_postings',
      'points_lots',
      'insight_chunks',
    ]) {
      expect(after[table]).toEqual(before[table]);
    }
    expect(after.customers).toMatchObject([
      { platformId: '501', email: null, phone: null, erasedAt: world.clock.now() },
    ]);
    expect(after.inbox?.every(({ state, body }) => body === null && state !== 'pending')).toBe(true);
  });

  test('by e-mail or by orders alone does the same', async () => {
    await deliver(world, shop, account, ['orders/create', orderBody()], redact({ email: ADA.email }));
    expect(await traces(world, shop)).toEqual([]);
    await deliver(world, shop, ['orders/create', orderBody({ id: 7003, name: '#1003', ...GUEST })], redact({}, [7003]));
    expect(places(await dump(world, shop), 'guest@example.test')).toEqual([]);
    expect(places(await dump(world, shop), 'Quillon')).toEqual([]);
  });

  test('reaches what was said of accounts and guests that were merged into the customer', async () => {
    const merge = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/501',
      status: 'completed',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/502',
    };
    const second = { id: 502, email: 'ada@old.test', last_name: 'Quartz', updated_at: '2025-01-01T00:00:00Z' };
    await deliver(
      world,
      shop,
      account,
      ['orders/create', orderBody({ customer: second, email: 'ada@old.test' })],
      ['customers/merge', merge],
    );
    await deliver(world, shop, redact(ADA));
    expect(await traces(world, shop)).toEqual([]);
  });

  test('is not undone by late deliveries about the customer, whose bodies do not stay either', async () => {
    await deliver(world, shop, account, ['orders/create', orderBody()], cart, redact(ADA, [7001]));
    await deliver(
      ...([world, shop] as const),
      account,
      cart,
      ['orders/updated', later('2025-03-05T00:00:00Z', { buyer_accepts_marketing: true })],
      ['orders/create', orderBody()],
      ['customers/update', { ...(account[1] as Json), updated_at: '2025-06-01T00:00:00Z' }],
      [
        'customer.tags_added',
        { customerId: 'gid://shopify/Customer/501', tags: ['Quartz'], occurredAt: '2025-06-01T00:00:00Z' },
      ],
    );
    expect(await traces(world, shop)).toEqual([]);
    expect(await rowsOf(world, shop, 'customer_tags')).toEqual([]);
    expect(await rowsOf(world, shop, 'orders')).toMatchObject([{ updatedAt: Date.UTC(2025, 2, 5) }]);
  });

  test('of a guest is not undone by late deliveries about their orders and carts', async () => {
    const guestCart = { ...(cart[1] as Json), customer: null, email: GUEST.email, phone: null };
    await deliver(
      world,
      shop,
      ['orders/create', orderBody(GUEST)],
      ['checkouts/create', guestCart],
      redact({ email: GUEST.email }, [7001]),
    );
    const [row] = await rowsOf(world, shop, 'customers');
    await deliver(
      world,
      shop,
      ['orders/updated', later('2025-03-05T00:00:00Z', GUEST)],
      ['orders/create', orderBody(GUEST)],
      ['checkouts/create', guestCart],
    );
    const tables = await dump(world, shop);
    expect(tables.customers).toHaveLength(1);
    expect(tables.orders).toMatchObject([{ customerId: row?.id, updatedAt: Date.UTC(2025, 2, 5) }]);
    for (const word of ['guest@example.test', 'Quillon']) expect(places(tables, word)).toEqual([]);
  });

  test('gives way when the platform speaks of the customer anew', async () => {
    await deliver(world, shop, account, redact(ADA));
    const anew = new Date(world.clock.now() + 60_000).toISOString();
    await deliver(world, shop, ['customers/update', { ...(account[1] as Json), updated_at: anew, note: null }]);
    expect(await rowsOf(world, shop, 'customers')).toMatchObject([
      { email: 'ada@example.test', lastName: 'Quartz', note: null },
    ]);
    await deliver(world, shop, account);
    expect(await rowsOf(world, shop, 'customers')).toMatchObject([{ note: null }]);
    const [body] = (await inboxOf(world, shop)).slice(-1);
    expect(body?.body).not.toBeNull();
  });

  test('stands between deliveries of one batch as well', async () => {
    await store(world, shop, [
      account,
      ['orders/create', orderBody()],
      redact(ADA, [7001]),
      ['orders/updated', later('2025-03-05T00:00:00Z')],
    ]);
    await drain(world, shop);
    expect(await traces(world, shop)).toEqual([]);
    expect((await inboxOf(world, shop)).map(({ state }) => state)).toEqual([
      'applied',
      'applied',
      'applied',
      'ignored',
    ]);
  });

  test('lets others have their turn while it looks through the bodies that are kept', async () => {
    const products = Array.from({ length: 130 }, (_, id): [string, unknown] => [
      'products/create',
      { id, title: 'Tea' },
    ]);
    await deliver(world, shop, ...products);
    await store(world, shop, [redact(ADA)]);
    let turns = 0;
    let watching = true;
    const watch = (): void => {
      turns += 1;
      if (watching) setImmediate(watch);
    };
    setImmediate(watch);
    await drain(world, shop);
    watching = false;
    expect(turns).toBeGreaterThan(5);
  });

  test('leaves other customers as they are', async () => {
    const zoe = { id: 503, email: 'zoe.ada@example.test', first_name: 'Zoe', updated_at: '2025-01-01T00:00:00Z' };
    await deliver(
      world,
      shop,
      ['customers/create', zoe],
      ['orders/create', '{"broken": "zoe.ada@example.test"'],
      account,
    );
    await deliver(world, shop, redact(ADA));
    const tables = await dump(world, shop);
    expect(places(tables, 'zoe.ada@example.test')).toEqual([
      'customer_identities.value',
      'customers.email',
      'inbox.body',
    ]);
    expect(tables.inbox?.filter(({ state }) => state === 'parked')).toHaveLength(1);
  });
});
