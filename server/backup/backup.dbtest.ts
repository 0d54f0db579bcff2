import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNull } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { kpis } from '../insights/kpis.usecases.ts';
import { verifyLedger } from '../points/verify.usecases.ts';
import { createVault } from '../shared/crypto.ts';
import { webhookSecretOf } from '../shops/directory.usecases.ts';
import { auditLog } from '../shops/shops.tables.ts';
import { shopByName } from '../shops/shops.usecases.ts';
import { fillWorld, linesIn, madeUpRows, writeLines } from './backup.fixtures.ts';
import { insertRows } from './backup.repository.ts';
import { FORMAT } from './backup.rules.ts';
import type { TableFacts } from './backup.types.ts';
import { backup } from './backup.usecases.ts';
import { restore } from './restore.usecases.ts';

let world: World;
let shops: number[];
let folder: string;
let file: string;
beforeAll(async () => {
  world = await testWorld();
  shops = await fillWorld(world);
  folder = mkdtempSync(join(tmpdir(), 'bazgasht-backup-'));
  file = join(folder, 'whole.backup');
  await backup(world, file);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Does something with an empty database. */
async function elsewhere<T>(work: (other: World) => Promise<T>): Promise<T> {
  const other = await testWorld();
  try {
    return await work(other);
  } finally {
    await other.close();
  }
}

describe('a backup', () => {
  test('holds a row of every table, so that these tests speak of every table', async () => {
    const empty = Object.entries(await dump(world)).flatMap(([table, rows]) => (rows.length === 0 ? [table] : []));
    // Whoever reads the numbers first empties the list of whose numbers have to follow.
    const filled = empty.filter((table) => table !== 'insight_dirty');
    expect(filled, 'let backup.fixtures.ts fill it').toEqual([]);
  });

  test('restores into equal rows, a ledger that verifies, the same numbers and secrets that open', async () => {
    await elsewhere(async (other) => {
      const report = await restore(other, file);
      expect(await dump(other)).toEqual(await dump(world));
      expect(report).toMatchObject({ madeAt: world.clock.now(), sealed: true });
      for (const id of shops) {
        expect(await verifyLedger(other, id)).toMatchObject({ ok: true });
        expect(await verifyLedger(other, id)).toEqual(await verifyLedger(world, id));
        const shop = await shopByName(other, String(id));
        const range = { from: '2025-01-01', to: '2025-12-31' };
        expect(await kpis(other, shop, range)).toEqual(await kpis(world, shop, range));
        expect(await webhookSecretOf(other, id)).toBe(`secret of ${shop.domain}`);
      }
      expect(await testShop(other, { domain: 'next.example.test' })).toBe(Math.max(...shops) + 1);
    });
  });

  test('restores nothing as nothing, in a column of documents too', async () => {
    const empty = (other: World) => other.db.read.select().from(auditLog).where(isNull(auditLog.before));
    await elsewhere(async (other) => {
      await restore(other, file);
      expect(await empty(other)).toEqual(await empty(world));
      expect(await empty(world)).not.toEqual([]);
    });
  });

  test('is readable by its owner only, and its secrets are sealed', () => {
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(linesIn(file).join('\n')).not.toContain('secret of');
  });

  test('replaces an older one in one step and leaves nothing else behind', async () => {
    const inner = mkdtempSync(join(folder, 'inner-'));
    writeFileSync(join(inner, 'daily'), 'yesterday');
    const report = await backup(world, join(inner, 'daily'));
    expect(readdirSync(inner)).toEqual(['daily']);
    expect(report).toMatchObject({ bytes: statSync(join(inner, 'daily')).size, rows: expect.any(Number) });
    const rows = linesIn(join(inner, 'daily')).filter((line) => line.startsWith('['));
    expect(rows).toHaveLength(report.rows);
  });

  test('that cannot be finished leaves what was there and no half of its own', async () => {
    const inner = mkdtempSync(join(folder, 'inner-'));
    writeFileSync(join(inner, 'daily'), 'yesterday');
    const vault = {
      ...world.vault,
      seal: () => {
        throw new Error('no');
      },
    };
    await expect(backup({ ...world, vault }, join(inner, 'daily'))).rejects.toThrow('no');
    expect(readdirSync(inner)).toEqual(['daily']);
    expect(readFileSync(join(inner, 'daily'), 'utf8')).toBe('yesterday');
    const nowhere = backup(world, join(inner, 'no-such-folder', 'daily'));
    await expect(nowhere).rejects.toMatchObject({ code: 'backup.unwritable', status: 400 });
  });

  test('shows one instant, and what is written meanwhile goes on and is not in it', async () => {
    await elsewhere(async (other) => {
      await fillWorld(other);
      const before = await dump(other);
      const target = join(folder, 'meanwhile');
      let written = false;
      await backup(other, target, () => {
        if (!written) void testShop(other, { domain: 'meanwhile.example.test' });
        written = true;
      });
      expect(written).toBe(true);
      await elsewhere(async (third) => {
        await restore(third, target);
        expect(await dump(third)).toEqual(before);
      });
      await expect(shopByName(other, 'meanwhile.example.test')).resolves.toMatchObject({ state: 'registered' });
    });
  });
});

test('rows are written before more are read, so that a large backup needs no more memory than a small one', async () => {
  const [carts] = world.catalogue.tables.filter(({ name }) => name === 'carts');
  const rows = madeUpRows(carts as TableFacts, 1, 1);
  await elsewhere(async (other) => {
    let answer = 'none';
    const twice = other.db.transaction(async (tx) => {
      await insertRows(tx, 'carts', rows);
      await insertRows(tx, 'carts', rows).catch((error) => {
        answer = 'refused';
        throw error;
      });
    });
    await expect(twice).rejects.toMatchObject({ code: 'database.failed' });
    expect(answer).toBe('refused');
  });
});

describe('restore refuses', () => {
  let lines: string[];
  const target = () => join(folder, 'changed');
  beforeEach(() => {
    lines = linesIn(file);
  });
  const refusal = (other: World, path = target()) =>
    restore(other, path).then(
      () => 'restored',
      (error: { code: string }) => error.code,
    );
  const nothingIn = async (other: World) => expect(Object.values(await dump(other)).flat()).toEqual([]);

  /** The trailer that fits some lines, sealed with a key of choice. */
  const resealed = (changed: string[], vault = world.vault): string[] => {
    const body = changed.slice(0, -1);
    const trailer = JSON.parse(changed.at(-1) ?? '') as Record<string, unknown>;
    const sha256 = createHash('sha256')
      .update(`${body.join('\n')}\n`)
      .digest('hex');
    return [...body, JSON.stringify({ ...trailer, sha256, sealed: vault.seal(sha256, 'backup') })];
  };
  const change = (from: string, to: string) => lines.map((line) => line.replace(from, to));

  const WRONG: [name: string, make: () => void][] = [
    ['a file cut in half', () => writeFileSync(target(), readFileSync(file).subarray(0, statSync(file).size / 2))],
    ['a file without its last byte', () => writeFileSync(target(), readFileSync(file).subarray(0, -1))],
    ['a file of something else', () => writeFileSync(target(), 'order_id,customer\n1,2\n')],
    ['an empty file', () => writeFileSync(target(), '')],
    ['a backup without its end', () => writeLines(target(), lines.slice(0, -1))],
    ['a backup with something behind its end', () => writeLines(target(), [...lines, '[1]'])],
    ['a changed value', () => writeLines(target(), change('"Tea"', '"Tee"'))],
    [
      'a row that is missing',
      () =>
        writeLines(
          target(),
          lines.filter((_, index) => index !== 2),
        ),
    ],
    [
      'a row that is missing, with a fitting hash',
      () => writeLines(target(), resealed(lines.filter((_, i) => i !== 2))),
    ],
    [
      'a cell too many',
      () => writeLines(target(), resealed(lines.map((line, i) => (i === 2 ? line.replace('[', '[1,') : line)))),
    ],
    ['a cell of another kind', () => writeLines(target(), resealed(change('"Tea"', '7')))],
    ['a table it does not know', () => writeLines(target(), resealed(change('"table":"carts"', '"table":"carters"')))],
    ['a table that comes twice', () => writeLines(target(), resealed([...lines.slice(0, 2), ...lines.slice(1)]))],
    [
      'a changed value, with a fitting hash, and the seal of the original',
      () => {
        const [made, old] = [resealed(change('"Tea"', '"Tee"')), JSON.parse(lines.at(-1) ?? '')];
        writeLines(target(), [
          ...made.slice(0, -1),
          JSON.stringify({ ...JSON.parse(made.at(-1) ?? ''), sealed: old.sealed }),
        ]);
      },
    ],
  ];
  test('one damaged byte anywhere, cuts and forgeries, before anything is to be seen', async () => {
    await elsewhere(async (other) => {
      for (const [name, make] of WRONG) {
        make();
        expect(await refusal(other), name).toBe('backup.damaged');
        await nothingIn(other);
      }
      // It was the changes that were refused.
      writeLines(target(), resealed(lines));
      expect(await refusal(other)).toBe('restored');
    });
  });

  test('a newer format and another schema, with a word on what to do', async () => {
    await elsewhere(async (other) => {
      const header = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
      const others = [{ format: FORMAT + 1, what: 'unknown' }, { migration: '0000_before' }, { schema: 'other' }];
      for (const changes of others) {
        writeLines(target(), resealed([JSON.stringify({ ...header, ...changes }), ...lines.slice(1)]));
        await expect(restore(other, target())).rejects.toMatchObject({
          code: 'backup.refused',
          message: expect.stringMatching(/version that made it/),
        });
      }
      await nothingIn(other);
    });
  });

  test('a database that is not empty, and a file that is not there', async () => {
    const before = await dump(world);
    expect(await refusal(world, file)).toBe('backup.refused');
    expect(await dump(world)).toEqual(before);
    await elsewhere(async (other) => expect(await refusal(other, join(folder, 'nothing'))).toBe('backup.missing'));
  });

  test('without its key a backup restores with a warning, unless a seal is asked for', async () => {
    const stranger = createVault([{ id: 'stranger', key: Buffer.alloc(32, 9) }]);
    writeLines(target(), resealed(lines, stranger));
    await elsewhere(async (other) => {
      await expect(restore(other, target(), { needSeal: true })).rejects.toMatchObject({ code: 'backup.refused' });
      await nothingIn(other);
      expect(await restore(other, target())).toMatchObject({ sealed: false });
    });
  });
});
