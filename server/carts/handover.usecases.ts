import type { Scope } from '../shops/scope.ts';
import { eraseCarts, reassignCarts } from './carts.repository.ts';

/** Hands every cart of one customer to another. */
export const handOverCarts = (scope: Scope, from: string, to: string) => reassignCarts(scope, from, to);

/** Takes an erased customer's contact and links out of their carts. */
export const forgetCarts = (scope: Scope, customer: string) => eraseCarts(scope, customer);
