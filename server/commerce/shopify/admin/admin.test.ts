import { expect, test } from 'vitest';
import { createLogger } from '../../../shared/logger.ts';
import { GrantedScopes, ShopProfile, WebhookUnsubscribe } from '../operations.generated.ts';
import { fakeShopify, profile } from '../reading/shopify.fixtures.ts';
import { createAdmin, type TokenSource } from './admin.ts';

const lines: string[] = [];
const logger = createLogger({ level: 'warn', destination: { write: (line: string) => void lines.push(line) } });

function setUp(tokens: Partial<TokenSource> = {}) {
  const fake = fakeShopify();
  const waits: number[] = [];
  const sleep = async (ms: number) => waits.push(ms);
  const source: TokenSource = { current: async () => 'one', proven: async () => undefined, ...tokens };
  const admin = createAdmin({ platform: fake.platform, logger, sleep, timeoutMs: 5 }, 'tea.myshopify.com', source);
  return { fake, waits, admin, ask: () => admin.run(ShopProfile, {}) };
}

const status = (available: number) => ({ maximumAvailable: 2000, currentlyAvailable: available, restoreRate: 100 });
const slow = (requested: number, available: number) => ({
  json: {
    data: null,
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: { cost: { requestedQueryCost: requested, throttleStatus: status(available) } },
  },
});
const error = (code: string, path: string[] = [], data: unknown = null) => ({
  json: { data, errors: [{ message: 'no', path, extensions: { code } }] },
});

test('asks the version it was written for, with the token, and is answered', async () => {
  const { fake, ask } = setUp();
  expect(await ask()).toEqual(profile);
  expect(fake.calls[0]).toMatchObject({
    url: 'https://tea.myshopify.com/admin/api/2026-10/graphql.json',
    token: 'one',
  });
});

test('waits for what a query costs to be there again, then asks once more', async () => {
  const { fake, waits, ask } = setUp();
  fake.first = [slow(500, 100), slow(500, 490)];
  expect(await ask()).toEqual(profile);
  // 400 points at 100 a second; then 10 points, at least a quarter of a second.
  expect(waits).toEqual([4_000, 250]);
});

test('waits as long as Retry-After says, and not for ever', async () => {
  const { fake, waits, ask } = setUp();
  fake.first = [{ status: 429, headers: { 'retry-after': '2.0' } }, { status: 429 }];
  expect(await ask()).toEqual(profile);
  expect(waits).toEqual([2_000, 2_000]);
  fake.first = [{ status: 429, headers: { 'retry-after': '600' } }];
  await expect(ask()).rejects.toMatchObject({ code: 'shopify.throttled', retryable: true });
  expect(waits).toHaveLength(2);
  fake.first = Array.from({ length: 6 }, () => slow(2, 1));
  await expect(ask()).rejects.toMatchObject({ code: 'shopify.throttled' });
  fake.first = [slow(5_000, 100)];
  await expect(ask()).rejects.toMatchObject({ code: 'shopify.refused', retryable: false });
});

test('tries again when Shopify has trouble, is silent or cannot be reached, longer each time', async () => {
  const { fake, waits, ask } = setUp();
  fake.first = [{ status: 502, text: '<html>' }, 'silence', 'broken', { text: 'no JSON' }];
  expect(await ask()).toEqual(profile);
  expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
  fake.first = Array.from({ length: 6 }, () => ({ status: 500 }));
  await expect(ask()).rejects.toMatchObject({ code: 'shopify.unavailable', retryable: true });
  expect(fake.first).toEqual([]);
});

test('what may have been done already is not done twice', async () => {
  const { fake, admin } = setUp();
  fake.first = ['silence'];
  await expect(admin.run(WebhookUnsubscribe, { id: '1' })).rejects.toMatchObject({ code: 'shopify.unavailable' });
  expect(fake.calls).toHaveLength(1);
  // Asked too fast, nothing was done: that may be asked again.
  fake.first = [slow(10, 0)];
  fake.answers.set('WebhookUnsubscribe', () => ({ webhookSubscriptionDelete: null }));
  await expect(admin.run(WebhookUnsubscribe, { id: '1' })).resolves.toBeTruthy();
});

