import type { Refund } from '../commerce/commerce.types.ts';
import type { Scope } from '../shops/scope.ts';
import { findOrder, listFacts, putFact } from './orders.repository.ts';
import type { FulfilmentData } from './orders.rules.ts';
import type { OrderFactRow } from './orders.types.ts';
import { refreshOrder } from './orders.usecases.ts';

type NewFact = Pick<OrderFactRow, 'kind' | 'factId' | 'at' | 'data'>;

/**
 * Keeps a partial delivery and lets its order follow; an order not seen yet takes it up when it comes. Of two words about
 * the same fact the newer stands, of equal ones the one that sorts last.
 * @returns the customer whom the order belongs to, if known
 */
async function recordFact(scope: Scope, orderPlatformId: string, fact: NewFact): Promise<string | null> {
  const known = (await listFacts(scope, orderPlatformId)).find(
    (row) => row.kind === fact.kind && row.factId === fact.factId,
  );
  const order = await findOrder(scope, orderPlatformId, '');
  if (known?.asFact && !wins(fact, known)) return order?.customerId ?? null;
  const stands = known?.inFull ? { at: known.at, data: known.data } : { at: fact.at, data: fact.data };
  await putFact(scope, { ...fact, ...stands, orderPlatformId, inFull: known?.inFull ?? false, asFact: true });
  if (order) await refreshOrder(scope, order);
  return order?.customerId ?? null;
}

function wins(next: NewFact, known: OrderFactRow): boolean {
  if (next.at !== known.at) return next.at > known.at;
  return JSON.stringify(next.data) > JSON.stringify(known.data);
}

/** A refund delivered by itself. */
export const recordRefund = (scope: Scope, orderId: string, refund: Refund) =>
  recordFact(scope, orderId, { kind: 'refund', factId: refund.platformId, at: refund.at, data: refund });

/** What a refund gave back that full payloads list by its amount only: refunds are made once and never changed. */
export const recordRefundDetail = (scope: Scope, orderId: string, refund: Refund) =>
  recordFact(scope, orderId, { kind: 'refund-detail', factId: refund.platformId, at: refund.at, data: refund });

/**
 * The platform had the order at that instant: a deletion from before is undone.
 * @param onlyIfDeleted keeps nothing where no deletion is known: most orders that are read were never deleted
 */
export async function recordOrderRestored(
  scope: Scope,
  orderId: string,
  at: number,
  onlyIfDeleted: boolean,
): Promise<string | null> {
  if (onlyIfDeleted && !(await listFacts(scope, orderId)).some(({ kind }) => kind === 'deleted')) return null;
  return recordFact(scope, orderId, { kind: 'restored', factId: 'order', at, data: null });
}

/** The order was deleted at that instant; a payload modified later, or its restoring, brings it back. */
export const recordOrderDeleted = (scope: Scope, orderId: string, at: number) =>
  recordFact(scope, orderId, { kind: 'deleted', factId: 'order', at, data: null });

/** The order was edited: it has to be read again, until a payload from after the edit comes. */
export const recordOrderEdited = (scope: Scope, orderId: string, editId: string, at: number) =>
  recordFact(scope, orderId, { kind: 'edited', factId: editId, at, data: null });

/** A parcel was sent or arrived. */
export const recordFulfilment = (
  scope: Scope,
  { orderId, fulfilmentId, at, ...data }: { orderId: string; fulfilmentId: string; at: number } & FulfilmentData,
) => recordFact(scope, orderId, { kind: 'fulfilment', factId: fulfilmentId, at, data });
