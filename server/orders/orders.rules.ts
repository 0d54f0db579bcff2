import type { FinancialState, OrderLine, OrderState, Refund, Version } from '../commerce/commerce.types.ts';

/** A partial delivery as it is kept; `data` is the refund (or what is known of one), or the fulfilment's instants. */
export type Fact = {
  kind: 'refund' | 'refund-detail' | 'deleted' | 'restored' | 'fulfilment' | 'edited';
  factId: string;
  at: number;
  inFull: boolean;
  asFact: boolean;
  data: unknown;
};

export type FulfilmentData = { fulfilledAt: number | null; deliveredAt: number | null };

/** The newest full payload, as far as it decides what the order is. */
export type Full = {
  updatedAt: number;
  /** When it was told. */
  triggeredAt: number;
  cancelledAt: number | null;
  financial: FinancialState;
  test: boolean;
  currency: string;
  total: number;
  fulfilledAt: number | null;
  lines: Pick<OrderLine, 'platformId' | 'quantity'>[];
};

/** What the order is, once the facts that its newest full payload does not know yet are added. */
export type Effective = {
  deleted: boolean;
  counts: boolean;
  refunded: number;
  plainRefunds: number[];
  net: number;
  fulfilledAt: number | null;
  deliveredAt: number | null;
  rereadSince: number | null;
  /** Per line of the order: how many came back, and for how much (after discounts, without tax). */
  lines: { refundedQuantity: number; refundedAmount: number }[];
};

/** How far along a payload's state is: breaks ties between payloads of the same instant. Sorts as text. */
export function progressOf(order: Pick<OrderState, 'cancelledAt' | 'financial' | 'refunds'>): string {
  const refunded = order.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  const paid = order.financial === 'pending' || order.financial === 'authorized' ? 0 : 1;
  return `${order.cancelledAt === null ? 0 : 1}:${String(Math.max(0, refunded)).padStart(16, '0')}:${paid}`;
}

/**
 * Whether a full payload replaces the one in force: newer by (platform time, delivery time, state further along, hash of
 * the body), never by arrival.
 */
export function replaces(next: Version & { progress: string }, known: Version & { progress: string }): boolean {
  if (next.updatedAt !== known.updatedAt) return next.updatedAt > known.updatedAt;
  if (next.triggeredAt !== known.triggeredAt) return next.triggeredAt > known.triggeredAt;
  if (next.progress !== known.progress) return next.progress > known.progress;
  return next.bodyHash > known.bodyHash;
}

/** Whether a refund stands: the full payload lists it, or is too old to know it. */
export const isRefundInForce = ({
  inFull,
  asFact,
  at,
  updatedAt,
}: Pick<Fact, 'inFull' | 'asFact' | 'at'> & Pick<Full, 'updatedAt'>): boolean => inFull || (asFact && at >= updatedAt);

/**
 * The refunds in force: those the full payload lists, and those delivered alone that it is too old to know. One that is told
 * by its amount only is filled in by what was read of it, if that is of the same amount.
 */
function refundsInForce(full: Pick<Full, 'updatedAt'>, facts: readonly Fact[]): Refund[] {
  const details = new Map<string, Refund>();
  for (const fact of facts) if (fact.kind === 'refund-detail') details.set(fact.factId, fact.data as Refund);
  return facts
    .filter((fact) => fact.kind === 'refund' && isRefundInForce({ ...fact, updatedAt: full.updatedAt }))
    .map((fact) => {
      const refund = fact.data as Refund;
      const detail = refund.lines.length === 0 ? details.get(fact.factId) : undefined;
      return detail?.amount === refund.amount ? detail : refund;
    });
}

/**
 * A deletion stands against what was told before it, by the platform's clock or by ours: the platform's may be ahead. It
 * ends with a modification or a restoring after it.
 */
function isDeleted(full: Pick<Full, 'updatedAt' | 'triggeredAt'>, deletedAt: number | null, restoredAt: number | null) {
  if (deletedAt === null || (restoredAt !== null && restoredAt > deletedAt)) return false;
  return full.updatedAt <= deletedAt || full.triggeredAt <= deletedAt;
}

/** What of a refund no goods explain. */
function plainPart({ lines, amount, plain = 0 }: Refund): number[] {
  if (lines.length === 0) return [amount];
  return plain > 0 ? [plain] : [];
}

const PAID: readonly FinancialState[] = ['paid', 'partially_refunded'];

/**
 * Full payload and facts → the order as it stands. An order counts when it is paid, not cancelled, not deleted, not a
 * test, in the shop's currency and not wholly refunded.
 */
export function effectiveOrder(full: Full, facts: readonly Fact[], shopCurrency: string): Effective {
  const refunds = refundsInForce(full, facts);
  const refunded = refunds.reduce((sum, refund) => sum + refund.amount, 0);
  const newest = (kind: Fact['kind']) =>
    facts.reduce<number | null>((at, fact) => (fact.kind === kind && fact.at > (at ?? -1) ? fact.at : at), null);
  const editedAt = newest('edited');
  const deleted = isDeleted(full, newest('deleted'), newest('restored'));
  const whole = refunded > 0 && refunded >= full.total;
  const counts =
    PAID.includes(full.financial) &&
    full.cancelledAt === null &&
    !deleted &&
    !full.test &&
    !whole &&
    full.currency === shopCurrency;
  return {
    deleted,
    counts,
    refunded,
    plainRefunds: refunds.flatMap(plainPart),
    net: counts ? full.total - refunded : 0,
    ...fulfilment(full, facts),
    rereadSince: editedAt !== null && full.updatedAt < editedAt ? editedAt : null,
    lines: refundedLines(full, refunds),
  };
}

function fulfilment(full: Full, facts: readonly Fact[]): FulfilmentData {
  let { fulfilledAt } = full;
  let deliveredAt: number | null = null;
  for (const fact of facts) {
    if (fact.kind !== 'fulfilment') continue;
    const data = fact.data as FulfilmentData;
    if (data.fulfilledAt !== null) fulfilledAt = Math.max(fulfilledAt ?? 0, data.fulfilledAt);
    if (data.deliveredAt !== null) deliveredAt = Math.max(deliveredAt ?? 0, data.deliveredAt);
  }
  return { fulfilledAt, deliveredAt };
}

function refundedLines(full: Full, refunds: readonly Refund[]): Effective['lines'] {
  const sums = new Map(full.lines.map((line) => [line.platformId, { refundedQuantity: 0, refundedAmount: 0 }]));
  for (const refund of refunds) {
    for (const line of refund.lines) {
      const sum = sums.get(line.lineId);
      if (!sum) continue;
      sum.refundedQuantity += line.quantity;
      sum.refundedAmount += line.amount;
    }
  }
  return full.lines.map((line) => sums.get(line.platformId) ?? { refundedQuantity: 0, refundedAmount: 0 });
}
