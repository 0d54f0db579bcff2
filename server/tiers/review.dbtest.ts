import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop } from '../db/testing.ts';
import { DAY, HOUR, START } from '../points/points.fixtures.ts';
import { balance, deliver, faultsOf, newShop, version } from '../points/world.fixtures.ts';
import { startOfDay } from '../shared/calendar.ts';
import { shops, shopZones } from '../shops/shops.tables.ts';
import { updateProfile } from '../shops/shops.usecases.ts';
import { previewTiers, tierHistory } from './preview.usecases.ts';
import { reviewAllShops, reviewTiers, setTiers } from './review.usecases.ts';
import { tiers } from './tiers.fixtures.ts';
import { account, order, refunded, tiered, tierWorld, WITH_BONUS } from './world.fixtures.ts';

type Here = Awaited<ReturnType<typeof tierWorld>>;
let here: Here;
beforeEach(async () => {
  here = await tierWorld();
});
afterEach(async () => {
  expect(await faultsOf(here.world, here.shopId)).toEqual([]);
  await here.world.close();
});

const YEAR = 365 * DAY;
const review = (now: number) => {
  here.world.clock.set(now);
  return reviewTiers(here.world, here.shopId, now);
};
const put = (fields: object) => setTiers(here.world, here.shopId, { tiers: tiers(fields), actor: 'operator' });
const state = async () => (await rowsOf(here.world, here.shopId, 'customer_tiers'))[0];
const everything = async () => [
  ...(await rowsOf(here.world, here.shopId, 'customer_tiers')),
  ...(await rowsOf(here.world, here.shopId, 'tier_moves')),
  ...(await rowsOf(here.world, here.shopId, 'points_lots')),
];
/** Another person for each number. */
const by = (n: number) => ({ by: { platformId: String(200 + n), email: `n${n}@example.test` } });

