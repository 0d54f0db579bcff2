import type { OrderSeen } from '../facts/facts.types.ts';
import type { Person } from '../features/feature.types.ts';
import type { Scope } from '../shops/scope.ts';
import { eraseCarts, reassignCarts } from './carts.repository.ts';
import { completeCart } from './carts.usecases.ts';

/** Hands every cart of one customer to another. */
export const handOverCarts = (scope: Scope, from: string, to: string) => reassignCarts(scope, from, to);

/** Takes an erased person's contact and links out of carts: theirs, and those of nobody or somebody else that have it. */
export const forgetCarts = (scope: Scope, person: Person) => eraseCarts(scope, person);

/** An order that has just said from which checkout it came ends that cart. */
export async function completeCartOf(scope: Scope, before: OrderSeen | null, after: OrderSeen): Promise<void> {
  if (after.checkoutToken === null || after.checkoutToken === before?.checkoutToken) return;
  await completeCart(scope, after.checkoutToken, after);
}
