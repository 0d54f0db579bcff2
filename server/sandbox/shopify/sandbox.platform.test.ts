import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyShopify } from '../../commerce/shopify/reading/shopify.webhooks.ts';
import { createLogger } from '../../shared/logger.ts';
import { beginCheckout, placeOrder, refundOrder } from '../store/sandbox.shopping.ts';
import { createStore } from '../store/sandbox.store.ts';
import { testStore } from './sandbox.fixtures.ts';
import { createSender } from './sandbox.sender.ts';

let shop: ReturnType<typeof testStore>;
beforeEach(() => {
  shop = testStore();
});
afterEach(() => shop.close());

const lines = [{ product: '8100000001', quantity: 2 }];
const buy = (email: string) => placeOrder(shop.store, { customer: { email }, lines, paid: true });

describe('OAuth', () => {
  test('a session token becomes an offline token that expires, and its refresh replaces both', async () => {
    const { body } = await shop.exchange();
    expect(body).toMatchObject({ expires_in: 3600, scope: expect.stringContaining('read_orders') });
    const refresh = (token: string) =>
      shop.post('/admin/oauth/access_token', {
        client_id: shop.state.apiKey,
        client_secret: shop.state.apiSecret,
        grant_type: 'refresh_token',
        refresh_token: token,
      });
    const next = await refresh(body.refresh_token);
    expect(next.body.access_token).not.toBe(body.access_token);
    expect([(await refresh(body.refresh_token)).status, (await refresh(next.body.refresh_token)).status]).toEqual([
      400, 200,
    ]);
  });

  test('an access token is refused once it is replaced, an hour old, or made up', async () => {
    const { body } = await shop.exchange();
    const call = (token: string) =>
      shop.post('/admin/api/2026-10/graphql.json', { query: '{ shop { name } }' }, { 'x-shopify-access-token': token });
    expect((await call(body.access_token)).status).toBe(200);
    expect((await call('shpat_made_up')).status).toBe(401);
    shop.clock.advance(3_600_000);
    expect((await call(body.access_token)).status).toBe(401);
  });

  test('a code works once; a forged session token and wrong keys do not', async () => {
    const code = shop.platform.code();
    const keys = { client_id: shop.state.apiKey, client_secret: shop.state.apiSecret };
    const token = (fields: object) => shop.post('/admin/oauth/access_token', { ...keys, expiring: '1', ...fields });
    expect([(await token({ code })).status, (await token({ code })).status]).toEqual([200, 400]);
    const grant_type = 'urn:ietf:params:oauth:grant-type:token-exchange';
    expect((await token({ grant_type, subject_token: 'a.b.c' })).body.error).toBe('invalid_subject_token');
    expect((await token({ code: shop.platform.code(), client_secret: 'other' })).status).toBe(400);
  });
});

