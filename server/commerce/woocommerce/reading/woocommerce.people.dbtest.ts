import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { customersByContact } from '../../../customers/customers.usecases.ts';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { csvText, readOrders, scratchFolder } from '../../../imports/imports.fixtures.ts';
import { deliver } from '../../../inbox/deliveries.fixtures.ts';
import { soundness } from '../../../orders/orders.fixtures.ts';
import { recordOrder } from '../../../orders/orders.usecases.ts';
import { wooCustomerBody, wooOrderBody } from './woocommerce.fixtures.ts';

let world: World;
let shop: number;
let made = 0;
beforeAll(async () => {
  world = await testWorld();
});
const newShop = async () => {
  made += 1;
  shop = await testShop(world, { platform: 'woocommerce', domain: `woo-${made}.example.test`, currency: 'EUR' });
};
beforeEach(newShop);
afterAll(() => world.close());

type Delivery = [topic: string, body: unknown];
const order = (id: number, email: string, fields: Record<string, unknown> = {}): Delivery => {
  const billing = { first_name: 'Somebody', country: 'BG', email, phone: '' };
  return ['order.updated', wooOrderBody({ id, number: String(id), billing, ...fields })];
};
const account = (id: number, email: string, fields: Record<string, unknown> = {}): Delivery => [
  'customer.updated',
  wooCustomerBody({ id, email, ...fields }),
];
const arrive = (...deliveries: Delivery[]) => deliver(world, shop, ...deliveries);

/** Who there is, and which orders are theirs. */
async function people() {
  const orders = await rowsOf(world, shop, 'orders');
  const customers = (await rowsOf(world, shop, 'customers')).filter(({ mergedInto }) => mergedInto === null);
  return customers
    .map(({ id, platformId, email, phone, firstName }) => {
      const own = orders.filter(({ customerId }) => customerId === id).map((row) => String(row.platformId));
      return { platformId, email, phone, firstName, orders: own.sort().join() };
    })
    .sort((a, b) => (`${a.platformId} ${a.email}` < `${b.platformId} ${b.email}` ? -1 : 1));
}

describe('an account’s e-mail identifies it', () => {
  const ordered: Delivery[] = [
    order(1, 'Ada@Example.test'),
    account(7, 'ada@example.test'),
    order(2, 'ada@example.test'),
  ];

  test('guest orders included, before and after it registers; they keep customer_id 0', async () => {
    await arrive(...ordered);
    expect(await people()).toMatchObject([{ platformId: '7', email: 'ada@example.test', orders: '1,2' }]);
  });

  test('in whatever order the deliveries come', async () => {
    const everything = [
      ...ordered,
      order(3, 'ada@example.test', { customer_id: 7 }),
      order(4, 'bob@example.test'),
      order(5, 'work@example.test', { customer_id: 7, date_modified_gmt: '2025-03-04T10:00:00' }),
    ];
    const arrivals = fc.shuffledSubarray(everything, { minLength: everything.length });
    await fc.assert(
      fc.asyncProperty(arrivals, async (deliveries) => {
        await newShop();
        await arrive(...deliveries);
        expect(await people()).toMatchObject([
          { platformId: '7', email: 'ada@example.test', firstName: 'Ada', orders: '1,2,3,5' },
          { platformId: null, email: 'bob@example.test', orders: '4' },
        ]);
        const { kept, rebuilt, ledger } = await soundness(world, shop);
        expect(kept).toEqual(rebuilt);
        expect(ledger).toMatchObject({ ok: true });
      }),
      { numRuns: 30, seed: 20_250_301 },
    );
  }, 60_000);

  test('an account that only orders tell of is known by what was typed there, guests with the same e-mail with it', async () => {
    await arrive(order(1, 'ana@example.test'), order(2, 'ana@example.test', { customer_id: 2 }));
    expect(await people()).toMatchObject([{ platformId: '2', email: 'ana@example.test', orders: '1,2' }]);
  });

  test('points of a guest move to the account', async () => {
    await arrive(order(1, 'ada@example.test'));
    await arrive(account(7, 'ada@example.test'));
    const [held] = (await rowsOf(world, shop, 'points_accounts')).filter(({ available }) => Number(available) > 0);
    const [owner] = await rowsOf(world, shop, 'customers');
    expect([held?.available, held?.customerId]).toEqual([20, owner?.id]);
  });
});

