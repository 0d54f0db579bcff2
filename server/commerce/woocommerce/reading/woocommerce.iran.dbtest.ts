import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rowsOf } from '../../../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../../../db/testing.ts';
import { deliver } from '../../../inbox/deliveries.fixtures.ts';
import { kpis } from '../../../insights/kpis.usecases.ts';
import { setNumberSettings } from '../../../insights/settings.usecases.ts';
import { listCustomers } from '../../../people/list.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import { shopOfId } from '../../../shops/shops.usecases.ts';
import { wooLine, wooOrderBody } from './woocommerce.fixtures.ts';

let world: World;
let made = 0;
let id: number;
beforeAll(async () => {
  // 1405-02-11: the shops below have a year behind them.
  world = await testWorld(Date.UTC(2026, 4, 1));
});
afterAll(() => world.close());

async function newShop(currency: 'IRR' | 'IRT'): Promise<void> {
  made += 1;
  const domain = `foroushgah-${made}.example.test`;
  id = await testShop(world, { platform: 'woocommerce', domain, currency, timeZone: 'Asia/Tehran' });
}
const shop = async (): Promise<Shop> => (await shopOfId(world, id)) as Shop;

/** Typed on an Arabic keyboard, as many Iranian phones have it, with Persian digits. */
const SARA = {
  first_name: 'سارا',
  last_name: 'كريمي',
  country: 'IR',
  email: 'sara@example.test',
  phone: '۰۹۱۲۳۴۵۶۷۸۹',
};

/** An order of goods of that amount, with a shipping of 50,000. */
function order(amount: string, fields: Record<string, unknown> = {}): [string, unknown] {
  const line = wooLine({ quantity: 1, subtotal: amount, total: amount });
  const total = String(Number(amount) + 50_000);
  return [
    'order.updated',
    wooOrderBody({ currency: 'IRT', billing: SARA, line_items: [line], shipping_total: '50000', total, ...fields }),
  ];
}

describe.each([
  ['IRT', 10_000],
  ['IRR', 100_000],
] as const)('a shop in %s', (currency, unit) => {
  beforeEach(() => newShop(currency));

  test.each(['1250000', '1250000.0', '1250000.00'])(
    `%s is taken as it stands, and earns a point for each ${unit}`,
    async (amount) => {
      await deliver(world, id, order(amount, { currency }));
      expect(await rowsOf(world, id, 'orders')).toMatchObject([{ total: 1_300_000, net: 1_300_000, counts: true }]);
      // Of the goods alone, rounded down.
      expect(await rowsOf(world, id, 'points_accounts')).toMatchObject([{ available: Math.floor(1_250_000 / unit) }]);
    },
  );

  test('Persian digits in an amount are refused with a sentence that names the field', async () => {
    const [row] = await deliver(world, id, order('1250000', { currency, total: '۱۳۰۰۰۰۰' }));
    expect(row).toMatchObject({
      state: 'parked',
      reason: 'WooCommerce\'s order cannot be used: "total" is missing or is not an amount such as 1230.',
    });
  });

  test('an order in the other of the two currencies is shown, and stays out of money and points', async () => {
    await deliver(world, id, order('1250000', { currency: currency === 'IRT' ? 'IRR' : 'IRT' }));
    expect(await rowsOf(world, id, 'orders')).toMatchObject([{ total: 1_300_000, net: 0, counts: false }]);
    expect(await rowsOf(world, id, 'points_accounts')).toEqual([]);
  });
});

describe('people and days', () => {
  beforeEach(() => newShop('IRT'));

  test.each([
    ['Persian letters', 'کریمی'],
    ['Arabic letters', 'كريمي'],
    ['the beginning of a name', 'کری'],
    ['Persian digits', '۰۹۱۲۳۴۵'],
    ['Arabic digits', '٠٩١٢٣٤٥'],
    ['a phone as it is written at home', '0912 345'],
    ['a phone with its country code', '+98912345'],
    ['an e-mail', 'SARA@example'],
  ])('a customer is found by %s', async (_what, query) => {
    await deliver(world, id, order('1250000'));
    const { items } = await listCustomers(world, await shop(), { query, limit: 10 });
    expect(items).toMatchObject([{ email: 'sara@example.test', orders: 1 }]);
    expect(await rowsOf(world, id, 'customers')).toMatchObject([{ phone: '+989123456789', country: 'IR' }]);
  });

  test('an order belongs to the day of Tehran, and to the Persian month', async () => {
    // 20:29 and 20:30 UTC of the last day of Esfand 1404: 23:59 of it, and 00:00 of the first day of Farvardin 1405.
    const at = (gmt: string, number: number) =>
      order('1000000', { id: number, number: String(number), date_created_gmt: gmt, date_modified_gmt: gmt });
    await deliver(world, id, at('2026-03-20T20:29:59', 1), at('2026-03-20T20:30:00', 2));
    const days = (await rowsOf(world, id, 'orders')).map(({ placedDay }) => placedDay).sort();
    expect(days).toEqual(['2026-03-20', '2026-03-21']);
    await setNumberSettings(world, await shop(), { calendar: 'persian' }, 'test');
    const { monthly } = await kpis(world, await shop(), { from: '2026-03-01', to: '2026-04-01' });
    const bought = Object.entries(monthly).filter(([, { orders }]) => orders > 0);
    expect(bought.map(([month, { revenue }]) => [month, revenue])).toEqual([
      ['1404-12', 1_050_000],
      ['1405-01', 1_050_000],
    ]);
  });
});