describe('Admin GraphQL', () => {
  test('answers the shop and what is granted, with the cost', async () => {
    const { data, extensions } = await shop.graphql(
      '{ shop { myshopifyDomain currencyCode } currentAppInstallation { accessScopes { handle } } }',
    );
    expect(data.shop).toEqual({ myshopifyDomain: 'sandbox-store.myshopify.com', currencyCode: 'USD' });
    expect(data.currentAppInstallation.accessScopes).toContainEqual({ handle: 'read_orders' });
    expect(extensions.cost.throttleStatus.restoreRate).toBeGreaterThan(0);
  });

  test('refuses what the published schema does not know, and versions that are not answered', async () => {
    const { data, errors } = await shop.graphql('{ shop { favouriteColour } }');
    expect([data, errors[0].message]).toEqual([undefined, expect.stringContaining('favouriteColour')]);
    expect((await shop.graphql('{ shop { name } }', {}, '2019-01')).errors).toBe('Not Found');
    expect((await shop.graphql('{ orders { nodes { id } } }')).errors[0].message).toContain('first or last');
  });

  test('walks orders in pages, newest change last, and finds a span of time', async () => {
    const ids = ['a', 'b', 'c'].map((name) => {
      shop.clock.advance(60_000);
      return `gid://shopify/Order/${buy(`${name}@example.test`).platformId}`;
    });
    const query = `query($after: String, $query: String) { orders(first: 2, after: $after, query: $query, sortKey: UPDATED_AT) {
      nodes { id } pageInfo { hasNextPage endCursor } } }`;
    const first = (await shop.graphql(query)).data.orders;
    const second = (await shop.graphql(query, { after: first.pageInfo.endCursor })).data.orders;
    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const since = new Date(shop.clock.now()).toISOString();
    const found = await shop.graphql(query, { query: `updated_at:>='${since}' AND updated_at:<='${since}'` });
    expect(found.data.orders.nodes).toEqual([{ id: ids[2] }]);
  });

  test('shows an order with its lines, its customer and its refund', async () => {
    const order = buy('ada@example.test');
    refundOrder(shop.store, order.platformId, 'all');
    const { data } = await shop.graphql(
      `query($id: ID!) { order(id: $id) { displayFinancialStatus currentTotalPriceSet { shopMoney { amount } }
        customer { defaultEmailAddress { emailAddress } numberOfOrders }
        lineItems(first: 5) { nodes { quantity currentQuantity } }
        refunds { totalRefundedSet { shopMoney { amount } } refundLineItems(first: 5) { nodes { quantity } } } } }`,
      { id: `gid://shopify/Order/${order.platformId}` },
    );
    expect(data.order).toEqual({
      displayFinancialStatus: 'REFUNDED',
      currentTotalPriceSet: { shopMoney: { amount: '0.00' } },
      customer: { defaultEmailAddress: { emailAddress: 'ada@example.test' }, numberOfOrders: '1' },
      lineItems: { nodes: [{ quantity: 2, currentQuantity: 0 }] },
      refunds: [
        { totalRefundedSet: { shopMoney: { amount: '53.90' } }, refundLineItems: { nodes: [{ quantity: 2 }] } },
      ],
    });
  });

  test('keeps webhook subscriptions, each address once a topic', async () => {
    const create = `mutation { webhookSubscriptionCreate(topic: ORDERS_PAID, webhookSubscription: { uri: "https://app.example.test/hooks" }) {
      webhookSubscription { id topic uri } userErrors { message } } }`;
    const { webhookSubscription } = (await shop.graphql(create)).data.webhookSubscriptionCreate;
    expect(webhookSubscription).toMatchObject({ topic: 'ORDERS_PAID', uri: 'https://app.example.test/hooks' });
    expect((await shop.graphql(create)).data.webhookSubscriptionCreate.userErrors).toHaveLength(1);
    const remove = 'mutation($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId } }';
    await shop.graphql(remove, { id: webhookSubscription.id });
    expect(
      (await shop.graphql('{ webhookSubscriptions(first: 5) { nodes { id } } }')).data.webhookSubscriptions.nodes,
    ).toEqual([]);
  });

  test('a bulk operation ends in a file of lines, children after their parents', async () => {
    const order = buy('ada@example.test');
    const run = `mutation { bulkOperationRunQuery(groupObjects: true, query: "{ orders { edges { node { id lineItems { edges { node { id quantity } } } } } } }") {
      bulkOperation { id status } userErrors { message } } }`;
    const { bulkOperation } = (await shop.graphql(run)).data.bulkOperationRunQuery;
    expect(bulkOperation.status).toBe('RUNNING');
    const look = 'query($id: ID!) { bulkOperation(id: $id) { status url objectCount rootObjectCount } }';
    const done = await expect
      .poll(async () => (await shop.graphql(look, { id: bulkOperation.id })).data.bulkOperation)
      .toMatchObject({ status: 'COMPLETED', objectCount: '2', rootObjectCount: '1' })
      .then(async () => (await shop.graphql(look, { id: bulkOperation.id })).data.bulkOperation);
    const file = await (await shop.platform.fetch(done.url)).text();
    const id = `gid://shopify/Order/${order.platformId}`;
    const rows = file
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toEqual([{ id }, { id: expect.stringContaining('LineItem'), quantity: 2, __parentId: id }]);
  });

  test('reaches no other host', async () => {
    await expect(shop.platform.fetch('https://elsewhere.example.test/')).rejects.toThrow('no other host');
  });
});

describe('webhooks', () => {
  const sender = (answers: number[]) => {
    const sent: string[] = [];
    const pauses: { work: () => void; ms: number }[] = [];
    const fetch = (async (_url: string, init: { headers: Record<string, string>; body: string }) => {
      expect(verifyShopify(init.headers, Buffer.from(init.body), shop.state.apiSecret).ok).toBe(true);
      sent.push(`${init.headers['x-shopify-topic']} ${init.headers['x-shopify-webhook-id']}`);
      return new Response(null, { status: answers.shift() ?? 200 });
    }) as typeof globalThis.fetch;
    const made = createSender({
      store: shop.store,
      domain: shop.store.domain,
      apiSecret: shop.state.apiSecret,
      fetch,
      logger: createLogger({ level: 'silent' }),
      later: (work, ms) => {
        pauses.push({ work, ms });
        return () => undefined;
      },
    });
    return { made, sent, pauses };
  };

  test('go out signed and in order; one that fails comes again under the same id', async () => {
    buy('ada@example.test');
    const { made, sent, pauses } = sender([500]);
    made.start('http://127.0.0.1:1');
    await made.flush();
    expect(sent.map((line) => line.split(' ')[0])).toEqual(['customers/create', 'orders/create', 'orders/paid']);
    expect([shop.store.owed.size, pauses.length]).toEqual([1, 1]);
    pauses[0]?.work();
    await made.flush();
    await made.stop();
    expect(sent[3]).toBe(sent[0]);
    expect(shop.store.owed.size).toBe(0);
  });

  test('that were not taken in are still owed after a restart, those taken in are not', () => {
    const { folder, clock, store } = shop;
    const restarted = () =>
      createStore({ folder, clock, domain: store.domain, past: { customers: [], orders: [] }, tell: () => [] });
    const { token } = beginCheckout(store, { email: 'ada@example.test', lines });
    const [delivery] = store.owed.values();
    expect(delivery?.topic).toBe('checkouts/create');
    const again = restarted();
    expect([[...again.owed.values()], again.checkouts.get(token)?.lines]).toEqual([[delivery], lines]);
    store.acknowledge(delivery?.id ?? '');
    expect(restarted().owed.size).toBe(0);
  });

  test('a crash in the middle of a line loses that line only', () => {
    const { folder, clock, store } = shop;
    buy('ada@example.test');
    appendFileSync(join(folder, 'sandbox.journal'), '{"order":{"platf');
    const again = createStore({
      folder,
      clock,
      domain: store.domain,
      past: { customers: [], orders: [] },
      tell: () => [],
    });
    expect(again.orders.size).toBe(1);
    placeOrder(again, { customer: { email: 'ada@example.test' }, lines, paid: true });
    const last = createStore({
      folder,
      clock,
      domain: store.domain,
      past: { customers: [], orders: [] },
      tell: () => [],
    });
    expect(last.orders.size).toBe(2);
  });
});

