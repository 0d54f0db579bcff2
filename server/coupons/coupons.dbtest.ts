import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { wooCouponBody } from '../commerce/woocommerce/reading/woocommerce.fixtures.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver } from '../inbox/deliveries.fixtures.ts';
import { couponState } from './coupons.fixtures.ts';
import { couponByCode, recordCoupon, recordCouponDeleted } from './coupons.usecases.ts';

let world: World;
let shop: number;
let made = 0;
beforeAll(async () => {
  world = await testWorld();
});
beforeEach(async () => {
  made += 1;
  shop = await testShop(world, { platform: 'woocommerce', domain: `woo-${made}.example.test`, currency: 'EUR' });
});
afterAll(() => world.close());

const at = (day: number) => Date.UTC(2025, 2, day);
const version = (updated: number, told = updated) => ({ updatedAt: at(updated), triggeredAt: at(told), bodyHash: 'h' });
const record = (...coupons: ReturnType<typeof couponState>[]) =>
  world.inShop(shop, async (scope) => {
    for (const coupon of coupons) await recordCoupon(scope, coupon);
  });
const deleted = (id: string, day: number) => world.inShop(shop, (scope) => recordCouponDeleted(scope, id, at(day)));
const byCode = (code: string) => world.inShop(shop, (scope) => couponByCode(scope, code));

describe('a coupon', () => {
  test('comes with a delivery, without those whom it is for, and is found by its code in any case', async () => {
    await deliver(world, shop, ['coupon.created', wooCouponBody({ code: 'Loyal-Ada' })]);
    expect(await byCode('LOYAL-ADA')).toMatchObject({ platformId: '35', state: 'publish', usageLimit: 1, ours: false });
    expect(JSON.stringify(await rowsOf(world, shop, 'coupons'))).not.toContain('@');
  });

  test('updated before created, or created twice, ends in the newest word', async () => {
    const words = [1, 2, 3].map((day) => couponState('35', 'tea', { usageCount: day, version: version(day) }));
    for (const order of [words, words.toReversed(), [...words, ...words]]) {
      await record(...order);
      expect(await byCode('tea')).toMatchObject({ usageCount: 3 });
    }
  });

  test('used without being modified is told later: the later word wins', async () => {
    await record(
      couponState('35', 'tea', { usageCount: 1, version: version(1, 3) }),
      couponState('35', 'tea', { usageCount: 0, version: version(1, 2) }),
    );
    expect(await byCode('tea')).toMatchObject({ usageCount: 1 });
  });

  test('that is ours stays ours', async () => {
    await record(couponState('35', 'tea', { ours: true }), couponState('35', 'tea', { version: version(9) }));
    expect(await byCode('tea')).toMatchObject({ ours: true });
  });

  test('that was put away is there no more, until a later word of it', async () => {
    await record(couponState('35', 'tea'));
    await deleted('35', 2);
    expect(await byCode('tea')).toBeNull();
    await record(couponState('35', 'tea', { version: version(1, 3) }));
    expect(await byCode('tea')).toMatchObject({ platformId: '35' });
    await deleted('35', 2);
    expect(await byCode('tea')).toMatchObject({ platformId: '35' });
  });

  test('whose code was given again is the one that is there', async () => {
    await record(couponState('35', 'tea'), couponState('36', 'tea', { version: version(2) }));
    await deleted('36', 3);
    expect(await byCode('tea')).toMatchObject({ platformId: '35' });
  });
});

test('trashing a product also fires a bogus coupon.deleted: nothing is made of it', async () => {
  expect(await deliver(world, shop, ['coupon.deleted', { id: 34 }])).toMatchObject([{ state: 'applied' }]);
  expect(await rowsOf(world, shop, 'coupons')).toEqual([]);
});
