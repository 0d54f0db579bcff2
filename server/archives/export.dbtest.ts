import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AWKWARD, fillWorld, madeUpRows } from '../backup/backup.fixtures.ts';
import { insertRows } from '../backup/backup.repository.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { exportedColumns, leftOut, NOT_EXPORTED } from './export.rules.ts';
import { exportShop, type Manifest } from './export.usecases.ts';

/** Named like secrets and none: what a platform calls a cart. */
const NO_SECRETS = ['carts.token', 'carts.cartToken', 'orders.checkoutToken'];

let world: World;
let folder: string;
let out: string;
let manifest: Manifest;
beforeAll(async () => {
  world = await testWorld();
  await fillWorld(world);
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-export-'));
  out = join(folder, 'a');
  manifest = await exportShop(world, await shopByName(world, 'a.example.test'), out);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (name: string) => readFileSync(join(out, name), 'utf8');
const json = (table: string) => JSON.parse(read(`${table}.json`)) as Record<string, unknown>[];
const csv = (table: string) => parse(read(`${table}.csv`), { bom: true, columns: true }) as Record<string, string>[];

describe('an export', () => {
  test('has every table with something of a shop, or the reason why not', () => {
    for (const { name, shopField } of world.catalogue.tables) {
      if (shopField === null) continue;
      expect(name in manifest.tables || name in NOT_EXPORTED, name).toBe(true);
    }
    for (const name of Object.keys(NOT_EXPORTED))
      expect(world.catalogue.tables.map((table) => table.name)).toContain(name);
  });

  test('has every row of the shop, every column that is not left out, and nothing of another shop', async () => {
    const mine = await dump(world, manifest.shop.id);
    for (const table of world.catalogue.tables.filter(
      ({ name, shopField }) => shopField !== null && !(name in NOT_EXPORTED),
    )) {
      const rows = (mine[table.name] ?? []).map((row) =>
        Object.fromEntries(
          exportedColumns(table).map(({ field, name }) => {
            const value = row[field];
            return [name, Buffer.isBuffer(value) ? value.toString('base64') : value];
          }),
        ),
      );
      expect(json(table.name), table.name).toHaveLength(rows.length);
      expect(json(table.name), table.name).toEqual(expect.arrayContaining(rows));
      expect(csv(table.name), table.name).toHaveLength(rows.length);
      expect(manifest.tables[table.name], table.name).toMatchObject({ rows: rows.length });
    }
    expect(json('orders')).toHaveLength(2);
    for (const file of readdirSync(out)) expect(read(file), file).not.toMatch(/[bc]\.example\.test/);
  });

  test('has no secret, sealed or not, and says what it leaves out', () => {
    const everything = readdirSync(out).map(read).join('\n');
    expect(everything).not.toMatch(/secret of|"v1\.|,v1\.|\bv1\.test\./);
    expect(manifest.tables.shops?.leftOut).toEqual({
      webhook_secret: expect.stringMatching(/secret/),
      access_token: expect.stringMatching(/secret/),
      refresh_token: expect.stringMatching(/secret/),
      previous_refresh_token: expect.stringMatching(/secret/),
    });
    expect(Object.keys(json('shops')[0] ?? {})).not.toContain('webhook_secret');
    expect(Object.keys(json('inbox')[0] ?? {})).toContain('delivery_id');
    expect(Object.keys(json('inbox')[0] ?? {})).not.toContain('body');
  });

  test('leaves out every column that is named like a secret, and names only columns that there are', () => {
    for (const { name, columns } of world.catalogue.tables) {
      for (const { field } of columns) {
        const suspicious = /secret|token|passw|credential|private|apikey|keyhash/i.test(field);
        if (!suspicious || NO_SECRETS.includes(`${name}.${field}`)) continue;
        expect(leftOut(name, field), `${name}.${field}: left out, sealed, or in NO_SECRETS?`).not.toBeNull();
      }
    }
    const bytes = world.catalogue.tables.flatMap(({ name, columns }) =>
      columns.flatMap(({ field, kind }) =>
        kind === 'bytes' && leftOut(name, field) === null ? [`${name}.${field}`] : [],
      ),
    );
    expect(bytes, 'bytes can hold anything: leave them out, or say here why not').toEqual([]);
  });

  test('has Persian and awkward text right in both, and no cell that a spreadsheet would run', () => {
    expect(read('products.csv').charCodeAt(0)).toBe(0xfeff);
    const [product] = json('products');
    expect(product?.title).toBe(AWKWARD);
    expect(csv('products')[0]?.title).toBe(`'${AWKWARD}`);
    for (const table of Object.keys(manifest.tables)) {
      for (const row of csv(table)) {
        for (const cell of Object.values(row)) expect(cell).not.toMatch(/^([=+@\t\r]|-(?!\d+$))/);
      }
    }
  });

  test('has a manifest by which each file can be checked, for its owner only', () => {
    expect(JSON.parse(read('manifest.json'))).toEqual(manifest);
    expect(manifest).toMatchObject({
      format: 1,
      shop: { domain: 'a.example.test', currency: 'USD' },
      madeAt: new Date(world.clock.now()).toISOString(),
      migration: expect.stringMatching(/^\d{4}_/),
    });
    const listed = Object.values(manifest.tables).flatMap(({ files }) => Object.entries(files));
    expect(
      listed
        .map(([name]) => name)
        .concat('manifest.json')
        .sort(),
    ).toEqual(readdirSync(out).sort());
    for (const [name, { bytes, sha256 }] of listed) {
      const content = readFileSync(join(out, name));
      expect({ name, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }).toEqual({
        name,
        bytes,
        sha256,
      });
      if (process.platform !== 'win32') expect(statSync(join(out, name)).mode & 0o777).toBe(0o600);
    }
  });

  test('of many rows is read in pages, each row once', async () => {
    const many = await testShop(world, { domain: 'many.example.test' });
    const facts = world.catalogue.tables.filter(({ name }) => name === 'customers' || name === 'inbox');
    for (const table of facts) {
      const rows = madeUpRows(table, many, 2_100);
      while (rows.length > 0) await world.db.transaction((tx) => insertRows(tx, table.name, rows.splice(0, 300)));
    }
    const target = join(folder, 'many');
    const seen: number[] = [];
    const result = await exportShop(world, await shopByName(world, String(many)), target, (rows, total) => {
      seen.push(rows);
      expect(total).toBeGreaterThan(4_200);
    });
    expect(seen.at(-1)).toBe(result.rows);
    for (const { name } of facts) {
      const rows = JSON.parse(readFileSync(join(target, `${name}.json`), 'utf8')) as { id: string }[];
      expect(new Set(rows.map(({ id }) => id)).size).toBe(2_100);
      expect(rows).toHaveLength(2_100);
    }
  });
});

describe('an export is refused', () => {
  test('into a folder that is not empty, and into one that cannot be made; nothing is left behind', async () => {
    const shop = await shopByName(world, 'b.example.test');
    const before = readdirSync(out);
    await expect(exportShop(world, shop, out)).rejects.toMatchObject({ code: 'backup.not_empty', status: 409 });
    expect(readdirSync(out)).toEqual(before);
    writeFileSync(join(folder, 'file'), '');
    const impossible = exportShop(world, shop, join(folder, 'file', 'inner'));
    await expect(impossible).rejects.toMatchObject({ code: 'backup.unwritable', status: 400 });
  });

  test('one that fails on its way takes its files back', async () => {
    const target = join(folder, 'broken');
    const stop = () => {
      throw new Error('stop');
    };
    await expect(exportShop(world, await shopByName(world, 'b.example.test'), target, stop)).rejects.toThrow('stop');
    expect(readdirSync(target)).toEqual([]);
  });
});
