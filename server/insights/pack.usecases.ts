import { platformIdsOf } from '../customers/lookup.usecases.ts';
import { pointsOfCustomers } from '../points/figures.usecases.ts';
import { localDay } from '../shared/calendar.ts';
import type { Scope } from '../shops/scope.ts';
import { zoneAt } from '../shops/shops.rules.ts';
import type { Channels } from './channels.usecases.ts';
import type { Packed } from './columns.rules.ts';
import { type CountedOrder, packCustomer, statsOf } from './fold.rules.ts';
import { addPointsDay, putStats, type StatsRow } from './insights.repository.ts';
import { addPoints, FIGURES, type PointsDays, packPoints, pointsOf, unpackPoints } from './points-days.rules.ts';

/** A customer to pack: their place, what is known of them if anything, and their counted orders. */
export type ToPack = { customerId: string; place: number; known: StatsRow | null; orders: readonly CountedOrder[] };

/**
 * Packs customers, by place, and brings their own rows and the points of days along; rows that stay as they are are not
 * written.
 */
export async function packCustomers(
  scope: Scope,
  channels: Channels,
  customers: readonly ToPack[],
): Promise<Map<number, Packed>> {
  const ids = customers.map(({ customerId }) => customerId);
  const platformIds = await platformIdsOf(scope, ids);
  const points = await pointsOfCustomers(scope, ids);
  const dayAt = (instant: number): string => localDay(instant, zoneAt(scope.shop, instant));
  const packed = new Map<number, Packed>();
  const moved: PointsDays = new Map();
  for (const { customerId, place, known, orders } of customers) {
    await channels.learn(orders);
    packed.set(place, packCustomer(orders, platformIds.get(customerId) ?? null, channels.number));
    const mine = points.get(customerId);
    const days: PointsDays = mine
      ? pointsOf(mine, { orderDay: new Map(orders.map(({ id, day }) => [id, day])), dayAt })
      : new Map();
    const row = { customerId, place, ...statsOf(orders), points: packPoints(days) };
    if (known?.points !== row.points) {
      addPoints(moved, unpackPoints(known?.points ?? ''), -1);
      addPoints(moved, days, 1);
    }
    if (!known || !sameRow(known, row)) await putStats(scope, row);
  }
  for (const [day, sums] of moved) {
    if (FIGURES.some((figure) => sums[figure] !== 0)) await addPointsDay(scope, day, sums);
  }
  return packed;
}

const sameRow = (a: StatsRow, b: StatsRow): boolean =>
  (Object.keys(b) as (keyof StatsRow)[]).every((name) => a[name] === b[name]);
