import { afterEach, expect, test } from 'vitest';
import { dialect } from './dialect.ts';
import { migrateDatabase } from './migrate.ts';
import { openDatabase } from './open.ts';
import { dump } from './testing.tables.ts';
import { emptyDatabase } from './testing.ts';

let remove: (() => Promise<void>) | undefined;
afterEach(() => remove?.());

test(`several processes that start at once make one schema on ${dialect}`, async () => {
  const made = await emptyDatabase();
  remove = made.remove;
  await Promise.all(Array.from({ length: 6 }, () => migrateDatabase(made.url)));
  await migrateDatabase(made.url);
  const db = openDatabase(made.url);
  try {
    const tables = await dump({ db });
    expect(Object.keys(tables)).toContain('points_postings');
    expect(Object.values(tables).flat()).toEqual([]);
  } finally {
    await db.close();
  }
});
