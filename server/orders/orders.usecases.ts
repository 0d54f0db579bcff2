import type { OrderState, Version } from '../commerce/commerce.types.ts';
import { wasErased } from '../customers/customers.usecases.ts';
import { recordAccount } from '../customers/signup.usecases.ts';
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
  renameFacts,
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
  const customerId = await customerOf(scope, order);
  // Only now: a guest who turns out to be an account hands orders over, this one perhaps among them.
  const known = await findKnown(scope, order);
  const version = { ...order.version, progress: progressOf(order) };
  if (known && !replaces(version, known)) {
    return { recorded: 'unchanged', customerId: await complete(scope, known, order, customerId) };
  }
  const platformId = known && isNameless(order) ? known.platformId : order.platformId;
  if (known && known.platformId !== platformId) await renameFacts(scope, known.platformId, platformId);
  const facts = await absorbRefunds(scope, platformId, order.refunds, await listFacts(scope, platformId));
  const effective = effectiveOrder({ ...order, ...order.version }, facts, scope.shop.currency);
  const before = known ? { ...known, lines: await listLines(scope, known.id) } : null;
  const row: OrderRow = {
    ...state(scope, order),
    ...result(effective),
    // A local day that was written stays, whatever zone the shop moves to.
    ...(known?.placedAt === order.placedAt ? { placedDay: known.placedDay } : {}),
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
  await scope.tell({ kind: 'order-changed', before, after });
  return { recorded: known ? 'updated' : 'created', customerId: row.customerId };
}

const isNameless = (order: OrderState): boolean => order.platformId.startsWith(BY_NUMBER);

const findKnown = (scope: Scope, order: OrderState): Promise<OrderRow | null> =>
  isNameless(order) ? findOrderByNumber(scope, order.number) : findOrder(scope, order.platformId, order.number);

/** Whether the shop has this order already. */
export const isKnown = async (scope: Scope, order: OrderState): Promise<boolean> =>
  (await findKnown(scope, order)) !== null;

/** Whom the order belongs to by this payload, guests merged in; null when it carries no contact. */
async function customerOf(scope: Scope, order: OrderState): Promise<string | null> {
  const { customer } = order;
  if (!customer) return null;
  if (customer.platformId === null) {
    // A guest who was erased has no name left by which a late payload could find them: their order still does.
    const owner = (await findKnown(scope, order))?.customerId ?? null;
    if (owner !== null && (await wasErased(scope, owner, customer.version.updatedAt))) return owner;
  }
  return recordAccount(scope, customer, customer.version);
}

/**
 * A payload too old to change an order can still say what the newer one left out: the platform's id of an order that came
 * from a file, with the facts that wait under that id, and whose order it is.
 */
async function complete(scope: Scope, known: OrderRow, order: OrderState, customerId: string | null) {
  const platformId = known.platformId.startsWith(BY_NUMBER) ? order.platformId : known.platformId;
  const owner = known.customerId ?? customerId;
  if (platformId !== known.platformId || owner !== known.customerId) {
    await refreshOrder(scope, known, { platformId, customerId: owner });
  }
  return owner;
}

/** A fact about an order that is known: what it is now, with everything that follows. */
export async function refreshOrder(scope: Scope, row: OrderRow, change: Partial<OrderRow> = {}): Promise<void> {
  const lines = await listLines(scope, row.id);
  const { platformId = row.platformId } = change;
  if (platformId !== row.platformId) await renameFacts(scope, row.platformId, platformId);
  const facts: Fact[] = await listFacts(scope, platformId);
  const effective = effectiveOrder({ ...row, ...change, lines }, facts, scope.shop.currency);
  const after: OrderWithLines = {
    ...row,
    ...change,
    ...result(effective),
    lines: lines.map((line, index) => ({ ...line, ...effective.lines[index] })),
  };
  const { lines: _lines, ...order } = after;
  await updateOrder(scope, order);
  await writeLines(scope, lines, after.lines, row.id);
  await scope.tell({ kind: 'order-changed', before: { ...row, lines }, after });
}

/**
 * An order that is known is said not to be placed (any more): it is as one that nobody has paid, until a newer payload says
 * otherwise. One that is not known stays so, or every cart would be an order.
 * @returns the customer whom the order belongs to, if known
 */
export async function recordOrderUnplaced(scope: Scope, platformId: string, version: Version): Promise<string | null> {
  const known = await findOrder(scope, platformId, '');
  if (!known) return null;
  const draft = { cancelledAt: null, financial: 'pending' as const, refunds: [] };
  const next = { ...version, progress: progressOf(draft) };
  if (replaces(next, known))
    await refreshOrder(scope, known, { ...next, financial: draft.financial, cancelledAt: null });
  return known.customerId;
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
    refundedQuantity: 0,
    refundedAmount: 0,
    ...effective.lines[index],
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
