import { byPlaced } from './targets.rules.ts';

/** An order's place among those of its customer. */
export type Place = { placedAt: number; platformId: string };

/**
 * Orders that are gone through anew at each change, so that the last ones may come late, be paid and be refunded: `least` of
 * them, and never more than `most`. Tests make it smaller.
 */
export const OPEN_ORDERS = { least: 4, most: 12 };

/** Whether an order comes after a place; null: before all of them. */
export const isBehind = (order: Place, upTo: Place | null): boolean => upTo === null || byPlaced(order, upTo) > 0;

/** The last of some open orders that is to be gone through no more; null: all stay open. */
export function lastToClose(open: readonly Place[]): Place | null {
  if (open.length <= OPEN_ORDERS.most) return null;
  const orders = [...open]
    .sort(byPlaced)
    .filter((place, n, all) => n === 0 || byPlaced(place, all[n - 1] as Place) > 0);
  return orders.length > OPEN_ORDERS.most ? (orders.at(-OPEN_ORDERS.least - 1) ?? null) : null;
}
