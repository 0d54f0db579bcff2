/** A counted order of one customer, as the numbers see it. */
export type CountedOrder = { id: string; platformId: string; at: number; day: string; net: number };

/** What a customer's orders add to the numbers of days; keys are `day` and `day|previousDay`. */
export type Contribution = {
  days: Map<string, { orders: number; revenue: number; firsts: number; seconds: number }>;
  returns: Map<string, number>;
};

/** Orders by (day, placed, platform id): the numbers go by local days, so a day comes before the instant. */
export function byDay(a: CountedOrder, b: CountedOrder): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.at !== b.at) return a.at - b.at;
  if (a.platformId.length !== b.platformId.length) return a.platformId.length - b.platformId.length;
  return a.platformId < b.platformId ? -1 : a.platformId > b.platformId ? 1 : 0;
}

/** What one customer's counted orders, in order, add to the days. `known` false: orders without a customer. */
export function contribution(orders: readonly CountedOrder[], known = true): Contribution {
  const sum: Contribution = { days: new Map(), returns: new Map() };
  let previous = '';
  orders.forEach((order, index) => {
    const day = sum.days.get(order.day) ?? { orders: 0, revenue: 0, firsts: 0, seconds: 0 };
    day.orders += 1;
    day.revenue += order.net;
    if (known && index === 0) day.firsts += 1;
    if (known && index === 1) day.seconds += 1;
    sum.days.set(order.day, day);
    if (known) sum.returns.set(`${order.day}|${previous}`, (sum.returns.get(`${order.day}|${previous}`) ?? 0) + 1);
    previous = order.day;
  });
  return sum;
}

/** Adds a contribution to a running total, in place. */
export function addTo(total: Contribution, more: Contribution): void {
  for (const [key, day] of more.days) {
    const sum = total.days.get(key);
    if (!sum) {
      total.days.set(key, { ...day });
      continue;
    }
    sum.orders += day.orders;
    sum.revenue += day.revenue;
    sum.firsts += day.firsts;
    sum.seconds += day.seconds;
  }
  for (const [pair, orders] of more.returns) total.returns.set(pair, (total.returns.get(pair) ?? 0) + orders);
}

/** after − before, without what stays the same. */
export function contributionDelta(before: Contribution, after: Contribution): Contribution {
  const delta: Contribution = { days: new Map(), returns: new Map() };
  for (const day of new Set([...before.days.keys(), ...after.days.keys()])) {
    const a = before.days.get(day);
    const b = after.days.get(day);
    const change = {
      orders: (b?.orders ?? 0) - (a?.orders ?? 0),
      revenue: (b?.revenue ?? 0) - (a?.revenue ?? 0),
      firsts: (b?.firsts ?? 0) - (a?.firsts ?? 0),
      seconds: (b?.seconds ?? 0) - (a?.seconds ?? 0),
    };
    if (Object.values(change).some((value) => value !== 0)) delta.days.set(day, change);
  }
  for (const pair of new Set([...before.returns.keys(), ...after.returns.keys()])) {
    const change = (after.returns.get(pair) ?? 0) - (before.returns.get(pair) ?? 0);
    if (change !== 0) delta.returns.set(pair, change);
  }
  return delta;
}

/** One customer's row of sums. */
export type Stats = {
  orders: number;
  revenue: number;
  firstDay: string;
  lastDay: string;
  lastAt: number;
  lastOrderId: string;
};

/** The sums of a customer's counted orders; null without any. `lastOrderId` is the platform's. */
export function statsOf(orders: readonly CountedOrder[]): Stats | null {
  const first = orders[0];
  const last = orders.at(-1);
  if (!first || !last) return null;
  return {
    orders: orders.length,
    revenue: orders.reduce((sum, order) => sum + order.net, 0),
    firstDay: first.day,
    lastDay: last.day,
    lastAt: last.at,
    lastOrderId: last.platformId,
  };
}
