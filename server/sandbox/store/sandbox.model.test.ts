import { describe, expect, test } from 'vitest';
import { PRODUCTS } from './sandbox.catalogue.ts';
import { fitSpend, fitVisits } from './sandbox.fit.fixtures.ts';
import { history, MODEL } from './sandbox.model.ts';

const made = history();
const large = history({ ...MODEL, seed: 7, customers: 8_000 });

const byShopper = ({ shoppers, purchases }: typeof made) => {
  const all = shoppers.map((): typeof purchases => []);
  for (const purchase of purchases) all[purchase.shopper]?.push(purchase);
  return all;
};
const priceOf = (lines: { product: number; quantity: number }[]) =>
  lines.reduce((sum, { product, quantity }) => sum + PRODUCTS[product]!.price * quantity, 0) / 100;
const share = <T>(items: readonly T[], is: (item: T) => boolean) => items.filter(is).length / items.length;
/** At most that part away from what it should be. */
const near = (value: number, wanted: number, part: number) =>
  expect(Math.abs(value / wanted - 1), `${value} for ${wanted}`).toBeLessThan(part);

describe('the history of the sandbox store', () => {
  test('repeats exactly, and another seed makes another', () => {
    expect(history()).toEqual(made);
    expect(history({ ...MODEL, seed: MODEL.seed + 1 }).purchases[0]).not.toEqual(made.purchases[0]);
  });

  test('lets the BG/NBD parameters be found again from its orders', () => {
    const visits = byShopper(large).map((orders) => {
      const first = orders[0]!.week;
      return { x: orders.length - 1, last: orders.at(-1)!.week - first, watched: MODEL.weeks - first };
    });
    const [r, alpha, a, b] = fitVisits(visits) as [number, number, number, number];
    near(r, MODEL.visits.r, 0.1);
    near(alpha, MODEL.visits.alpha, 0.15);
    // a and b hold each other in balance: what both say together is the share that leaves after an order.
    near(a / (a + b), MODEL.visits.a / (MODEL.visits.a + MODEL.visits.b), 0.1);
    near(a, MODEL.visits.a, 0.25);
  });

  test('lets the Gamma–Gamma parameters be found again from what was asked for, and the mean from what was bought', () => {
    const spend = byShopper(large).map((orders) => ({
      x: orders.length,
      mean: orders.reduce((sum, { wanted }) => sum + wanted, 0) / orders.length,
    }));
    const [p, q, gamma] = fitSpend(spend) as [number, number, number];
    near(p, MODEL.spend.p, 0.1);
    near(q, MODEL.spend.q, 0.1);
    near(gamma, MODEL.spend.gamma, 0.15);
    const paid = large.purchases.reduce((sum, { lines }) => sum + priceOf(lines), 0) / large.purchases.length;
    near(paid, (MODEL.spend.p * MODEL.spend.gamma) / (MODEL.spend.q - 1), 0.05);
  });

  test('has the shares it says: guests, consent, birthdays, refunds, channels', () => {
    near(
      share(large.shoppers, ({ guest }) => guest),
      MODEL.guests,
      0.1,
    );
    near(
      share(large.shoppers, ({ marketing }) => marketing),
      MODEL.marketing,
      0.05,
    );
    near(
      share(large.shoppers, ({ birthday }) => birthday !== null),
      MODEL.birthdays,
      0.05,
    );
    near(
      share(large.purchases, ({ refund }) => refund !== null),
      MODEL.refunds,
      0.1,
    );
    for (const [channel, weight] of MODEL.channels) {
      near(
        share(large.purchases, (purchase) => purchase.channel === channel),
        weight,
        0.15,
      );
    }
  });

  test('is as large as promised, in order of time, within two years, with prices from 10 to 100 dollars', () => {
    expect(made.shoppers).toHaveLength(2000);
    expect(new Set(made.shoppers.map(({ email }) => email)).size).toBe(2000);
    expect(share(byShopper(made), (orders) => orders.length > 1)).toBeGreaterThan(0.25);
    const weeks = made.purchases.map(({ week }) => week);
    expect(weeks).toEqual([...weeks].sort((a, b) => a - b));
    expect([weeks[0]! >= 0, weeks.at(-1)! < MODEL.weeks]).toEqual([true, true]);
    expect(PRODUCTS.every(({ price }) => price >= 1000 && price <= 10_000)).toBe(true);
  });
});
