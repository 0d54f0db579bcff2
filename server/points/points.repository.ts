import { and, asc, eq, gt, gte, inArray, lte, sql } from 'drizzle-orm';
import { aheadKey, recall } from '../db/ahead.ts';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { pointsAccounts, pointsLots, pointsPostings, pointsSpends, pointsTransactions } from './points.tables.ts';
import type { AccountRow, Lot, LotRow, PostingRow, SpendRow, TransactionRow } from './points.types.ts';

const p = sql.placeholder;

const accountOf = statement('points.account', (db) =>
  db
    .select()
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, p('shop')), eq(pointsAccounts.customerId, p('customer')))),
);
const touchesAccount = ({ shopId, customerId }: Record<string, unknown>) => ({
  table: 'points_accounts',
  key: aheadKey(Number(shopId), String(customerId)),
});
const insertAccount = statement(
  'points.insert_account',
  (db) => db.insert(pointsAccounts).values(placeholders(pointsAccounts)),
  touchesAccount,
);
const updateAccount = statement(
  'points.update_account',
  (db) =>
    db
      .update(pointsAccounts)
      .set(placeholders(pointsAccounts, ['shopId', 'customerId']))
      .where(and(eq(pointsAccounts.shopId, p('shopId')), eq(pointsAccounts.customerId, p('customerId')))),
  touchesAccount,
);
const insertTransactionRow = statement('points.insert_transaction', (db) =>
  db.insert(pointsTransactions).values(placeholders(pointsTransactions)),
);
const insertPosting = statement('points.insert_posting', (db) =>
  db.insert(pointsPostings).values(placeholders(pointsPostings)),
);
const insertLot = statement('points.insert_lot', (db) => db.insert(pointsLots).values(placeholders(pointsLots)));
const updateLot = statement('points.update_lot', (db) =>
  db
    .update(pointsLots)
    .set(placeholders(pointsLots, ['shopId', 'source', 'rule']))
    .where(and(eq(pointsLots.shopId, p('shopId')), eq(pointsLots.source, p('source')), eq(pointsLots.rule, p('rule')))),
);
const bySource = statement('points.lots_by_source', (db) =>
  db
    .select()
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, p('shop')), eq(pointsLots.source, p('source'))))
    .orderBy(asc(pointsLots.rule)),
);
const customerLots = statement('points.lots_of_customer', (db) =>
  db
    .select()
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, p('shop')), eq(pointsLots.customerId, p('customer')))),
);

export async function findAccount({ tx, shop }: Scope, customer: string): Promise<AccountRow | null> {
  return accountIn(tx, shop.id, customer);
}

/** As findAccount, outside a scope. */
export async function accountIn(db: Tx, shop: number, customer: string): Promise<AccountRow | null> {
  const ahead = recall<AccountRow>(db, 'points_accounts', aheadKey(shop, customer));
  const [row] = ahead ?? (await accountOf(db, { shop, customer }));
  return row ?? null;
}

/** Writes an account's new state; `seq` says whether it existed. */
export async function putAccount({ tx, shop }: Scope, row: AccountRow, existed: boolean): Promise<void> {
  await (existed ? updateAccount : insertAccount)(tx, { ...row, shopId: shop.id });
}

/**
 * The one conditional step of a spend: moves points from available to reserved, if there are enough.
 * @returns false when there are not
 */
export async function reserveIfCovered({ tx, shop }: Scope, customer: string, amount: number): Promise<boolean> {
  const moved = await tx
    .update(pointsAccounts)
    .set({
      available: sql`${pointsAccounts.available} - ${amount}`,
      reserved: sql`${pointsAccounts.reserved} + ${amount}`,
    })
    .where(
      and(
        eq(pointsAccounts.shopId, shop.id),
        eq(pointsAccounts.customerId, customer),
        gte(pointsAccounts.available, amount),
      ),
    )
    .returning({ customer: pointsAccounts.customerId });
  return moved.length === 1;
}

/** Appends one transaction with its postings. */
export async function appendTransaction(
  { tx, shop }: Scope,
  row: TransactionRow,
  postings: Omit<PostingRow, 'shopId'>[],
) {
  await insertTransactionRow(tx, { ...row, shopId: shop.id });
  for (const posting of postings) await insertPosting(tx, { ...posting, shopId: shop.id });
}

