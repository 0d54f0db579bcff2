import type { Database } from '../db/database.ts';
import { type PersonRow, type TimelineSource, timelineEntry, wholeSource } from '../features/timeline.rules.ts';
import { minorDigits } from '../shared/money.ts';
import type { Shop } from '../shops/shops.types.ts';
import { ordersShownBefore, refundsShown } from './history.usecases.ts';

const inUnits = (amount: number, currency: string): number => amount / 10 ** minorDigits(currency);

/** What a person ordered, and what they were given back. Orders of those who were merged are the customer's by now. */
export const ordersTimeline = (
  deps: { db: Database },
  shop: Shop,
  [{ id: customerId }]: readonly [PersonRow, ...PersonRow[]],
): readonly TimelineSource[] => [
  {
    kind: 'order',
    of: '',
    async read({ at, id }, limit) {
      const rows = await ordersShownBefore(deps, shop.id, customerId, { at, id, limit });
      return rows.map(({ placedAt, total, ...order }) =>
        timelineEntry('order', order.id, placedAt, { ...order, total: inUnits(total, order.currency) }),
      );
    },
  },
  wholeSource('refund', async () => {
    const rows = await refundsShown(deps, shop.id, customerId);
    return rows.map(({ id, at, amount, currency, ...facts }) =>
      timelineEntry('refund', id, at, { ...facts, amount: inUnits(amount, currency), currency }),
    );
  }),
];