describe('tags and discount codes', () => {
  const customers = [
    {
      id: '7',
      email: 'ada@example.test',
      phone: null,
      firstName: null,
      lastName: null,
      createdAt: 0,
      updatedAt: 0,
      marketing: false,
      marketingAt: null,
      birthday: null,
    },
  ];
  const opened = () => testStore({ customers, orders: [] });
  const tagged = (name: string, tags: string[], id = '7') =>
    `mutation { ${name}(id: "gid://shopify/Customer/${id}", tags: ${JSON.stringify(tags)}) { userErrors { message } } }`;

  test('tags are put on and taken off in any case of letters, and only what changed is told', async () => {
    const { graphql, store, close } = opened();
    await graphql(tagged('tagsAdd', ['VIP', 'early']));
    await graphql(tagged('tagsAdd', ['vip']));
    await graphql(tagged('tagsRemove', ['EARLY', 'never']));
    const { data } = await graphql('{ customer(id: "gid://shopify/Customer/7") { tags } }');
    expect(data.customer.tags).toEqual(['VIP']);
    expect([...store.owed.values()].map(({ topic }) => topic)).toEqual([
      'customer.tags_added',
      'customers/update',
      'customer.tags_removed',
      'customers/update',
    ]);
    const unknown = await graphql(tagged('tagsAdd', ['VIP'], '8'));
    expect(unknown.data.tagsAdd.userErrors).toEqual([{ message: 'Customer does not exist' }]);
    close();
  });

  test('a scope that was not granted is refused, field by field', async () => {
    const { graphql, platform, close } = opened();
    platform.scopes.splice(0, Number.POSITIVE_INFINITY, 'read_customers');
    const answer = await graphql(tagged('tagsAdd', ['VIP']));
    expect(answer).toMatchObject({ data: { tagsAdd: null }, errors: [{ extensions: { code: 'ACCESS_DENIED' } }] });
    close();
  });

  test('a code is made once, found in any case of letters, and ends where it is deactivated', async () => {
    const { graphql, close } = opened();
    const create = `mutation Make($discount: DiscountCodeBasicInput!) {
      discountCodeBasicCreate(basicCodeDiscount: $discount) { codeDiscountNode { id } userErrors { code field } }
    }`;
    const discount = {
      code: 'Loyal-1',
      title: 'Five off',
      tags: ['a'],
      startsAt: '2026-01-01T00:00:00Z',
      context: { customers: { add: ['gid://shopify/Customer/7'] } },
      customerGets: { items: { all: true }, value: { percentage: 0.1 } },
    };
    const made = (await graphql(create, { discount })).data.discountCodeBasicCreate;
    expect(made).toMatchObject({ codeDiscountNode: { id: expect.any(String) }, userErrors: [] });
    const again = (await graphql(create, { discount: { ...discount, code: 'LOYAL-1' } })).data.discountCodeBasicCreate;
    expect(again).toEqual({
      codeDiscountNode: null,
      userErrors: [{ code: 'TAKEN', field: ['basicCodeDiscount', 'code'] }],
    });
    const find = `{ codeDiscountNodeByCode(code: "loyal-1") { id codeDiscount { ... on DiscountCodeBasic {
      status tags asyncUsageCount context { ... on DiscountCustomers { customers { id } } } } } } }`;
    const found = async () => (await graphql(find)).data.codeDiscountNodeByCode.codeDiscount;
    expect(await found()).toEqual({
      status: 'ACTIVE',
      tags: ['a'],
      asyncUsageCount: 0,
      context: { customers: [{ id: 'gid://shopify/Customer/7' }] },
    });
    await graphql(`mutation { discountCodeDeactivate(id: "${made.codeDiscountNode.id}") { userErrors { message } } }`);
    expect(await found()).toMatchObject({ status: 'EXPIRED' });
    close();
  });
});
