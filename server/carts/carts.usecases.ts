import type { CartState, Version } from '../commerce/commerce.types.ts';
import { wasErased } from '../customers/customers.usecases.ts';
import { recordAccount } from '../customers/signup.usecases.ts';
import type { Scope } from '../shops/scope.ts';
import { type CartRow, findCart, insertCart, NAMELESS, readAhead, updateCart } from './carts.repository.ts';

/**
 * Takes a checkout over, unless a newer word of it is known: newer by the shopper's last step, then by delivery time, then
 * by the body's hash. Completion and deletion are facts of their own and are never lost to a late payload.
 */
export async function recordCart(scope: Scope, cart: CartState): Promise<string | null> {
  const { version } = cart;
  const who = cart.customer ?? {
    platformId: null,
    firstName: null,
    lastName: null,
    locale: null,
    country: null,
    note: null,
    registeredAt: null,
    email: cart.email,
    phone: cart.phone,
  };
  const owner = (await findCart(scope, cart.token))?.customerId ?? null;
  // A late word about the cart of somebody who was erased must not bring them back.
  if (owner !== null && (await wasErased(scope, owner, version.updatedAt))) return owner;
  const customerId = await recordAccount(scope, who, version);
  const known = await findCart(scope, cart.token);
  const completedAt = earliest(known?.completedAt ?? null, cart.completedAt);
  if (known && !newer(version, known)) {
    if (completedAt !== known.completedAt) await keep(scope, known, { ...known, completedAt });
    return known.customerId;
  }
  const { customer: _customer, version: _version, ...fields } = cart;
  const row: CartRow = {
    ...fields,
    ...(customerId !== null && (await wasErased(scope, customerId, version.updatedAt)) ? NAMELESS : {}),
    shopId: scope.shop.id,
    customerId,
    completedAt,
    activityAt: version.updatedAt,
    triggeredAt: version.triggeredAt,
    bodyHash: version.bodyHash,
    deletedAt: known?.deletedAt ?? null,
    orderPlatformId: known?.orderPlatformId ?? null,
  };
  await keep(scope, known, row);
  return row.customerId;
}

/** Writes what a cart is now, and tells it. */
async function keep(scope: Scope, before: CartRow | null, after: CartRow): Promise<void> {
  if (before) await updateCart(scope, after);
  else await insertCart(scope, after);
  await scope.tell({ kind: 'cart-changed', before, after });
}

function newer(next: Version, known: CartRow): boolean {
  if (next.updatedAt !== known.activityAt) return next.updatedAt > known.activityAt;
  if (next.triggeredAt !== known.triggeredAt) return next.triggeredAt > known.triggeredAt;
  return next.bodyHash > known.bodyHash;
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

/** Reads some carts ahead. */
export async function readCartsAhead(scope: Scope, tokens: string[]): Promise<void> {
  if (tokens.length > 0) await readAhead(scope, tokens);
}

/** The platform dropped the checkout. */
export async function recordCartDeleted(scope: Scope, token: string, at: number): Promise<void> {
  const known = await findCart(scope, token);
  const row = known ?? stub(scope, token);
  await keep(scope, known, { ...row, deletedAt: Math.max(row.deletedAt ?? 0, at) });
}

/** An order came from this checkout. */
export async function completeCart(
  scope: Scope,
  token: string,
  order: { platformId: string; placedAt: number },
): Promise<void> {
  const known = await findCart(scope, token);
  const row = known ?? stub(scope, token);
  const completedAt = earliest(row.completedAt, order.placedAt);
  await keep(scope, known, { ...row, completedAt, orderPlatformId: order.platformId });
}

/** A cart of which only a fact is known so far; its first full payload, of any age, fills it. */
function stub(scope: Scope, token: string): CartRow {
  return {
    shopId: scope.shop.id,
    token,
    cartToken: null,
    customerId: null,
    email: null,
    phone: null,
    lines: [],
    currency: scope.shop.currency,
    total: 0,
    recoveryUrl: null,
    createdAt: 0,
    activityAt: -1,
    completedAt: null,
    deletedAt: null,
    orderPlatformId: null,
    triggeredAt: 0,
    bodyHash: '',
  };
}
