import type { Database } from '../db/database.ts';
import type { PersonRow, TimelineSource } from '../features/timeline.rules.ts';
import type { Shop } from '../shops/shops.types.ts';
import { linesBefore } from './lines.usecases.ts';

/** Each account's chain is a source of its own; what they handed to each other is no news to the person. */
export function pointsTimeline(
  deps: { db: Database },
  shop: Shop,
  rows: readonly PersonRow[],
): readonly TimelineSource[] {
  const people = rows.map(({ id }) => id);
  return people.map((customerId) => ({
    kind: 'points',
    of: customerId,
    async read({ at, id }, limit) {
      const place = { at, seq: id === null ? null : Number(id) };
      const lines = await linesBefore(deps, shop.id, { customerId, people }, place, limit);
      return lines.map(({ seq, effectiveAt, ...facts }) => ({
        key: String(seq).padStart(12, '0'),
        item: { id: `points:${customerId}:${seq}`, at: effectiveAt, kind: 'points', facts },
      }));
    },
  }));
}
