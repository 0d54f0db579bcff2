import { afterEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { recordOrder } from '../orders/orders.usecases.ts';
import { DAY, earningOrder, HOUR, START, spendRule } from '../points/points.fixtures.ts';
import { redeemPoints, reservePoints } from '../points/spend.usecases.ts';
import { faultsOf, version } from '../points/world.fixtures.ts';
import type { EarningOrder } from '../program/eligible.rules.ts';
import { tiersPinned } from '../program/pins.usecases.ts';
import { programVersions } from '../program/program.usecases.ts';
import { tiersAfterOrder } from './lift.usecases.ts';
import { reviewTiers } from './review.usecases.ts';
import { account, order, refunded, tiered, tierWorld, WITH_BONUS } from './world.fixtures.ts';

type Here = Awaited<ReturnType<typeof tierWorld>>;
let here: Here;
const open = async (...given: Parameters<typeof tierWorld>) => {
  here = await tierWorld(...given);
};
afterEach(async () => {
  expect(await faultsOf(here.world, here.shopId)).toEqual([]);
  await here.world.close();
});

const customerId = async () => String((await rowsOf(here.world, here.shopId, 'customers'))[0]?.id);

describe('an order', () => {
  test('lifts at once and earns by the tier before it; the next earns by the new one', async () => {
    await open();
    expect(await here.moves('101').catch((error: Error) => error.message)).toMatch(/no customer/);
    await here.say(order('1', 299));
    expect(await here.has()).toMatchObject({ tier: 'bronze', lifetimeEarned: 299 });
    await here.say(order('2', 1));
    expect(await here.has()).toMatchObject({ tier: 'silver', lifetimeEarned: 300 });
    await here.say(order('3', 100), order('4', 550), order('5', 100));
    expect(await here.has()).toMatchObject({ tier: 'gold', lifetimeEarned: 300 + 150 + 825 + 200 });
    expect(await here.moves()).toEqual(['null > silver: reached', 'silver > gold: reached']);
  });

  test('keeps the tier of its first grant, whatever is told of it later', async () => {
    await open();
    await here.say(order('1', 400), order('2', 100));
    expect(await here.has()).toMatchObject({ tier: 'silver', lifetimeEarned: 400 + 150 });
    const later = { version: version(START + HOUR) };
    await here.say(order('1', 500, later), order('2', 200, later));
    expect(await here.has()).toMatchObject({ lifetimeEarned: 500 + 300 });
    await here.say(refunded('1', 500, START + 2 * HOUR));
    expect(await here.has()).toMatchObject({ tier: 'silver', lifetimeEarned: 300 });
  });

  test('has no tier before it counts: one that waits for its money earns by the tier when it is paid', async () => {
    await open();
    await here.say(order('1', 100, { paidAt: null, financial: 'pending' }), order('2', 300));
    await here.say(order('1', 100, { paidAt: START + HOUR, version: version(START + HOUR) }));
    expect(await here.has()).toMatchObject({ lifetimeEarned: 300 + 150 });
  });

  test('of the past is counted where it belongs', async () => {
    await open(tiered({ window: 'calendar-year' }));
    here.world.clock.set(START + 30 * DAY);
    await here.say(order('1', 900, { at: START - DAY }));
    expect(await here.has()).toMatchObject({ tier: 'bronze', lifetimeEarned: 900 });
    await here.say(order('2', 300, { at: START + DAY }));
    expect(await here.has()).toMatchObject({ tier: 'silver' });
  });

  test('of the past still lifts within the grace, for what is left of it', async () => {
    await open(tiered({ window: 'calendar-year', graceDays: 40 }));
    here.world.clock.set(START + 30 * DAY);
    await here.say(order('1', 900, { at: START - DAY }));
    expect(await here.has()).toMatchObject({ tier: 'silver' });
    expect(await rowsOf(here.world, here.shopId, 'customer_tiers')).toMatchObject([
      { tier: 'silver', since: START + 30 * DAY, reachedAt: START - DAY, keptUntil: START + 40 * DAY },
    ]);
  });

  test('that nobody gave a name to lifts nobody, until it has one', async () => {
    await open();
    await here.say(account('101', 'a@example.test'), order('1', 400, { by: null }));
    expect(await here.has()).toMatchObject({ tier: 'bronze' });
    await here.say(order('1', 400, { version: version(START + HOUR) }));
    expect(await here.has()).toMatchObject({ tier: 'silver' });
  });

  test('is remembered with the figures that moved its customer', async () => {
    await open();
    await here.say(order('1', 310));
    expect(await rowsOf(here.world, here.shopId, 'tier_moves')).toMatchObject([
      {
        fromTier: null,
        toTier: 'silver',
        reason: 'reached',
        at: START,
        programVersion: 2,
        actor: 'system',
        figures: {
          metric: 'earned',
          window: 'rolling-12-months',
          value: 310,
          threshold: 300,
          from: '2025-01-02',
          to: '2026-01-01',
        },
      },
    ]);
  });
});

describe('rules', () => {
  test('for a tier give to its members only, by the tier pinned to the order', async () => {
    const forGold = { id: 'thanks', type: 'order', points: 7, when: { tiers: ['silver', 'gold'] } };
    await open(tiered({ metric: 'orders', levels: [{ id: 'silver', name: 'S', threshold: 2 }] }, [forGold]));
    await here.say(order('1', 1), order('2', 1));
    expect(await here.has()).toMatchObject({ tier: 'silver', lifetimeEarned: 0 });
    await here.say(order('3', 1), order('2', 5, { version: version(START + HOUR) }));
    expect(await here.has()).toMatchObject({ lifetimeEarned: 7 });
  });

  test('that look across orders go by the tier of each order', async () => {
    const second = { id: 'second', type: 'nth', n: 2, points: 100 };
    await open(tiered({}, [spendRule({ caps: { day: 1000 } }), second]));
    await here.say(order('1', 300), order('2', 10), order('3', 10));
    expect(await here.has()).toMatchObject({ tier: 'silver', lifetimeEarned: 300 + 15 + 150 + 15 });
    await here.say(order('1', 310, { version: version(START + HOUR) }));
    expect(await here.has()).toMatchObject({ lifetimeEarned: 310 + 15 + 150 + 15 });
  });
});

describe('what does not count', () => {
  test('is spending, and the bonus for reaching a level', async () => {
    await open(tiered({ levels: WITH_BONUS }));
    await here.say(order('1', 970));
    expect(await here.has()).toMatchObject({ tier: 'silver', available: 1010, lifetimeEarned: 1010 });
    await here.say(order('2', 1));
    expect(await here.has()).toMatchObject({ tier: 'silver' });
    const id = await customerId();
    await here.world.inShop(here.shopId, async (scope) => {
      await reservePoints(scope, { id: 'reward', customerId: id, amount: 1000 });
      await redeemPoints(scope, 'reward');
    });
    await here.say(order('3', 29));
    expect(await here.has()).toMatchObject({ tier: 'gold', available: 11 + 29 + 500 });
  });

  test.each([
    ['earned', 'bronze'],
    ['spend', 'silver'],
  ])('of imported history by %s leaves %s', async (metric, tier) => {
    await open(tiered({ metric }));
    const { order: past } = order('1', 4);
    await here.world.inShop(here.shopId, (scope) => recordOrder(scope, past, { importId: 'file', earns: false }));
    expect(await here.has()).toMatchObject({ tier, lifetimeEarned: 0 });
  });

  test('is an order wholly given back; one partly given back counts with what is left', async () => {
    await open(tiered({ metric: 'spend', window: 'lifetime' }));
    await here.say(refunded('1', 4, START + HOUR), order('1', 4), refunded('2', 1, START + HOUR), order('2', 3));
    expect(await here.has()).toMatchObject({ tier: 'bronze' });
    await here.say(order('3', 1));
    expect(await here.has()).toMatchObject({ tier: 'silver' });
  });
});

describe('the bonus for a level', () => {
  test('comes once, however often it is left and reached again', async () => {
    await open(tiered({ levels: WITH_BONUS, window: 'lifetime' }));
    await here.say(order('1', 300));
    expect(await here.has()).toMatchObject({ tier: 'silver', available: 340 });
    await here.say(refunded('1', 300, START + DAY));
    here.world.clock.set(START + 3 * DAY);
    expect(await reviewTiers(here.world, here.shopId, here.world.clock.now())).toBe(1);
    expect(await here.has()).toMatchObject({ tier: 'bronze', available: 40 });
    await here.say(order('2', 300));
    expect(await here.has()).toMatchObject({ tier: 'silver', available: 340 });
    expect(await here.moves()).toEqual([
      ...['null > silver: reached', 'silver > bronze: lapsed', 'bronze > silver: reached'],
    ]);
  });

  test('is a sign-up’s doing too where the sign-up lifts', async () => {
    const signup = { id: 'hello', type: 'signup', points: 300 };
    await open(tiered({ levels: WITH_BONUS }, [spendRule(), signup]));
    await here.say(account('101', 'a@example.test', START), account('101', 'a@example.test', START));
    expect(await here.has()).toMatchObject({ tier: 'silver', available: 340 });
    expect(await here.moves()).toEqual(['null > silver: reached']);
  });
});

describe('where tiers are off', () => {
  /** How often the database is asked about an order's tier, on top of what earning reads anyway. */
  const questions = (one: EarningOrder) =>
    here.world.inShop(here.shopId, async (scope) => {
      let asked = 0;
      const tx = new Proxy(scope.tx, {
        get(target, name, receiver) {
          asked += 1;
          return Reflect.get(target, name, receiver);
        },
      });
      const watched = { ...scope, tx };
      await programVersions(watched);
      asked = 0;
      await tiersPinned(watched, 'c', [one]);
      await tiersAfterOrder(watched, null, one);
      return asked;
    });

  test('nothing is asked and nothing is kept', async () => {
    await open(tiered({ enabled: false }));
    await here.say(order('1', 5000), account('101', 'a@example.test', START));
    expect(await here.has()).toMatchObject({ tier: null, lifetimeEarned: 5000 });
    for (const table of ['customer_tiers', 'tier_moves', 'tier_pins']) {
      expect(await rowsOf(here.world, here.shopId, table)).toEqual([]);
    }
    expect(await questions(earningOrder())).toBe(0);
  });

  test('that is less than where they are on', async () => {
    await open();
    expect(await questions(earningOrder())).toBeGreaterThan(0);
  });
});