describe('the review', () => {
  test('takes down when year and grace are over, to what the metric gives then, once', async () => {
    await put({ graceDays: 30 });
    const end = START + YEAR + 30 * DAY;
    const second = START + YEAR + 10 * DAY;
    await here.say(order('1', 1000), order('2', 200, { at: second }));
    expect(await review(end - 1)).toBe(0);
    expect(await here.has()).toMatchObject({ tier: 'gold' });
    expect(await review(end)).toBe(1);
    expect(await here.has()).toMatchObject({ tier: 'silver' });
    expect(await state()).toMatchObject({ since: end, keptUntil: second + YEAR + 30 * DAY });
    const before = await everything();
    expect(await review(end)).toBe(0);
    expect(await everything()).toEqual(before);
    expect(await review(second + YEAR + 30 * DAY)).toBe(1);
    expect(await here.moves()).toEqual([
      ...['null > gold: reached', 'gold > silver: lapsed', 'silver > bronze: lapsed'],
    ]);
    expect(await here.has()).toMatchObject({ tier: 'bronze', lifetimeEarned: 1000 + 400 });
  });

  test('of one shop that fails leaves no other shop without', async () => {
    await here.say(order('1', 300));
    const other = await newShop(here.world, { rules: tiered() });
    await here.world.inShop(other, (scope) => deliver(scope, order('1', 300)));
    await here.world.db.transaction((tx) => tx.delete(shopZones).where(eq(shopZones.shopId, here.shopId)));
    await here.world.db.transaction((tx) =>
      tx.update(shops).set({ timeZone: 'Nowhere/None' }).where(eq(shops.id, here.shopId)),
    );
    await expect(reviewAllShops(here.world, START + YEAR)).rejects.toMatchObject({ code: 'calendar.invalid' });
    const shop = await here.world.inShop(other, async (scope) => scope.shop);
    expect(await tierHistory(here.world, shop, '101')).toHaveLength(2);
  });

  test('is kept by buying again in time', async () => {
    await here.say(order('1', 300), order('2', 300, { at: START + 200 * DAY }));
    expect(await review(START + YEAR)).toBe(0);
    expect(await state()).toMatchObject({ tier: 'silver', keptUntil: START + 200 * DAY + YEAR });
  });

  test('reads only those whose time has come, and works in batches', async () => {
    for (let n = 0; n < 60; n += 1) await here.say(order(String(n), 300, { at: START + (n % 2) * DAY, ...by(n) }));
    expect(await review(START + YEAR)).toBe(30);
    expect(await review(START + YEAR)).toBe(0);
    expect(await reviewAllShops(here.world, START + YEAR + DAY)).toBe(30);
    expect(await rowsOf(here.world, here.shopId, 'tier_moves')).toHaveLength(120);
    expect(await put({ window: 'lifetime' })).toEqual({ version: 3, members: 60, moved: 60 });
  });

  test('by a clock that jumped back changes nothing, nor does an order in that time', async () => {
    await here.say(order('1', 300));
    await review(START + YEAR);
    const before = await everything();
    expect(await review(START + DAY)).toBe(0);
    await here.say(order('1', 300, { version: version(START + HOUR), source: 'pos' }));
    expect(await everything()).toEqual(before);
    expect(await here.has()).toMatchObject({ tier: 'bronze' });
  });

  test('leaves everybody where they are while tiers are off', async () => {
    await here.say(order('1', 300));
    await put({ enabled: false });
    expect(await here.has()).toMatchObject({ tier: null });
    expect(await review(START + 2 * YEAR)).toBe(0);
    await put({ graceDays: 700 });
    expect(await here.has()).toMatchObject({ tier: 'silver' });
    await put({});
    expect(await review(START + 4 * YEAR)).toBe(1);
    expect(await here.has()).toMatchObject({ tier: 'bronze' });
  });

  test('goes by the midnight of the time zone in force', async () => {
    await here.world.inShop(here.shopId, (scope) =>
      updateProfile(
        ...([scope, { timeZone: 'Asia/Tehran', name: null, currency: null, locale: null, country: null }] as const),
        START + 40 * DAY,
      ),
    );
    // Half past eight in the evening of 1 July, by UTC: the second in Tehran.
    const at = Date.UTC(2026, 6, 1, 21);
    here.world.clock.set(at);
    await here.say(order('1', 300, { at }));
    const midnight = startOfDay('2027-07-02', 'Asia/Tehran');
    expect(await state()).toMatchObject({ keptUntil: midnight });
    expect(await review(midnight - 1)).toBe(0);
    expect(await review(midnight)).toBe(1);
  });
});

describe('a refund a year later', () => {
  test('takes back what the order gave by its tier, and the level only when its time is over', async () => {
    await here.say(order('1', 400), order('2', 700, { at: START + 300 * DAY }));
    expect(await here.has()).toMatchObject({ tier: 'gold', lifetimeEarned: 400 + 1050 });
    here.world.clock.set(START + 400 * DAY);
    await here.say(refunded('2', 700, START + 400 * DAY));
    expect(await here.has()).toMatchObject({ tier: 'gold', lifetimeEarned: 400 });
    expect(await review(START + 300 * DAY + YEAR - 1)).toBe(0);
    expect(await review(START + 300 * DAY + YEAR)).toBe(1);
    expect(await here.has()).toMatchObject({ tier: 'bronze' });
  });

  test('ends a level for a lifetime with the grace, unless it is taken back', async () => {
    await put({ window: 'lifetime', graceDays: 10 });
    await here.say(order('1', 300));
    expect(await state()).toMatchObject({ keptUntil: null });
    const late = START + YEAR;
    here.world.clock.set(late);
    await here.say(refunded('1', 300, late));
    expect(await state()).toMatchObject({ tier: 'silver', keptUntil: late + 11 * DAY });
    expect(await review(late + 11 * DAY - 1)).toBe(0);
    await here.say(order('2', 300));
    expect(await state()).toMatchObject({ tier: 'silver', keptUntil: null });
    expect(await review(late + 20 * DAY)).toBe(0);
    await here.say(refunded('2', 300, late + 20 * DAY));
    expect(await review(late + 31 * DAY)).toBe(1);
    expect(await here.has()).toMatchObject({ tier: 'bronze' });
  });
});

