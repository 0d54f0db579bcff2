import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { takeIn } from '../intake/take-in.usecases.ts';
import { AppError } from '../shared/errors.ts';
import { install, uninstall } from '../shops/shops.usecases.ts';
import type { Hold } from '../work/leased.engine.ts';
import { askNightly, type Next, type Reader, type Reading, shopsToRead, syncShop } from './run.usecases.ts';
import { askReread, askSync, beginSyncs, nextRereads, noteSync, type SyncRow, syncsOf } from './syncs.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
  await world.inShop(shop, (scope) => install(scope, ['read_orders']));
});
afterEach(() => world.close());

const HELD_MS = 60_000;
const DAY_MS = 86_400_000;
const busy = () => new AppError('platform.busy', 'The platform is busy.', { status: 503, retryable: true });
const refused = (code = 'platform.refused') => new AppError(code, 'The platform will not have it.', { status: 403 });

type Step = (row: SyncRow, hold: Hold<SyncRow>) => Promise<Next>;
/** A platform that does as the test says. */
const reading = (step: Step): Reading => {
  const reader: Reader = {
    step,
    keysRefused: ['platform.keys_refused'],
    passing: ['platform.strange'],
    nightly: () => ['reconcile'],
    hourly: [],
  };
  return { ...world, readers: { shopify: reader } };
};
const ask = (kind: SyncRow['kind'] = 'orders') => world.inShop(shop, (scope) => askSync(scope, kind));
const row = async (kind = 'orders') => (await syncsOf(world, shop)).find((one) => one.kind === kind);

describe('a reading that fails', () => {
  test('is tried again with growing pauses for about a day, then given up with its reason, and not tried again', async () => {
    await ask();
    const tries: number[] = [];
    const failing = reading(() => {
      tries.push(world.clock.now());
      throw busy();
    });
    for (let rounds = 0; rounds < 29; rounds += 1) {
      expect(await syncShop(failing, shop)).toBe(1);
      const after = await row();
      expect(after).toMatchObject({ state: 'waiting', attempts: rounds + 1, heldBy: null, finishedAt: null });
      expect(after).toMatchObject({ errorCode: 'platform.busy', reason: 'The platform is busy.' });
      world.clock.set(Number(after?.dueAt) - 1);
      expect([await shopsToRead(failing), await syncShop(failing, shop)]).toEqual([[], 0]);
      world.clock.advance(1);
    }
    expect(await syncShop(failing, shop)).toBe(1);
    const pauses = tries.slice(1).map((at, index) => (at - (tries[index] ?? 0)) / 1000);
    expect(pauses.slice(0, 9)).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    expect(await row()).toMatchObject({
      state: 'failed',
      attempts: 30,
      dueAt: null,
      heldBy: null,
      heldUntil: null,
      errorCode: 'platform.busy',
      reason: 'The platform is busy.',
      finishedAt: world.clock.now(),
    });
    world.clock.advance(10 * DAY_MS);
    expect([await shopsToRead(failing), await syncShop(failing, shop)]).toEqual([[], 0]);
    expect(tries).toHaveLength(30);
    // The nightly pass begins anew.
    expect(await askNightly(failing, shop)).toBe(true);
    expect(await row()).toMatchObject({ state: 'waiting', attempts: 0, reason: null, dueAt: world.clock.now() });
  });

  test.each([
    ['that no retry can mend is given up at once', refused(), { state: 'failed', dueAt: null, attempts: 1 }],
    ['that often passes is tried again', refused('platform.strange'), { state: 'waiting', attempts: 1 }],
    ['for its keys waits for others', refused('platform.keys_refused'), { state: 'waiting', dueAt: null, attempts: 0 }],
    ['for a mistake of ours is tried again', new TypeError('secret'), { state: 'waiting', errorCode: 'internal' }],
  ])('%s', async (_what, error, expected) => {
    await ask();
    await syncShop(
      reading(() => Promise.reject(error)),
      shop,
    );
    expect(await row()).toMatchObject(expected);
    expect((await row())?.reason).not.toContain('secret');
  });

  test('after it has got on counts from there', async () => {
    await ask();
    const failing = reading(() => Promise.reject(busy()));
    for (let times = 0; times < 3; times += 1) {
      await syncShop(failing, shop);
      world.clock.advance(DAY_MS);
    }
    const further: Step = async (_row, hold) => {
      await takeIn(hold, [], (scope) => noteSync(scope, 'orders', { position: 7, attempts: 0 }));
      throw busy();
    };
    await syncShop(reading(further), shop);
    expect(await row()).toMatchObject({ attempts: 1, position: 7, dueAt: world.clock.now() + 30_000 });
  });
});

