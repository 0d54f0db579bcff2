import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOwner } from '../api/keys.usecases.ts';
import { testShop, testWorld, type World } from '../db/testing.ts';
import { apiKeyAdd, apiKeyList, apiKeyRevoke } from './api-keys.commands.ts';

let world: World;
let shopId: number;
beforeAll(async () => {
  world = await testWorld();
  shopId = await testShop(world);
});
afterAll(() => world.close());

const shop = 'shop.example.test';
const run = async (command: typeof apiKeyAdd, values: Record<string, string>, words: string[] = []) =>
  (await command.run({ core: world, values: { shop, ...values }, words })) as {
    json: Record<string, never>;
    text: string;
  };

test('a key is made, shown once, listed without what proves it, and revoked', async () => {
  const made = await run(apiKeyAdd, { scope: 'read', name: 'till' });
  const { id, key } = made.json as unknown as { id: string; key: string };
  expect(made.text).toBe(key);
  expect(await keyOwner(world, key)).toEqual({ shopId, id, scope: 'read' });
  const listed = await run(apiKeyList, {});
  expect(listed.json).toEqual({
    keys: [
      { id, name: 'till', scope: 'read', createdAt: world.clock.now(), lastUsedAt: world.clock.now(), revokedAt: null },
    ],
  });
  expect(listed.text).toMatch(/read\ttill\tmade 2026-01-01\tused 2026-01-01/);
  expect(JSON.stringify(listed)).not.toContain(key.slice(-43));
  await run(apiKeyRevoke, {}, [id]);
  expect(await keyOwner(world, key)).toBeNull();
  expect((await run(apiKeyList, {})).text).toContain('revoked');
});

test('a key writes unless told otherwise, and wrong use is refused', async () => {
  expect((await run(apiKeyAdd, {})).json).toMatchObject({ scope: 'write', shop });
  await expect(run(apiKeyAdd, { scope: 'root' })).rejects.toMatchObject({ code: 'cli.usage' });
  await expect(run(apiKeyRevoke, {})).rejects.toMatchObject({ code: 'cli.usage' });
  await expect(run(apiKeyRevoke, {}, ['none'])).rejects.toMatchObject({ code: 'api.unknown_key' });
});
