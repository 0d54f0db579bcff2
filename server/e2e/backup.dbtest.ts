import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillWorld, linesIn, madeUpRows } from '../backup/backup.fixtures.ts';
import { insertRows } from '../backup/backup.repository.ts';
import { restore } from '../backup/restore.usecases.ts';
import { dump } from '../db/testing.tables.ts';
import { testWorld, type World } from '../db/testing.ts';
import { runCli } from './cli.fixtures.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  world = await testWorld();
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-backup-'));
  await fillWorld(world);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const rowsIn = (file: string) => linesIn(file).slice(1, -1).sort();

// On PostgreSQL this is PostgreSQL → SQLite → PostgreSQL, on SQLite from one file to another.
test('a backup goes from one kind of database into the other and back, and nothing changes', {
  timeout: 60_000,
}, async () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const made = await runCli(world, 'backup', '--out', first, '--json');
  expect(made).toMatchObject({ code: 0, json: { file: first, rows: expect.any(Number) } });
  const there = { ...world, url: `file:${join(folder, 'there.db')}` };
  const restored = await runCli(there, 'restore', first, '--sealed', '--json');
  expect(restored).toMatchObject({ code: 0, json: { rows: made.json.rows, sealed: true } });
  const again = await runCli(there, 'restore', first, '--json');
  expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/not empty/) });
  expect(await runCli(there, 'backup', '--out', second, '--json')).toMatchObject({ code: 0 });
  // After the backup: it remembers how it ended.
  expect((await runCli(there, 'ledger', 'verify', '--shop', 'b.example.test')).code).toBe(0);
  expect(rowsIn(second)).toEqual(rowsIn(first));
  const back = await testWorld();
  try {
    await restore(back, second);
    expect(await dump(back)).toEqual(await dump(world));
  } finally {
    await back.close();
  }
});

test('export and keys rotate answer with one JSON object', { timeout: 60_000 }, async () => {
  const out = join(folder, 'export');
  const [exported, rotated] = await Promise.all([
    runCli(world, 'export', '--shop', 'a.example.test', '--out', out, '--json'),
    runCli(world, 'keys', 'rotate', '--json'),
  ]);
  expect(exported).toMatchObject({ code: 0, json: { folder: out, tables: { orders: { rows: 2 } } } });
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['manifest.json', 'orders.csv', 'orders.json']));
  expect(rotated).toMatchObject({ code: 0, json: { made: null, resealed: 0, inUse: [{ id: 'test', values: 3 }] } });
  const again = await runCli(world, 'export', '--shop', 'a.example.test', '--out', out, '--json');
  expect(again).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/is not empty/) });
});

test('a backup that is killed leaves no file of the name it was to have', { timeout: 60_000 }, async () => {
  const customers = world.catalogue.tables.find(({ name }) => name === 'customers');
  if (!customers) throw new Error('no customers');
  await world.db.transaction(async (tx) => {
    const rows = madeUpRows(customers, 1, 40_000);
    while (rows.length > 0) await insertRows(tx, 'customers', rows.splice(0, 500));
  });
  const inner = mkdtempSync(join(folder, 'inner-'));
  const env = { DATABASE_URL: world.url, ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 1).toString('base64')}` };
  const cli = join(import.meta.dirname, '../cli.ts');
  const watcher = watch(inner);
  const child = spawn(process.execPath, [cli, 'backup', '--out', join(inner, 'daily')], { env, stdio: 'ignore' });
  watcher.once('change', () => child.kill('SIGKILL'));
  const [code, signal] = await once(child, 'exit');
  watcher.close();
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  expect(readdirSync(inner)).not.toContain('daily');
});
