import type { Scope } from '../shops/scope.ts';
import { lotsOfCustomers, spendsOfCustomers } from './figures.repository.ts';
import { isEarned } from './points.types.ts';

/** The lots and settled spends of several customers, by customer, as the figures of points need them. */
export async function pointsOfCustomers(scope: Scope, customers: readonly string[]) {
  const byCustomer = new Map(customers.map((id) => [id, { lots: [] as FigureLot[], spends: [] as FigureSpend[] }]));
  for (const lot of await lotsOfCustomers(scope, customers)) {
    byCustomer.get(lot.customerId)?.lots.push({ ...lot, earned: isEarned(lot) });
  }
  for (const { customerId, kind, amount, state, settledAt } of await spendsOfCustomers(scope, customers)) {
    if (state === 'redeemed' && settledAt !== null)
      byCustomer.get(customerId)?.spends.push({ kind, amount, settledAt });
  }
  return byCustomer;
}

type FigureLot = Awaited<ReturnType<typeof lotsOfCustomers>>[number] & { earned: boolean };
type FigureSpend = { kind: 'redemption' | 'adjustment'; amount: number; settledAt: number };
