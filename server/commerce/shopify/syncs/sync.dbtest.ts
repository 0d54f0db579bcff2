import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { deliver, orderBody } from '../../../inbox/deliveries.fixtures.ts';
import { uninstall } from '../../../shops/shops.usecases.ts';
import { askNightly, type Reading, shopsToRead, syncShop } from '../../../syncs/run.usecases.ts';
import { syncsOf } from '../../../syncs/syncs.usecases.ts';
import { installByToken } from '../connect/install.usecases.ts';
import type { ShopifyDeps } from '../connect/shopify.deps.ts';
import { SUBSCRIBED } from '../connect/webhooks.usecases.ts';
import { data, type FakeShopify, fakeDeps, fakeShopify, sessionToken } from '../reading/shopify.fixtures.ts';
import { bulkFile, customerNode, lineNode, orderNode, refundNode } from './sync.fixtures.ts';
import { shopifyReader } from './sync.usecases.ts';

const DOMAIN = 'tea.myshopify.com';
const URI = 'https://app.example.test/webhooks/shopify';
const FILES = 'https://files.example.test/';

let world: World;
let fake: FakeShopify;
let deps: ShopifyDeps;
let shop: number;
let files: Record<string, Buffer>;

beforeEach(async () => {
  world = await testWorld();
  fake = fakeShopify();
  ({ deps } = fakeDeps(world, fake));
  shop = await testShop(world, { domain: DOMAIN });
  files = { customers: bulkFile([]), orders: bulkFile([]) };
  const kindOf = (text: unknown) => (/BulkCustomers|\/customers/.test(String(text)) ? 'customers' : 'orders');
  fake.answers.set('BulkRun', ({ query }) => ({
    bulkOperationRunQuery: { bulkOperation: { id: `gid://b/${kindOf(query)}`, status: 'CREATED' }, userErrors: [] },
  }));
  fake.answers.set('BulkStatus', ({ id }) => {
    const file = files[kindOf(id)] ?? Buffer.alloc(0);
    const url = file.length === 0 ? null : FILES + kindOf(id);
    const roots = file
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.includes('__parentId')).length;
    const counts = { objectCount: '0', rootObjectCount: String(roots), fileSize: String(file.length), url };
    return { bulkOperation: { id, status: 'COMPLETED', errorCode: null, createdAt: '', completedAt: '', ...counts } };
  });
  fake.file = ({ url, range }) => served(files[url.replace(FILES, '')] ?? Buffer.alloc(0), range);
});
afterEach(() => world.close());

/** As a file server does: from a byte on, where it is asked to. */
function served(file: Buffer, range: string | null, upTo = file.length) {
  const from = Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0);
  const text = new ReadableStream({
    start(controller) {
      controller.enqueue(file.subarray(from, upTo));
      controller.close();
    },
  });
  return { status: from > 0 ? 206 : 200, text };
}

const reading = (): Reading => ({ ...deps, readers: { shopify: shopifyReader(deps) } });
const install = () => installByToken(deps, { domain: DOMAIN, sessionToken: sessionToken(world.clock.now()) });
const rows = (table: string) => rowsOf(world, shop, table) as Promise<Record<string, unknown>[]>;
const sync = async (kind: string) => (await syncsOf(deps, shop)).find((row) => row.kind === kind);
const points = async () => (await rows('points_accounts')).map(({ available }) => available);