describe('a new definition', () => {
  const definition = (silver: number) => ({
    levels: [
      { id: 'bronze', name: 'Bronze', threshold: 0 },
      { id: 'silver', name: 'Silver', threshold: silver, entryBonus: 5 },
    ],
  });
  const preview = async (fields: object) => previewTiers(here.world, await here.shop(), tiers(fields));

  test('is previewed without a trace, lifts at once as told, and takes down only by the review', async () => {
    await here.say(order('1', 100, by(1)), order('2', 350, by(2)), account('101', 'a@example.test'));
    const before = await everything();
    expect(await preview(definition(80))).toEqual({
      members: 3,
      up: 1,
      down: 0,
      stay: 2,
      removed: 0,
      entryBonuses: 5,
      moves: [
        { from: 'bronze', to: 'bronze', members: 1 },
        { from: 'bronze', to: 'silver', members: 1 },
        { from: 'silver', to: 'silver', members: 1 },
      ],
    });
    expect(await everything()).toEqual(before);
    expect(await put(definition(80))).toEqual({ version: 3, members: 3, moved: 1 });
    expect(await here.has('n1@example.test')).toMatchObject({ tier: 'silver', available: 105 });

    expect(await preview(definition(400))).toMatchObject({ up: 0, down: 2, stay: 1, entryBonuses: 0 });
    expect(await put(definition(400))).toEqual({ version: 4, members: 3, moved: 0 });
    expect(await here.has('n1@example.test')).toMatchObject({ tier: 'silver', available: 105 });
    expect(await review(START + YEAR)).toBe(2);
    expect(await here.has('n1@example.test')).toMatchObject({ tier: 'bronze', available: 105 });
  });

  test('that is in force already makes no version, and looking again moves nobody', async () => {
    await here.say(order('1', 400));
    expect(await put({ graceDays: 5 })).toEqual({ version: 3, members: 1, moved: 0 });
    const before = await everything();
    expect(await put({ graceDays: 5 })).toEqual({ version: 3, members: 1, moved: 0 });
    expect(await everything()).toEqual(before);
  });

  test('waits for the program to begin, and is in force then', async () => {
    const begins = START + 10 * DAY;
    const id = await testShop(here.world, { domain: 'later.example.test', programStart: '2026-01-11' });
    const only = [{ id: 'club', name: 'Club', threshold: 1 }];
    await setTiers(here.world, id, { tiers: tiers({ levels: only }), actor: 'operator' });
    for (const at of [begins - DAY, begins]) {
      here.world.clock.set(at);
      await here.world.inShop(id, (scope) => deliver(scope, order(String(at), 5, { at })));
      expect(await balance(here.world, id)).toMatchObject({ tier: at < begins ? null : 'club' });
    }
  });

  test('keeps the earning rules, and orders of before earn by the tiers of before', async () => {
    await here.say(order('1', 400), order('2', 100));
    here.world.clock.set(START + DAY);
    await put(definition(80));
    await here.say(order('2', 200, { version: version(START + HOUR) }), order('3', 50, { at: START + 2 * DAY }));
    expect(await here.has()).toMatchObject({ lifetimeEarned: 400 + 300 + 50 });
  });

  test('without a level moves its members to where the metric is', async () => {
    await here.say(order('1', 400));
    const levels = [{ id: 'club', name: 'Club', threshold: 50 }];
    expect(await preview({ levels })).toMatchObject({ members: 1, removed: 1 });
    expect(await put({ levels })).toMatchObject({ moved: 1 });
    expect(await here.moves()).toEqual(['null > silver: reached', 'silver > club: level-removed']);
  });

  test('from twelve months to a lifetime and back ends no promise and leaves none without an end', async () => {
    await here.say(order('1', 400));
    await put({ window: 'lifetime' });
    expect(await state()).toMatchObject({ tier: 'silver', keptUntil: null });
    await put({});
    expect(await state()).toMatchObject({ tier: 'silver', keptUntil: START + YEAR });
  });
});

