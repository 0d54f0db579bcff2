import { completeCart } from '../carts/carts.usecases.ts';
import type { OrderState } from '../commerce/commerce.types.ts';
import { recordCustomer } from '../customers/customers.usecases.ts';
import { mergeGuests } from '../customers/merge.usecases.ts';
import { recountOrder } from '../insights/insights.usecases.ts';
import { earnForOrder } from '../points/earn.usecases.ts';
import { localDay } from '../shared/calendar.ts';
import type { Scope } from '../shops/scope.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import {
  findOrder,
  findOrderByNumber,
  insertLines,
  insertOrder,
  listFacts,
  listLines,
  removeLines,
  updateOrder,
} from './orders.repository.ts';
import { type Effective, effectiveOrder, type Fact, progressOf, replaces } from './orders.rules.ts';
import type { OrderLineRow, OrderRow, OrderWithLines } from './orders.types.ts';
import { absorbRefunds } from './refunds.usecases.ts';

export type Recorded = 'created' | 'updated' | 'unchanged';

/** How an order came: a file's orders earn only when asked to, whatever mentions them later. */
export type Origin = { importId: string; earns: boolean };

const BY_NUMBER = 'number:';

/**
 * Takes a full order payload over, unless a newer one is known, and lets everything that hangs on it follow: customer,
 * points, numbers, cart. Any order of arrival, with repeats, ends in the same rows.
 */
export async function recordOrder(
  scope: Scope,
  order: OrderState,
  origin?: Origin,
): Promise<{ recorded: Recorded; customerId: string | null }> {
  const known = order.platformId.startsWith(BY_NUMBER)
    ? await findOrderByNumber(scope, order.number)
    : await findOrder(scope, order.platformId, order.number);
  const customer = order.customer ? await recordCustomer(scope, order.customer, order.customer.version) : null;
  if (customer && customer.merge.length > 0) await mergeGuests(scope, customer.id, customer.merge);
  const customerId = customer?.id ?? null;
  const version = { ...order.version, progress: progressOf(order) };
  if (known && !replaces(version, known)) return { recorded: 'unchanged', customerId: known.customerId };

  const platformId = known && order.platformId.startsWith(BY_NUMBER) ? known.platformId : order.platformId;
  const facts = await absorbRefunds(scope, platformId, order.refunds, await listFacts(scope, platformId));
  const effective = effectiveOrder({ ...order, updatedAt: version.updatedAt }, facts, scope.shop.currency);
  const before = known ? { ...known, lines: await listLines(scope, known.id) } : null;
  const row: OrderRow = {
    ...state(scope, order),
    ...result(effective),
    platformId,
    id: known?.id ?? scope.ids.next(),
    customerId: customerId ?? known?.customerId ?? null,
    earns: known?.earns ?? origin?.earns ?? true,
    importId: known?.importId ?? origin?.importId ?? null,
    ...version,
  };
  const after = { ...row, lines: lineRows(row, order, effective) };
  if (before) await updateOrder(scope, row);
  else await insertOrder(scope, row);
  await writeLines(scope, before?.lines ?? [], after.lines, row.id);
  await follow(scope, before, after);
  return { recorded: known ? 'updated' : 'created', customerId: row.customerId };
}

/** A fact about an order that is known: what it is now, with everything that follows. */
export async function refreshOrder(scope: Scope, row: OrderRow): Promise<void> {
  const lines = await listLines(scope, row.id);
  const facts: Fact[] = await listFacts(scope, row.platformId);
  const effective = effectiveOrder({ ...row, lines }, facts, scope.shop.currency);
  const after: OrderWithLines = {
    ...row,
    ...result(effective),
    lines: lines.map((line, index) => ({ ...line, ...effective.lines[index] })),
  };
  const { lines: _lines, ...order } = after;
  await updateOrder(scope, order);
  await writeLines(scope, lines, after.lines, row.id);
  await follow(scope, { ...row, lines }, after);
}

/** Points, numbers and the cart follow the order, in the same transaction. */
async function follow(scope: Scope, before: OrderWithLines | null, after: OrderWithLines): Promise<void> {
  await recountOrder(scope, before, after);
  await earnForOrder(scope, before, after);
  if (after.checkoutToken !== null && before === null) await completeCart(scope, after.checkoutToken, after);
}

/** The columns that repeat the payload. */
function state({ shop }: Scope, order: OrderState) {
  return {
    shopId: shop.id,
    number: order.number,
    placedAt: order.placedAt,
    placedDay: localDay(order.placedAt, zoneAt(shop, order.placedAt)),
    paidAt: order.paidAt,
    cancelledAt: order.cancelledAt,
    financial: order.financial,
    test: order.test,
    currency: order.currency,
    total: order.total,
    shipping: order.shipping,
    tax: order.tax,
    discount: order.discount,
    creditPaid: order.creditPaid,
    source: order.source,
    checkoutToken: order.checkoutToken,
    discountCodes: order.discountCodes,
  };
}

/** The columns that follow from payload and facts together. */
function result({ lines: _lines, ...columns }: Effective) {
  return columns;
}

function lineRows(row: OrderRow, order: OrderState, effective: Effective): OrderLineRow[] {
  return order.lines.map((line, index) => ({
    ...{ refundedQuantity: 0, refundedAmount: 0, ...effective.lines[index] },
    ...line,
    shopId: row.shopId,
    orderId: row.id,
    line: index,
  }));
}

/** Writes the lines only when they differ: most later payloads of an order change none. */
async function writeLines(scope: Scope, before: OrderLineRow[], after: OrderLineRow[], orderId: string): Promise<void> {
  if (before.length === after.length && before.every((line, index) => sameLine(line, after[index]))) return;
  if (before.length > 0) await removeLines(scope, orderId);
  await insertLines(scope, after);
}

function sameLine(a: OrderLineRow, b: OrderLineRow | undefined): boolean {
  return b !== undefined && (Object.keys(a) as (keyof OrderLineRow)[]).every((name) => a[name] === b[name]);
}
