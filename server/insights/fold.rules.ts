import type { Packed } from './columns.rules.ts';
import { dayNumber } from './months.rules.ts';

/** Customers in one chunk of the columns: some 16 KB for five orders each, so that changing one customer stays cheap. */
export const CHUNK = 256;

/** A counted order of one customer, as the numbers see it. Amounts in minor units. */
export type CountedOrder = {
  id: string;
  customerId: string | null;
  platformId: string;
  at: number;
  day: string;
  net: number;
  total: number;
  tax: number;
  shipping: number;
  source: string;
};

/** Orders by (day, placed, platform id): the numbers go by local days, so a day comes before the instant. */
function byDay(a: CountedOrder, b: CountedOrder): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  if (a.at !== b.at) return a.at - b.at;
  if (a.platformId.length !== b.platformId.length) return a.platformId.length - b.platformId.length;
  return a.platformId < b.platformId ? -1 : a.platformId > b.platformId ? 1 : 0;
}

/** Sorted by day; mostly they are already. */
function inOrder(orders: readonly CountedOrder[]): readonly CountedOrder[] {
  const sorted = orders.every((order, index) => index === 0 || byDay(orders[index - 1] as CountedOrder, order) <= 0);
  return sorted ? orders : [...orders].sort(byDay);
}

/** Net sales: what is left of the net revenue without tax and shipping, in the order's own proportion. */
function netSales({ net, total, tax, shipping }: CountedOrder): number {
  if (total <= 0) return 0;
  return Math.max(0, Math.round((net / total) * (total - tax - shipping)));
}

/** One customer's orders as the columns hold them. `key` is the platform's numeric id: ties go by it. */
export function packCustomer(
  orders: readonly CountedOrder[],
  platformId: string | null,
  channelOf: (source: string) => number,
): Packed {
  return {
    key: platformId !== null && /^\d{1,15}$/.test(platformId) ? Number(platformId) : Number.NaN,
    orders: inOrder(orders).map((order) => ({
      day: dayNumber(order.day),
      net: order.net,
      sales: netSales(order),
      channel: channelOf(order.source),
    })),
  };
}

/** The sums of a customer's row. */
export function statsOf(orders: readonly CountedOrder[]) {
  let revenue = 0;
  let firstDay: string | null = null;
  let lastDay: string | null = null;
  for (const { net, day } of orders) {
    revenue += net;
    if (firstDay === null || day < firstDay) firstDay = day;
    if (lastDay === null || day > lastDay) lastDay = day;
  }
  return { orders: orders.length, revenue, firstDay, lastDay };
}

const MONTH = 'month:';

/** Under what name a change is noted: the customer, or the month of an order without one. */
export const dirtyName = (customerId: string | null, day: string): string => customerId ?? `${MONTH}${day.slice(0, 7)}`;

/** The Gregorian month that a name stands for, or null for a customer. */
export const monthOf = (name: string): string | null => (name.startsWith(MONTH) ? name.slice(MONTH.length) : null);

/** The chunk of a month's orders without a customer: −(year × 12 + month). */
export function monthChunk(month: string): number {
  const [year = '0', number = '1'] = month.split('-');
  return -(Number(year) * 12 + Number(number));
}

/** The name under which the month of such a chunk is noted. */
export function chunkMonth(chunk: number): string {
  const month = (-chunk - 1) % 12;
  return `${MONTH}${String((-chunk - 1 - month) / 12).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`;
}

/** Packed customers by chunk and slot, from their places. */
export function byChunk(packed: ReadonlyMap<number, Packed>): Map<number, Map<number, Packed>> {
  const chunks = new Map<number, Map<number, Packed>>();
  for (const [place, customer] of packed) {
    const chunk = Math.floor(place / CHUNK);
    const slots = chunks.get(chunk) ?? new Map<number, Packed>();
    slots.set(place % CHUNK, customer);
    chunks.set(chunk, slots);
  }
  return chunks;
}