test('a token that is refused is renewed once, then the merchant has to act', async () => {
  const asked: (string | undefined)[] = [];
  const current = async (refused?: string) => {
    asked.push(refused);
    return refused === undefined ? 'old' : 'new';
  };
  const { fake, ask } = setUp({ current });
  fake.accepted = new Set(['new']);
  expect(await ask()).toEqual(profile);
  expect(asked).toEqual([undefined, 'old']);
  fake.accepted = new Set();
  const refused = await ask().catch((caught: unknown) => caught);
  expect(refused).toMatchObject({ code: 'shopify.token_revoked', retryable: false });
  expect((refused as Error).message).toMatch(/Open Bazgasht in the Shopify admin/);
});

test('fields that may not be read are null beside the others; the log has their names, not their values', async () => {
  const { fake, ask } = setUp();
  const withheld = { shop: { ...profile.shop, shopAddress: null } };
  fake.answers.set('ShopProfile', () => error('ACCESS_DENIED', ['shop', 'shopAddress'], withheld));
  lines.length = 0;
  expect(await ask()).toEqual(withheld);
  expect(lines.join()).toContain('shop.shopAddress');
});

test('a refusal says whether it is a permission, a withdrawn field, a closed shop or the query', async () => {
  const { fake, admin } = setUp();
  const refusal = async (answer: unknown) => {
    fake.answers.set('GrantedScopes', () => answer);
    const caught = (await admin.run(GrantedScopes, {}).catch((thrown: unknown) => thrown)) as { code: string };
    return caught.code;
  };
  expect(await refusal(error('ACCESS_DENIED'))).toBe('shopify.access_denied');
  expect(await refusal({ status: 403 })).toBe('shopify.access_denied');
  expect(await refusal(error('undefinedField', ['query', 'shop', 'gone']))).toBe('shopify.outdated');
  expect(await refusal({ status: 402 })).toBe('shopify.shop_closed');
  expect(await refusal({ status: 423 })).toBe('shopify.shop_closed');
  expect(await refusal(error('MAX_COST_EXCEEDED'))).toBe('shopify.refused');
  expect(await refusal({ status: 302, headers: { location: 'https://elsewhere.example.test' } })).toBe(
    'shopify.refused',
  );
});

test('a caller without patience hears of a throttle at once, and how long it lasts', async () => {
  const { fake, waits, admin } = setUp();
  fake.first = [slow(500, 100)];
  const asked = admin.run(WebhookUnsubscribe, { id: 'gid://shopify/WebhookSubscription/1' }, { patienceMs: 0 });
  await expect(asked).rejects.toMatchObject({ code: 'shopify.throttled', details: { waitMs: 4_000 } });
  expect([waits, fake.calls.length]).toEqual([[], 1]);
});

test('nothing is sent once the caller has given up, not even after a wait', async () => {
  const { fake, waits, admin } = setUp();
  const controller = new AbortController();
  fake.first = [slow(500, 100)];
  const asked = admin.run(ShopProfile, {}, { signal: controller.signal });
  controller.abort();
  await expect(asked).rejects.toMatchObject({ retryable: true });
  expect([waits.length <= 1, fake.calls.length]).toEqual([true, 1]);
});

test('a change that a permission is missing for is an error, not an empty answer', async () => {
  const { fake, admin } = setUp();
  const denied = error('ACCESS_DENIED', ['webhookSubscriptionDelete'], { webhookSubscriptionDelete: null });
  fake.first = [denied];
  const asked = admin.run(WebhookUnsubscribe, { id: 'gid://shopify/WebhookSubscription/1' });
  await expect(asked).rejects.toMatchObject({ code: 'shopify.access_denied' });
});
