import type { CustomerState, Version } from '../commerce/commerce.types.ts';
import { earnForSignup } from '../points/earn.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { customerById, recordCustomer } from './customers.usecases.ts';
import { mergeGuests } from './merge.usecases.ts';

/** Takes an account's payload over, with the guests it turns out to be and the bonus for signing up. */
export async function recordAccount(scope: Scope, state: CustomerState, version: Version): Promise<string | null> {
  const customer = await recordCustomer(scope, state, version);
  if (!customer) return null;
  await mergeGuests(scope, customer.id, customer.merge);
  const row = await customerById(scope, customer.id);
  if (row) await earnForSignup(scope, row);
  return customer.id;
}
