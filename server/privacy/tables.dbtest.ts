import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dump, testCatalogue } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import type { TableIn } from '../features/feature.types.ts';
import { features } from '../features.ts';
import { deliver } from '../inbox/deliveries.fixtures.ts';
import { retention } from '../schedule.ts';
import type { Features, Scope } from '../shops/scope.ts';
import { inShop } from '../shops/scope.usecases.ts';
import { uninstall } from '../shops/shops.usecases.ts';
import { eraseCustomer } from './erase.usecases.ts';
import { ADA, adaIn, fillEveryTable, redact, tracesIn } from './lives.fixtures.ts';

type Tables = Awaited<ReturnType<typeof dump>>;
type OfShop = Exclude<TableIn<Scope>, { ofNoShop: string }>;

let world: World;
let shop: number;
let ada: string;
/** A shop with something in every table: before Ada was erased, after that, and after the shop itself was. */
let before: Tables;
let after: Tables;
let gone: Tables;

beforeAll(async () => {
  world = await testWorld();
  shop = await testShop(world);
  await fillEveryTable(world, shop);
  ada = await adaIn(world, shop);
  before = await dump(world, shop);
  await deliver(world, shop, redact(ADA, [7001, 7002]));
  after = await dump(world, shop);
  // What Ada lost is there again, for the shop to lose.
  const other = await testShop(world, { domain: 'other.example.test' });
  await fillEveryTable(world, other);
  await world.inShop(other, (scope) => uninstall(scope, world.clock.now()));
  await deliver(world, other, ['shop/redact', {}]);
  await retention(world);
  gone = await dump(world, other);
});
afterAll(() => world.close());

const every: Features = features;
const entries = every.flatMap(({ tables = [] }) =>
  tables.flatMap((entry): [name: string, entry: OfShop][] => {
    const { name } = testCatalogue().tables.find(({ table }) => table === entry.table) ?? { name: '' };
    return 'ofNoShop' in entry ? [] : [[name, entry]];
  }),
);

describe('erasing a person', () => {
  test('is asked of a shop that has something in every table', () => {
    expect(entries.flatMap(([name]) => (before[name]?.length ? [] : [name]))).toEqual([]);
    expect(tracesIn(before)).not.toEqual([]);
  });

  test.each(entries)('%s: does what its feature says', (name, { person }) => {
    const [had = [], has = []] = [before[name], after[name]];
    expect(tracesIn({ [name]: has })).toEqual([]);
    if ('delete' in person) {
      const field = person.delete.name;
      expect(had.some((row) => row[field] === ada)).toBe(true);
      expect(has.some((row) => row[field] === ada)).toBe(false);
    } else if ('keep' in person) {
      expect(has).toEqual(had);
      expect(person.keep).not.toBe('');
    } else {
      expect(has).not.toEqual([]);
      expect(has).not.toEqual(had);
    }
  });

  test('tells whoever goes by it, of every row that the person was', async () => {
    const told: string[] = [];
    const note = async (_scope: Scope, { customerId }: { customerId: string }) => told.push(customerId);
    const reactions = { ...world.reactions, 'customer-erased': [note] };
    await inShop({ ...world, reactions }, shop, (scope) =>
      eraseCustomer(scope, world.features, { customerId: ada, actor: 'user:1' }),
    );
    expect(told).toEqual([ada]);
  });
});

describe('erasing a shop', () => {
  test.each(entries)('%s: does what its feature says', (name, { shop: how }) => {
    const left = gone[name] ?? [];
    if (typeof how === 'object' && 'keep' in how) {
      expect(left).not.toEqual([]);
      expect(how.keep).not.toBe('');
    } else {
      expect(left).toEqual([]);
    }
    expect(tracesIn({ [name]: left })).toEqual([]);
  });
});
