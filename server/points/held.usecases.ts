import type { Database } from '../db/database.ts';
import { ordersByIds } from '../orders/history.usecases.ts';
import type { Clock } from '../shared/clock.ts';
import { lotsIn } from './points.repository.ts';
import { ABSORBED, ADJUSTED, DEBT, type LotRow, TIER_BONUS } from './points.types.ts';

/** The most lots that are shown of one customer. */
const SHOWN = 100;

/** Where a lot's points came from, in words for the merchant. */
function originOf({ source, rule }: LotRow, orders: ReadonlyMap<string, unknown>) {
  if (rule === ADJUSTED) return 'adjustment' as const;
  if (rule === DEBT) return 'other' as const;
  if (source.startsWith(TIER_BONUS)) return 'tier' as const;
  return orders.has(source) ? ('order' as const) : ('sign-up' as const);
}

/** Whether a lot is to be shown: it holds something, and the customer has or owes it, not the merchant. */
const isShown = (lot: LotRow): boolean =>
  lot.rule !== ABSORBED &&
  [lot.granted, lot.pending, lot.available, lot.reserved, lot.redeemed, lot.removed, lot.expired].some((n) => n !== 0);

/**
 * What is left of a customer's grants, and where, by when they can be spent, the newest first; without those that gave
 * nothing in the end. What the customer owes comes first, as a lot with less than nothing available.
 * @param people the customer, and whoever was merged into them, with the instants at which they signed up
 */
export async function lotsShown(
  { db, clock }: { db: Database; clock: Clock },
  shopId: number,
  customerId: string,
  people: ReadonlyMap<string, number | null>,
) {
  const held = (await lotsIn(db.read, shopId, customerId)).filter(isShown);
  const place = ({ rule, availableAt }: LotRow) => (rule === DEBT ? Number.MAX_SAFE_INTEGER : availableAt);
  held.sort((a, b) => place(b) - place(a));
  const shown = held.slice(0, SHOWN);
  const sources = new Set(shown.map(({ source }) => source));
  const orders = await ordersByIds({ db }, shopId, [...sources]);
  const lots = shown.map((lot) => {
    const order = orders.get(lot.source);
    const from = originOf(lot, orders);
    const { granted, pending, available, reserved, redeemed, removed, expired, availableAt, expiresAt } = lot;
    const signedUp = from === 'sign-up' ? (people.get(lot.source) ?? null) : null;
    return {
      from,
      orderNumber: order?.number ?? null,
      granted,
      pending,
      available,
      reserved,
      spent: redeemed + removed,
      expired,
      earnedAt: order ? (order.paidAt ?? order.placedAt) : from === 'sign-up' ? signedUp : givenAt(from, availableAt),
      availableAt: from === 'other' ? clock.now() : availableAt,
      expiresAt,
    };
  });
  return { lots, lotsMore: held.length > shown.length };
}

/** Gifts can be spent at once; a debt was never earned. */
const givenAt = (from: ReturnType<typeof originOf>, availableAt: number): number | null =>
  from === 'other' ? null : availableAt;
