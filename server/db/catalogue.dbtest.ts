import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { features } from '../features.ts';
import type { Features } from '../shops/scope.ts';
import { dialect } from './dialect.ts';
import { lastMigration, migrationNames } from './migrations.ts';
import { testCatalogue } from './testing.tables.ts';
import { testWorld } from './testing.ts';

/** Tables that belong to no shop; their features say why they must not. */
const every: Features = features;
const OF_NO_SHOP = new Set(
  every.flatMap(({ tables = [] }) => tables.flatMap((entry) => ('ofNoShop' in entry ? entry.table : []))),
);

test('every table belongs to a shop and can be read in pages by its key, the shop first', () => {
  expect(testCatalogue().tables.length).toBeGreaterThan(15);
  for (const { name, table, key, shopField, columns } of testCatalogue().tables) {
    expect(key.length, name).toBeGreaterThan(0);
    for (const field of key) {
      expect(columns, name).toContainEqual(expect.objectContaining({ field, nullable: false }));
    }
    if (OF_NO_SHOP.has(table)) continue;
    expect(shopField, `${name}: give it a shopId, or a reason in its feature`).not.toBeNull();
    expect(key[0], name).toBe(shopField);
  }
});

test('both databases have been through the same migrations', () => {
  expect(migrationNames('postgres')).toEqual(migrationNames('sqlite'));
  expect(lastMigration()).toBe(migrationNames('sqlite').at(-1));
});

test('the schema is described alike on both databases', () => {
  // Of the kinds and names only: what the same hash on both stands for.
  const described = testCatalogue().tables.find(({ name }) => name === 'exports');
  expect(described).toMatchObject({ key: ['shopId', 'id'], shopField: 'shopId' });
  expect(described?.columns.slice(-3)).toEqual([
    { field: 'createdAt', name: 'created_at', kind: 'whole', nullable: false },
    { field: 'json', name: 'json', kind: 'bytes', nullable: true },
    { field: 'csv', name: 'csv', kind: 'bytes', nullable: true },
  ]);
  expect(testCatalogue().schema).toMatch(/^[0-9a-f]{64}$/);
});

test.skipIf(dialect === 'sqlite')('no table counts by a sequence, which a restore would have to set', async () => {
  const world = await testWorld();
  const rows = await world.db.read
    .select({ name: sql<string>`sequencename` })
    .from(sql`pg_sequences`)
    .where(sql`schemaname = 'public'`);
  await world.close();
  expect(rows).toEqual([]);
});