describe('an order’s billing e-mail may differ from the account’s', () => {
  const other = order(1, 'billing@example.test', { customer_id: 7 });

  test('customer_id decides, and the account’s own e-mail is kept, whichever came first', async () => {
    for (const deliveries of [
      [account(7, 'ada@example.test'), other],
      [other, account(7, 'ada@example.test')],
    ]) {
      await newShop();
      await arrive(...deliveries);
      expect(await people()).toMatchObject([{ platformId: '7', email: 'ada@example.test', orders: '1' }]);
    }
  });

  test('nor does a file of orders change it, imported before or after', async () => {
    const files = scratchFolder();
    const header = ['order_id', 'order_date', 'status', 'order_total', 'customer_id', 'billing_email'];
    const file = files.write(csvText(header, [[1, '2025-06-01 10:00:00', 'completed', '25.00', 7, 'b@example.test']]));
    const { orders } = await readOrders(file, 'woocommerce-csv');
    files.remove();
    const imported = async () => {
      const origin = { importId: 'import', earns: false };
      for (const one of orders) await world.inShop(shop, (scope) => recordOrder(scope, one, origin));
    };
    for (const fileFirst of [true, false]) {
      await newShop();
      if (fileFirst) await imported();
      await arrive(account(7, 'ada@example.test'));
      if (!fileFirst) await imported();
      expect(await people()).toMatchObject([{ platformId: '7', email: 'ada@example.test', orders: '1' }]);
    }
  });

  test('and is then free for whom it belongs to', async () => {
    await arrive(other, account(7, 'ada@example.test'), order(2, 'billing@example.test'));
    expect(await people()).toMatchObject([
      { platformId: '7', orders: '1' },
      { platformId: null, email: 'billing@example.test', orders: '2' },
    ]);
  });

  test('another account whose e-mail it is stays another customer', async () => {
    await arrive(account(8, 'billing@example.test'), other, account(7, 'ada@example.test'));
    expect(await people()).toMatchObject([
      { platformId: '7', email: 'ada@example.test', orders: '1' },
      { platformId: '8', email: 'billing@example.test', orders: '' },
    ]);
  });
});

describe('guests', () => {
  test('with different e-mails who share a phone, a name and an address stay different customers', async () => {
    const shared = {
      first_name: 'Ada',
      last_name: 'Quartz',
      country: 'BG',
      phone: '0888123456',
      address_1: '1 Tea St',
    };
    await arrive(
      order(1, '', { billing: { ...shared, email: 'one@example.test' } }),
      order(2, '', { billing: { ...shared, email: 'two@example.test' } }),
    );
    expect(await people()).toMatchObject([
      { email: 'one@example.test', phone: '+359888123456', orders: '1' },
      { email: 'two@example.test', phone: '+359888123456', orders: '2' },
    ]);
  });

  test('without an e-mail are known by their phone, in any way of writing it', async () => {
    const by = (phone: string) => ({ billing: { first_name: 'Ada', country: 'IR', email: '', phone } });
    await arrive(
      order(1, '', by('09123456789')),
      order(2, '', by('+98 912 345 6789')),
      order(3, '', by('۰۹۱۲۳۴۵۶۷۸۹')),
    );
    expect(await people()).toMatchObject([{ phone: '+989123456789', orders: '1,2,3' }]);
  });

  test('who only use an account’s e-mail do not rename it', async () => {
    await arrive(
      account(7, 'ada@example.test'),
      order(1, 'ada@example.test', { date_modified_gmt: '2025-12-01T00:00:00' }),
    );
    expect(await people()).toMatchObject([{ platformId: '7', firstName: 'Ada', orders: '1' }]);
  });
});

