import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Consent, CustomerState } from '../commerce/commerce.types.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { everyNumber } from '../insights/insights.fixtures.ts';
import { at, orderState, person, pointsOf, record, soundness, version } from '../orders/orders.fixtures.ts';
import {
  customerFor,
  customersByContact,
  recordConsent,
  recordCustomerDeleted,
  recordTags,
} from './customers.usecases.ts';
import { findCustomerByName } from './lookup.usecases.ts';
import { mergeAccounts } from './merge.usecases.ts';
import { recordAccount } from './signup.usecases.ts';

let world: World;
let shop: number;
beforeEach(async () => {
  world = await testWorld();
  shop = await testShop(world);
});
afterEach(async () => {
  const { kept, rebuilt, ledger } = await soundness(world, shop);
  await world.close();
  expect(kept).toEqual(rebuilt);
  expect(ledger).toMatchObject({ ok: true });
});

const account = (fields: Partial<CustomerState>, hour = 10) =>
  world.inShop(shop, (scope) => recordAccount(scope, person(fields), version(at(hour))));
const living = async () => (await rowsOf(world, shop, 'customers')).filter((row) => row.mergedInto === null);
const whois = async (name: string) => {
  const { findShop } = await import('../shops/shops.repository.ts');
  const known = await findShop(world.db.read, shop);
  if (!known) throw new Error('no shop');
  return findCustomerByName(world, known, name);
};
let orders = 0;
/** One more order, of 100.00, so that points show whom it belongs to. */
const buys = (customer: CustomerState, hour = 10) => {
  orders += 1;
  const platformId = String(8_000 + orders);
  return record(
    world,
    shop,
    orderState({ platformId, number: `#${platformId}`, customer, placedAt: at(hour), version: version(at(hour)) }),
  );
};

describe('who is who', () => {
  test('an account is known by its platform id, whatever e-mail it has now', async () => {
    const first = await account({ platformId: '1', email: 'ada@example.test' });
    expect(await account({ platformId: '1', email: 'ada@new.test' }, 11)).toBe(first);
    expect(await whois('1')).toBe(first);
    expect(await whois('ada@new.test')).toBe(first);
  });

  test('a guest is known by the e-mail, without one by the phone', async () => {
    const { customerId } = await buys(person({ email: 'guest@example.test', phone: '+12025550123' }));
    expect((await buys(person({ email: 'guest@example.test' }), 11)).customerId).toBe(customerId);
    const caller = await buys(person({ phone: '+12025550199' }), 12);
    expect((await buys(person({ phone: '+12025550199' }), 13)).customerId).toBe(caller.customerId);
    expect(await living()).toHaveLength(2);
  });

  test('a guest who registers stays the same customer', async () => {
    const { customerId } = await buys(person({ email: 'ada@example.test' }), 12);
    expect(await account({ platformId: '1', email: 'ada@example.test', registeredAt: at(11) }, 11)).toBe(customerId);
    expect(await living()).toMatchObject([{ platformId: '1', email: 'ada@example.test', registeredAt: at(11) }]);
  });

  test('a guest of an e-mail that a known account takes merges into the account', async () => {
    const id = await account({ platformId: '1' });
    const guest = await buys(person({ email: 'ada@example.test' }), 9);
    expect(guest.customerId).not.toBe(id);
    await account({ platformId: '1', email: 'ada@example.test' }, 11);
    expect(await living()).toMatchObject([{ id, email: 'ada@example.test' }]);
    expect(await pointsOf(world, shop, id)).toBe(100);
    expect((await buys(person({ email: 'ada@example.test' }), 12)).customerId).toBe(id);
    expect(await whois(String(guest.customerId))).toBe(id);
  });

  test('two accounts of one e-mail are two people', async () => {
    const first = await account({ platformId: '1', email: 'shared@example.test' });
    const second = await account({ platformId: '2', email: 'shared@example.test' }, 11);
    expect(second).not.toBe(first);
  });

  test.each([
    ['as it happened', [0, 1, 2, 3]],
    ['backwards', [3, 2, 1, 0]],
    ['the new holder last', [0, 1, 3, 2]],
    ['the old holder last', [2, 3, 1, 0]],
  ])('an e-mail that moved to another account names that account: %s', async (_how, arrival) => {
    const words: [Partial<CustomerState>, number][] = [
      [{ platformId: '1', email: 'desk@example.test' }, 10],
      [{ platformId: '1', email: 'ada@example.test' }, 11],
      [{ platformId: '2', email: 'desk@example.test' }, 12],
      [{ platformId: '1', email: 'ada@example.test', note: 'still here' }, 13],
    ];
    for (const index of arrival) await account(...(words[index] as (typeof words)[0]));
    expect(await whois('desk@example.test')).toBe(await whois('2'));
    expect(await whois('ada@example.test')).toBe(await whois('1'));
    expect(await living()).toHaveLength(2);
  });

  test('a contact that leads to two customers leads to both', async () => {
    const first = await account({ platformId: '1', email: 'ada@example.test' });
    const { customerId } = await buys(person({ phone: '+12025550123' }));
    const found = await world.inShop(shop, (scope) =>
      customersByContact(scope, { platformId: '1', email: 'ada@example.test', phone: '+12025550123' }),
    );
    expect(found).toEqual([first, customerId]);
  });

  test('a deletion stands until a later payload and makes the customer known if need be', async () => {
    const gone = await world.inShop(shop, (scope) => recordCustomerDeleted(scope, '1', at(12)));
    expect(await account({ platformId: '1', email: 'ada@example.test' }, 11)).toBe(gone?.id);
    expect(await living()).toMatchObject([{ deletedAt: at(12), updatedAt: at(11) }]);
    await world.inShop(shop, (scope) => recordCustomerDeleted(scope, '1', at(10)));
    expect(await living()).toMatchObject([{ deletedAt: at(12) }]);
  });
});