describe('two customers who turn out to be one', () => {
  const merge = { kind: 'merge', kept: '101', gone: '102' } as const;
  const other = { by: { platformId: '102', email: 'b@example.test' } };

  test('have the better of both tiers, both histories, and each bonus once', async () => {
    await put({ levels: WITH_BONUS });
    await here.say(order('1', 300), order('2', 320), order('3', 1000, other), order('4', 300));
    expect(await here.has('102')).toMatchObject({ tier: 'gold' });
    await here.say(account('102', 'b@example.test'), merge, merge);
    expect(await here.has()).toMatchObject({ tier: 'gold', available: 300 + 320 + 1000 + 300 + 40 + 500 });
    expect(await here.moves()).toEqual([
      ...['null > silver: reached', 'null > gold: reached', 'silver > gold: merged'],
    ]);
    expect(await rowsOf(here.world, here.shopId, 'customer_tiers')).toHaveLength(1);
  });

  test('keep what one of them was promised, though nothing carries it any more', async () => {
    await here.say(order('1', 300), order('2', 1000, { ...other, at: START + DAY }), account('103', 'c@example.test'));
    await here.say(refunded('2', 1000, START + 2 * DAY), merge);
    const promised = { tier: 'gold', keptUntil: START + DAY + YEAR };
    expect(await state()).toMatchObject(promised);
    // The other way round the promise is the kept one's own.
    await here.say({ kind: 'merge', kept: '103', gone: '101' });
    await here.say(order('9', 300, { at: START + 3 * DAY, by: { platformId: '104' } }));
    await here.say({ kind: 'merge', kept: '103', gone: '104' });
    expect(await state()).toMatchObject(promised);
    expect(await review(START + DAY + YEAR)).toBe(1);
    expect(await here.has('103')).toMatchObject({ tier: 'silver' });
  });

  test('keep one of two equal bonuses', async () => {
    await put({ levels: WITH_BONUS });
    await here.say(order('1', 300), order('2', 300, other));
    expect([(await here.has()).available, (await here.has('102')).available]).toEqual([340, 340]);
    await here.say(merge);
    expect(await here.has()).toMatchObject({ tier: 'silver', available: 640, lifetimeEarned: 640 });
  });

  test('reach together what neither reached alone', async () => {
    await here.say(order('1', 200), order('2', 150, other), merge);
    expect(await here.has()).toMatchObject({ tier: 'silver' });
    expect(await here.moves()).toEqual(['null > silver: merged']);
  });

  test('keep what both had while tiers are off', async () => {
    await here.say(account('101', 'a@example.test'), order('2', 300, other));
    await put({ enabled: false });
    await here.say(merge);
    await put({});
    expect(await here.has()).toMatchObject({ tier: 'silver' });
    expect(await here.moves()).toEqual(['null > silver: reached']);
  });

  test('keep the better of both while tiers are off, though its orders have gone back', async () => {
    await here.say(order('1', 300), order('2', 1000, other), refunded('2', 1000, START + DAY));
    await put({ enabled: false });
    await here.say(merge);
    await put({});
    expect(await here.has()).toMatchObject({ tier: 'gold' });
  });
});

test('an order that turns out to be another customer’s lifts them, and the first one falls in time', async () => {
  await put({ window: 'lifetime' });
  await here.say(order('1', 300), account('102', 'b@example.test'));
  await here.say(
    order('1', 300, { by: { platformId: '102', email: 'b@example.test' }, version: version(START + HOUR) }),
  );
  expect(await here.has('102')).toMatchObject({ tier: 'silver', available: 300 });
  expect(await here.has('101')).toMatchObject({ tier: 'silver', available: 0 });
  expect(await review(START + DAY)).toBe(1);
  expect(await here.has('101')).toMatchObject({ tier: 'bronze' });
});

test('Persian years end at Nowruz', async () => {
  await here.world.close();
  here = await tierWorld(tiered({ window: 'calendar-year' }));
  await here.world.db.transaction((tx) => tx.update(shops).set({ calendar: 'persian' }));
  await here.say(order('1', 300));
  expect(await review(Date.UTC(2026, 2, 21) - 1)).toBe(0);
  expect(await review(Date.UTC(2026, 2, 21))).toBe(1);
});
