import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { timelinePage } from '../contracts/people.ts';
import { tierProgram } from '../contracts/tiers.ts';
import { dump, places, rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { setTiers } from '../tiers/review.usecases.ts';
import { type Api, testApi, withKey } from './api.fixtures.ts';

let world: World;
let api: Api;
let customer: string;
beforeEach(async () => {
  world = await testWorld();
  api = await testApi(world);
  await deliver(world, api.shop, ['orders/create', orderBody()]);
  customer = await idOf('ada');
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

const DAY = 86_400_000;
const idOf = async (query: string) => (await api.get(`/customers?query=${query}`)).body.items[0]?.id as string;
const profile = async (id = customer) => (await api.get(`/customers/${id}`)).body;
const post = (path: string, body?: unknown, headers = {}) =>
  api.send('post', `/customers/${customer}${path}`, body, headers);
const audit = async () =>
  (await api.get('/audit')).body.items.map(({ action, target, before, after }: Record<string, unknown>) => ({
    action,
    target,
    before,
    after,
  }));
const merge = (kept: number, gone: number): [string, unknown] => [
  'customers/merge',
  {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    status: 'completed',
  },
];
const account = (id: number, fields: object = {}): [string, unknown] => [
  'customers/create',
  { id, email: `c${id}@example.test`, first_name: 'Cleo', updated_at: '2025-03-01T10:00:00Z', ...fields },
];
const tagsDelivered = (kind: 'added' | 'removed', tag: string, occurredAt: number): [string, unknown] => [
  `customer.tags_${kind}`,
  { customerId: 'gid://shopify/Customer/501', tags: [tag], occurredAt: new Date(occurredAt).toISOString() },
];

describe('notes', () => {
  test('are written down, shown the newest first, and deleted for good', async () => {
    const now = world.clock.now();
    const call = await post('/notes', { kind: 'call', text: 'asked about\nthe green tea', at: now - DAY });
    expect([call.status, call.body]).toEqual([
      201,
      { id: call.body.id, kind: 'call', text: 'asked about\nthe green tea', at: now - DAY, actor: 'user:42' },
    ]);
    const note = await post('/notes', { text: ' likes  blue ' });
    expect(note.body).toMatchObject({ kind: 'note', text: 'likes  blue', at: now });
    expect(await profile()).toMatchObject({ notes: [note.body, call.body], notesMore: false });
    const gone = await api.send('delete', `/customers/${customer}/notes/${call.body.id}`);
    expect([gone.status, gone.body]).toEqual([200, { id: call.body.id, deleted: true }]);
    expect((await profile()).notes).toEqual([note.body]);
    expect((await api.send('delete', `/customers/${customer}/notes/${call.body.id}`)).status).toBe(404);
    expect(places(await dump(world, api.shop), 'green tea')).toEqual([]);
    expect(await audit()).toMatchObject([
      { action: 'customer.note_deleted', target: customer, before: { note: call.body.id, kind: 'call' } },
      { action: 'customer.note', target: customer, after: { note: note.body.id } },
      { action: 'customer.note', target: customer },
    ]);
  });

  test('of tomorrow are of now, and only fifty stand in the profile', async () => {
    const now = world.clock.now();
    for (let n = 0; n < 51; n += 1) await post('/notes', { text: `note ${n}`, at: now - n });
    expect(await profile()).toMatchObject({ notesMore: true, notes: { length: 50, 0: { text: 'note 0' } } });
    const early = await post('/notes', { text: 'a clock ahead', at: now + DAY });
    expect(early.body.at).toBe(now);
  });

  test('go along when customers are merged', async () => {
    await post('/notes', { text: 'of the first' });
    await deliver(world, api.shop, account(7), merge(7, 501));
    const kept = await idOf('c7');
    expect((await profile(kept)).notes).toMatchObject([{ text: 'of the first' }]);
    expect((await profile(customer)).notes).toMatchObject([{ text: 'of the first' }]);
    const { id } = (await profile(kept)).notes[0];
    expect((await api.send('delete', `/customers/${customer}/notes/${id}`)).status).toBe(200);
  });

  test.each([
    [{ text: '' }, 'text'],
    [{ text: '  ' }, 'text'],
    [{ text: 'x'.repeat(2_001) }, 'text'],
    [{ text: 'a\0b' }, 'text'],
    [{ text: 'x', kind: 'letter' }, 'kind'],
    [{ text: 'x', at: -1 }, 'at'],
    [{ text: 'x', colour: 'blue' }, 'colour'],
  ])('are refused as %j', async (body, field) => {
    const { status, body: answer } = await post('/notes', body);
    expect([status, answer.error.details.field]).toEqual([400, field]);
  });
});

describe('tags', () => {
  const put = async (body: unknown) => (await api.send('put', `/customers/${customer}/tags`, body)).body;

  test('are put on and taken off beside the platform’s, and what it says later wins', async () => {
    const now = world.clock.now();
    await deliver(world, api.shop, tagsDelivered('added', 'theirs', now - DAY));
    expect(await put({ add: [' vip ', 'vip'] })).toEqual({ tags: ['theirs', 'vip'] });
    expect(await put({ add: ['vip'], remove: ['theirs', 'never there'] })).toEqual({ tags: ['vip'] });
    // What it said before our change changes nothing, whenever it arrives.
    await deliver(world, api.shop, tagsDelivered('added', 'theirs', now - 1), tagsDelivered('removed', 'vip', now - 1));
    expect((await profile()).tags).toEqual(['vip']);
    const later = world.clock.now() + 1;
    await deliver(world, api.shop, tagsDelivered('added', 'theirs', later), tagsDelivered('removed', 'vip', later));
    expect((await profile()).tags).toEqual(['theirs']);
    expect(await audit()).toMatchObject([
      { action: 'customer.tags', before: { tags: ['theirs', 'vip'] }, after: { tags: ['vip'] } },
      { action: 'customer.tags', target: customer, before: { tags: ['theirs'] }, after: { tags: ['theirs', 'vip'] } },
    ]);
  });

  test('can be changed though the platform’s clock is ahead of ours', async () => {
    await deliver(world, api.shop, tagsDelivered('added', 'early', world.clock.now() + DAY));
    expect(await put({ remove: ['early'] })).toEqual({ tags: [] });
    expect(await put({ add: ['early'] })).toEqual({ tags: ['early'] });
  });

  test('have a limit, and none that a platform could not hold', async () => {
    const many = (from: number) => Array.from({ length: 50 }, (_, n) => `tag ${from + n}`);
    for (const from of [0, 50, 100, 150, 200]) await put({ add: many(from) });
    expect(await put({ add: ['one more'] })).toMatchObject({ error: { code: 'customers.too_many_tags' } });
    expect((await profile()).tags).toHaveLength(250);
    for (const tag of ['a,b', '', ' ', 'x'.repeat(41), 'a\nb']) {
      expect(await put({ add: [tag] })).toMatchObject({ error: { code: 'api.invalid' } });
    }
  });
});

describe('the profile', () => {
  test('has lots, the way to the next tier, the score with its parts, and consents with their evidence', async () => {
    await deliver(world, api.shop, [
      'customers_email_marketing_consent/update',
      {
        customer_id: 501,
        email_address: 'ada@example.test',
        email_marketing_consent: { state: 'subscribed', consent_updated_at: '2025-03-01T00:00:00Z' },
      },
    ]);
    const { body: given } = await post('/adjustments', { points: 5, reason: 'kindness' });
    expect(await profile()).toMatchObject({
      lots: [
        { from: 'adjustment', orderNumber: null, granted: 5, available: 5, earnedAt: world.clock.now() },
        { from: 'order', orderNumber: '#1001', granted: 100, available: 100, spent: 0, expiresAt: null },
      ],
      lotsMore: false,
      tierProgress: null,
      consents: [{ channel: 'email', state: 'subscribed', source: expect.any(String) }],
      ledger: { items: [{ adjustmentId: given.id, reversedBy: null }, { adjustmentId: null }] },
    });
    const { total, parts } = (await profile()).score;
    expect(parts.map(({ name }: { name: string }) => name)).toEqual(['recency', 'frequency', 'spend', 'engagement']);
    expect(parts).toMatchObject([{}, { points: 5, value: 1 }, { points: 5, value: 100 }, { points: 5, value: 1 }]);
    expect(total).toBe(parts.reduce((sum: number, { points }: { points: number }) => sum + points, 0));
    await post(`/adjustments`, { points: -50, reason: 'a mistake' });
    expect((await profile()).lots).toMatchObject([{ available: 5 }, { granted: 100, available: 50, spent: 50 }]);
  });

  test.each([
    ['spend', 100, 50_000, 500],
    ['orders', 1, 3, 3],
    ['earned', 100, 500, 500],
  ])('counts the way to the next tier in %s', async (metric, have, threshold, need) => {
    const levels = [
      { id: 'base', name: 'Base', threshold: 0 },
      { id: 'gold', name: { en: 'Gold', fa: 'طلایی' }, threshold },
    ];
    const tiers = tierProgram.parse({ enabled: true, metric, window: 'lifetime', levels });
    await setTiers(world, api.shop, { tiers, actor: 'test' });
    expect((await profile()).tierProgress).toEqual({
      metric,
      have,
      next: { id: 'gold', name: { en: 'Gold', fa: 'طلایی' }, need },
    });
    const low = tierProgram.parse({
      enabled: true,
      metric,
      window: 'lifetime',
      levels: [{ ...levels[1], threshold: 1 }],
    });
    await setTiers(world, api.shop, { tiers: low, actor: 'test' });
    expect(await profile()).toMatchObject({ tier: { id: 'gold' }, tierProgress: { metric, have, next: null } });
  });
});

describe('points by hand', () => {
  test('are undone once, and the timeline tells of both', async () => {
    const { body: given } = await post('/adjustments', { points: 5, reason: 'kindness' });
    const undone = await post(`/adjustments/${given.id}/reverse`);
    expect([undone.status, undone.body]).toEqual([
      201,
      {
        id: undone.body.id,
        reverses: given.id,
        customerId: customer,
        points: -5,
        balance: { available: 100, pending: 0, reserved: 0, lifetimeEarned: 100 },
      },
    ]);
    expect((await post(`/adjustments/${given.id}/reverse`)).body).toEqual(undone.body);
    expect((await post('/adjustments/nothing/reverse')).body.error.code).toBe('points.unknown_adjustment');
    const { body: timeline } = await api.get(`/customers/${customer}/timeline?limit=2`);
    expect(timelinePage.parse(timeline).items.map(({ facts }) => facts)).toMatchObject([
      { available: -5, reverses: given.id },
      { available: 5, reason: 'kindness', reversedBy: undone.body.id },
    ]);
    const rest = (await api.get(`/customers/${customer}/timeline?cursor=${timeline.nextCursor}`)).body;
    expect(rest.items.map(({ kind }: { kind: string }) => kind)).toEqual(['points', 'order']);
    expect(rest.nextCursor).toBeNull();
    expect((await api.get(`/customers/${customer}/timeline?cursor=x`)).status).toBe(400);
  });
});

describe('erasing and exporting', () => {
  test('are the merchant’s, and leave no word that was written about the customer', async () => {
    const noted = { text: 'Ada Quartz loves jasmine' };
    await post('/notes', noted, { 'idempotency-key': 'n1' });
    await api.send('put', `/customers/${customer}/tags`, { add: ['jasmine'] }, { 'idempotency-key': 't1' });
    const file = await post('/data-export');
    expect([file.status, file.body]).toEqual([201, { id: expect.any(String), createdAt: world.clock.now() }]);
    const { tables } = JSON.parse((await api.get(`/exports/${file.body.id}/json`)).text);
    expect(tables.notes).toMatchObject([{ text: noted.text }]);
    expect(tables.tags).toMatchObject([{ tag: 'jasmine' }]);

    const erased = await post('/erase', { confirm: 'erase' });
    expect([erased.status, erased.body]).toEqual([200, { id: customer, erased: true }]);
    const left = await dump(world, api.shop);
    for (const word of ['jasmine', 'Quartz', 'ada@example.test'])
      expect([word, places(left, word)]).toEqual([word, []]);
    expect(await profile()).toMatchObject({ email: null, name: null, notes: [], tags: [], points: { available: 100 } });
    expect((await api.get('/exports')).body.items).toEqual([]);
    expect((await audit())[0]).toEqual({ action: 'customer.erase', target: customer, before: null, after: null });
    // Sent again, a request has no effect again; a new one is refused.
    expect((await post('/notes', noted, { 'idempotency-key': 'n1' })).headers['idempotency-replayed']).toBe('true');
    expect((await post('/notes', noted)).body.error.code).toBe('customers.erased');
    const tagged = await api.send('put', `/customers/${customer}/tags`, { add: ['jasmine'] });
    expect(tagged.body.error.code).toBe('customers.erased');
    expect(await rowsOf(world, api.shop, 'customer_notes')).toEqual([]);
  });

  test('reach a guest of whom no name is left, and who was merged into the customer', async () => {
    await deliver(world, api.shop, [
      'orders/create',
      orderBody({ id: 9, name: '#9', customer: null, email: 'g@example.test' }),
    ]);
    const guest = await idOf('g@example');
    await deliver(world, api.shop, account(8, { email: 'g@example.test', last_name: 'Quince' }));
    expect((await api.send('post', `/customers/${guest}/erase`, { confirm: 'erase' })).status).toBe(200);
    const left = await dump(world, api.shop);
    for (const word of ['g@example.test', 'Quince']) expect(places(left, word)).toEqual([]);
    expect((await api.send('post', `/customers/${guest}/erase`, { confirm: 'erase' })).status).toBe(200);
  });

  test('need the word, and a key that may', async () => {
    expect((await post('/erase', {})).body.error.details.field).toBe('confirm');
    expect((await post('/erase', { confirm: 'yes' })).status).toBe(400);
    const { key } = await api.keyFor(api.shop, 'write');
    for (const path of ['/erase', '/data-export']) {
      const body = path === '/erase' ? { confirm: 'erase' } : undefined;
      expect((await post(path, body, withKey(key))).body.error.code).toBe('auth.scope');
    }
    expect(await profile()).toMatchObject({ email: 'ada@example.test' });
  });
});

test('another shop’s customer is not there, whatever is asked', async () => {
  const other = await testShop(world, { domain: 'other.example.test' });
  const theirs = withKey((await api.keyFor(other, 'admin')).key);
  const { body: note } = await post('/notes', { text: 'ours' });
  const { body: given } = await post('/adjustments', { points: 5, reason: 'kindness' });
  const answers = [
    await post('/notes', { text: 'x' }, theirs),
    await api.send('delete', `/customers/${customer}/notes/${note.id}`, undefined, theirs),
    await api.send('put', `/customers/${customer}/tags`, { add: ['x'] }, theirs),
    await api.get(`/customers/${customer}/timeline`, theirs),
    await post(`/adjustments/${given.id}/reverse`, undefined, theirs),
    await post('/data-export', undefined, theirs),
    await post('/erase', { confirm: 'erase' }, theirs),
  ];
  expect(answers.map(({ status, body }) => [status, body.error.code])).toEqual(
    answers.map(() => [404, 'customers.unknown']),
  );
  expect(await profile()).toMatchObject({ notes: [{ text: 'ours' }], tags: [], points: { available: 105 } });
});