describe('the history', () => {
  const orders = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ node: orderNode(String(at + 1)), lines: [lineNode(`${at + 1}1`)] }));

  test('is read whole: customers with consent and tags, orders that earn as their time says', async () => {
    files.customers = bulkFile([{ node: customerNode('501') }, { node: customerNode('502') }]);
    files.orders = bulkFile([
      ...orders(2),
      { node: orderNode('9007199254740993', { processedAt: '1999-12-31T00:00:00Z' }), lines: [lineNode('31')] },
    ]);
    await install();
    expect(await syncShop(reading(), shop)).toBe(4);
    expect((await rows('customers')).map(({ platformId }) => platformId).sort()).toEqual(['501', '502']);
    expect(await rows('customer_tags')).toHaveLength(2);
    expect((await rows('customer_consents'))[0]).toMatchObject({ channel: 'email', state: 'subscribed' });
    const found = await rows('orders');
    expect(found.map(({ platformId }) => platformId).sort()).toEqual(['1', '2', '9007199254740993']);
    expect(found[0]).toMatchObject({ total: 10_000, counts: true, financial: 'paid' });
    // Two orders of 100; the third is from before the program.
    expect(await points()).toEqual([200]);
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 3, total: 3, refused: 0, dueAt: null });
    expect(await shopsToRead(deps)).toEqual([]);
  });

  test('is the same as by webhook: the payload that comes after it changes no points', async () => {
    files.orders = bulkFile([{ node: orderNode('7001', { name: '#1001' }), lines: [lineNode('11')] }]);
    await install();
    await syncShop(reading(), shop);
    const [before] = await rows('orders');
    await deliver(world, shop, ['orders/updated', orderBody()]);
    const [after] = await rows('orders');
    const { triggeredAt: _t, bodyHash: _h, ...facts } = before ?? {};
    expect(after).toMatchObject(facts);
    expect(await points()).toEqual([100]);
  });

  test('goes on where a broken file left it, and takes nothing twice', async () => {
    files.orders = bulkFile(orders(100));
    const whole = files.orders;
    await install();
    const cut = Math.floor(whole.length * 0.7);
    fake.file = ({ range }) => served(whole, range, cut);
    await syncShop(reading(), shop);
    const half = await sync('orders');
    expect(half).toMatchObject({ state: 'loading', errorCode: 'shopify.unavailable', count: 40, total: 100 });
    expect((await rows('orders')).length).toBe(40);
    expect(half?.dueAt).toBe(world.clock.now() + 30_000);
    // Not before its time, and then only the rest.
    expect(await syncShop(reading(), shop)).toBe(0);
    world.clock.advance(30_000);
    fake.file = ({ range }) => served(whole, range);
    await syncShop(reading(), shop);
    expect(fake.calls.at(-1)?.range).toBe(`bytes=${half?.position}-`);
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 100, errorCode: null });
    expect((await rows('orders')).length).toBe(100);
    expect(await points()).toEqual([10_000]);
  });

  test('a crash between the start of the operation and its note starts no second one', async () => {
    await install();
    fake.first = [];
    let started = '';
    const run = fake.answers.get('BulkRun');
    fake.answers.set('BulkRun', (variables, call) => {
      started = String(variables.query);
      void run?.(variables, call);
      return { status: 500 };
    });
    await syncShop(reading(), shop);
    expect(await sync('orders')).toMatchObject({ operationId: null, attempts: 1 });
    const node = { id: 'gid://b/orders', status: 'COMPLETED', query: started, createdAt: '2026-01-01T00:00:00Z' };
    fake.answers.set('BulkOperations', () => data({ bulkOperations: { nodes: [node] } }));
    fake.answers.set('BulkRun', () => ({ status: 500 }));
    world.clock.advance(60_000);
    await syncShop(reading(), shop);
    expect(await sync('orders')).toMatchObject({ state: 'done', operationId: 'gid://b/orders' });
  });

  test('an order with refunds is read by itself, with them', async () => {
    const node = orderNode('7', {
      refunds: [{ id: 'gid://shopify/Refund/70' }],
      displayFinancialStatus: 'PARTIALLY_REFUNDED',
    });
    files.orders = bulkFile([{ node, lines: [lineNode('71')] }]);
    const lists = { lineItems: { nodes: [lineNode('71')], pageInfo: { hasNextPage: false, endCursor: null } } };
    fake.answers.set('OrderRead', () => ({ order: { ...node, ...lists, shippingLines: { nodes: [] } } }));
    fake.answers.set('RefundRead', () => ({ refund: refundNode('70', '7', '71') }));
    await install();
    await syncShop(reading(), shop);
    expect(await rows('orders')).toEqual([expect.objectContaining({ platformId: '7', refunded: 4_000, net: 6_000 })]);
    expect(await points()).toEqual([60]);
    expect(await rows('order_rereads')).toEqual([]);
  });

  test('lines and shipping find their order, shipping without an id too', async () => {
    const usd = (amount: string) => ({ shopMoney: { amount, currencyCode: 'USD' } });
    const node = orderNode('5', { totalPriceSet: usd('112.5'), currentTotalPriceSet: usd('112.5') } as never);
    const shipping = { id: null, isRemoved: false, originalPriceSet: usd('12.5'), discountedPriceSet: usd('12.5') };
    const child = { ...shipping, discountAllocations: [], taxLines: [], __parentId: node.id };
    files.orders = Buffer.concat([
      bulkFile([{ node, lines: [lineNode('51'), lineNode('52')] }]),
      Buffer.from(`${JSON.stringify(child)}\n`),
    ]);
    await install();
    await syncShop(reading(), shop);
    expect(await rows('orders')).toEqual([expect.objectContaining({ total: 11_250, shipping: 1_250 })]);
    expect((await rows('order_lines')).map(({ platformId, unitPrice }) => [platformId, unitPrice])).toEqual([
      ['51', 10_000],
      ['52', 10_000],
    ]);
  });

  test('one thing that cannot be used is counted and keeps nothing else from being read', async () => {
    const broken = { ...orderNode('2'), updatedAt: 'yesterday' };
    const strange = { id: 'gid://shopify/Order/4', refunds: [] };
    files.orders = bulkFile([{ node: orderNode('1') }, { node: broken }, { node: strange }, { node: orderNode('3') }]);
    await install();
    await syncShop(reading(), shop);
    expect((await rows('orders')).map(({ platformId }) => platformId).sort()).toEqual(['1', '3']);
    expect(await sync('orders')).toMatchObject({ state: 'done', count: 2, refused: 2 });
  });

  test('waits while Shopify makes its file, and while another operation runs', async () => {
    const { answers } = fake;
    const status = answers.get('BulkStatus');
    const running = { id: 'x', status: 'RUNNING', errorCode: null, objectCount: '1', rootObjectCount: '1', url: null };
    answers.set('BulkStatus', () => ({ bulkOperation: { ...running, fileSize: null } }));
    await install();
    await syncShop(reading(), shop);
    expect(await sync('orders')).toMatchObject({ state: 'asked', dueAt: world.clock.now() + 20_000, errorCode: null });
    if (status) answers.set('BulkStatus', status);
    world.clock.advance(20_000);
    await syncShop(reading(), shop);
    expect(await sync('orders')).toMatchObject({ state: 'done' });
  });

  test('a field that was withdrawn, or a permission that is missing, stands there for the merchant', async () => {
    const errors = [{ message: 'no', path: [], extensions: { code: 'ACCESS_DENIED' } }];
    fake.answers.set('BulkRun', () => ({ json: { data: null, errors } }));
    await install();
    await syncShop(reading(), shop);
    expect(await sync('orders')).toMatchObject({ state: 'failed', errorCode: 'shopify.access_denied', dueAt: null });
    expect((await sync('orders'))?.reason).toMatch(/grant the permissions/);
    // The other readings went on.
    expect(await sync('webhooks')).toMatchObject({ state: 'done' });
  });

  test('ends where the shop leaves, and waits where its tokens are refused', async () => {
    files.orders = bulkFile(orders(3));
    await install();
    fake.accepted = new Set();
    fake.oauth = () => ({ status: 400, json: { error: 'invalid_grant' } });
    await syncShop(reading(), shop);
    expect(await sync('orders')).toMatchObject({ errorCode: 'shopify.token_revoked', dueAt: null, state: 'waiting' });
    await world.inShop(shop, (scope) => uninstall(scope, scope.now));
    expect(await askNightly(reading(), shop)).toBe(false);
    expect(await syncShop(reading(), shop)).toBe(0);
    expect(await rows('orders')).toEqual([]);
  });
});

