import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lt, lte, ne, not, or, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import type { Scope } from '../shops/scope.ts';
import { pointsAccounts, pointsLots, pointsPostings, pointsSpends, pointsTransactions } from './points.tables.ts';
import type { LotRow, SpendRow } from './points.types.ts';

const anyLot = statement('figures.any_lot', (db) =>
  db
    .select({ shop: pointsLots.shopId })
    .from(pointsLots)
    .where(eq(pointsLots.shopId, sql.placeholder('shop')))
    .limit(1),
);

/** Whether anybody in the shop ever had points. */
export async function hasLots({ tx, shop }: Scope): Promise<boolean> {
  return (await anyLot(tx, { shop: shop.id })).length > 0;
}

/** Customers of whose points something becomes available, expired or was spent at an instant or later, in no order. */
export async function customersDatedFrom({ tx, shop }: Scope, instant: number): Promise<string[]> {
  const dated = or(
    gte(pointsLots.availableAt, instant),
    and(gte(pointsLots.expiresAt, instant), ne(pointsLots.expired, 0)),
  );
  const lots = await tx
    .selectDistinct({ id: pointsLots.customerId })
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, shop.id), dated));
  const spends = await tx
    .selectDistinct({ id: pointsSpends.customerId })
    .from(pointsSpends)
    .where(and(eq(pointsSpends.shopId, shop.id), gte(pointsSpends.settledAt, instant)));
  return [...new Set([...lots, ...spends].map(({ id }) => id))];
}

/** The lots of several customers, in no order. */
export const lotsOfCustomers = ({ tx, shop }: Scope, customers: readonly string[]): Promise<LotRow[]> =>
  tx
    .select()
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, shop.id), inArray(pointsLots.customerId, [...customers])));

/** The spends of several customers, in no order. */
export const spendsOfCustomers = ({ tx, shop }: Scope, customers: readonly string[]): Promise<SpendRow[]> =>
  tx
    .select()
    .from(pointsSpends)
    .where(and(eq(pointsSpends.shopId, shop.id), inArray(pointsSpends.customerId, [...customers])));

/** The balances of some customers. */
export const accountsOfCustomers = (db: Tx, shop: number, customers: readonly string[]) =>
  db
    .select({ customerId: pointsAccounts.customerId, available: pointsAccounts.available })
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop), inArray(pointsAccounts.customerId, [...customers])));

/** Customers with points that can be spent, behind one, by id, a page. */
export async function holdersAfter(db: Tx, shop: number, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: pointsAccounts.customerId })
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop), gt(pointsAccounts.customerId, after), gt(pointsAccounts.available, 0)))
    .orderBy(asc(pointsAccounts.customerId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** How many customers have points that can be spent. */
export async function countHolders(db: Tx, shop: number): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop), gt(pointsAccounts.available, 0)));
  return row?.count ?? 0;
}

/** A customer's transactions before one (exclusive), newest first, a page. */
export const transactionsBefore = (db: Tx, shop: number, customer: string, before: number, limit: number) =>
  db
    .select()
    .from(pointsTransactions)
    .where(
      and(
        ...[eq(pointsTransactions.shopId, shop), eq(pointsTransactions.customerId, customer)],
        lt(pointsTransactions.seq, before),
      ),
    )
    .orderBy(desc(pointsTransactions.seq))
    .limit(limit);

/**
 * A customer's transactions before a place in (effective, seq), newest first, a page; `seq` null: none of that instant. Those
 * by which points went between some people are left out.
 */
export const transactionsByTime = (
  db: Tx,
  shop: number,
  { customerId, people }: { customerId: string; people: readonly string[] },
  { at, seq }: { at: number; seq: number | null },
  limit: number,
) => {
  const { effectiveAt, kind, reference } = pointsTransactions;
  const between = and(inArray(kind, ['transfer-in', 'transfer-out']), inArray(reference, [...people]));
  return db
    .select()
    .from(pointsTransactions)
    .where(
      and(
        ...[eq(pointsTransactions.shopId, shop), eq(pointsTransactions.customerId, customerId)],
        seq === null
          ? lt(effectiveAt, at)
          : or(lt(effectiveAt, at), and(eq(effectiveAt, at), lt(pointsTransactions.seq, seq))),
        ...(people.length > 1 ? [or(isNull(reference), not(between ?? sql`false`))] : []),
      ),
    )
    .orderBy(desc(effectiveAt), desc(pointsTransactions.seq))
    .limit(limit);
};

/** The postings of some of a customer's transactions. */
export const postingsOfAll = (db: Tx, shop: number, customer: string, seqs: readonly number[]) =>
  db
    .select({ seq: pointsPostings.seq, account: pointsPostings.account, amount: pointsPostings.amount })
    .from(pointsPostings)
    .where(
      and(
        ...[eq(pointsPostings.shopId, shop), eq(pointsPostings.customerId, customer)],
        inArray(pointsPostings.seq, [...seqs]),
      ),
    );

/** The transactions that bear some keys. */
export const transactionsByKey = (db: Tx, shop: number, keys: readonly string[]) =>
  db
    .select()
    .from(pointsTransactions)
    .where(and(eq(pointsTransactions.shopId, shop), inArray(pointsTransactions.idempotencyKey, [...keys])));

/** A customer's postings from one transaction to another, both included. */
export const postingsFromTo = (db: Tx, shop: number, customer: string, from: number, to: number) =>
  db
    .select({
      seq: pointsPostings.seq,
      account: pointsPostings.account,
      lot: pointsPostings.lot,
      amount: pointsPostings.amount,
    })
    .from(pointsPostings)
    .where(
      and(
        ...[eq(pointsPostings.shopId, shop), eq(pointsPostings.customerId, customer)],
        ...[gte(pointsPostings.seq, from), lte(pointsPostings.seq, to)],
      ),
    );
