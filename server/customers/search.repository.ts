import { and, asc, desc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm';
import { statement, type Tx } from '../db/database.ts';
import { placeholders } from '../db/placeholders.ts';
import type { Scope } from '../shops/scope.ts';
import { customerSearch, customers } from './customers.tables.ts';
import type { CustomerRow } from './customers.types.ts';

const p = sql.placeholder;

const insertTerm = statement('customers.insert_term', (db) =>
  db.insert(customerSearch).values(placeholders(customerSearch)).onConflictDoNothing(),
);
const deleteTermsOf = statement('customers.delete_terms', (db) =>
  db
    .delete(customerSearch)
    .where(and(eq(customerSearch.shopId, p('shop')), eq(customerSearch.customerId, p('customer')))),
);
// The whole key in one comparison: both databases take it as the start of a walk along the key.
const inRange = statement('customers.terms_in_range', (db) =>
  db
    .select({ term: customerSearch.term, customerId: customerSearch.customerId })
    .from(customerSearch)
    .where(
      and(
        eq(customerSearch.shopId, p('shop')),
        sql`(${customerSearch.term}, ${customerSearch.customerId}) > (${p('term')}, ${p('customer')})`,
        lt(customerSearch.term, p('end')),
      ),
    )
    .orderBy(asc(customerSearch.term), asc(customerSearch.customerId))
    .limit(p('limit')),
);

/** Adds what a customer is found by. */
export async function insertTerms({ tx, shop }: Scope, customerId: string, terms: readonly string[]): Promise<void> {
  for (const term of terms) await insertTerm(tx, { shopId: shop.id, term, customerId });
}

/** Takes out all that a customer is found by. */
export async function deleteTerms({ tx, shop }: Scope, customer: string): Promise<void> {
  await deleteTermsOf(tx, { shop: shop.id, customer });
}

export type Found = { term: string; customerId: string };

/** The terms of a range behind a place in it, in order of term and customer, a page. */
export async function termsInRange(
  db: Tx,
  shop: number,
  { after, end }: { after: Found; end: string },
  limit: number,
): Promise<Found[]> {
  return inRange(db, { shop, term: after.term, customer: after.customerId, end, limit });
}

/** The terms of some customers, by customer. */
export async function termsOfCustomers(db: Tx, shop: number, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ term: customerSearch.term, customerId: customerSearch.customerId })
    .from(customerSearch)
    .where(and(eq(customerSearch.shopId, shop), inArray(customerSearch.customerId, [...ids])));
  const found = new Map<string, string[]>();
  for (const { term, customerId } of rows) found.set(customerId, [...(found.get(customerId) ?? []), term]);
  return found;
}

/** The newest customers before one (exclusive; null: from the start), without those who were merged away, a page. */
export async function newestBefore(db: Tx, shop: number, before: string | null, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: customers.id })
    .from(customers)
    .where(
      and(
        eq(customers.shopId, shop),
        isNull(customers.mergedInto),
        before === null ? undefined : lt(customers.id, before),
      ),
    )
    .orderBy(desc(customers.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** A page of a shop's customers after one, by id: for making the index anew. */
export const rowsAfter = (db: Tx, shop: number, after: string, limit: number): Promise<CustomerRow[]> =>
  db
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, shop), gt(customers.id, after)))
    .orderBy(asc(customers.id))
    .limit(limit);

/** The rows of some customers, by id. */
export async function rowsOfCustomers(db: Tx, shop: number, ids: readonly string[]): Promise<Map<string, CustomerRow>> {
  const rows = await db
    .select()
    .from(customers)
    .where(and(eq(customers.shopId, shop), inArray(customers.id, [...ids])));
  return new Map(rows.map((row) => [row.id, row]));
}