describe('webhooks', () => {
  test('every topic is subscribed at our address; what is there stays, what goes elsewhere is removed', async () => {
    const nodes = [
      { id: 'gid://w/1', topic: 'ORDERS_CREATE', uri: URI },
      { id: 'gid://w/2', topic: 'ORDERS_UPDATED', uri: 'https://old.example.test/webhooks/shopify' },
    ];
    const made: unknown[] = [];
    const removed: unknown[] = [];
    const pageInfo = { hasNextPage: false, endCursor: null };
    fake.answers.set('WebhookSubscriptions', () => ({ webhookSubscriptions: { nodes, pageInfo } }));
    fake.answers.set('WebhookSubscribe', ({ topic, uri }) => {
      made.push([topic, uri]);
      const userErrors = topic === 'CHECKOUTS_CREATE' ? [{ field: null, message: 'Not allowed' }] : [];
      const webhookSubscription = userErrors.length > 0 ? null : { id: 'gid://w/3' };
      return { webhookSubscriptionCreate: { userErrors, webhookSubscription } };
    });
    fake.answers.set('WebhookUnsubscribe', ({ id }) => {
      removed.push(id);
      return { webhookSubscriptionDelete: { deletedWebhookSubscriptionId: id, userErrors: [] } };
    });
    await install();
    await syncShop(reading(), shop);
    expect(made).toEqual(SUBSCRIBED.filter((topic) => topic !== 'ORDERS_CREATE').map((topic) => [topic, URI]));
    expect(removed).toEqual(['gid://w/2']);
    expect(await sync('webhooks')).toMatchObject({
      state: 'done',
      refused: 1,
      count: SUBSCRIBED.length - 1,
      reason: 'Shopify does not let this shop send: checkouts_create.',
    });
  });
});

