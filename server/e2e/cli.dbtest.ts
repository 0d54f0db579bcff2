import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dialect } from '../db/dialect.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { deliver, orderBody } from '../inbox/deliveries.fixtures.ts';
import { runCli } from './cli.fixtures.ts';

const CSV = `order_id,customer,email,created_at,total,currency
1001,501,ada@example.test,2025-03-01T10:00:00Z,100.00,USD
1002,501,ada@example.test,2025-03-05T10:00:00Z,40.50,USD
1003,502,zoe@example.test,2025-03-05T11:00:00Z,0.00,USD
`;
const BAD = `${CSV}1004,503,eva@example.test,not a day,10.00,USD
1005,504,max@example.test,2025-03-06T10:00:00Z,ten,USD
`;
const SHOP = ['--shop', 'shop.example.test'];
const SIMPLE = ['--format', 'simple-csv', ...SHOP];
const RANGE = ['--from', '2025-03-01', '--to', '2025-03-31'];

/** A process takes a second to start: what no database has a part in is tried on one of them. */
const once = test.skipIf(dialect === 'postgres');

let world: World;
let folder: string;
let file: string;
beforeAll(async () => {
  world = await testWorld();
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-cli-'));
  file = join(folder, 'orders.csv');
  writeFileSync(file, CSV);
  writeFileSync(join(folder, 'bad.csv'), BAD);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const cli = (...args: string[]) => runCli(world, ...args);
const orders = async () => (await dump(world)).orders ?? [];
const ADD = ['shop', 'add', '--platform', 'shopify', '--currency', 'USD', '--time-zone', 'UTC', '--domain'];

describe('operator commands', { timeout: 60_000 }, () => {
  test('shop add prints the id, shops lists them', async () => {
    const options = ['--program-start', '2025-01-01', '--webhook-secret', 'own', '--json'];
    expect(await cli(...ADD, 'Shop.Example.test', ...options)).toMatchObject({
      code: 0,
      json: { id: 1, platform: 'shopify', domain: 'shop.example.test', state: 'registered' },
    });
    const plain = await cli(...ADD, 'second.example.test', '--program-start', '2025-03-02');
    expect(plain).toMatchObject({ code: 0, stdout: '2\n' });
    expect((await cli('shops', '--json')).json).toEqual({
      shops: [
        { id: 1, platform: 'shopify', domain: 'shop.example.test', state: 'registered' },
        { id: 2, platform: 'shopify', domain: 'second.example.test', state: 'registered' },
      ],
    });
  });

  once('wrong use ends with exit 2 and a sentence, and nothing on stdout', async () => {
    const wrong: [string[], RegExp][] = [
      [['constructor'], /there is no command "constructor"/],
      [['frobnicate'], /there is no command "frobnicate"/],
      [[], /a command is missing/],
      [['shops', '--what'], /--what/],
      [[...ADD, 'no host'], /no host name/],
    ];
    const check = async ([args, sentence]: (typeof wrong)[0]) => {
      const { code, stdout, stderr } = await cli(...args, '--json');
      expect(stderr).toMatch(sentence);
      expect(stderr).not.toMatch(/node_modules|\.ts:\d/);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    };
    await Promise.all(wrong.map(check));
  });

  test('import orders: a dry run writes nothing, a run writes, again adds nothing', async () => {
    const dry = await cli('import', 'orders', file, ...SIMPLE, '--dry-run', '--json');
    expect(dry).toMatchObject({ code: 0, json: { rows: 3, orders: 3, refused: 0 } });
    expect(await orders()).toEqual([]);
    const { code, json } = await cli('import', 'orders', file, ...SIMPLE, '--json');
    expect(code).toBe(0);
    expect(json).toMatchObject({ rows: 3, orders: 3, created: 3, unchanged: 0, refused: 0 });
    expect(Object.keys(json)).toEqual(expect.arrayContaining(['seconds', 'peakMemoryMb']));
    expect(await orders()).toHaveLength(3);
    const again = await cli('--json', 'import', 'orders', file, ...SIMPLE, '--earn');
    expect(again).toMatchObject({ code: 0, json: { created: 0, unchanged: 3 } });
    expect((await dump(world, 1)).points_transactions).toEqual([]);
  });

  once('import orders: refused rows are named with their lines, the others go in, exit 1', async () => {
    const { code, stdout } = await cli('import', 'orders', join(folder, 'bad.csv'), ...SIMPLE);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^line 5: .+\nline 6: .+\n/);
    expect(stdout).toMatch(/2 refused/);
    expect(await orders()).toHaveLength(3);
  });

  test('import orders --earn gives points from program start on, and ledger balance tells them', async () => {
    const earned = await cli('import', 'orders', file, '--format', 'simple-csv', '--shop', '2', '--earn', '--json');
    expect(earned).toMatchObject({ code: 0, json: { created: 3 } });
    const balance = (name: string) =>
      cli('ledger', 'balance', '--shop', 'second.example.test', '--customer', name, '--json');
    for (const { json } of await Promise.all(['Ada@Example.Test', '501'].map(balance))) {
      expect(json).toEqual({ available: 40, pending: 0, reserved: 0, lifetimeEarned: 40, tier: null });
    }
  });

  test('kpis has the agreed names at full precision', async () => {
    const { code, json } = await cli('kpis', ...SHOP, ...RANGE, '--window', '90', '--json');
    expect(code).toBe(0);
    expect(json).toMatchObject({ customers: 2, orders: 3, revenue: 140.5, aov: 140.5 / 3, orders_per_customer: 1.5 });
    expect(json).toMatchObject({ repeat_customers: 1, repeat_purchase_rate: 0.5 });
  });

  test('jobs run says what was done', async () => {
    const [rebuilt, kept] = await Promise.all([
      cli('jobs', 'run', 'rebuild', ...SHOP, '--now', '2026-01-01T00:00:00Z', '--json'),
      cli('jobs', 'run', 'retention', '--json'),
    ]);
    expect(rebuilt).toMatchObject({
      code: 0,
      json: { job: 'rebuild', shops: [{ shop: 'shop.example.test', done: 2 }] },
    });
    expect(kept).toMatchObject({ code: 0, json: { job: 'retention', bodies: 0, shops: 0 } });
  });

  once('deliveries lists what is parked and replays it', async () => {
    const [parked] = await deliver(world, 1, ['orders/create', '{"broken"'], ['orders/create', orderBody()]);
    const { json } = await cli('deliveries', ...SHOP, '--json');
    expect(json.deliveries).toMatchObject([{ id: parked?.id, topic: 'orders/create', reason: expect.any(String) }]);
    expect(await cli('deliveries', 'replay', String(parked?.id), ...SHOP, '--json')).toMatchObject({ code: 0 });
    expect((await dump(world, 1)).inbox).toContainEqual(expect.objectContaining({ id: parked?.id, state: 'pending' }));
  });

  test('ledger verify: 0 while all is well, 1 and a name when something was tampered with, and rebuild mends it', async () => {
    const verify = () => cli('ledger', 'verify', '--shop', '2', '--json');
    expect(await verify()).toMatchObject({ code: 0, json: { ok: true, transactions: 1 } });
    const { pointsAccounts } = await import('../points/points.tables.ts');
    await world.db.transaction((tx) => tx.update(pointsAccounts).set({ available: 1_000_000 }));
    const bad = await verify();
    expect(bad).toMatchObject({
      code: 1,
      json: { ok: false, firstBad: { customerId: expect.any(String), reason: expect.any(String) } },
    });
    expect(await cli('ledger', 'rebuild', '--shop', '2', '--json')).toMatchObject({
      json: { ok: expect.any(Boolean) },
    });
    expect(await verify()).toMatchObject({ code: 0, json: { ok: true } });
  });

  once('help lists every command', async () => {
    const { code, stdout } = await cli('help');
    expect(code).toBe(0);
    for (const words of [
      'shops',
      'shop add',
      'import orders',
      'replay',
      'kpis',
      'ledger verify',
      'jobs run',
      'bench',
    ]) {
      expect(stdout).toContain(`  ${words}`);
    }
  });
});

once('a wrong environment stops a command with one line that names the variable', async () => {
  const broken = { ...world, url: 'mysql://elsewhere' };
  const { code, stdout, stderr } = await runCli(broken, 'shops', '--json');
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^DATABASE_URL .+\n$/);
  await testShop(world, { domain: 'unharmed.example.test' });
});
