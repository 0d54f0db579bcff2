import { readable, takeIn } from '../../../intake/take-in.usecases.ts';
import type { Shop } from '../../../shops/shops.types.ts';
import type { Next } from '../../../syncs/run.usecases.ts';
import type { SyncRow } from '../../../syncs/syncs.usecases.ts';
import { nextRereads, rereadDone, rereadFailed } from '../../../syncs/syncs.usecases.ts';
import type { Hold } from '../../../work/leased.engine.ts';
import type { Admin } from '../admin/admin.ts';
import type { ShopifyDeps } from '../connect/shopify.deps.ts';
import { OrderRead, type OrderReadQuery, RefundRead, type RefundReadQuery } from '../operations.generated.ts';
import { type LineNode, orderChanges, type RefundNode } from '../reading/shopify.graphql.ts';

type Work = { deps: ShopifyDeps; admin: Admin; shop: Shop; hold: Hold<SyncRow> };

const AT_ONCE = 20;
/** Pages of one list: as many entries as a delivery may have. */
const MAX_PAGES = 40;

async function linesOf(admin: Admin, id: string, first: NonNullable<OrderReadQuery['order']>): Promise<LineNode[]> {
  const lines = [...first.lineItems.nodes];
  let { hasNextPage, endCursor } = first.lineItems.pageInfo;
  for (let page = 1; hasNextPage && page < MAX_PAGES; page += 1) {
    const { order }: OrderReadQuery = await admin.run(OrderRead, { id, linesAfter: endCursor });
    if (!order) break;
    lines.push(...order.lineItems.nodes);
    ({ hasNextPage, endCursor } = order.lineItems.pageInfo);
  }
  return lines;
}

async function refundOf(admin: Admin, id: string): Promise<RefundNode | null> {
  const { refund: first }: RefundReadQuery = await admin.run(RefundRead, { id });
  if (!first) return null;
  const nodes = [...first.refundLineItems.nodes];
  let { hasNextPage, endCursor } = first.refundLineItems.pageInfo;
  for (let page = 1; hasNextPage && page < MAX_PAGES; page += 1) {
    const { refund }: RefundReadQuery = await admin.run(RefundRead, { id, after: endCursor });
    if (!refund) break;
    nodes.push(...refund.refundLineItems.nodes);
    ({ hasNextPage, endCursor } = refund.refundLineItems.pageInfo);
  }
  return { ...first, refundLineItems: { ...first.refundLineItems, nodes } };
}

/** Reads one order with everything; null where Shopify has none for us. */
async function orderParts(admin: Admin, orderId: string) {
  const id = `gid://shopify/Order/${orderId}`;
  const { order } = await admin.run(OrderRead, { id });
  if (!order) return null;
  const refunds: RefundNode[] = [];
  for (const one of order.refunds) {
    const refund = await refundOf(admin, one.id);
    if (refund !== null) refunds.push(refund);
  }
  return { order, lines: await linesOf(admin, id, order), shipping: order.shippingLines.nodes, refunds };
}

/**
 * Reads the orders that are noted, one by one: edited ones, those with refunds in the history, those whose webhooks were
 * missed. @throws AppError as Admin.run does
 */
export async function readNoted({ deps, admin, shop, hold }: Work, enough: () => boolean): Promise<Next> {
  for (;;) {
    const noted = await nextRereads(deps, shop.id, AT_ONCE);
    if (noted.length === 0) return null;
    for (const { orderPlatformId: id, since } of noted) {
      // Before the call: whatever comes by webhook from here on is newer.
      const at = deps.clock.now();
      const parts = await orderParts(admin, id);
      const changes = parts && readable(deps, shop.id, id, () => orderChanges(parts, at, shop));
      const gone = parts === null;
      const taken = await takeIn(hold, changes ? [changes] : [], (scope) =>
        gone || changes !== null ? rereadDone(scope, id, since) : rereadFailed(scope, id),
      );
      if (!taken) return null;
      if (enough()) return { inMs: 0 };
    }
  }
}
