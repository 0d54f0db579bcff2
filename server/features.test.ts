import { globSync } from 'node:fs';
import { join } from 'node:path';
import { is, Table } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from './db/catalogue.ts';
import { features, tablesOf } from './features.ts';
import { topicNames } from './schedule.ts';
import type { Features } from './shops/scope.ts';

const every: Features = features;

/** As the drizzle configs find them. */
const files = globSync('**/*.tables.ts', { cwd: import.meta.dirname }).filter(
  (file) => !file.endsWith('/testing.tables.ts'),
);
const modules = await Promise.all(
  files.map((file) => import(join(import.meta.dirname, file)) as Promise<Record<string, unknown>>),
);
const migrated = modules.flatMap((module) => Object.values(module)).filter((value) => is(value, Table));

const doubled = (names: readonly unknown[]) => names.filter((name, at) => names.indexOf(name) !== at);

describe('the list of features', () => {
  test('has every table that migrations are made from once, and no other', () => {
    const listed = tablesOf(features);
    expect(migrated.length).toBeGreaterThan(40);
    expect(doubled(listed)).toEqual([]);
    const names = (tables: unknown[]) => createCatalogue(tables as typeof listed).tables.map(({ name }) => name);
    expect(names(listed)).toEqual(names(migrated));
    expect(new Set<unknown>(listed)).toEqual(new Set(migrated));
  });

  test('says of every table that has a shop what erasing does to it, and of every other why it has none', () => {
    for (const entry of every.flatMap(({ tables = [] }) => tables)) {
      const [{ name, shopField } = { name: '', shopField: null }] = createCatalogue([entry.table]).tables;
      expect('ofNoShop' in entry, name).toBe(shopField === null);
      if ('ofNoShop' in entry) expect(entry.ofNoShop, name).not.toBe('');
    }
  });

  test('uses no name twice', () => {
    expect(doubled(every.map(({ name }) => name))).toEqual([]);
    expect(doubled(topicNames(features))).toEqual([]);
    expect(doubled(every.flatMap(({ retention = {} }) => Object.keys(retention)))).toEqual([]);
    expect(doubled(every.flatMap(({ metrics }) => Object.keys(metrics?.gauges ?? {})))).toEqual([]);
    const abouts = every.flatMap(({ tables = [] }) =>
      tables.flatMap((entry) => ('about' in entry ? (entry.about?.as ?? []) : [])),
    );
    expect(doubled(abouts)).toEqual([]);
  });

  test('merges in an order in which each finds what it goes by: orders, numbers, points, then tiers', () => {
    expect(every.flatMap(({ name, person }) => (person?.merge ? name : []))).toEqual([
      'orders',
      'carts',
      'insights',
      'points',
      'tiers',
    ]);
  });

  test('erases what was packed up and written down of a person after what it was made from', () => {
    const anonymised = every.flatMap(({ name, tables = [] }) =>
      tables.some((entry) => 'person' in entry && !('keep' in entry.person)) ? name : [],
    );
    expect(anonymised).toEqual(['customers', 'carts', 'shops', 'api', 'effects', 'privacy', 'inbox', 'archives']);
  });
});
