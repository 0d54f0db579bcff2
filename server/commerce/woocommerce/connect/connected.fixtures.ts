import type { World } from '../../../db/testing.ts';
import { addShop } from '../../../onboarding/register.usecases.ts';
import { install } from '../../../shops/shops.usecases.ts';
import { ensureWebhookSecret, keepStoreUrl } from '../../../shops/stores.usecases.ts';
import { storeTokens } from '../../../shops/tokens.usecases.ts';
import type { Reading } from '../../../syncs/run.usecases.ts';
import { beginSyncs } from '../../../syncs/syncs.usecases.ts';
import { createStoreFetch } from '../store/store.fetch.ts';
import { keysAsTokens } from '../store/store.usecases.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { wooReader } from '../syncs/sync.usecases.ts';

const KEYS = { key: `ck_${'a'.repeat(40)}`, secret: `cs_${'b'.repeat(40)}` };

/** For tests only: what speaking to stores on this machine needs; waits are not waited. */
export const loopbackDeps = (world: World): WooDeps => ({
  db: world.db,
  clock: world.clock,
  realClock: world.clock,
  ids: world.ids,
  reactions: world.reactions,
  features: world.features,
  vault: world.vault,
  logger: world.logger,
  fetch: createStoreFetch({ allowPrivate: true }),
  appUrl: 'https://app.example.test',
  sleep: async () => undefined,
  wake: () => undefined,
});

export const readingOf = (deps: WooDeps): Reading => ({ ...deps, readers: { woocommerce: wooReader(deps) } });

/** New keys, as a store gives them. */
export const giveKeys = (world: World, shopId: number): Promise<void> =>
  world.inShop(shopId, ({ tx }) => storeTokens({ tx, vault: world.vault }, shopId, keysAsTokens(KEYS)));

/** A shop whose store is at this address, connected just now. @returns its id */
export async function connectedShop(world: World, url: string, domain = 'tea.example.test'): Promise<number> {
  const place = { platform: 'woocommerce' as const, domain, currency: 'EUR', timeZone: 'Europe/Sofia' };
  const id = await addShop(world, { ...place, programStart: '2000-01-01' });
  await giveKeys(world, id);
  await world.inShop(id, async (scope) => {
    await keepStoreUrl(scope, url);
    await ensureWebhookSecret(scope, world.vault);
    await install(scope, ['read_write']);
    await beginSyncs(scope);
  });
  return id;
}
