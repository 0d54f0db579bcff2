import type { CustomerState, Version } from '../commerce/commerce.types.ts';
import type { Scope } from '../shops/scope.ts';
import { recordCustomer, recordCustomerDeleted } from './customers.usecases.ts';
import { mergeGuests } from './merge.usecases.ts';

/**
 * Takes over what a payload says of a person, with the guests they turn out to be, and the bonus for signing up once it
 * is known when they did: whichever payload says so first.
 */
export async function recordAccount(scope: Scope, state: CustomerState, version: Version): Promise<string | null> {
  const customer = await recordCustomer(scope, state, version);
  if (!customer) return null;
  await mergeGuests(scope, customer.id, customer.merge);
  if (state.registeredAt !== null) await scope.tell({ kind: 'account-opened', customerId: customer.id });
  return customer.id;
}

/** The platform deleted an account; if another one has its e-mail since, its history is that one's. */
export async function recordAccountDeleted(scope: Scope, platformId: string, at: number): Promise<string | null> {
  const customer = await recordCustomerDeleted(scope, platformId, at);
  if (customer) await mergeGuests(scope, customer.id, customer.merge);
  return customer?.id ?? null;
}
