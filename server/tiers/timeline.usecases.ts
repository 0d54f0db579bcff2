import type { Database } from '../db/database.ts';
import { type PersonRow, type TimelineSource, timelineEntry, wholeSource } from '../features/timeline.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { tierMovesOf } from './progress.usecases.ts';

/** How a person came to their tiers. Moves of those who were merged are the customer's by now. */
export const tiersTimeline = (
  deps: { db: Database },
  shop: Shop,
  [{ id: customerId }]: readonly [PersonRow, ...PersonRow[]],
): readonly TimelineSource[] => [
  wholeSource('tier', async () => {
    const moves = await tierMovesOf(deps, shop.id, customerId);
    return moves.map(({ id, at, from, to, reason }) => timelineEntry('tier', id, at, { from, to, reason }));
  }),
];
