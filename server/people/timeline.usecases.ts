import type { Database } from '../db/database.ts';
import type { Features } from '../shops/scope.ts';
import type { Shop } from '../shops/shops.types.ts';
import { wholeRows } from './profile.usecases.ts';
import { pageOfStream } from './timeline.rules.ts';

/** `features`: whose sources it is made of. */
type Deps = { db: Database; features: Features };

/**
 * What happened with a customer, newest first, a page: orders, refunds, points, tiers, consents as far as they are kept,
 * notes, the opening of accounts and what was merged into this one, whose history is in it.
 * @throws AppError customers.unknown, api.cursor
 */
export async function customerTimeline(
  { db, features }: Deps,
  shop: Shop,
  { id, cursor, limit }: { id: string; cursor?: string | undefined; limit: number },
) {
  const rows = await wholeRows({ tx: db.read, shop }, id);
  const sources = features.flatMap(({ person }) => person?.timeline?.({ db }, shop, rows) ?? []);
  return pageOfStream(sources, cursor, limit);
}