/** A reader that waits in the middle until it is told how to go on, and has had enough after that. */
async function slow(then: Step) {
  const begun = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const step: Step = async (known, hold) => {
    begun.resolve();
    await go.promise;
    return then(known, hold);
  };
  const ended = syncShop(reading(step), shop, () => true);
  await begun.promise;
  return { go: () => go.resolve(), ended };
}

describe('a reading that somebody has in hand', () => {
  const further: Step = async (_row, hold) => {
    await takeIn(hold, [], (scope) => noteSync(scope, 'orders', { position: 99 }));
    return null;
  };

  test('is left to them until their lease is over; what they keep renews it', async () => {
    await ask();
    const first = await slow(async (_row, hold) => {
      await takeIn(hold, [], async () => undefined);
      return null;
    });
    expect(await row()).toMatchObject({ heldBy: expect.any(String), heldUntil: world.clock.now() + HELD_MS });
    world.clock.advance(HELD_MS - 1);
    const other = reading(() => Promise.reject(new Error('must not be asked')));
    expect([await shopsToRead(other), await syncShop(other, shop)]).toEqual([[], 0]);
    world.clock.advance(1);
    expect(await shopsToRead(other)).toEqual([shop]);
    first.go();
    expect(await first.ended).toBe(1);
    expect(await row()).toMatchObject({ state: 'done', heldBy: null, heldUntil: null });
  });

  test.each([
    ['reads on', further],
    ['fails', (() => Promise.reject(busy())) as Step],
    ['is done', (async () => null) as Step],
  ])('and that another took over meanwhile is not touched by who comes too late and %s', async (_how, then) => {
    await ask();
    const first = await slow(then);
    world.clock.advance(HELD_MS);
    const second = await slow(async (_row, hold) => {
      await takeIn(hold, [], (scope) => noteSync(scope, 'orders', { position: 3 }));
      return null;
    });
    const held = await row();
    first.go();
    await first.ended;
    expect(await row()).toEqual(held);
    second.go();
    await second.ended;
    expect(await row()).toMatchObject({ state: 'done', position: 3, attempts: 0, errorCode: null });
  });

  test('and begun anew by an install is not touched by who read for the old one', async () => {
    await ask();
    const first = await slow(further);
    await world.inShop(shop, beginSyncs);
    first.go();
    await first.ended;
    expect(await row()).toMatchObject({ state: 'waiting', position: 0, heldBy: null, dueAt: world.clock.now() });
  });

  test('and whose shop left takes nothing more in, and ends', async () => {
    await ask();
    const first = await slow(further);
    await world.inShop(shop, (scope) => uninstall(scope, scope.now));
    first.go();
    await first.ended;
    expect(await row()).toMatchObject({ position: 0 });
    await ask('customers');
    const other = reading(() => Promise.reject(new Error('must not be asked')));
    expect(await syncShop(other, shop)).toBe(0);
    expect(await row('customers')).toMatchObject({ state: 'waiting', dueAt: null, heldBy: null });
  });

  test('and that is asked for again meanwhile is read once more', async () => {
    await ask();
    const first = await slow(async () => null);
    world.clock.advance(1);
    await ask();
    first.go();
    await first.ended;
    expect(await row()).toMatchObject({ state: 'waiting', dueAt: world.clock.now(), heldBy: null });
    expect(await syncShop(reading(further), shop)).toBe(1);
    expect(await row()).toMatchObject({ state: 'done', dueAt: null, position: 99 });
  });

  test('goes on while orders are noted, and ends with the last one', async () => {
    await world.inShop(shop, (scope) => askReread(scope, '7', scope.now));
    let looks = 0;
    const one: Step = async (_row, hold) => {
      looks += 1;
      await hold.write(async (scope) => {
        // It fails to be read, which is noted; another is noted meanwhile.
        if (looks === 1) await askReread(scope, '8', scope.now);
      });
      return null;
    };
    await syncShop(reading(one), shop, () => true);
    expect(await row('rereads')).toMatchObject({ state: 'waiting', dueAt: world.clock.now() });
    expect(await nextRereads(world, shop, 9)).toHaveLength(2);
  });
});

test('readings go on in their order, one after the other, and each has one turn at least', async () => {
  const seen: string[] = [];
  for (const kind of ['reconcile', 'orders', 'webhooks'] as const) await ask(kind);
  const noting = reading(async ({ kind }) => {
    seen.push(kind);
    return null;
  });
  expect(await syncShop(noting, shop, () => true)).toBe(1);
  expect(await syncShop(noting, shop)).toBe(2);
  expect(seen).toEqual(['webhooks', 'orders', 'reconcile']);
  expect(await syncShop(noting, shop)).toBe(0);
});
