import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Scope } from '../shops/scope.ts';
import { customerIdentities, customers } from './customers.tables.ts';

/** The contact of customers is taken out of their rows; the rows themselves stay, as what orders and ledger point to. */
export async function eraseCustomerRows({ tx, shop, now }: Scope, ids: readonly string[]): Promise<void> {
  await tx
    .update(customers)
    .set({
      email: null,
      phone: null,
      firstName: null,
      lastName: null,
      locale: null,
      country: null,
      note: null,
      saidAt: null,
      // What was known already stays erased, even where the platform's clock is ahead of ours.
      erasedAt: sql`case when ${customers.updatedAt} > ${now} then ${customers.updatedAt} else ${now} end`,
    })
    .where(and(eq(customers.shopId, shop.id), inArray(customers.id, [...ids])));
}

/** Forgets customers' e-mails and phones; the platform id stays, an opaque number that stops late deliveries. */
export async function deletePersonalIdentities({ tx, shop }: Scope, ids: readonly string[]): Promise<void> {
  const theirs = and(eq(customerIdentities.shopId, shop.id), inArray(customerIdentities.customerId, [...ids]));
  await tx.delete(customerIdentities).where(and(theirs, inArray(customerIdentities.kind, ['email', 'phone'])));
}
