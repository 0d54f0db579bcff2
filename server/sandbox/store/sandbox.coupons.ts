import { badRequest, conflict } from '../../shared/errors.ts';
import { parseMinor } from '../../shared/money.ts';
import { priceOf } from './sandbox.orders.ts';
import type { SandboxLine, SandboxOrder, WooCoupon } from './sandbox.types.ts';

/** What is bought, and by whom. `user`: how a coupon notes who used it, by account or by address. */
export type Cart = { lines: readonly SandboxLine[]; email: string; user: string; at: number };

/** What a code is worth, in cents; a coupon that was used notes it. */
export type Redeemed = { code: string; amount: number; freeShipping: boolean; coupon: WooCoupon };

const refused = (why: string) => conflict('sandbox.code_refused', why, { field: 'code' });

/** `*@example.test` lets everybody in who is there. */
const fits = (restriction: string, email: string): boolean =>
  restriction.startsWith('*') ? email.endsWith(restriction.slice(1)) : restriction === email;

function refusalOf(coupon: WooCoupon, { lines, email, user, at }: Cart): string | null {
  const { shopify } = coupon;
  if (shopify !== undefined && shopify.startsAt > at) return 'This discount code does not apply yet.';
  if (shopify !== undefined && shopify.customers.length > 0 && !shopify.customers.includes(user))
    return 'This discount code is not for this customer.';
  if (coupon.expiresAt !== null && coupon.expiresAt <= at) return 'This coupon has expired.';
  const used = coupon.used_by.length;
  if (coupon.usage_limit !== null && used >= coupon.usage_limit) return 'Coupon usage limit has been reached.';
  const own = coupon.used_by.filter((who) => who === user || who === email).length;
  if (coupon.usage_limit_per_user !== null && own >= coupon.usage_limit_per_user)
    return 'Coupon usage limit has been reached.';
  const restricted = Object.values(coupon.email_restrictions);
  if (restricted.length > 0 && !restricted.some((one) => fits(one, email)))
    return 'This coupon is not for this e-mail address.';
  return priceOf(lines) < parseMinor(coupon.minimum_amount, 'USD')
    ? 'The minimum spend for this coupon is not met.'
    : null;
}

function worth({ discount_type: kind, amount }: WooCoupon, lines: readonly SandboxLine[]): number {
  const goods = priceOf(lines);
  // A percentage is kept as an amount is: with two digits.
  if (kind === 'percent') return Math.round((goods * parseMinor(amount, 'USD')) / 10_000);
  const cents = parseMinor(amount, 'USD');
  if (kind === 'fixed_cart') return Math.min(goods, cents);
  return lines.reduce((sum, line) => sum + Math.min(priceOf([line]), cents * line.quantity), 0);
}

/**
 * Uses a code at the checkout. Codes come to exist when the app makes them; what nobody made gives nothing.
 * @throws AppError sandbox.code_unknown, sandbox.code_refused
 */
export function redeem(coupons: ReadonlyMap<string, WooCoupon>, code: string, cart: Cart): Redeemed {
  const coupon = coupons.get(code.trim().toLowerCase());
  if (!coupon)
    throw badRequest('sandbox.code_unknown', 'The sandbox store knows no such discount code.', { field: 'code' });
  const why = refusalOf(coupon, cart);
  if (why !== null) throw refused(why);
  const used = { ...coupon, used_by: [...coupon.used_by, cart.user] };
  return {
    code: coupon.shopify?.code ?? coupon.code,
    amount: worth(coupon, cart.lines),
    freeShipping: coupon.free_shipping,
    coupon: used,
  };
}

/** A cancelled order gives the use of its coupon back; null: it had none, or the coupon is gone. */
export function givenBack(coupons: ReadonlyMap<string, WooCoupon>, order: SandboxOrder): WooCoupon | null {
  const coupon = coupons.get(order.discountCodes[0]?.toLowerCase() ?? '');
  const user = order.customer?.platformId ?? order.customer?.email ?? '';
  const place = coupon?.used_by.lastIndexOf(user) ?? -1;
  return coupon && place >= 0 ? { ...coupon, used_by: coupon.used_by.toSpliced(place, 1) } : null;
}
