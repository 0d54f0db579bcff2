import { getTableColumns } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { type CatalogueTable, schemaHash } from './catalogue.ts';
import { tablesAt } from './history.ts';
import { lastMigration, migrationNames } from './migrations.ts';
import { testCatalogue } from './testing.tables.ts';

const facts = (tables: readonly CatalogueTable[]) => tables.map(({ table: _table, ...rest }) => rest);

test('after the newest migration the tables are those of the code', () => {
  expect(facts(tablesAt(lastMigration()))).toEqual(facts(testCatalogue().tables));
  expect(schemaHash(tablesAt(lastMigration()))).toBe(testCatalogue().schema);
  for (const [index, { table }] of tablesAt(lastMigration()).entries()) {
    const types = (of: CatalogueTable['table'] | undefined) =>
      Object.values(getTableColumns(of as CatalogueTable['table'])).map((column) => column.getSQLType());
    expect(types(table)).toEqual(types(testCatalogue().tables[index]?.table));
  }
});

test('every migration left its tables beside it', () => {
  for (const name of migrationNames('sqlite')) expect(tablesAt(name).length, name).toBeGreaterThan(40);
});

// A backup names the migration it was made at, so what a migration did is for ever. Add to the list; change nothing of it.
test('migrations that were released are what they were', () => {
  const hashes = Object.fromEntries(migrationNames('sqlite').map((name) => [name, schemaHash(tablesAt(name))]));
  expect(hashes).toMatchObject({
    '0001_immutable_ledger': '193bb9f1a445bdd94a36b0268fdb54e0029f25f2087bf7a2b8855c20751b48e7',
  });
});
