import { readable, takeIn } from '../../../intake/take-in.usecases.ts';
import { isOrderCurrent } from '../../../orders/history.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import type { Next } from '../../../syncs/run.usecases.ts';
import { askReread, noteSync, type SyncRow } from '../../../syncs/syncs.usecases.ts';
import type { Hold } from '../../../work/leased.engine.ts';
import type { Change } from '../../commerce.types.ts';
import { toInstant } from '../../fields.ts';
import type { Admin } from '../admin/admin.ts';
import type { ShopifyDeps } from '../connect/shopify.deps.ts';
import {
  CustomersUpdated,
  type CustomersUpdatedQuery,
  OrdersUpdated,
  type OrdersUpdatedQuery,
} from '../operations.generated.ts';
import { idOfGid } from '../reading/shopify.fields.ts';
import { customerChanges } from '../reading/shopify.graphql.ts';

type Work = { deps: ShopifyDeps; admin: Admin; shop: Shop; row: SyncRow; hold: Hold<SyncRow> };

/** The platform's clock and index may be this far behind. */
const OVERLAP_MS = 3_600_000;
/** A pass looks at this much at most; a shop with more goes on with the next. */
const MAX_PAGES = 4_000;

const since = (instant: number) => `updated_at:>='${new Date(instant).toISOString()}'`;

/**
 * Asks for what changed since the last pass, less an hour, and heals what webhooks missed: an order that is not known as
 * new as it is there is noted to be read; customers are taken in as they come. The next pass begins where this one did.
 * @throws AppError as Admin.run does
 */
export async function reconcile(work: Work): Promise<Next> {
  const { deps, row, hold } = work;
  const began = deps.clock.now();
  const query = since(Math.max(0, row.position - OVERLAP_MS));
  if (!(await eachPage((after) => ordersPage(work, query, after)))) return null;
  if (!(await eachPage((after) => customersPage(work, query, after)))) return null;
  await takeIn(hold, [], (scope) => noteSync(scope, 'reconcile', { position: began, count: row.count }));
  return null;
}

type Page = { next: string | null };

/** @returns false where the shop left meanwhile */
async function eachPage(read: (after: string | null) => Promise<Page | null>): Promise<boolean> {
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const done = await read(after);
    if (done === null) return false;
    if (done.next === null) return true;
    after = done.next;
  }
  return true;
}

const pageOf = (info: { hasNextPage: boolean; endCursor: string | null }): Page => ({
  next: info.hasNextPage ? info.endCursor : null,
});

async function ordersPage({ admin, row, hold }: Work, query: string, after: string | null) {
  const { orders }: OrdersUpdatedQuery = await admin.run(OrdersUpdated, { query, after });
  const taken = await takeIn(hold, [], async (scope) => {
    for (const { id, updatedAt } of orders.nodes) {
      const platformId = idOfGid(id);
      const at = toInstant(updatedAt);
      if (platformId === null || at === null || (await isOrderCurrent(scope, platformId, at))) continue;
      row.count += 1;
      await askReread(scope, platformId, at);
    }
  });
  return taken ? pageOf(orders.pageInfo) : null;
}

async function customersPage({ deps, admin, shop, row, hold }: Work, query: string, after: string | null) {
  const at = deps.clock.now();
  const { customers }: CustomersUpdatedQuery = await admin.run(CustomersUpdated, { query, after });
  const things: Change[][] = [];
  for (const node of customers.nodes) {
    const changes = readable(deps, shop.id, node.id, () => customerChanges(node, at, shop));
    if (changes !== null) things.push(changes);
  }
  row.count += things.length;
  return (await takeIn(hold, things, async () => undefined)) ? pageOf(customers.pageInfo) : null;
}
