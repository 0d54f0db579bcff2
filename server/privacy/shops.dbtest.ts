import supertest from 'supertest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { programRules } from '../contracts/program.ts';
import { dump, rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { testApp } from '../http/http.fixtures.ts';
import { deliver, inboxOf, orderBody, signedHeaders } from '../inbox/deliveries.fixtures.ts';
import { dropBodies } from '../inbox/retention.usecases.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { defineProgram } from '../program/program.usecases.ts';
import { retention } from '../schedule.ts';
import { updateShop } from '../shops/shops.repository.ts';
import { uninstall } from '../shops/shops.usecases.ts';

const DAY = 86_400_000;
/** What an erased shop keeps: itself, and a ledger that names nobody. */
const KEPT = [
  'shops',
  'shop_zones',
  'program_versions',
  'points_transactions',
  'points_postings',
  'points_lots',
  'points_accounts',
];

let world: World;
let shop: number;
let other: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world, { webhookSecret: 'own-secret' });
  other = await testShop(world, { domain: 'other.example.test' });
  const rules = programRules.parse({
    earning: [{ id: 'spend', type: 'spend', points: 1, per: 100 }],
    tiers: { enabled: true, levels: [{ id: 'friend', name: 'Friend', threshold: 1 }] },
  });
  for (const id of [shop, other]) {
    const effectiveFrom = Date.UTC(2001, 0, 1);
    await world.inShop(id, (scope) => defineProgram(scope, { actor: 'test', rules, effectiveFrom }));
    await deliver(
      ...([world, id] as const),
      ['orders/create', orderBody()],
      [
        'products/create',
        { id: 900, title: 'Tea', created_at: '2025-01-01T00:00:00Z', updated_at: '2025-01-01T00:00:00Z' },
      ],
      ['customers/data_request', { customer: { id: 501, email: 'ada@example.test' } }],
      ['orders/create', '{'],
    );
  }
});
afterEach(() => world.close());

const filled = async (id: number) =>
  Object.entries(await dump(world, id)).flatMap(([table, rows]) => (rows.length > 0 ? [table] : []));

describe('an erased shop', () => {
  test('loses everything but its ledger; another shop of the same ids loses nothing', async () => {
    const { ledger, theirs } = { ledger: await verifyLedger(world, shop), theirs: await dump(world, other) };
    await deliver(world, shop, ['shop/redact', { shop_id: 1 }]);
    const { pieces } = await retention(world);
    expect(pieces).toBeGreaterThan(0);
    expect(Object.keys(theirs).filter((table) => theirs[table]?.length)).toEqual(
      expect.arrayContaining(['customer_tiers', 'tier_moves', 'tier_pins']),
    );
    expect((await filled(shop)).filter((table) => !KEPT.includes(table))).toEqual([]);
    expect(await verifyLedger(world, shop)).toEqual(ledger);
    expect(ledger).toMatchObject({ ok: true, transactions: 1 });
    expect(await dump(world, other)).toEqual(theirs);
    expect(await rowsOf(world, shop, 'shops')).toMatchObject([
      { state: 'uninstalled', name: null, accessToken: null, scopes: null, erasedAt: world.clock.now() },
    ]);
    expect(await retention(world)).toEqual({
      bodies: 0,
      shops: 0,
      pieces: 0,
      answers: 0,
      handovers: 0,
      archives: 0,
      files: 0,
      runs: 0,
      effects: 0,
    });
  });

  test('still gets its deliveries answered 200, and keeps nothing of them', async () => {
    await deliver(world, shop, ['shop/redact', {}]);
    await retention(world);
    const app = await testApp(world);
    await app.app.start();
    world.clock.advance(DAY);
    const body = JSON.stringify(orderBody());
    const headers = signedHeaders(body, { topic: 'orders/create', secret: 'own-secret', id: 'late' });
    const answer = await supertest(app.app.http).post('/webhooks/shopify').set(headers).send(body);
    await app.app.jobs.idle();
    await app.stop();
    expect(answer.status).toBe(200);
    expect(await inboxOf(world, shop)).toMatchObject([
      { state: 'ignored', body: null, reason: expect.stringMatching(/erased/) },
    ]);
    expect((await filled(shop)).filter((table) => !KEPT.includes(table))).toEqual(['inbox']);
  });

  test('is erased piece by piece, however much there is', async () => {
    await world.inShop(shop, async (scope) => {
      const { claimIdentity } = await import('../customers/customers.repository.ts');
      for (let n = 0; n < 700; n += 1) await claimIdentity(scope, 'email', `n${n}@example.test`, 'somebody');
    });
    await deliver(world, shop, ['shop/redact', {}]);
    await retention(world);
    expect(await rowsOf(world, shop, 'customer_identities')).toEqual([]);
  });
});

