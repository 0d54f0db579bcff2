import type { Scope } from '../shops/scope.ts';
import { customersDatedFrom, hasLots, lotsOfCustomers, spendsOfCustomers } from './figures.repository.ts';
import { isEarned } from './points.types.ts';

/** The lots and settled spends of several customers, as the figures of points need them; only those who have any. */
export async function pointsOfCustomers(scope: Scope, customers: readonly string[]) {
  const byCustomer = new Map<string, { lots: FigureLot[]; spends: FigureSpend[] }>();
  if (customers.length === 0 || !(await hasLots(scope))) return byCustomer;
  const of = (id: string) => {
    const known = byCustomer.get(id) ?? { lots: [], spends: [] };
    byCustomer.set(id, known);
    return known;
  };
  for (const lot of await lotsOfCustomers(scope, customers)) {
    of(lot.customerId).lots.push({ ...lot, earned: isEarned(lot) });
  }
  for (const { customerId, kind, amount, state, settledAt } of await spendsOfCustomers(scope, customers)) {
    if (state === 'redeemed' && settledAt !== null) of(customerId).spends.push({ kind, amount, settledAt });
  }
  return byCustomer;
}

/** Customers whose points have a day that another time zone from an instant on may move. */
export const customersOnDaysFrom = (scope: Scope, instant: number): Promise<string[]> =>
  customersDatedFrom(scope, instant);

type FigureLot = Awaited<ReturnType<typeof lotsOfCustomers>>[number] & { earned: boolean };
type FigureSpend = { kind: 'redemption' | 'adjustment'; amount: number; settledAt: number };
