import { and, asc, eq, gt, gte, inArray, isNull, lte, notLike, sql } from 'drizzle-orm';
import type { TierProgram } from '../contracts/tiers.ts';
import { customers } from '../customers/customers.tables.ts';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import { orders } from '../orders/orders.tables.ts';
import { pointsLots } from '../points/points.tables.ts';
import { TIER_BONUS } from '../points/points.types.ts';
import { customerTiers } from '../program/program.tables.ts';
import type { TierRow } from '../program/program.types.ts';
import type { Scope } from '../shops/scope.ts';
import { tierMoves } from './tiers.tables.ts';
import type { MoveRow, PlacedFact } from './tiers.types.ts';

const p = sql.placeholder;

type Ledger = Pick<Scope, 'tx' | 'shop'>;

const insertMoveRow = statement('tiers.insert_move', (db) => db.insert(tierMoves).values(placeholders(tierMoves)));
const putTierRow = statement('tiers.put', (db) =>
  db
    .insert(customerTiers)
    .values(placeholders(customerTiers))
    .onConflictDoUpdate({
      target: [customerTiers.shopId, customerTiers.customerId],
      set: {
        tier: sql`excluded.tier`,
        since: sql`excluded.since`,
        reachedAt: sql`excluded.reached_at`,
        keptUntil: sql`excluded.kept_until`,
        updatedAt: sql`excluded.updated_at`,
      },
    }),
);

const bought = {
  customerId: orders.customerId,
  platformId: orders.platformId,
  paidAt: orders.paidAt,
  placedAt: orders.placedAt,
  net: orders.net,
};
const placedFrom = and(
  eq(orders.shopId, p('shop')),
  eq(orders.customerId, p('customer')),
  gte(orders.placedAt, p('from')),
);
const boughtBy = statement('tiers.bought_by', (db) =>
  db
    .select(bought)
    .from(orders)
    .where(and(eq(orders.shopId, p('shop')), eq(orders.customerId, p('customer')), eq(orders.counts, true))),
);
const boughtFrom = statement('tiers.bought_from', (db) =>
  db
    .select(bought)
    .from(orders)
    .where(and(placedFrom, eq(orders.counts, true))),
);
const earned = {
  platformId: orders.platformId,
  customerId: pointsLots.customerId,
  granted: pointsLots.granted,
  availableAt: pointsLots.availableAt,
  paidAt: orders.paidAt,
  placedAt: orders.placedAt,
  registeredAt: customers.registeredAt,
};
/** Grants of orders and sign-ups: neither what was given by hand nor what a tier itself gave. */
const byOrders = and(notLike(pointsLots.rule, '%:%'), notLike(pointsLots.source, `${TIER_BONUS}%`));
const ofOrder = and(eq(orders.shopId, pointsLots.shopId), eq(orders.id, pointsLots.source));
const ofAccount = and(eq(customers.shopId, pointsLots.shopId), eq(customers.id, pointsLots.source));
const earnedBy = statement('tiers.earned_by', (db) =>
  db
    .select(earned)
    .from(pointsLots)
    .leftJoin(orders, ofOrder)
    .leftJoin(customers, ofAccount)
    .where(and(eq(pointsLots.shopId, p('shop')), eq(pointsLots.customerId, p('customer')), byOrders)),
);

const earnedFrom = statement('tiers.earned_from', (db) =>
  db
    .select(earned)
    .from(orders)
    .innerJoin(pointsLots, ofOrder)
    .leftJoin(customers, ofAccount)
    .where(and(placedFrom, byOrders)),
);

type Bought = { platformId: string; paidAt: number | null; placedAt: number; net: number };
type Earned = {
  platformId: string | null;
  granted: number;
  availableAt: number;
  paidAt: number | null;
  placedAt: number | null;
  registeredAt: number | null;
};

const factOfOrder = (metric: TierProgram['metric'], { platformId, paidAt, placedAt, net }: Bought): PlacedFact => ({
  at: paidAt ?? placedAt,
  value: metric === 'spend' ? net : 1,
  place: { placedAt, platformId },
});
const factOfLot = ({ granted, platformId, paidAt, placedAt, registeredAt, availableAt }: Earned): PlacedFact => ({
  at: paidAt ?? placedAt ?? registeredAt ?? availableAt,
  value: granted,
  place: placedAt === null || platformId === null ? null : { placedAt, platformId },
});

/** What a customer's orders and sign-up add to a metric; nothing else counts. */
export async function factsOf(
  { tx, shop }: Ledger,
  metric: TierProgram['metric'],
  customer: string,
): Promise<PlacedFact[]> {
  const mine = { shop: shop.id, customer };
  if (metric === 'earned') return (await earnedBy(tx, mine)).map(factOfLot);
  return (await boughtBy(tx, mine)).map((row) => factOfOrder(metric, row));
}

/** The same of orders that were placed at an instant or later. */
export async function factsFrom(
  { tx, shop }: Ledger,
  metric: TierProgram['metric'],
  customer: string,
  from: number,
): Promise<PlacedFact[]> {
  const mine = { shop: shop.id, customer, from };
  if (metric === 'earned') return (await earnedFrom(tx, mine)).map(factOfLot);
  return (await boughtFrom(tx, mine)).map((row) => factOfOrder(metric, row));
}

