import type { Refund } from '../commerce/commerce.types.ts';
import type { Scope } from '../shops/scope.ts';
import { putFact } from './orders.repository.ts';
import type { OrderFactRow } from './orders.types.ts';

/**
 * The refunds that a winning full payload lists become facts beside those delivered alone; ones that it no longer lists
 * lose their mark, so that a refund deleted on the platform is undone.
 * @returns all facts of the order, as they now stand
 */
export async function absorbRefunds(
  scope: Scope,
  orderPlatformId: string,
  refunds: Refund[],
  known: OrderFactRow[],
): Promise<OrderFactRow[]> {
  if (refunds.length === 0 && known.length === 0) return known;
  const listed = new Set(refunds.map((refund) => refund.platformId));
  const facts = new Map(known.map((fact) => [`${fact.kind}:${fact.factId}`, fact]));
  for (const fact of known) {
    if (fact.kind !== 'refund' || !fact.inFull || listed.has(fact.factId)) continue;
    const gone = { ...fact, inFull: false };
    await putFact(scope, gone);
    facts.set(`refund:${fact.factId}`, gone);
  }
  for (const refund of refunds) {
    const old = facts.get(`refund:${refund.platformId}`);
    const fact: OrderFactRow = {
      shopId: scope.shop.id,
      orderPlatformId,
      kind: 'refund',
      factId: refund.platformId,
      at: refund.at,
      inFull: true,
      asFact: old?.asFact ?? false,
      data: refund,
    };
    await putFact(scope, fact);
    facts.set(`refund:${refund.platformId}`, fact);
  }
  return [...facts.values()];
}
