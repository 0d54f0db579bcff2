import type { OrderSeen } from '../facts/facts.types.ts';
import type { Scope } from '../shops/scope.ts';
import { eraseCarts, eraseCartsOf, reassignCarts } from './carts.repository.ts';
import { completeCart } from './carts.usecases.ts';

/** Hands every cart of one customer to another. */
export const handOverCarts = (scope: Scope, from: string, to: string) => reassignCarts(scope, from, to);

/** Takes the contacts of an erased person out of carts that belong to nobody, or to somebody else. */
export const forgetCartsOf = (scope: Scope, emails: string[], phones: string[]) => eraseCartsOf(scope, emails, phones);

/** Takes an erased customer's contact and links out of their carts. */
export const forgetCarts = (scope: Scope, customer: string) => eraseCarts(scope, customer);

/** An order that has just said from which checkout it came ends that cart. */
export async function completeCartOf(scope: Scope, before: OrderSeen | null, after: OrderSeen): Promise<void> {
  if (after.checkoutToken === null || after.checkoutToken === before?.checkoutToken) return;
  await completeCart(scope, after.checkoutToken, after);
}
