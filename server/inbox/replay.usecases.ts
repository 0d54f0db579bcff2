import type { Database, Tx } from '../db/database.ts';
import { conflict, notFound } from '../shared/errors.ts';
import type { InboxRow } from './inbox.repository.ts';
import {
  dueDeliveries,
  findDelivery,
  finishDelivery,
  listDeliveries,
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

/** A page of the shop's deliveries in one state, oldest first. */
export const deliveriesIn = (
  { db }: { db: Database },
  shopId: number,
  state: InboxRow['state'],
  after = '',
  limit = 100,
) => listDeliveries(db.read, shopId, state, after, Math.min(limit, 1000));

/** Shops with deliveries to apply: what the sweep wakes. */
export async function shopsWaiting({ db }: { db: Database }, now: number): Promise<number[]> {
  return (await shopsWithDeliveries(db.read, now)).map(({ shopId }) => shopId);
}

/** When a delivery of the shop is to be applied first, not after an instant; null: none waits. */
export async function nextDelivery({ db }: { db: Database }, shopId: number, until: number): Promise<number | null> {
  return (await dueDeliveries(db.read, shopId, until, 1))[0]?.dueAt ?? null;
}
