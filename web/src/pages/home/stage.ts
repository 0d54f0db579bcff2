import type { Kpis } from '../../api/numbers.ts';

export type Stage = 1 | 2 | 3 | 4 | 5;

/** The last number of orders a month at which a shop is still in a stage. */
const UP_TO = { 2: 10, 3: 149, 4: 500 } as const;

/** How far a shop is, by its counted orders of the last 30 days. */
export function stageOf({ orders, first_order_date }: Pick<Kpis, 'orders' | 'first_order_date'>): Stage {
  if (orders === 0 && first_order_date === null) return 1;
  if (orders <= UP_TO[2]) return 2;
  if (orders <= UP_TO[3]) return 3;
  return orders <= UP_TO[4] ? 4 : 5;
}