test("where the app's settings bring the webhooks, a shop has none of its own", async () => {
  const pageInfo = { hasNextPage: false, endCursor: null };
  const nodes = [{ id: 'gid://w/1', topic: 'ORDERS_CREATE', uri: URI }];
  fake.answers.set('WebhookSubscriptions', () => ({ webhookSubscriptions: { nodes, pageInfo } }));
  fake.answers.set('WebhookUnsubscribe', () => ({ webhookSubscriptionDelete: null }));
  deps = { ...deps, webhooks: 'app' };
  await install();
  await syncShop(reading(), shop);
  expect(fake.operations().filter((name) => name.startsWith('Webhook'))).toEqual([
    ...['WebhookSubscriptions', 'WebhookUnsubscribe'],
  ]);
});

describe('the nightly pass', () => {
  const page = (nodes: unknown[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } });

  test('heals what webhooks missed, from the last pass less an hour, and reads nothing that is known', async () => {
    await install();
    await syncShop(reading(), shop);
    await deliver(world, shop, ['orders/create', orderBody()]);
    const queries: unknown[] = [];
    fake.answers.set('OrdersUpdated', ({ query }) => {
      queries.push(query);
      const known = { id: 'gid://shopify/Order/7001', updatedAt: '2025-03-01T10:00:00Z' };
      return { orders: page([known, { id: 'gid://shopify/Order/8', updatedAt: '2025-03-01T10:00:00Z' }]) };
    });
    fake.answers.set('CustomersUpdated', () => ({ customers: page([customerNode('502')]) }));
    const lists = { lineItems: page([lineNode('81')]), shippingLines: { nodes: [] } };
    fake.answers.set('OrderRead', () => ({ order: { ...orderNode('8'), ...lists } }));
    const installedAt = Date.UTC(2026, 0, 1);
    world.clock.advance(86_400_000);
    expect(await askNightly(reading(), shop)).toBe(true);
    fake.calls.length = 0;
    await syncShop(reading(), shop);
    await syncShop(reading(), shop);
    expect(queries).toEqual([`updated_at:>='${new Date(installedAt - 3_600_000).toISOString()}'`]);
    expect(fake.operations().filter((name) => name === 'OrderRead')).toHaveLength(1);
    expect((await rows('orders')).map(({ platformId }) => platformId).sort()).toEqual(['7001', '8']);
    expect((await rows('customers')).map(({ platformId }) => platformId).sort()).toEqual(['501', '502']);
    expect(await sync('reconcile')).toMatchObject({ state: 'done', position: world.clock.now() });
  });

  test('an edited order is read again, as the edit only says what changed', async () => {
    await install();
    await syncShop(reading(), shop);
    const edit = { id: 1, order_id: 7001, committed_at: '2025-03-05T00:00:00Z' };
    await deliver(world, shop, ['orders/create', orderBody()], ['orders/edited', { order_edit: edit }]);
    expect(await shopsToRead(deps)).toEqual([shop]);
    const lists = { lineItems: page([lineNode('11'), lineNode('12')]), shippingLines: { nodes: [] } };
    const amount = { shopMoney: { amount: '200.0', currencyCode: 'USD' as const } };
    const node = orderNode('7001', {
      updatedAt: '2025-03-05T00:00:01Z',
      totalPriceSet: amount,
      currentTotalPriceSet: amount,
    });
    fake.answers.set('OrderRead', () => ({ order: { ...node, ...lists } }));
    await syncShop(reading(), shop);
    expect(await rows('orders')).toEqual([expect.objectContaining({ total: 20_000, rereadSince: null })]);
    expect(await points()).toEqual([200]);
    expect(await shopsToRead(deps)).toEqual([]);
  });

  test('an order that Shopify no longer has is forgotten, and the next one is read', async () => {
    await install();
    await syncShop(reading(), shop);
    const edited = (id: number) => ({ order_edit: { id, order_id: id, committed_at: '2025-03-05T00:00:00Z' } });
    await deliver(world, shop, ['orders/edited', edited(1)]);
    const asked: unknown[] = [];
    fake.answers.set('OrderRead', ({ id }) => {
      asked.push(id);
      return { order: null };
    });
    await syncShop(reading(), shop);
    await deliver(world, shop, ['orders/edited', edited(2)]);
    await syncShop(reading(), shop);
    expect(asked).toEqual(['gid://shopify/Order/1', 'gid://shopify/Order/2']);
    expect(await rows('order_rereads')).toEqual([]);
  });
});
