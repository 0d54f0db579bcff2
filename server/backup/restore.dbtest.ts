import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../db/database.ts';
import { tablesAt } from '../db/history.ts';
import { lastMigration, migrateWithin } from '../db/migrations.ts';
import { openDatabase } from '../db/open.ts';
import { journalOf, structureOf, valuesOf } from '../db/testing.structure.ts';
import { dump, rowsOf } from '../db/testing.tables.ts';
import { emptyDatabase, testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { counterIds } from '../shared/ids.ts';
import { webhookSecretOf } from '../shops/directory.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { linesIn, writeLines } from './backup.fixtures.ts';
import { readLine, readRow } from './backup.rules.ts';
import { backup } from './backup.usecases.ts';
import { LATER, laterMigrations } from './restore.fixtures.ts';
import { restore } from './restore.usecases.ts';

/**
 * A backup of two made-up shops with a row in every table, which the version at this migration wrote on SQLite. It is
 * never made anew: every later version has to take it.
 */
const OLD = '0001_immutable_ledger';
const OLD_FILE = fileURLToPath(new URL(`./fixtures/${OLD}.jsonl.gz`, import.meta.url));

/** A migrated world, and one whose database has no table yet. */
let world: World;
let bare: World;
let close: () => Promise<void>;
beforeEach(async () => {
  world = await testWorld();
  const { url, remove } = await emptyDatabase();
  const db = openDatabase(url);
  bare = { ...world, db, url };
  close = async () => {
    await db.close();
    await remove();
    await world.close();
  };
});
afterEach(() => close());

/** What the file says stands in each table. */
function rowsIn(file: string, migration: string): Record<string, unknown[]> {
  const tables = new Map(tablesAt(migration).map((table) => [table.name, table]));
  const found: Record<string, unknown[]> = {};
  let at = '';
  for (const text of linesIn(file).slice(1, -1)) {
    const line = readLine(text);
    if (line.kind === 'table') {
      at = line.table;
      found[at] = [];
    } else if (line.kind === 'row') found[at]?.push(readRow(tables.get(at)?.columns ?? [], line.cells, at));
  }
  return found;
}

const counts = (tables: Record<string, unknown[]>) =>
  Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length]));

