import { isAppError } from '../../shared/errors.ts';
import type { Shop } from '../../shops/shops.types.ts';
import { openScope, shopOfId } from '../../shops/shops.usecases.ts';
import { askSync, nextRereads, noteSync, type SyncRow, shopsToSync, syncsOf } from '../../syncs/syncs.usecases.ts';
import type { Admin } from './admin.ts';
import { type Next, readHistory } from './bulk.usecases.ts';
import { reconcile } from './reconcile.usecases.ts';
import { mayPass } from './record.usecases.ts';
import { readNoted } from './rereads.usecases.ts';
import { adminOf, type ShopifyDeps } from './shopify.deps.ts';
import { mendWebhooks, SUBSCRIBED } from './webhooks.usecases.ts';

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
/** About a day of hourly attempts; the nightly pass begins anew. */
const MAX_ATTEMPTS = 30;

type Work = { deps: ShopifyDeps; admin: Admin; shop: Shop; row: SyncRow };

async function step(work: Work, enough: () => boolean): Promise<Next> {
  const { deps, admin, shop, row } = work;
  switch (row.kind) {
    case 'webhooks':
      return webhooks(work);
    case 'customers':
    case 'orders':
      return readHistory(work, enough);
    case 'rereads':
      return readNoted({ deps, admin, shop }, enough);
    case 'reconcile':
      return reconcile(work);
  }
}

async function webhooks({ deps, admin, shop, row }: Work): Promise<Next> {
  const topics = deps.webhooks === 'shop' ? SUBSCRIBED : [];
  const health = await mendWebhooks(admin, `${deps.platform.appUrl}/webhooks/shopify`, topics);
  const { refused, made, kept } = health;
  if (made + health.removed + refused.length > 0) deps.logger.info({ shop: shop.id, ...health }, 'webhooks mended');
  const reason =
    refused.length === 0 ? null : `Shopify does not let this shop send: ${refused.join(', ').toLowerCase()}.`;
  await note(deps, shop.id, row, { count: made + kept, refused: refused.length, reason });
  return null;
}

const note = ({ db, clock, ids }: ShopifyDeps, shopId: number, row: SyncRow, change: Partial<SyncRow>) =>
  db.transaction(async (tx) => noteSync(await openScope(tx, shopId, clock.now(), ids), row.kind, change), {
    shop: shopId,
  });

/**
 * Goes on with everything that a shop has to be read: subscriptions, history, noted orders, the nightly pass. A failure
 * that may pass is tried again later, one that will not stands in the row for the merchant.
 * @returns how many readings were gone on with
 */
export async function syncShop(
  deps: ShopifyDeps,
  shopId: number,
  enough: () => boolean = () => false,
): Promise<number> {
  const shop = await shopOfId(deps, shopId);
  if (!shop) return 0;
  let worked = 0;
  for (const { kind } of await syncsOf(deps, shopId)) {
    // Read anew: what came before may have asked for it.
    const row = (await syncsOf(deps, shopId)).find((one) => one.kind === kind);
    if (!row || row.dueAt === null || row.dueAt > deps.clock.now()) continue;
    if (shop.platform !== 'shopify' || shop.state !== 'installed') {
      await note(deps, shopId, row, { dueAt: null });
      continue;
    }
    worked += 1;
    await goOn({ deps, admin: adminOf(deps, shop), shop, row }, enough);
    if (enough()) break;
  }
  return worked;
}

async function goOn(work: Work, enough: () => boolean): Promise<void> {
  const { deps, shop, row } = work;
  const due = row.dueAt;
  try {
    const next = await step(work, enough);
    const now = deps.clock.now();
    if (next !== null) return await note(deps, shop.id, row, { dueAt: now + next.inMs });
    // Somebody may have asked again while it was worked on.
    const asked = (await syncsOf(deps, shop.id)).find(({ kind }) => kind === row.kind)?.dueAt;
    const again = asked !== undefined && asked !== null && due !== null && asked > due;
    const done = { errorCode: null, attempts: 0, finishedAt: now };
    await note(deps, shop.id, row, again ? done : { ...done, state: 'done', dueAt: null });
    // Only after that: an order noted since then has made the reading due itself.
    const left = row.kind === 'rereads' && (await nextRereads(deps, shop.id, 1)).length > 0;
    if (left) await note(deps, shop.id, row, { state: 'waiting', dueAt: now });
  } catch (error) {
    await failed(work, error);
  }
}

async function failed({ deps, shop, row }: Work, error: unknown): Promise<void> {
  // As it is stored: what it got done before it failed counts.
  const stored = (await syncsOf(deps, shop.id)).find(({ kind }) => kind === row.kind);
  const attempts = (stored ?? row).attempts + 1;
  const now = deps.clock.now();
  deps.logger.warn({ err: error, shop: shop.id, kind: row.kind, attempts }, 'reading from Shopify did not go on');
  const errorCode = isAppError(error) ? error.code : 'internal';
  const reason = isAppError(error) ? error.message : 'Something went wrong here; it will be tried again.';
  // It goes on where it is as soon as an install brings new tokens.
  if (errorCode === 'shopify.token_revoked') return note(deps, shop.id, row, { dueAt: null, errorCode, reason });
  const again = mayPass(error) && attempts < MAX_ATTEMPTS;
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 10));
  const change = again ? { dueAt: now + wait } : { dueAt: null, state: 'failed' as const, finishedAt: now };
  await note(deps, shop.id, row, { ...change, attempts, errorCode, reason });
}

/** Shops with something to be read now. */
export const shopsToRead = ({ db, clock }: Pick<ShopifyDeps, 'db' | 'clock'>): Promise<number[]> =>
  shopsToSync({ db }, clock.now());

/** The nightly look at a shop: changes that webhooks missed, the subscriptions, and what had failed. */
export async function askNightly(deps: ShopifyDeps, shopId: number): Promise<boolean> {
  const { db, clock, ids } = deps;
  const known = await syncsOf(deps, shopId);
  return db.transaction(
    async (tx) => {
      const scope = await openScope(tx, shopId, clock.now(), ids);
      if (scope.shop.platform !== 'shopify' || scope.shop.state !== 'installed') return false;
      for (const kind of ['webhooks', 'rereads', 'reconcile'] as const) await askSync(scope, kind);
      for (const { kind, state } of known) if (state === 'failed') await askSync(scope, kind);
      return true;
    },
    { shop: shopId },
  );
}
