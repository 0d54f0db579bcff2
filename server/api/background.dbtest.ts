import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jobsView } from '../contracts/activity.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { noteRun } from '../jobs/ticks.usecases.ts';
import { install } from '../shops/shops.usecases.ts';
import { type Api, testApi, withKey } from './api.fixtures.ts';

let world: World;
let api: Api;
beforeEach(async () => {
  world = await testWorld(Date.UTC(2026, 0, 1, 12));
  api = await testApi(world);
});
afterEach(async () => {
  await api.stop();
  await world.close();
});

const jobs = async () => (await api.get('/jobs')).body;
const noon = Date.UTC(2026, 0, 1, 12);

describe('what works in the background', () => {
  test('is told with the next times by the app’s clock, the next first', async () => {
    const { schedule } = jobsView.parse(await jobs());
    expect(schedule.map(({ name, next, last }) => [name, new Date(next).toISOString(), last])).toEqual([
      ['retention', '2026-01-01T12:05:00.000Z', null],
      ['tiers', '2026-01-01T12:05:00.000Z', null],
      ['webhooks', '2026-01-01T12:10:00.000Z', null],
      ['reconcile', '2026-01-02T02:40:00.000Z', null],
    ]);
    world.clock.advance(86_400_000);
    const later = jobsView.parse(await jobs()).schedule;
    expect(later.map(({ next }) => next)).toEqual(schedule.map(({ next }) => next + 86_400_000));
  });

  test('is told with how each job went last', async () => {
    await noteRun(world, 'tiers', { at: noon - 3_600_000, ok: true, seconds: 0.25 });
    await noteRun(world, 'tiers', { at: noon - 60_000, ok: false, seconds: 1.5 });
    const tiers = (await jobs()).schedule.find(({ name }: { name: string }) => name === 'tiers');
    expect(tiers.last).toEqual({ at: noon - 60_000, ok: false, seconds: 1.5 });
  });

  test('is told with what waits, and since when', async () => {
    await deliver(world, api.shop, ['orders/create', orderBody()], ['orders/create', '{']);
    const { queues } = jobsView.parse(await jobs());
    const parked = (await rowsOf(world, api.shop, 'inbox')).find(({ state }) => state === 'parked');
    expect(queues).toEqual([
      { name: 'inbox', waiting: 0, oldestAt: null },
      { name: 'parked', waiting: 1, oldestAt: parked?.receivedAt },
      { name: 'points', waiting: 0, oldestAt: null },
      { name: 'effects', waiting: 0, oldestAt: null },
      { name: 'insights', waiting: expect.any(Number), oldestAt: null },
    ]);
    expect(queues.at(-1)?.waiting).toBeGreaterThan(0);
  });

  test('forgets runs that are a month old', async () => {
    await noteRun(world, 'tiers', { at: noon - 40 * 86_400_000, ok: true, seconds: 1 });
    await noteRun(world, 'retention', { at: noon - 40 * 86_400_000, ok: true, seconds: 1 });
    await noteRun(world, 'tiers', { at: noon, ok: true, seconds: 1 });
    const { schedule } = await jobs();
    const at = (wanted: string) => schedule.find(({ name }: { name: string }) => name === wanted).last?.at;
    expect([at('tiers'), at('retention')]).toEqual([noon, noon - 40 * 86_400_000]);
    world.clock.advance(1);
    await noteRun(world, 'retention', { at: noon, ok: true, seconds: 1 });
    expect((await jobs()).schedule.find(({ name }: { name: string }) => name === 'retention').last.at).toBe(noon);
  });
});