export async function putLot({ tx, shop }: Scope, customerId: string, lot: Lot, existed: boolean): Promise<void> {
  await (existed ? updateLot : insertLot)(tx, { ...lot, customerId, shopId: shop.id });
}

/** The lots that one order, or one other source, has filled. */
export async function lotsOfSource({ tx, shop }: Scope, source: string): Promise<LotRow[]> {
  return bySource(tx, { shop: shop.id, source });
}

/** The same for some sources. */
export async function lotsOfSources({ tx, shop }: Scope, sources: readonly string[]): Promise<LotRow[]> {
  if (sources.length === 0) return [];
  const rows = await tx
    .select()
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, shop.id), inArray(pointsLots.source, [...sources])));
  return rows.sort((a, b) => compareText(a.source, b.source) || compareText(a.rule, b.rule));
}

export async function lotsOfCustomer({ tx, shop }: Scope, customer: string): Promise<LotRow[]> {
  return lotsIn(tx, shop.id, customer);
}

/**
 * As lotsOfCustomer, outside a scope. Ordered here: asked for the order of the primary key, SQLite would walk the whole
 * shop in it rather than take the customer's index.
 */
export async function lotsIn(db: Tx, shop: number, customer: string): Promise<LotRow[]> {
  const rows = await customerLots(db, { shop, customer });
  return rows.sort((a, b) => compareText(a.source, b.source) || compareText(a.rule, b.rule));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const spendsOfCustomer = ({ tx, shop }: Scope, customer: string): Promise<SpendRow[]> =>
  tx
    .select()
    .from(pointsSpends)
    .where(and(eq(pointsSpends.shopId, shop.id), eq(pointsSpends.customerId, customer)))
    .orderBy(asc(pointsSpends.reservedAt), asc(pointsSpends.id));

export async function findSpend({ tx, shop }: Scope, id: string): Promise<SpendRow | null> {
  const mine = and(eq(pointsSpends.shopId, shop.id), eq(pointsSpends.id, id));
  const [row] = await tx.select().from(pointsSpends).where(mine);
  return row ?? null;
}

export async function insertSpend({ tx, shop }: Scope, row: Omit<SpendRow, 'shopId'>): Promise<void> {
  await tx.insert(pointsSpends).values({ ...row, shopId: shop.id });
}

export async function settleSpend({ tx, shop }: Scope, id: string, state: SpendRow['state'], settledAt: number) {
  await tx
    .update(pointsSpends)
    .set({ state, settledAt })
    .where(and(eq(pointsSpends.shopId, shop.id), eq(pointsSpends.id, id)));
}

export async function reassignSpends({ tx, shop }: Scope, from: string, to: string): Promise<void> {
  await tx
    .update(pointsSpends)
    .set({ customerId: to })
    .where(and(eq(pointsSpends.shopId, shop.id), eq(pointsSpends.customerId, from)));
}

/** Customers of the shop whose lots mature or expire by an instant. */
export const dueAccounts = (db: Tx, shop: number, now: number, limit: number) =>
  db
    .select({ customerId: pointsAccounts.customerId, dueAt: pointsAccounts.dueAt })
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop), lte(pointsAccounts.dueAt, now)))
    .orderBy(asc(pointsAccounts.dueAt), asc(pointsAccounts.customerId))
    .limit(limit);

/** Shops with anything due by an instant: for the sweep. */
export const shopsWithDue = (db: Tx, now: number) =>
  db.selectDistinct({ shopId: pointsAccounts.shopId }).from(pointsAccounts).where(lte(pointsAccounts.dueAt, now));

/** A page of the customers who have a chain, an account or lots, in order: for verification. */
export async function customersAfter(db: Tx, shop: number, after: string, limit: number): Promise<string[]> {
  const chains = await db
    .selectDistinct({ id: pointsTransactions.customerId })
    .from(pointsTransactions)
    .where(and(eq(pointsTransactions.shopId, shop), gt(pointsTransactions.customerId, after)))
    .orderBy(asc(pointsTransactions.customerId))
    .limit(limit);
  const accounts = await db
    .select({ id: pointsAccounts.customerId })
    .from(pointsAccounts)
    .where(and(eq(pointsAccounts.shopId, shop), gt(pointsAccounts.customerId, after)))
    .orderBy(asc(pointsAccounts.customerId))
    .limit(limit);
  const lots = await db
    .selectDistinct({ id: pointsLots.customerId })
    .from(pointsLots)
    .where(and(eq(pointsLots.shopId, shop), gt(pointsLots.customerId, after)))
    .orderBy(asc(pointsLots.customerId))
    .limit(limit);
  const ids = new Set([...chains, ...accounts, ...lots].map(({ id }) => id));
  return [...ids].sort().slice(0, limit);
}

