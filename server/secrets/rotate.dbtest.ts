import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fillWorld } from '../backup/backup.fixtures.ts';
import { shopSecret } from '../cli/shops.commands.ts';
import { dump } from '../db/testing.tables.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { createVault } from '../shared/crypto.ts';
import { SEALED } from '../shared/sealed.ts';
import { webhookSecretOf } from '../shops/directory.usecases.ts';
import { updateShop } from '../shops/shops.repository.ts';
import { storeTokens } from '../shops/tokens.usecases.ts';
import { keysInUse, rotateKeys } from './rotate.usecases.ts';

const [old, fresh] = [
  { id: 'test', key: Buffer.alloc(32, 1) },
  { id: 'fresh', key: Buffer.alloc(32, 2) },
];
/** What the vault writes, wherever it stands. */
const SEALED_TEXT = /^v1\.[\w-]+\.[\w-]{16}\.[\w-]*\.[\w-]{22}$/;

let world: World;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const token = async (shop: number) => {
  const accessToken = world.vault.seal(`token of ${shop}`, `shop:${shop}:access-token`);
  await world.db.transaction((tx) => updateShop(tx, shop, { accessToken }));
};

describe('rotation', () => {
  test('seals every secret with the newest key, and a second run changes nothing', async () => {
    const shops: number[] = [];
    // More than a page, some without a secret.
    for (let n = 0; n < 230; n += 1) {
      const secret = n % 10 === 0 ? {} : { webhookSecret: `secret ${n}` };
      shops.push(await testShop(world, { domain: `s${n}.example.test`, ...secret }));
    }
    for (const shop of shops.slice(0, 5)) await token(shop);
    const vault = createVault([fresh, old]);
    expect(await keysInUse({ ...world, vault })).toEqual([{ id: 'test', values: 212 }]);
    const first = await rotateKeys({ ...world, vault });
    expect(first).toEqual({ resealed: 212, inUse: [{ id: 'fresh', values: 212 }], unreadable: [] });
    const after = await dump(world);
    expect(await rotateKeys({ ...world, vault })).toEqual({ ...first, resealed: 0 });
    expect(await dump(world)).toEqual(after);
    // The old key may go.
    const alone = createVault([fresh]);
    expect(await webhookSecretOf({ ...world, vault: alone }, shops[229] ?? 0)).toBe('secret 229');
    const row = after.shops?.find(({ id }) => id === shops[0]);
    expect(alone.open(String(row?.accessToken), `shop:${shops[0]}:access-token`)).toBe(`token of ${shops[0]}`);
  });

  test('goes on past what no key opens, leaves it as it is and names it', async () => {
    const lost = await testShop(world, { domain: 'lost.example.test', webhookSecret: 'lost' });
    const moved = await testShop(world, { domain: 'moved.example.test' });
    const good = await testShop(world, { domain: 'good.example.test', webhookSecret: 'good' });
    const stranger = createVault([{ id: 'stranger', key: Buffer.alloc(32, 3) }]);
    const foreign = stranger.seal('lost', `shop:${lost}:webhook-secret`);
    const copied = world.vault.seal('good', `shop:${good}:webhook-secret`);
    await world.db.transaction(async (tx) => {
      await updateShop(tx, lost, { webhookSecret: foreign });
      await updateShop(tx, moved, { webhookSecret: copied });
    });
    const vault = createVault([fresh, old]);
    const result = await rotateKeys({ ...world, vault });
    const place = { table: 'shops', field: 'webhookSecret' };
    expect(result.unreadable).toEqual([
      { ...place, shop: lost, key: 'stranger' },
      { ...place, shop: moved, key: 'test' },
    ]);
    expect(result.resealed).toBe(1);
    expect(result.inUse.map(({ id }) => id)).toEqual(['fresh', 'stranger', 'test']);
    expect((await dump(world)).shops).toContainEqual(expect.objectContaining({ id: lost, webhookSecret: foreign }));
    expect(await webhookSecretOf({ ...world, vault }, good)).toBe('good');
    // A secret whose key is lost is given anew, and nothing is unreadable any more.
    for (const name of ['lost', 'moved']) {
      const options = { shop: `${name}.example.test`, 'webhook-secret': `new ${name}` };
      await shopSecret.run({ core: { ...world, vault }, values: options, words: [] });
    }
    expect(await webhookSecretOf({ ...world, vault }, lost)).toBe('new lost');
    expect(await rotateKeys({ ...world, vault })).toEqual({
      resealed: 0,
      unreadable: [],
      inUse: [{ id: 'fresh', values: 3 }],
    });
  });
});

describe('the list of sealed columns', () => {
  test('names columns that there are', () => {
    for (const { table, field } of SEALED) {
      const columns = world.catalogue.tables.find(({ name }) => name === table)?.columns ?? [];
      expect(columns, `${table}.${field}`).toContainEqual(expect.objectContaining({ field, kind: 'text' }));
    }
  });

  test('names every column in which something sealed stands', async () => {
    const [shop = 0] = await fillWorld(world);
    const pair = { accessToken: 'a', accessExpiresAt: 1, refreshToken: 'r', refreshExpiresAt: 1 };
    await world.db.transaction((tx) => storeTokens({ tx, vault: world.vault }, shop, pair, 'p'));
    const found = new Set<string>();
    for (const [table, rows] of Object.entries(await dump(world))) {
      for (const row of rows) {
        for (const [field, value] of Object.entries(row)) {
          if (SEALED_TEXT.test(String(value))) found.add(`${table}.${field}`);
        }
      }
    }
    expect([...found].sort()).toEqual(SEALED.map(({ table, field }) => `${table}.${field}`).sort());
  });
});