describe('consents and tags', () => {
  const consent = (fields: Partial<Consent>): Consent => ({
    channel: 'email',
    state: 'subscribed',
    at: at(10),
    source: 'checkout',
    evidence: null,
    ...fields,
  });
  const say = async (...words: Partial<Consent>[]) => {
    await world.inShop(shop, async (scope) => {
      const id = await customerFor(scope, { platformId: '1', email: 'ada@example.test', phone: null });
      for (const word of words) await recordConsent(scope, String(id), consent(word));
    });
    return (await rowsOf(world, shop, 'customer_consents')).map(({ channel, state, at: when }) => ({
      channel,
      state,
      at: when,
    }));
  };

  test('the newest word wins by its own time, not by arrival', async () => {
    expect(await say({ state: 'unsubscribed', at: at(12) }, { state: 'subscribed', at: at(11) })).toEqual([
      { channel: 'email', state: 'unsubscribed', at: at(12) },
    ]);
    expect(await say({ at: at(13) })).toEqual([{ channel: 'email', state: 'subscribed', at: at(13) }]);
  });

  test('of two words of one instant the stricter stands, in either order', async () => {
    expect(await say({ state: 'unsubscribed' }, { state: 'subscribed' })).toMatchObject([{ state: 'unsubscribed' }]);
    expect(await say({ channel: 'sms', state: 'subscribed' }, { channel: 'sms', state: 'unsubscribed' })).toMatchObject(
      [{ channel: 'email' }, { channel: 'sms', state: 'unsubscribed' }],
    );
  });

  test('each tag keeps its newest word', async () => {
    const tag = (tags: string[], present: boolean, hour: number) =>
      world.inShop(shop, async (scope) => {
        const id = await customerFor(scope, { platformId: '1', email: null, phone: null });
        await recordTags(scope, String(id), { tags, present, at: at(hour) });
      });
    await tag(['vip', 'tea'], true, 12);
    await tag(['vip'], false, 11);
    await tag(['tea'], false, 13);
    await tag(['tea'], true, 13);
    expect((await rowsOf(world, shop, 'customer_tags')).map(({ tag: name, present }) => [name, present])).toEqual([
      ['tea', false],
      ['vip', true],
    ]);
  });
});

describe('merges', () => {
  const merge = (kept: string, gone: string) => world.inShop(shop, (scope) => mergeAccounts(scope, kept, gone));

  test('orders, points, consents, tags and names of the one become the other’s, once', async () => {
    await buys(person({ platformId: '1', email: 'ada@example.test' }), 9);
    await buys(person({ platformId: '2', email: 'ada@work.test' }), 10);
    await world.inShop(shop, async (scope) => {
      const id = String(await customerFor(scope, { platformId: '2', email: null, phone: null }));
      await recordConsent(scope, id, {
        channel: 'email',
        state: 'unsubscribed',
        at: at(8),
        source: 'form',
        evidence: null,
      });
      await recordTags(scope, id, { tags: ['vip'], present: true, at: at(8) });
    });
    const kept = await merge('1', '2');
    await merge('1', '2');
    expect(await living()).toMatchObject([{ id: kept, platformId: '1' }]);
    expect(await pointsOf(world, shop, kept)).toBe(200);
    expect([await whois('2'), await whois('ada@work.test')]).toEqual([kept, kept]);
    expect(await rowsOf(world, shop, 'customer_consents')).toMatchObject([{ customerId: kept, state: 'unsubscribed' }]);
    expect(await rowsOf(world, shop, 'customer_tags')).toMatchObject([{ customerId: kept, tag: 'vip' }]);
    expect(await everyNumber(world, shop)).toMatchObject({ orders: 2, customers: 1, repeat_customers: 1 });
  });

  test('either side may be unknown so far', async () => {
    const kept = await merge('1', '2');
    expect((await buys(person({ platformId: '2', email: 'ada@work.test' }))).customerId).toBe(kept);
    expect((await buys(person({ platformId: '1', email: 'ada@example.test' }), 11)).customerId).toBe(kept);
    expect(await pointsOf(world, shop, kept)).toBe(200);
    // A guest of the e-mail of the account that is gone is the same person, as if it had been known before.
    expect((await buys(person({ email: 'ada@work.test' }), 12)).customerId).toBe(kept);
  });

  test('a late payload of the account that is gone brings nothing of it back', async () => {
    await account({ platformId: '1', email: 'ada@example.test', firstName: 'Ada' });
    await account({ platformId: '2', email: 'ada@work.test', firstName: 'A.' });
    const kept = await merge('1', '2');
    expect(await account({ platformId: '2', email: 'ada@work.test', firstName: 'Late' }, 20)).toBe(kept);
    expect(await living()).toMatchObject([{ id: kept, firstName: 'Ada', email: 'ada@example.test' }]);
  });

  test('chains of merges end with one customer, in whatever order they come', async () => {
    for (const id of ['1', '2', '3']) await buys(person({ platformId: id, email: `${id}@example.test` }));
    await merge('3', '1');
    await merge('1', '2');
    const kept = await whois('3');
    expect([await whois('1'), await whois('2')]).toEqual([kept, kept]);
    expect(await pointsOf(world, shop, kept)).toBe(300);
    await merge('3', '3');
    expect(await living()).toHaveLength(1);
  });
});
