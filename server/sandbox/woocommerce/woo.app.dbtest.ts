import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Front, openFront } from '../../commerce/commerce.fixtures.ts';
import { WOO_TOPICS } from '../../commerce/woocommerce/reading/woocommerce.commerce.ts';
import { testWorld } from '../../db/testing.ts';
import { shopsList } from '../../shops/shops.usecases.ts';
import { syncsOf } from '../../syncs/syncs.usecases.ts';
import { installStore, registerStore } from '../store/install.ts';
import { newState, writeState } from '../store/sandbox.files.ts';
import { keptSandbox, refusal, SHOP_DOMAIN } from '../store/sandbox.own.ts';
import { createAdmin } from './woo.admin.ts';
import type { WooStore } from './woo.store.ts';

const MINA = 'mina@example.test';
const NIGHT = 86_400_000;
let front: Front;
let woo: WooStore;
let admin: ReturnType<typeof createAdmin>;

describe('the whole app beside a WooCommerce store', () => {
  beforeEach(async () => {
    front = await openFront('woocommerce');
    if (!front.woo) throw new Error('the practice store is no WooCommerce store');
    woo = front.woo;
    admin = createAdmin(woo);
  });
  afterEach(async () => {
    expect(await front.faults()).toEqual([]);
    await front.close();
  });

  /** What its owner did is told, and what was asked for because of it is read. */
  const told = async (): Promise<void> => {
    front.world.clock.advance(60_000);
    await woo.sender.flush();
    await front.settle();
  };

  test('is connected by its owner’s approval: keys, a secret, a webhook for each topic, pinged', async () => {
    expect(await front.shop()).toMatchObject({
      state: 'installed',
      domain: SHOP_DOMAIN,
      storeUrl: `https://${SHOP_DOMAIN}`,
    });
    expect(woo.state.keys).toMatchObject([{ permissions: 'read_write' }]);
    expect(woo.state.webhooks.map(({ topic }) => topic).sort()).toEqual([...WOO_TOPICS].sort());
    expect(woo.state.webhooks.filter(({ pending }) => pending)).toEqual([]);
  });

  test('the session token of the plugin opens the API', async () => {
    const { token } = (await (await fetch(`${front.url}/sandbox/session-token`)).json()) as { token: string };
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${front.url}/api/v1/shop`, { headers });
    expect([answer.status, await answer.json()]).toMatchObject([200, { domain: SHOP_DOMAIN }]);
  });

  test('keys, time and what is owed outlive a restart, and nobody is connected twice', async () => {
    await front.buy(MINA);
    const before = { keys: [...woo.state.keys], webhooks: woo.state.webhooks.map(({ id }) => id) };
    const moved = await fetch(`${front.url}/sandbox/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance: 'P1D' }),
    });
    const { now } = (await moved.json()) as { now: number };
    woo.faults.quiet = true;
    await front.buy(MINA);
    expect(await front.points(MINA)).toBe(48);
    front = await front.restart();
    const again = front.woo;
    expect({ keys: again?.state.keys, webhooks: again?.state.webhooks.map(({ id }) => id) }).toEqual(before);
    expect(again?.store.clock.now()).toBeGreaterThanOrEqual(now);
    await again?.sender.flush();
    await front.settle();
    expect(await front.points(MINA)).toBe(96);
  });

  test('no storefront passes requests on: that is the plugin’s part', async () => {
    const answer = await fetch(`${front.url}/sandbox/proxy/storefront/v1/me`);
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'sandbox.no_proxy' } }]);
  });

  test('cash on delivery counts in processing', async () => {
    const id = await front.buy(MINA, { paid: false });
    expect(await front.points(MINA)).toBe(0);
    admin.cashOnDelivery(id);
    await told();
    expect(await front.points(MINA)).toBe(48);
    admin.complete(id);
    await told();
    expect([await front.points(MINA), await front.orders()]).toEqual([48, 1]);
  });

  test('a draft of the block checkout fires order.created and is no order until it is placed', async () => {
    woo.faults.quiet = true;
    const id = await front.buy(MINA, { paid: false });
    admin.setStatus(id, 'checkout-draft');
    woo.faults.quiet = false;
    await told();
    await front.heal();
    expect([await front.points(MINA), await front.orders(), await front.parked()]).toEqual([0, 0, []]);
    admin.setStatus(id, 'processing');
    await told();
    expect([await front.points(MINA), await front.orders()]).toEqual([48, 1]);
  });

  test('deleting a refund fires nothing and bumps no date: the nightly pass reads recent ones again', async () => {
    const id = await front.buy(MINA);
    await front.refund(id);
    expect(await front.points(MINA)).toBe(0);
    const refund = woo.store.orders.get(id)?.refunds[0]?.platformId ?? '';
    admin.removeRefund(id, refund);
    await told();
    expect(await front.points(MINA)).toBe(0);
    front.world.clock.advance(NIGHT);
    await front.heal();
    expect([await front.points(MINA), await front.orders()]).toEqual([48, 1]);
  });

  test('the trash takes an order away with an id alone, and gives it back', async () => {
    const id = await front.buy(MINA);
    admin.trash(id);
    await told();
    expect([await front.points(MINA), await front.orders()]).toEqual([0, 0]);
    admin.restore(id);
    await told();
    expect([await front.points(MINA), await front.orders()]).toEqual([48, 1]);
  });

  test('an order that is gone before its message is sent leaves nothing behind', async () => {
    woo.faults.quiet = true;
    const id = await front.buy(MINA);
    admin.remove(id);
    woo.faults.quiet = false;
    await told();
    expect([await front.points(MINA), await front.orders(), await front.parked()]).toEqual([0, 0, []]);
  });

  test('the 7th failure in a row disables a webhook: the nightly pass makes it anew and reads what was missed', async () => {
    front.road.take('lost');
    for (let i = 0; i < 8; i += 1) await front.buy(MINA);
    front.road.take('open');
    const disabled = woo.state.webhooks.filter(({ status }) => status === 'disabled').map(({ topic }) => topic);
    expect(disabled.sort()).toEqual(['order.created', 'order.updated', 'product.updated']);
    expect(await front.points(MINA)).toBe(0);
    await front.heal('webhooks');
    expect(woo.state.webhooks.filter(({ status }) => status === 'disabled')).toEqual([]);
    expect(woo.state.webhooks).toHaveLength(WOO_TOPICS.length);
    expect([await front.points(MINA), await front.orders()]).toEqual([8 * 48, 8]);
    await front.buy(MINA);
    expect(await front.points(MINA)).toBe(9 * 48);
  });

  test.each(['down', 'html'] as const)('a store that is %s is read later, where it was left', async (fault) => {
    front.road.take('kept');
    await front.buy(MINA);
    woo.faults[fault] = true;
    await front.heal();
    expect(await front.points(MINA)).toBe(0);
    woo.faults[fault] = false;
    front.world.clock.advance(3_600_000);
    await front.settle();
    expect(await front.points(MINA)).toBe(48);
  });

  test('messages of PHP before the JSON, and totals that are a lie, are seen through', async () => {
    front.road.take('kept');
    for (let i = 0; i < 3; i += 1) await front.buy(MINA);
    Object.assign(woo.faults, { notice: true, totals: { total: 0, pages: 0 } });
    await front.heal();
    expect(await front.orders()).toBe(3);
  });

  test('keys that were revoked are not tried again and again', async () => {
    admin.revokeKeys();
    await front.heal();
    const syncs = await syncsOf(front.world, front.shopId);
    expect(syncs.find(({ kind }) => kind === 'reconcile')).toMatchObject({
      dueAt: null,
      errorCode: 'woocommerce.keys_refused',
    });
  });
});

describe('a database that one kind of sandbox has made', () => {
  const KEYS = { shopify: undefined, appUrl: undefined, woocommerceEnabled: false };
  test.each([
    ['woocommerce', 'shopify', registerStore, 'SANDBOX=woocommerce'],
    ['shopify', 'woocommerce', installStore, 'SANDBOX=on'],
  ] as const)('of %s is not taken by %s', async (own, other, register, setting) => {
    const world = await testWorld();
    const folder = mkdtempSync(join(tmpdir(), 'bazgasht-kinds-'));
    const shopId = await register(world, world.clock.now());
    writeState(folder, { ...newState(world.clock.now()), shopId });
    expect(await refusal({ db: world.db, folder, platform: own }, KEYS)).toBeNull();
    expect(await refusal({ db: world.db, folder, platform: other }, KEYS)).toContain(setting);
    expect(await keptSandbox({ db: world.db, folder, platform: other })).toBeNull();
    expect(await shopsList(world)).toMatchObject([{ platform: own }]);
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
