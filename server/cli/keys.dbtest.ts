import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../app.ts';
import { dialect } from '../db/dialect.ts';
import { sqlitePath } from '../db/sqlite.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { addLocalKey, createLocalVault, ensureLocalKeys } from '../keys.ts';
import { webhookSecretOf } from '../shops/directory.usecases.ts';
import { keysRotate } from './keys.commands.ts';

// PostgreSQL is never run without ENCRYPTION_KEYS.
describe.skipIf(dialect === 'postgres')('keys rotate without configured keys', () => {
  let world: World;
  let folder: string;
  let core: Core;
  beforeEach(async () => {
    world = await testWorld();
    folder = dirname(sqlitePath(world.url));
    core = {
      ...world,
      vault: createLocalVault(folder),
      config: { ...world.config, encryptionKeys: undefined, databaseUrl: world.url },
    };
  });
  afterEach(() => world.close());

  const rotate = () => keysRotate.run({ core, values: {}, words: [] });

  test('makes a key, seals with it, keeps the old one, and a running app reads on', async () => {
    const running = { db: world.db, vault: createLocalVault(folder) };
    const [old] = ensureLocalKeys(folder);
    const shop = await testShop({ ...world, vault: core.vault }, { webhookSecret: 'own' });
    const { json, text, code } = await rotate();
    const [made, kept] = ensureLocalKeys(folder);
    expect(json).toEqual({ made: made?.id, resealed: 1, inUse: [{ id: made?.id, values: 1 }], unreadable: [] });
    expect([kept, code]).toEqual([old, 0]);
    expect(text).toContain(`in use: ${made?.id} (1)`);
    expect(await webhookSecretOf(running, shop)).toBe('own');
  });

  test('goes on with the key of a rotation that was not finished', async () => {
    await testShop({ ...world, vault: core.vault }, { webhookSecret: 'own' });
    const begun = addLocalKey(folder);
    expect((await rotate()).json).toMatchObject({ made: null, resealed: 1, inUse: [{ id: begun, values: 1 }] });
    expect(ensureLocalKeys(folder)).toHaveLength(2);
  });

  test('ends with 1 where a secret can no longer be read', async () => {
    // Sealed with the world's own key, which is not in the folder.
    await testShop(world, { webhookSecret: 'own' });
    const { json, text, code } = await rotate();
    expect(code).toBe(1);
    expect(json).toMatchObject({ resealed: 0, unreadable: [{ table: 'shops', field: 'webhookSecret', key: 'test' }] });
    expect(text).toMatch(/CANNOT BE READ: shops.webhookSecret of shop 1, key test/);
    expect(text).not.toContain('v1.');
  });
});