describe('an uninstalled shop', () => {
  const leave = (at = world.clock.now()) => world.inShop(shop, (scope) => uninstall(scope, at));

  test('keeps its data for 30 days, then loses it', async () => {
    await leave();
    world.clock.advance(30 * DAY - 1);
    expect(await retention(world)).toMatchObject({ shops: 0, pieces: 0 });
    expect(await rowsOf(world, shop, 'orders')).toHaveLength(1);
    world.clock.advance(1);
    expect(await retention(world)).toMatchObject({ shops: 1 });
    expect((await filled(shop)).filter((table) => !KEPT.includes(table))).toEqual([]);
    expect(await rowsOf(world, other, 'orders')).toHaveLength(1);
  });

  test('loses it even if the erasure of another one fails', async () => {
    for (const id of [shop, other]) await world.inShop(id, (scope) => uninstall(scope, world.clock.now()));
    world.clock.advance(30 * DAY);
    const transaction: World['db']['transaction'] = (work, options) =>
      options?.shop === shop ? Promise.reject(new Error('broken shop')) : world.db.transaction(work, options);
    await expect(retention({ ...world, db: { ...world.db, transaction } })).rejects.toThrow('broken shop');
    expect(await rowsOf(world, shop, 'orders')).toHaveLength(1);
    expect(await rowsOf(world, other, 'orders')).toEqual([]);
  });

  test('that came back in time keeps it, a late word of leaving and a late request to erase notwithstanding', async () => {
    await leave();
    const back = world.clock.advance(10 * DAY);
    await world.db.transaction((tx) => updateShop(tx, shop, { state: 'installed', installedAt: back }));
    world.clock.advance(60 * DAY);
    await leave(back - 1);
    await deliver(world, shop, ['shop/redact', {}]);
    expect(await retention(world)).toMatchObject({ shops: 0, pieces: 0 });
    expect(await rowsOf(world, shop, 'orders')).toHaveLength(1);
    expect(await rowsOf(world, shop, 'shops')).toMatchObject([{ state: 'installed', erasedAt: null }]);
  });

  test('counts its 30 days from the last time it left, whatever comes late', async () => {
    const last = world.clock.now();
    await leave(last);
    await leave(last - 20 * DAY);
    expect(await rowsOf(world, shop, 'shops')).toMatchObject([{ uninstalledAt: last }]);
  });
});

describe('bodies', () => {
  test('are dropped 30 days after they were applied; those parked are kept', async () => {
    const bodies = async () =>
      (await inboxOf(world, shop)).map(({ state, body }) => `${state} ${body === null ? 'without' : 'with'} body`);
    const before = await bodies();
    world.clock.advance(30 * DAY - 1_000);
    expect(await dropBodies(world, world.clock.now())).toBe(0);
    expect(await bodies()).toEqual(before);
    world.clock.advance(1_000);
    expect(await dropBodies(world, world.clock.now())).toBeGreaterThan(0);
    expect(new Set(await bodies())).toEqual(new Set(['applied without body', 'parked with body']));
  });
});
