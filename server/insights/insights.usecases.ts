import { countedHistory } from '../orders/history.usecases.ts';
import type { OrderRow } from '../orders/orders.types.ts';
import type { Scope } from '../shops/scope.ts';
import { addContribution, deleteNumbers, deleteStats, findStats, putStats } from './insights.repository.ts';
import {
  addTo,
  byDay,
  type Contribution,
  type CountedOrder,
  contribution,
  contributionDelta,
  type Stats,
  statsOf,
} from './insights.rules.ts';

type Counted = Pick<OrderRow, 'id' | 'platformId' | 'customerId' | 'counts' | 'placedAt' | 'placedDay' | 'net'>;

/**
 * Keeps the numbers up to date with one order's change. Call it after the order was written. Late, edited and refunded
 * orders move what they had added; a new newest order, by far the usual case, is added without reading the others.
 */
export async function recountOrder(scope: Scope, before: Counted | null, after: Counted): Promise<void> {
  const was = before?.counts ? counted(before) : null;
  const is = after.counts ? counted(after) : null;
  if (!was && !is) return;
  const from = was ? (before?.customerId ?? null) : null;
  const to = is ? after.customerId : null;
  if (was && is && from === to && sameContribution(was, is)) return;
  if (was && from === null) await addContribution(scope, contributionDelta(contribution([was], false), NOTHING));
  if (is && to === null) await addContribution(scope, contribution([is], false));
  if (from !== null && to !== null && from !== to) {
    await recountCustomer(scope, from, (orders) => [...orders, ...(was ? [was] : [])]);
    await recountCustomer(scope, to, (orders) => without(orders, after.id));
    return;
  }
  const customer = to ?? from;
  if (customer === null) return;
  if (!was && is && (await append(scope, customer, is))) return;
  // What it was before counts against this customer only where it was theirs: it may have been nobody's.
  const mine = was && from === customer ? [was] : [];
  await recountCustomer(scope, customer, (orders) => [...without(orders, after.id), ...mine]);
}

/** Two customers have become one: call it after the orders were handed over. */
export async function recountMerge(scope: Scope, kept: string, gone: string, moved: CountedOrder[]): Promise<void> {
  const ids = new Set(moved.map((order) => order.id));
  await addContribution(scope, contributionDelta(contribution([...moved].sort(byDay)), NOTHING));
  await deleteStats(scope, gone);
  await recountCustomer(scope, kept, (orders) => orders.filter((order) => !ids.has(order.id)));
}

const NOTHING = { days: new Map(), returns: new Map() };

const counted = (order: Counted): CountedOrder => ({
  id: order.id,
  platformId: order.platformId,
  at: order.placedAt,
  day: order.placedDay,
  net: order.net,
});

const without = (orders: readonly CountedOrder[], id: string) => orders.filter((order) => order.id !== id);

const sameContribution = (a: CountedOrder, b: CountedOrder): boolean =>
  a.day === b.day && a.at === b.at && a.net === b.net && a.platformId === b.platformId;

/** Adds an order that is the customer's newest; false when it is not. */
async function append(scope: Scope, customer: string, order: CountedOrder): Promise<boolean> {
  const stats = await findStats(scope, customer);
  if (stats && byDay(lastOf(stats), order) >= 0) return false;
  const orders = (stats?.orders ?? 0) + 1;
  await putStats(scope, customer, {
    orders,
    revenue: (stats?.revenue ?? 0) + order.net,
    firstDay: stats?.firstDay ?? order.day,
    lastDay: order.day,
    lastAt: order.at,
    lastOrderId: order.platformId,
  });
  const day = { orders: 1, revenue: order.net, firsts: orders === 1 ? 1 : 0, seconds: orders === 2 ? 1 : 0 };
  const pair = `${order.day}|${stats?.lastDay ?? ''}`;
  await addContribution(scope, { days: new Map([[order.day, day]]), returns: new Map([[pair, 1]]) });
  return true;
}

const lastOf = (stats: Stats): CountedOrder => ({
  ...{ id: '', platformId: stats.lastOrderId, at: stats.lastAt, day: stats.lastDay, net: 0 },
});

/**
 * Counts a customer's orders anew and adds the difference to what they had added before.
 * @param earlier the orders as they stood before the change, from those that stand now
 */
async function recountCustomer(
  scope: Scope,
  customer: string,
  earlier: (orders: CountedOrder[]) => CountedOrder[],
): Promise<void> {
  const now = (await countedHistory(scope, customer)).sort(byDay);
  const before = contribution(earlier(now).sort(byDay));
  await addContribution(scope, contributionDelta(before, contribution(now)));
  const stats = statsOf(now);
  if (stats) await putStats(scope, customer, stats);
  else await deleteStats(scope, customer);
}

/**
 * Counts a whole shop anew from its orders.
 * @param orders every counted order by customer, customers in any order; '' holds those without one
 * @returns customers counted
 */
export async function recountAll(scope: Scope, orders: Map<string, CountedOrder[]>): Promise<number> {
  await deleteNumbers(scope);
  const total: Contribution = { days: new Map(), returns: new Map() };
  for (const [customer, list] of orders) {
    const sorted = list.sort(byDay);
    addTo(total, contribution(sorted, customer !== ''));
    const stats = customer === '' ? null : statsOf(sorted);
    if (stats) await putStats(scope, customer, stats);
  }
  await addContribution(scope, total);
  return orders.size - (orders.has('') ? 1 : 0);
}