/** A page of chains, by customer and sequence: whole customers, from `after` (exclusive) to `last` (inclusive). */
export const transactionsBetween = (db: Tx, shop: number, after: string, last: string) =>
  db
    .select()
    .from(pointsTransactions)
    .where(
      and(
        eq(pointsTransactions.shopId, shop),
        gt(pointsTransactions.customerId, after),
        lte(pointsTransactions.customerId, last),
      ),
    )
    .orderBy(asc(pointsTransactions.customerId), asc(pointsTransactions.seq));

/** The postings of the same page. */
export const postingsBetween = (db: Tx, shop: number, after: string, last: string): Promise<PostingRow[]> =>
  db
    .select()
    .from(pointsPostings)
    .where(
      and(eq(pointsPostings.shopId, shop), gt(pointsPostings.customerId, after), lte(pointsPostings.customerId, last)),
    )
    .orderBy(asc(pointsPostings.customerId), asc(pointsPostings.seq), asc(pointsPostings.line));

const count = sql<number>`count(*)`.mapWith(Number);

/** How many transactions and postings the shop's ledger holds. */
export async function countRows(db: Tx, shop: number): Promise<{ transactions: number; postings: number }> {
  const [ofTransactions] = await db
    .select({ count })
    .from(pointsTransactions)
    .where(eq(pointsTransactions.shopId, shop));
  const [ofPostings] = await db.select({ count }).from(pointsPostings).where(eq(pointsPostings.shopId, shop));
  return { transactions: ofTransactions?.count ?? 0, postings: ofPostings?.count ?? 0 };
}

/** A customer's spends by what became of them: how many, of how many points, and their newest instants. */
export const spendSums = (db: Tx, shop: number, customer: string) =>
  db
    .select({
      state: pointsSpends.state,
      count,
      amount: sql<number>`coalesce(sum(${pointsSpends.amount}), 0)`.mapWith(Number),
      reservedAt: sql<number>`max(${pointsSpends.reservedAt})`.mapWith(Number),
      settledAt: sql<number | null>`max(${pointsSpends.settledAt})`.mapWith((at) => (at === null ? null : Number(at))),
    })
    .from(pointsSpends)
    .where(and(eq(pointsSpends.shopId, shop), eq(pointsSpends.customerId, customer)))
    .groupBy(pointsSpends.state);

/** Writes a customer's lots anew; a lot that another row still claims comes to this customer. */
export async function replaceLots(tx: Tx, shopId: number, customerId: string, lots: readonly Lot[]): Promise<void> {
  await tx.delete(pointsLots).where(and(eq(pointsLots.shopId, shopId), eq(pointsLots.customerId, customerId)));
  for (const lot of lots) {
    const { source, rule, ...set } = lot;
    await tx
      .insert(pointsLots)
      .values({ ...lot, shopId, customerId })
      .onConflictDoUpdate({
        target: [pointsLots.shopId, pointsLots.source, pointsLots.rule],
        set: { ...set, customerId },
      });
  }
}

/** Deletes a customer's balances: nothing was ever posted to them. */
export async function deleteAccount(tx: Tx, shop: number, customer: string): Promise<void> {
  await tx.delete(pointsAccounts).where(and(eq(pointsAccounts.shopId, shop), eq(pointsAccounts.customerId, customer)));
}

/** Writes a customer's balances anew. */
export async function replaceAccount(tx: Tx, row: AccountRow): Promise<void> {
  const { shopId: _shop, customerId: _customer, ...set } = row;
  await tx
    .insert(pointsAccounts)
    .values(row)
    .onConflictDoUpdate({ target: [pointsAccounts.shopId, pointsAccounts.customerId], set });
}