describe('a backup of an earlier migration', () => {
  test('has a row of every table there was, so that a migration that loses or refuses one is noticed', () => {
    expect(Object.entries(counts(rowsIn(OLD_FILE, OLD))).filter(([, count]) => count === 0)).toEqual([]);
  });

  test.each(['with its tables', 'without a table'])('restores into an empty database %s', async (kind) => {
    const into = kind === 'without a table' ? bare : world;
    const report = await restore(into, OLD_FILE, { needSeal: true });
    expect(report).toMatchObject({ sealed: true, migration: OLD, from: 'sqlite', rows: 151 });
    const shops = await dump(into);
    expect(shops.shops?.map(({ domain }) => domain)).toEqual(['one.example.test', 'two.example.test']);
    expect(counts(shops)).toMatchObject({ customers: 2, orders: 6, points_transactions: 8, points_postings: 16 });
    for (const shop of [1, 2]) {
      expect(await verifyLedger(into, shop)).toMatchObject({ ok: true, transactions: 4, postings: 8 });
      const domain = String(shops.shops?.find(({ id }) => id === shop)?.domain);
      expect(await webhookSecretOf(into, shop)).toBe(`secret of ${domain}`);
    }
  });

  test('leaves a database as migrating alone would, and the app goes on with it', async () => {
    const [structure, journal] = [await structureOf(world.db), await journalOf(world.db)];
    for (const into of [bare, world]) {
      await restore(into, OLD_FILE);
      expect(await structureOf(into.db)).toEqual(structure);
      expect(await journalOf(into.db)).toEqual(journal);
    }
    expect(await testShop(bare, { domain: 'next.example.test' })).toBe(3);
    const order = orderBody({ id: 7999, name: '#1999', created_at: '2026-01-01T00:00:00Z', customer: { id: 501 } });
    await deliver({ ...bare, ids: counterIds('new') }, 1, ['orders/create', order]);
    expect(await rowsOf(bare, 1, 'orders')).toHaveLength(4);
    expect(await verifyLedger(bare, 1)).toMatchObject({ ok: true });
    const file = join(folder, 'again');
    await backup(bare, file);
    expect(linesIn(file)[0]).toContain(lastMigration());
  });

  test('holds the rows as the file has them, where no later migration changed them', async () => {
    await restore(bare, OLD_FILE);
    const now = await dump(bare);
    const asked = rowsIn(OLD_FILE, OLD);
    // Tables whose rows no migration may touch: they are what the ledger proves.
    for (const name of ['points_transactions', 'points_postings']) {
      expect(new Set(now[name]?.map((row) => JSON.stringify(row)))).toEqual(
        new Set(asked[name]?.map((row) => JSON.stringify(row))),
      );
    }
  });
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-restore-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('migrations that come after the backup', () => {
  const made: { remove(): void }[] = [];
  afterEach(() => {
    for (const { remove } of made.splice(0)) remove();
  });
  const later = (statements = LATER): string => {
    const migrations = laterMigrations(statements);
    made.push(migrations);
    return migrations.folder;
  };
  const tablesIn = async (db: Database) => (await structureOf(db)).filter((text) => !text.includes('drizzle'));

  test('run over the restored rows', async () => {
    await restore(bare, OLD_FILE, { folder: later() });
    expect(await valuesOf(bare.db, 'select later as value from customers')).toEqual(['kept', 'kept']);
    expect(await valuesOf(bare.db, 'select orders as value from later_totals')).toHaveLength(2);
    expect(await verifyLedger(bare, 1)).toMatchObject({ ok: true });
  });

  test('do not keep a database that has been through them, and is empty, from taking it', async () => {
    const newer = later();
    await world.db.transaction((tx) => migrateWithin(tx, { folder: newer }));
    const [structure, journal] = [await structureOf(world.db), await journalOf(world.db)];
    await restore(world, OLD_FILE, { folder: newer });
    expect(await structureOf(world.db)).toEqual(structure);
    expect(await journalOf(world.db)).toEqual(journal);
    expect(await valuesOf(world.db, 'select later as value from customers')).toEqual(['kept', 'kept']);
    const again = restore(world, OLD_FILE, { folder: newer });
    await expect(again).rejects.toMatchObject({ code: 'backup.refused' });
    await expect(again).rejects.toThrow(/not empty/);
  });

  test('leave the database as it was when one of them fails, and the restore can be run again', async () => {
    const broken = later([...LATER, 'INSERT INTO "nowhere" VALUES (1);']);
    const newer = later();
    await world.db.transaction((tx) => migrateWithin(tx, { folder: newer }));
    for (const into of [bare, world]) {
      const structure = await tablesIn(into.db);
      await expect(restore(into, OLD_FILE, { folder: broken })).rejects.toThrow();
      expect(await tablesIn(into.db)).toEqual(structure);
    }
    expect(await tablesIn(bare.db)).toEqual([]);
    for (const into of [bare, world]) await restore(into, OLD_FILE, { folder: newer });
  });

  test('leave nothing behind where the file turns out to be damaged at its end', async () => {
    const file = join(folder, 'damaged');
    writeLines(file, linesIn(OLD_FILE).slice(0, -1));
    await expect(restore(bare, file)).rejects.toMatchObject({ code: 'backup.damaged' });
    expect(await structureOf(bare.db)).toEqual([]);
  });

  test('that this version does not know are named, with a word on what to do', async () => {
    const newer = later();
    const file = join(folder, 'newer');
    const [header = '', ...rest] = linesIn(OLD_FILE);
    writeLines(file, [header.replace(OLD, '9999_next_year'), ...rest]);
    await expect(restore(bare, file)).rejects.toMatchObject({
      code: 'backup.refused',
      message: expect.stringMatching(/9999_next_year, this version knows those up to .* or a newer one/),
    });
    await world.db.transaction((tx) => migrateWithin(tx, { folder: newer }));
    await expect(restore(world, OLD_FILE)).rejects.toMatchObject({ code: 'database.newer' });
  });
});

describe('what has to follow a restore', () => {
  const note = async ({ tx, shop, now }: Scope) => seen.push([shop.domain, now, typeof tx]);
  const seen: unknown[] = [];

  test('runs in each shop, with its rows and at the newest migration, before anybody sees them', async () => {
    const before = seen.length;
    const open = async () => expect(await structureOf(bare.db).then((facts) => facts.length)).toBe(0);
    await restore(bare, OLD_FILE, { after: [note, open] });
    const now = world.clock.now();
    expect(seen.slice(before)).toEqual([
      ['one.example.test', now, 'object'],
      ['two.example.test', now, 'object'],
    ]);
  });

  test('undoes the restore where it fails', async () => {
    const fails = async () => {
      throw new Error('no');
    };
    await expect(restore(bare, OLD_FILE, { after: [note, fails] })).rejects.toThrow('no');
    expect(await structureOf(bare.db)).toEqual([]);
  });
});
