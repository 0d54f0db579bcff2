import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CustomerState, Version } from '../commerce/commerce.types.ts';
import { rowsOf } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { at, person } from '../orders/orders.fixtures.ts';
import { recordCustomer } from './customers.usecases.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const permutations = <T>(items: T[]): T[][] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));

const said = <T>(...values: T[]) => fc.constantFrom(null, ...values);
const state: fc.Arbitrary<CustomerState> = fc.record({
  platformId: fc.constant('501'),
  email: said('a@example.test', 'b@example.test'),
  phone: said('+12025550123', '+12025550199'),
  firstName: said('Ada', 'Zoe'),
  lastName: said('King'),
  locale: said('en', 'fa'),
  country: said('US'),
  note: said('note'),
  registeredAt: said(at(1), at(2)),
});
const version: fc.Arbitrary<Version> = fc.record({
  updatedAt: fc.constantFrom(at(10), at(11), at(12)),
  triggeredAt: fc.constantFrom(at(10), at(13)),
  bodyHash: fc.constantFrom('a', 'b', 'c', 'd'),
});
const words = fc.uniqueArray(fc.tuple(state, version), {
  minLength: 2,
  maxLength: 4,
  selector: ([, { updatedAt, triggeredAt, bodyHash }]) => `${updatedAt}|${triggeredAt}|${bodyHash}`,
});

let made = 0;
async function heard(list: [CustomerState, Version][]) {
  made += 1;
  const shop = await testShop(world, { domain: `shop-${made}.example.test` });
  await world.inShop(shop, async (scope) => {
    for (const [customer, known] of list) await recordCustomer(scope, person(customer), known);
  });
  const [row, ...others] = await rowsOf(world, shop, 'customers');
  expect(others).toEqual([]);
  const { id: _id, shopId: _shop, createdAt: _at, saidAt: _said, ...fields } = row as Record<string, unknown>;
  return fields;
}

/** The newest word that was said of each field. */
function newest(list: [CustomerState, Version][]) {
  const order = ([, v]: [CustomerState, Version]) => `${v.updatedAt}|${v.triggeredAt}|${v.bodyHash}`;
  const sorted = [...list].sort((a, b) => (order(a) < order(b) ? -1 : 1));
  const fields: Record<string, unknown> = { ...person(), ...sorted.at(-1)?.[1] };
  for (const [customer] of sorted) {
    for (const [name, value] of Object.entries(customer)) if (value !== null) fields[name] = value;
  }
  return fields;
}

test('each field keeps the newest word said of it, whatever came first and however silent others are', async () => {
  await fc.assert(
    fc.asyncProperty(words, async (list) => {
      const wanted = newest(list);
      for (const arrival of permutations(list)) expect(await heard(arrival)).toMatchObject(wanted);
    }),
    { numRuns: 20, seed: 20_250_301 },
  );
}, 60_000);