describe('asking for a reading', () => {
  test('of an installed shop makes it due, and is kept with who asked', async () => {
    await world.inShop(api.shop, (scope) => install(scope, ['read_orders']));
    for (const kind of ['reconcile', 'webhooks', 'orders', 'customers']) {
      const { status, body } = await api.send('post', '/syncs', { kind });
      expect([status, body]).toEqual([202, { kind, asked: true }]);
    }
    const { syncs } = jobsView.parse(await jobs());
    expect(syncs.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['webhooks', noon],
      ['customers', noon],
      ['orders', noon],
      ['reconcile', noon],
    ]);
    const audit = await rowsOf(world, api.shop, 'audit_log');
    expect(audit.filter(({ action }) => action === 'sync.ask').map(({ target, actor }) => [target, actor])).toEqual([
      ['reconcile', 'user:42'],
      ['webhooks', 'user:42'],
      ['orders', 'user:42'],
      ['customers', 'user:42'],
    ]);
  });

  test('of a shop that is only registered is refused in words; of anything else too', async () => {
    const { status, body } = await api.send('post', '/syncs', { kind: 'orders' });
    expect([status, body.error.code]).toEqual([409, 'syncs.not_installed']);
    expect(body.error.message).toMatch(/only registered/);
    expect((await api.send('post', '/syncs', { kind: 'rereads' })).status).toBe(400);
    expect(await rowsOf(world, api.shop, 'shop_syncs')).toEqual([]);
  });
});

describe('API keys', () => {
  test('are made, listed without their secret, work, and end', async () => {
    const made = await api.send('post', '/api-keys', { name: ' Stock program ', scope: 'write' });
    expect([made.status, made.body]).toEqual([
      201,
      { id: expect.any(String), name: 'Stock program', scope: 'write', key: expect.stringMatching(/^bzg_/) },
    ]);
    const { id, key } = made.body;
    const list = (await api.get('/api-keys')).body.items;
    expect(list).toEqual([
      { id, name: 'Stock program', scope: 'write', createdAt: noon, lastUsedAt: null, revokedAt: null },
    ]);
    const asKey = () => supertest(api.app.http).get('/api/v1/shop').set(withKey(key));
    expect((await asKey()).status).toBe(200);
    expect((await api.send('post', `/api-keys/${id}/revoke`)).body).toEqual({ id, revoked: true });
    expect((await asKey()).status).toBe(401);
    expect((await api.send('post', `/api-keys/${id}/revoke`)).status).toBe(200);
    expect((await api.send('post', '/api-keys/none/revoke')).body.error.code).toBe('api.unknown_key');
    const audit = await rowsOf(world, api.shop, 'audit_log');
    expect(audit.map(({ action, actor }) => [action, actor])).toEqual([
      ['api-key.add', 'user:42'],
      ['api-key.revoke', 'user:42'],
    ]);
    expect(JSON.stringify(audit)).not.toContain(key);
  });

  test('are made by whoever may do everything only', async () => {
    const writer = withKey((await api.keyFor(api.shop, 'write')).key);
    const admin = withKey((await api.keyFor(api.shop, 'admin')).key);
    const count = async () => (await rowsOf(world, api.shop, 'api_keys')).length;
    const before = await count();
    for (const answer of [
      await api.send('post', '/api-keys', { name: 'more', scope: 'admin' }, writer),
      await api.get('/api-keys', writer),
      await api.send('post', '/api-keys/any/revoke', undefined, writer),
    ]) {
      expect([answer.status, answer.body.error.code]).toEqual([403, 'auth.scope']);
    }
    expect(await count()).toBe(before);
    expect((await api.send('post', '/api-keys', { name: 'more', scope: 'admin' }, admin)).status).toBe(201);
  });

  test('are shown once, and not kept for a repeated request', async () => {
    const once = { 'idempotency-key': 'make-a-key' };
    const made = await api.send('post', '/api-keys', { name: 'one' }, once);
    const again = await api.send('post', '/api-keys', { name: 'one' }, once);
    expect([made.status, again.status, again.body.error.code]).toEqual([201, 409, 'api.shown_once']);
    expect(await rowsOf(world, api.shop, 'api_keys')).toHaveLength(1);
    expect(JSON.stringify(await rowsOf(world, api.shop, 'api_idempotency'))).not.toContain(made.body.key);
  });
});
