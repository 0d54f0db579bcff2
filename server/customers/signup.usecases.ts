import type { CustomerState, Version } from '../commerce/commerce.types.ts';
import { earnForSignup } from '../points/earn.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { tierAfterSignup } from '../tiers/lift.usecases.ts';
import { recordCustomer } from './customers.usecases.ts';
import { mergeGuests } from './merge.usecases.ts';

/**
 * Takes over what a payload says of a person, with the guests they turn out to be, and the bonus for signing up once it
 * is known when they did: whichever payload says so first.
 */
export async function recordAccount(scope: Scope, state: CustomerState, version: Version): Promise<string | null> {
  const customer = await recordCustomer(scope, state, version);
  if (!customer) return null;
  await mergeGuests(scope, customer.id, customer.merge);
  if (state.registeredAt !== null && (await earnForSignup(scope, customer.id))) {
    await tierAfterSignup(scope, customer.id);
  }
  return customer.id;
}
