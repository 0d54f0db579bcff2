import { afterEach, describe, expect, test } from 'vitest';
import { COFFEE, type Front, openFront } from '../commerce/commerce.fixtures.ts';
import type { Discount } from '../commerce/discounts.port.ts';
import { couponByCode } from '../coupons/coupons.usecases.ts';
import { rowsOf } from '../db/testing.tables.ts';
import type { EffectKind } from '../effects/effects.port.ts';
import { owe } from '../effects/effects.usecases.ts';
import { DISCOUNT_CREATE, DISCOUNT_DISABLE } from './discounts.effects.ts';
import { discountOf } from './discounts.fixtures.ts';

const MINA = 'mina@example.test';
const REZA = 'reza@example.test';
let front: Front;
afterEach(async () => {
  const [faults, parked] = [await front.faults(), await front.parked()];
  await front.close();
  expect([faults, parked]).toEqual([[], []]);
});

let occasions = 0;
async function done<P>(kind: EffectKind<P>, payload: P): Promise<Record<string, unknown>> {
  occasions += 1;
  const occasion = [`occasion-${occasions}`];
  const { id } = await front.world.inShop(front.shopId, (scope) =>
    owe(scope, kind, { occasion, payload, customerId: null }),
  );
  await front.perform();
  return (await rowsOf(front.world, front.shopId, 'effects')).find((row) => row.id === id) ?? {};
}
const create = (fields: Partial<Discount> = {}) =>
  done(DISCOUNT_CREATE, discountOf({ startsAt: front.world.clock.now(), ...fields }));
const disable = (fields: Partial<Discount> = {}) => {
  const { code, mark } = discountOf(fields);
  return done(DISCOUNT_DISABLE, { code, mark });
};
/** @returns the answer's status */
async function buyWith(code: string, email = MINA): Promise<number> {
  front.world.clock.advance(60_000);
  const order = { customer: { email }, lines: [{ product: COFFEE, quantity: 2 }], code };
  const answer = await fetch(`${front.url}/sandbox/orders`, { method: 'POST', body: JSON.stringify(order) });
  await front.settle();
  return answer.status;
}
const effects = async () => (await rowsOf(front.world, front.shopId, 'effects')).map(({ state }) => state);

describe.each(['shopify', 'woocommerce'] as const)('a discount code on %s', (platform) => {
  test('is made, used once, and its echo owes nothing', async () => {
    front = await openFront(platform);
    expect(await create()).toMatchObject({ state: 'done', answer: { id: expect.any(String) } });
    expect(await buyWith('loyal-1')).toBe(200);
    // 48 dollars of goods, five off; used up since.
    expect(await front.points(MINA)).toBe(43);
    expect(await buyWith('LOYAL-1', REZA)).toBe(409);
    expect(await effects()).toEqual(['done']);
  });

  test('is somebody else’s, or was made already by another attempt', async () => {
    front = await openFront(platform);
    await create({ mark: 'redemption-9' });
    expect(await create()).toMatchObject({ state: 'failed', errorCode: 'discounts.code_taken' });
    expect(await create({ mark: 'redemption-9' })).toMatchObject({ state: 'done' });
  });

  test('ends, stays there, and can be used no more; of others nothing is ended', async () => {
    front = await openFront(platform);
    await create();
    expect(await disable({ mark: 'redemption-9' })).toMatchObject({ state: 'done', answer: { was: 'unknown' } });
    expect(await disable()).toMatchObject({ state: 'done', answer: { was: 'disabled' } });
    expect(await disable({ code: 'NOBODYS' })).toMatchObject({ state: 'done', answer: { was: 'unknown' } });
    expect(await buyWith('LOYAL-1')).toBe(409);
    expect(await create()).toMatchObject({ state: 'done' });
  });

  test('for one customer is for nobody else, by what the platform knows them by', async () => {
    front = await openFront(platform);
    await front.register(MINA);
    const [row] = await rowsOf(front.world, front.shopId, 'customers');
    const customer = { platformId: String(row?.platformId), email: MINA };
    await create({ customer, value: { kind: 'percent', percent: 12.5 } });
    expect(await buyWith('LOYAL-1', REZA)).toBe(409);
    expect(await buyWith('LOYAL-1')).toBe(200);
    expect(await front.points(MINA)).toBe(42);
    const nobody = platform === 'shopify' ? { platformId: null, email: MINA } : { platformId: '1', email: null };
    const code = platform === 'shopify' ? 'discounts.no_account' : 'discounts.no_email';
    expect(await create({ code: 'OTHER', customer: nobody })).toMatchObject({ state: 'failed', errorCode: code });
  });

  test('is not used under its minimum, nor after its end; in another currency it is not made', async () => {
    front = await openFront(platform);
    await create({ minimum: 10_000 });
    expect(await buyWith('LOYAL-1')).toBe(409);
    await create({ code: 'SHORT', mark: 'short', expiresAt: front.world.clock.now() + 3_600_000 });
    front.world.clock.advance(3_600_000);
    expect(await buyWith('SHORT')).toBe(409);
    expect(await create({ code: 'RIALS', currency: 'IRR' })).toMatchObject({
      state: 'failed',
      errorCode: 'discounts.other_currency',
    });
  });
});

test('the echo of a coupon that we made at WooCommerce is known as ours', async () => {
  front = await openFront('woocommerce');
  await create();
  await front.register(MINA);
  const coupon = () => front.world.inShop(front.shopId, (scope) => couponByCode(scope, 'loyal-1'));
  expect(await coupon()).toMatchObject({ ours: true, usageCount: 0, expiresAt: null });
  await disable();
  await front.register(REZA);
  expect(await coupon()).toMatchObject({ ours: true, expiresAt: expect.any(Number) });
  expect(await effects()).toEqual(['done', 'done']);
});
