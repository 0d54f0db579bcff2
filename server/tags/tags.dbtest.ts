import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Front, openFront } from '../commerce/commerce.fixtures.ts';
import { createAdmin } from '../commerce/shopify/admin/admin.ts';
import { CustomerTags } from '../commerce/shopify/operations.generated.ts';
import { findCustomerByName } from '../customers/lookup.usecases.ts';
import { tagsOf } from '../customers/tags.usecases.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { SANDBOX_SCOPES } from '../sandbox/store/sandbox.own.ts';
import { readTokens } from '../shops/tokens.usecases.ts';

const MINA = 'mina@example.test';
const REZA = 'reza@example.test';
let front: Front;
let customer: string;

async function opened(platform: 'shopify' | 'woocommerce'): Promise<void> {
  front = await openFront(platform);
  await front.register(MINA);
  customer = await idOf(MINA);
}
afterEach(async () => {
  const [faults, parked] = [await front.faults(), await front.parked()];
  await front.close();
  expect([faults, parked]).toEqual([[], []]);
});

const idOf = async (email: string): Promise<string> =>
  (await findCustomerByName(front.world, await front.shop(), email)) ?? '';
const effects = async () => (await rowsOf(front.world, front.shopId, 'effects')) as Record<string, unknown>[];
const states = async () => (await effects()).map(({ state }) => state);
const here = () => front.world.inShop(front.shopId, (scope) => tagsOf(scope, customer));
const topics = async () =>
  (await rowsOf(front.world, front.shopId, 'inbox')).map(({ topic, state }) => `${topic} ${state}`);

async function api(method: string, path: string, body?: unknown) {
  const { token } = (await (await fetch(`${front.url}/sandbox/session-token`)).json()) as { token: string };
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${front.url}/api/v1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as { tags: string[]; problems: { code: string }[] };
}
/** As the merchant does it in the admin. */
async function change(add: string[], remove: string[] = []) {
  front.world.clock.advance(60_000);
  const { tags } = await api('PUT', `/customers/${customer}/tags`, { add, remove });
  await front.settle();
  return tags;
}
const problems = async () => (await api('GET', '/shop/status')).problems.map(({ code }) => code);
/** What the store owes to the app is sent: each thing that is done in it sends what was owed before. */
const echo = () => front.register(REZA);

describe('a tag that is changed here on Shopify', () => {
  beforeEach(() => opened('shopify'));

  const there = async (): Promise<string[]> => {
    const { world, shopId, shopify } = front;
    const tokens = await readTokens(world, shopId);
    const [row] = await rowsOf(world, shopId, 'customers');
    if (!shopify || !tokens || !row) throw new Error('there is no practice store');
    const token = { current: async () => tokens.accessToken, proven: async () => undefined };
    const deps = { platform: shopify, logger: world.logger, sleep: async () => undefined };
    const admin = createAdmin(deps, (await front.shop()).domain, token);
    const { customer: found } = await admin.run(CustomerTags, { id: `gid://shopify/Customer/${row.platformId}` });
    return found?.tags ?? [];
  };
  const grant = (scopes: string[]) => front.say('app/scopes_update', { previous: [], current: scopes });

  test('is changed there; its echo is recorded like other words, and owes nothing', async () => {
    expect(await change(['VIP', 'early'])).toEqual(['VIP', 'early']);
    expect([await there(), await states()]).toEqual([
      ['VIP', 'early'],
      ['done', 'done'],
    ]);
    await echo();
    expect(await topics()).toEqual(expect.arrayContaining(['customer.tags_added applied', 'customers/update applied']));
    expect([await here(), await states()]).toEqual([
      ['VIP', 'early'],
      ['done', 'done'],
    ]);

    await change([], ['VIP']);
    await echo();
    expect(await topics()).toContain('customer.tags_removed applied');
    expect([await here(), await there(), await states()]).toEqual([['early'], ['early'], ['done', 'done', 'done']]);
  });

  test('a tag that the store changed is recorded, and owes nothing', async () => {
    const [row] = await rowsOf(front.world, front.shopId, 'customers');
    const word = { customerId: `gid://shopify/Customer/${row?.platformId}`, tags: ['wholesale'] };
    await front.say('customer.tags_added', word);
    await front.perform();
    expect([await here(), await effects()]).toEqual([['wholesale'], []]);
  });

  test('waits where the scope is not granted, the shop shows why, and it goes out once it is', async () => {
    expect(await problems()).not.toContain('scopes.missing');
    await grant(['read_customers', 'read_orders', 'read_products', 'write_discounts']);
    expect(await problems()).toContain('scopes.missing');
    await change(['VIP']);
    await change([], ['VIP']);
    await change(['VIP', 'early']);
    expect([await there(), (await states()).sort()]).toEqual([[], ['queued', 'queued', 'withdrawn', 'withdrawn']]);
    expect((await effects()).filter(({ state }) => state === 'queued')).toMatchObject(
      Array(2).fill({ waits: 'scopes.missing', attempts: 0 }),
    );
    expect((await problems()).filter((code) => code === 'scopes.missing')).toHaveLength(1);

    await grant(SANDBOX_SCOPES);
    await front.perform();
    expect([(await there()).sort(), await problems()]).toEqual([['VIP', 'early'], []]);
    await echo();
    expect([await here(), (await states()).sort()]).toEqual([
      ['VIP', 'early'],
      ['done', 'done', 'withdrawn', 'withdrawn'],
    ]);
  });

  test('is not owed for whoever has no account there', async () => {
    await front.buy('guest@example.test', { guest: true });
    customer = await idOf('guest@example.test');
    expect([await change(['VIP']), await effects()]).toEqual([['VIP'], []]);
  });
});

test('a tag that is changed here on WooCommerce, which has none of customers, stays here', async () => {
  await opened('woocommerce');
  expect([await change(['VIP']), await effects()]).toEqual([['VIP'], []]);
  expect(await problems()).toEqual([]);
});