/** As factsOf, for all customers from `after` (exclusive) to `last` (inclusive), by customer. */
export async function factsBetween(
  db: Tx,
  shop: number,
  metric: TierProgram['metric'],
  after: string,
  last: string,
): Promise<Map<string, PlacedFact[]>> {
  const found = new Map<string, PlacedFact[]>();
  const add = (customer: string | null, fact: PlacedFact) => {
    const list = found.get(customer ?? '');
    if (list) list.push(fact);
    else found.set(customer ?? '', [fact]);
  };
  if (metric === 'earned') {
    const page = and(
      ...[eq(pointsLots.shopId, shop), gt(pointsLots.customerId, after), lte(pointsLots.customerId, last), byOrders],
    );
    const lots = db.select(earned).from(pointsLots).leftJoin(orders, ofOrder).leftJoin(customers, ofAccount);
    for (const row of await lots.where(page)) add(row.customerId, factOfLot(row));
    return found;
  }
  const page = and(
    ...[eq(orders.shopId, shop), gt(orders.customerId, after), lte(orders.customerId, last), eq(orders.counts, true)],
  );
  for (const row of await db.select(bought).from(orders).where(page)) add(row.customerId, factOfOrder(metric, row));
  return found;
}

/** A page of the shop's customers in order, without those who were merged away. */
export async function customersAfter(db: Tx, shop: number, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.shopId, shop), gt(customers.id, after), isNull(customers.mergedInto)))
    .orderBy(asc(customers.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** The tiers of a page of customers, by customer. */
export async function tiersBetween(db: Tx, shop: number, after: string, last: string): Promise<Map<string, TierRow>> {
  const rows = await db
    .select()
    .from(customerTiers)
    .where(
      and(eq(customerTiers.shopId, shop), gt(customerTiers.customerId, after), lte(customerTiers.customerId, last)),
    );
  return new Map(rows.map((row) => [row.customerId, row]));
}

/** The tiers of some customers, by customer. */
export async function tiersOfCustomers(db: Tx, shop: number, ids: readonly string[]): Promise<Map<string, TierRow>> {
  const rows = await db
    .select()
    .from(customerTiers)
    .where(and(eq(customerTiers.shopId, shop), inArray(customerTiers.customerId, [...ids])));
  return new Map(rows.map((row) => [row.customerId, row]));
}

/** Customers who hold a tier, after one, by customer, a page. */
export async function membersAfter(db: Tx, shop: number, tier: string, after: string, limit: number) {
  const rows = await db
    .select({ id: customerTiers.customerId })
    .from(customerTiers)
    .where(and(eq(customerTiers.shopId, shop), eq(customerTiers.tier, tier), gt(customerTiers.customerId, after)))
    .orderBy(asc(customerTiers.tier), asc(customerTiers.customerId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Customers who hold a tier, in no order. */
export async function customersInTier(db: Tx, shop: number, tier: string): Promise<string[]> {
  const rows = await db
    .select({ id: customerTiers.customerId })
    .from(customerTiers)
    .where(and(eq(customerTiers.shopId, shop), eq(customerTiers.tier, tier)));
  return rows.map(({ id }) => id);
}

export async function putTier({ tx, shop }: Scope, row: Omit<TierRow, 'shopId'>): Promise<void> {
  await putTierRow(tx, { ...row, shopId: shop.id });
}

export async function deleteTier({ tx, shop }: Scope, customer: string): Promise<void> {
  await tx.delete(customerTiers).where(and(eq(customerTiers.shopId, shop.id), eq(customerTiers.customerId, customer)));
}

/** Customers whose tier is no longer kept, the longest waiting first. */
export async function overdueTiers(db: Tx, shop: number, now: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ customerId: customerTiers.customerId })
    .from(customerTiers)
    .where(and(eq(customerTiers.shopId, shop), lte(customerTiers.keptUntil, now)))
    .orderBy(asc(customerTiers.keptUntil))
    .limit(limit);
  return rows.map(({ customerId }) => customerId);
}

/** When a tier of the shop is to be reviewed first, not after an instant; null: none is. */
export async function firstReview(db: Tx, shop: number, until: number): Promise<number | null> {
  const rows = await db
    .select({ keptUntil: customerTiers.keptUntil })
    .from(customerTiers)
    .where(and(eq(customerTiers.shopId, shop), lte(customerTiers.keptUntil, until)))
    .orderBy(asc(customerTiers.keptUntil))
    .limit(1);
  return rows[0]?.keptUntil ?? null;
}

export async function insertMove({ tx, shop }: Scope, row: Omit<MoveRow, 'shopId'>): Promise<void> {
  await insertMoveRow(tx, { ...row, shopId: shop.id });
}

/** A customer's moves, oldest first. Ordered here: SQLite would walk the whole shop by its primary key. */
export async function movesOf(db: Tx, shop: number, customer: string): Promise<MoveRow[]> {
  const rows = await db
    .select()
    .from(tierMoves)
    .where(and(eq(tierMoves.shopId, shop), eq(tierMoves.customerId, customer)));
  return rows.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Hands the moves of one customer to another. */
export async function reassignMoves({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  await tx
    .update(tierMoves)
    .set({ customerId: to })
    .where(and(eq(tierMoves.shopId, shop.id), eq(tierMoves.customerId, from)));
}