test('a deleted account keeps its orders, which come back as those of a guest', async () => {
  await arrive(account(7, 'ada@example.test'), order(1, 'ada@example.test', { customer_id: 7 }));
  await arrive(
    ['customer.deleted', { id: 7 }],
    order(1, 'ada@example.test', { date_modified_gmt: '2025-03-05T00:00:00' }),
  );
  expect(await people()).toMatchObject([{ platformId: '7', orders: '1' }]);
  expect((await rowsOf(world, shop, 'customers'))[0]?.deletedAt).toBeGreaterThan(0);
});

describe('whoever deletes their account and registers again', () => {
  // WordPress makes orders of a deleted account those of a guest, tells of none of them, and gives a new account a new id.
  const before = [account(7, 'ada@example.test'), order(1, 'ada@example.test', { customer_id: 7 })];
  const gone: Delivery = ['customer.deleted', { id: 7 }];
  const again = account(9, 'ada@example.test', {
    date_created_gmt: '2025-07-01T10:00:00',
    date_modified_gmt: '2025-07-01T10:00:00',
  });

  test('is the same customer, with all orders and points', async () => {
    for (const deliveries of [
      [...before, gone, again, order(2, 'ada@example.test', { customer_id: 9 })],
      [...before, again, gone, gone, order(2, 'ada@example.test', { customer_id: 9 })],
      [...before, gone, order(2, 'ada@example.test'), again, gone],
    ]) {
      await newShop();
      await arrive(...deliveries);
      expect(await people()).toMatchObject([{ platformId: '9', email: 'ada@example.test', orders: '1,2' }]);
      const [owner] = (await rowsOf(world, shop, 'customers')).filter(({ mergedInto }) => mergedInto === null);
      expect(owner?.deletedAt).toBeNull();
      const held = (await rowsOf(world, shop, 'points_accounts')).filter(({ available }) => Number(available) > 0);
      expect(held).toMatchObject([{ customerId: owner?.id, available: 40 }]);
      const { kept, rebuilt, ledger } = await soundness(world, shop);
      expect(kept).toEqual(rebuilt);
      expect(ledger).toMatchObject({ ok: true });
    }
  });

  test('with another e-mail is another customer', async () => {
    await arrive(...before, gone, account(9, 'new@example.test'));
    expect(await people()).toMatchObject([
      { platformId: '7', email: 'ada@example.test', orders: '1' },
      { platformId: '9', email: 'new@example.test', orders: '' },
    ]);
  });
});

describe('orders that the store made anonymous', () => {
  // What WordPress writes: the same for everybody whose data was erased.
  const billing = { first_name: '[deleted]', last_name: '[deleted]', country: '', email: 'deleted@site.invalid' };
  const nobody = { customer_id: 0, billing: { ...billing, phone: '000-000-0000' }, shipping: {} };
  const anonymous = (id: number): Delivery => order(id, '', { ...nobody, date_modified_gmt: '2025-06-01T00:00:00' });

  test('stay with whom they belonged to: an erasure makes no common customer of many', async () => {
    await arrive(order(1, 'ada@example.test'), order(2, 'bob@example.test'));
    await arrive(anonymous(1), anonymous(2));
    expect(await people()).toMatchObject([
      { email: 'ada@example.test', firstName: 'Somebody', orders: '1' },
      { email: 'bob@example.test', firstName: 'Somebody', orders: '2' },
    ]);
  });

  test('that were never seen before count as orders without a customer', async () => {
    await arrive(anonymous(1), anonymous(2));
    expect(await people()).toEqual([]);
    expect(await rowsOf(world, shop, 'orders')).toMatchObject([{ counts: true }, { counts: true }]);
  });
});

test('every name of a person leads to one customer', async () => {
  await arrive(account(7, 'ada@example.test'), order(1, 'ada@example.test', { customer_id: 7 }));
  const found = await world.inShop(shop, (scope) =>
    customersByContact(scope, { platformId: '7', email: 'ada@example.test', phone: null }),
  );
  expect(found).toHaveLength(1);
});
