import type { Database, Tx } from '../db/database.ts';
import { conflict, notFound } from '../shared/errors.ts';
import type { Scope } from '../shops/scope.ts';
import { adviceFor } from './advice.rules.ts';
import type { InboxRow } from './inbox.repository.ts';
import {
  dueDeliveries,
  findDelivery,
  finishDelivery,
  listDeliveries,
  openOf,
  shopsWithDeliveries,
} from './inbox.repository.ts';

/** Sets a parked delivery to be applied again. @throws AppError delivery.unknown, delivery.not_parked */
export const replayDelivery = ({ db }: { db: Database }, shopId: number, id: string, now: number): Promise<void> =>
  db.transaction((tx) => replayParked({ tx, shopId, now }, id), { shop: shopId });

/** As replayDelivery, inside a transaction of the shop. */
export async function replayParked(
  { tx, shopId, now }: { tx: Tx; shopId: number; now: number },
  id: string,
): Promise<void> {
  const row = await findDelivery(tx, shopId, id);
  if (!row) throw notFound('delivery.unknown', 'There is no such delivery.');
  if (row.state !== 'parked') {
    throw conflict('delivery.not_parked', `This delivery is ${row.state}; only a parked one can be replayed.`);
  }
  const { customerId } = row;
  const fresh = { state: 'pending' as const, attempts: 0, dueAt: now, appliedAt: null };
  await finishDelivery(tx, shopId, id, { ...fresh, errorCode: null, reason: null, customerId });
}

/** Deliveries set to be applied again in one transaction. */
const MOST_AT_ONCE = 500;

/**
 * Sets several parked deliveries to be applied again, all of the shop's if none are named: those for which it makes
 * sense, the oldest first, up to 500. One that is named and not parked any more is passed over.
 * @returns how many, and how many are parked besides
 */
export async function replaySome(
  { tx, shop, now }: Pick<Scope, 'tx' | 'shop' | 'now'>,
  ids: readonly string[] | null,
): Promise<{ replayed: number; left: number }> {
  const named = ids && new Set(ids);
  let replayed = 0;
  for (let after = ''; replayed < MOST_AT_ONCE; ) {
    const page = (await listDeliveries(tx, shop.id, 'parked', after, MOST_AT_ONCE)).map(described);
    for (const { id, replay } of page) {
      const wanted = named ? named.has(id) : replay !== 'no';
      if (!wanted || replayed >= MOST_AT_ONCE) continue;
      await replayParked({ tx, shopId: shop.id, now }, id);
      replayed += 1;
    }
    if (page.length < MOST_AT_ONCE) break;
    after = page.at(-1)?.id ?? '';
  }
  return { replayed, left: (await openOf(tx, shop.id)).parked };
}

type Listed = Awaited<ReturnType<typeof listDeliveries>>[number];

function described({ hasBody, ...delivery }: Listed) {
  const advice = adviceFor({ ...delivery, hasBody: Boolean(hasBody) });
  return { ...delivery, hint: advice?.hint ?? null, replay: advice?.replay ?? null };
}

/** A page of the shop's deliveries in one state, oldest first, with what can be done about each. */
export const deliveriesIn = async (
  { db }: { db: Database },
  shopId: number,
  state: InboxRow['state'],
  after = '',
  limit = 100,
) => (await listDeliveries(db.read, shopId, state, after, Math.min(limit, 1000))).map(described);

/** Shops with deliveries to apply: what the sweep wakes. */
export async function shopsWaiting({ db }: { db: Database }, now: number): Promise<number[]> {
  return (await shopsWithDeliveries(db.read, now)).map(({ shopId }) => shopId);
}

/** When a delivery of the shop is to be applied first, not after an instant; null: none waits. */
export async function nextDelivery({ db }: { db: Database }, shopId: number, until: number): Promise<number | null> {
  return (await dueDeliveries(db.read, shopId, until, 1))[0]?.dueAt ?? null;
}
