// Connects a new shop to a store and reads its whole history as the app does. Arguments: the store's address, seconds after
// which to stop. Prints JSON.
import { setTimeout as sleep } from 'node:timers/promises';
import { createCore } from '../server/app.ts';
import { createStoreFetch } from '../server/commerce/woocommerce/store/store.fetch.ts';
import { keysAsTokens } from '../server/commerce/woocommerce/store/store.usecases.ts';
import type { WooDeps } from '../server/commerce/woocommerce/store/woocommerce.deps.ts';
import { wooReader } from '../server/commerce/woocommerce/syncs/sync.usecases.ts';
import { processConfig } from '../server/config.ts';
import { addShop } from '../server/onboarding/register.usecases.ts';
import { systemClock } from '../server/shared/clock.ts';
import { openScope } from '../server/shops/scope.usecases.ts';
import { install } from '../server/shops/shops.usecases.ts';
import { keepStoreUrl } from '../server/shops/stores.usecases.ts';
import { storeTokens } from '../server/shops/tokens.usecases.ts';
import { syncShop } from '../server/syncs/run.usecases.ts';
import { askSync, syncsOf } from '../server/syncs/syncs.usecases.ts';

const [url = '', seconds = '600'] = process.argv.slice(2);
const core = await createCore(processConfig());
const { db, clock, vault } = core;
const place = {
  platform: 'woocommerce' as const,
  domain: 'bench.example.test',
  currency: 'EUR',
  timeZone: 'Europe/Sofia',
};
const shop = await addShop(core, place);
const keys = { key: `ck_${'a'.repeat(40)}`, secret: `cs_${'b'.repeat(40)}` };
await db.transaction(async (tx) => {
  const scope = await openScope(tx, shop, clock.now(), core);
  await storeTokens({ tx, vault }, shop, keysAsTokens(keys));
  await keepStoreUrl(scope, url);
  await install(scope, ['read_write']);
  for (const kind of ['customers', 'products', 'orders'] as const) await askSync(scope, kind);
});

const deps: WooDeps = {
  ...core,
  realClock: systemClock,
  fetch: createStoreFetch({ allowPrivate: true }),
  appUrl: 'https://app.example.test',
  sleep,
  wake: () => undefined,
};
const reading = { ...deps, readers: { woocommerce: wooReader(deps) } };
const began = performance.now();
const until = began + Number(seconds) * 1000;
const cpu = process.cpuUsage();
await syncShop(reading, shop, () => performance.now() > until);
const wallMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
const readings = (await syncsOf(core, shop)).map(({ kind, state, count, refused, reason }) => {
  return { kind, state, count, refused, reason };
});
const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ wallMs, cpuSeconds: (user + system) / 1e6, peakMemoryMb, readings }));
await db.close();
