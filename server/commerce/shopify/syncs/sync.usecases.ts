import type { Shop } from '../../../shops/shops.types.ts';
import type { Next, Reader } from '../../../syncs/run.usecases.ts';
import { noteSync, type SyncRow } from '../../../syncs/syncs.usecases.ts';
import type { Hold } from '../../../work/leased.engine.ts';
import type { Admin } from '../admin/admin.ts';
import { adminOf, type ShopifyDeps } from '../connect/shopify.deps.ts';
import { mendWebhooks, SUBSCRIBED } from '../connect/webhooks.usecases.ts';
import { readHistory } from './bulk.usecases.ts';
import { reconcile } from './reconcile.usecases.ts';
import { readNoted } from './rereads.usecases.ts';

type Work = { deps: ShopifyDeps; admin: Admin; shop: Shop; row: SyncRow; hold: Hold<SyncRow> };

/** How shops on Shopify are read. */
export const shopifyReader = (deps: ShopifyDeps): Reader => ({
  step: (row, hold) => {
    const { shop } = hold;
    return step({ deps, admin: adminOf(deps, shop), shop, row, hold }, hold.stopping);
  },
  keysRefused: ['shopify.token_revoked'],
  passing: [],
  nightly: () => ['webhooks', 'rereads', 'reconcile'],
  hourly: [],
});

async function step(work: Work, enough: () => boolean): Promise<Next> {
  switch (work.row.kind) {
    case 'webhooks':
      return webhooks(work);
    case 'customers':
    case 'orders':
      return readHistory(work, enough);
    // They come by webhook alone.
    case 'products':
      return null;
    case 'rereads':
      return readNoted(work, enough);
    case 'reconcile':
      return reconcile(work);
  }
}

async function webhooks({ deps, admin, shop, row, hold }: Work): Promise<Next> {
  const topics = deps.webhooks === 'shop' ? SUBSCRIBED : [];
  const health = await mendWebhooks(admin, `${deps.platform.appUrl}/webhooks/shopify`, topics);
  const { refused, made, kept } = health;
  if (made + health.removed + refused.length > 0) deps.logger.info({ shop: shop.id, ...health }, 'webhooks mended');
  const reason =
    refused.length === 0 ? null : `Shopify does not let this shop send: ${refused.join(', ').toLowerCase()}.`;
  await hold.write((scope) => noteSync(scope, row.kind, { count: made + kept, refused: refused.length, reason }));
  return null;
}
