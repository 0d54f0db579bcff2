import { and, asc, eq } from 'drizzle-orm';
import type { Scope } from '../shops/scope.ts';
import { customerIdentities } from './customers.tables.ts';
import type { IdentityKind } from './customers.types.ts';

/** A name no longer leads to a customer, if it led to this one. */
export async function releaseIdentity({ tx, shop }: Scope, kind: IdentityKind, value: string, customer: string) {
  const name = and(eq(customerIdentities.kind, kind), eq(customerIdentities.value, value));
  await tx
    .delete(customerIdentities)
    .where(and(eq(customerIdentities.shopId, shop.id), name, eq(customerIdentities.customerId, customer)));
}

/** Every name that leads to a customer. */
export const listIdentities = ({ tx, shop }: Scope, customer: string) =>
  tx
    .select({ kind: customerIdentities.kind, value: customerIdentities.value })
    .from(customerIdentities)
    .where(and(eq(customerIdentities.shopId, shop.id), eq(customerIdentities.customerId, customer)))
    .orderBy(asc(customerIdentities.kind), asc(customerIdentities.value));
