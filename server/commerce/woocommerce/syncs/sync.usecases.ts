import { takeIn } from '../../../intake/take-in.usecases.ts';
import { AppError } from '../../../shared/errors.ts';
import { webhookSecretOf } from '../../../shops/directory.usecases.ts';
import { noteStoppedWebhooks } from '../../../shops/stores.usecases.ts';
import type { Next, Reader } from '../../../syncs/run.usecases.ts';
import { askSync, noteSync, type SyncRow, syncsOf } from '../../../syncs/syncs.usecases.ts';
import { WOO_TOPICS } from '../reading/woocommerce.commerce.ts';
import { storeOf } from '../store/store.usecases.ts';
import { mendStoreWebhooks } from '../store/store.webhooks.ts';
import type { WooDeps } from '../store/woocommerce.deps.ts';
import { readHistory } from './history.usecases.ts';
import type { Reads } from './lists.ts';
import { reconcile } from './reconcile.usecases.ts';
import { readNoted } from './rereads.usecases.ts';

/** Nothing says which customers changed, so all are walked through this often. */
const CUSTOMERS_MS = 7 * 86_400_000 - 3_600_000;

const noSecret = (): AppError =>
  new AppError('woocommerce.no_secret', 'This shop has no webhook secret. Connect the store again.', { status: 409 });

/** How stores on WooCommerce are read. */
export const wooReader = (deps: WooDeps): Reader => ({
  step: async (row, hold) => {
    const { shop } = hold;
    return step({ deps, shop, store: await storeOf(deps, shop), hold }, row, hold.stopping);
  },
  keysRefused: ['woocommerce.keys_refused', 'woocommerce.not_connected'],
  // While WooCommerce or a plugin is being updated a store is without its API, or answers strangely.
  passing: ['woocommerce.no_api', 'woocommerce.strange_answer'],
  nightly: (known, now) => {
    const customers = known.find(({ kind }) => kind === 'customers');
    const old = customers?.state === 'done' && (customers.finishedAt ?? 0) <= now - CUSTOMERS_MS;
    return ['webhooks', ...(old ? (['customers'] as const) : []), 'rereads', 'reconcile'];
  },
  // A store that failed to reach us seven times sends nothing more, and tells nobody.
  hourly: ['webhooks'],
});

async function step(reads: Reads, row: SyncRow, enough: () => boolean): Promise<Next> {
  switch (row.kind) {
    case 'webhooks':
      return webhooks(reads, row);
    case 'customers':
    case 'products':
    case 'orders':
      return readHistory(reads, row, row.kind, enough);
    case 'rereads':
      return readNoted(reads, enough);
    case 'reconcile':
      return reconcile(reads, row, enough);
  }
}

/** Sees to the store's webhooks. Where some had to be made anew, what they would have told since is looked for. */
async function webhooks({ deps, shop, store, hold }: Reads, row: SyncRow): Promise<Next> {
  const secret = await webhookSecretOf(deps, shop.id);
  if (secret === undefined) throw noSecret();
  const url = `${deps.appUrl}/webhooks/woocommerce/${shop.id}`;
  const health = await mendStoreWebhooks(store, url, WOO_TOPICS, secret);
  const { refused, made, kept } = health;
  if (made + health.removed + refused.length > 0) deps.logger.info({ shop: shop.id, ...health }, 'webhooks mended');
  const reason = refused.length === 0 ? null : `The store takes no webhook for: ${refused.join(', ')}.`;
  const known = await syncsOf(deps, shop.id);
  await takeIn(hold, [], async (scope) => {
    await noteSync(scope, row.kind, { count: made + kept, refused: refused.length, reason });
    if (health.stopped.length > 0) await noteStoppedWebhooks(scope);
    // Those that stopped count too: a look that failed half way may have made the new ones already.
    if (made + health.stopped.length === 0) return;
    // Not after an install: the history is about to be read. Where something told before, this is none.
    const told = kept + health.stopped.length > 0;
    for (const kind of ['customers', 'reconcile'] as const) {
      if (known.some((one) => one.kind === kind && one.state === 'done' && (told || one.finishedAt !== null))) {
        await askSync(scope, kind);
      }
    }
  });
  return null;
}
